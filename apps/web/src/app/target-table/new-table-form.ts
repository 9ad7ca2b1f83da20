import { ChangeDetectionStrategy, Component, computed, effect, inject, output, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { TargetTableSummary, UnitView } from '@jiheng/contract';
import { type Subject, frameOf } from '@jiheng/domain';
import type { Problem } from '../api/problem';
import { TargetTablesApi } from '../api/target-tables-api';
import { Session } from '../session/session';
import { type NamedUnit, UnitField } from '../session/unit-field';
import { Viewpoint } from '../session/viewpoint';
import { RefusalNote } from '../ui/refusal/refusal';
import { commonWords } from '../words/common-words';
import { Words } from '../words/words';
import { editorWords } from './editor-words';
import { type DraftIdentity, type TableDraft, copyForYear, emptyDraft } from './table-draft';

/** What a new table begins with. */
export interface NewTable {
  readonly identity: DraftIdentity;
  readonly draft: TableDraft;
  /** Title of the table it was copied from. */
  readonly copiedFrom: string | null;
}

/** For whom a new table is made, and what it begins with: nothing, or the rows of another table of the unit. */
@Component({
  selector: 'jh-new-table-form',
  imports: [RouterLink, RefusalNote, UnitField],
  template: `
    <header class="jh-page-head"><div><p class="jh-small"><a routerLink="/tables">{{ common('back') }}</a></p><h1>{{ t('newTitle') }}</h1></div></header>
    <section class="jh-card" aria-labelledby="about">
      <h2 id="about" class="jh-card-head">{{ t('about') }}</h2>
      @if (viewpoint.units().length && !viewpoint.manyUnits() && !units().length) { <p class="jh-card-body jh-notice-warning">{{ t('noUnit') }}</p> } @else {
        <form class="jh-card-body" (submit)="$event.preventDefault(); begin()">
          <div class="jh-field"><label for="new-unit">{{ t('ownerUnit') }}</label>
            <jh-unit-field inputId="new-unit" [unitId]="unit()?.id ?? null" [units]="units()" [narrowing]="{ kind: 'UNIT', role: 'reporter', open: '1' }" (chosen)="chosenUnit.set($event)" /></div>
          <div class="jh-field"><label for="new-subject">{{ t('subject') }}</label>
            <select #subjectBox id="new-subject" class="jh-input" (change)="pickSubject(subjectBox.value)">@for (one of subjects; track one) { <option [value]="one" [selected]="one === subject()">{{ common(subjectKey(one)) }}</option> }</select></div>
          <div class="jh-field"><label for="new-year">{{ t('fiscalYear') }}</label>
            <select #yearBox id="new-year" class="jh-input" (change)="chosenYear.set(+yearBox.value)">@for (one of years(); track one) { <option [value]="one" [selected]="one === year()">{{ common('year', { year: one }) }}</option> }</select></div>
          <div class="jh-field"><label for="new-copy">{{ t('copyFrom') }}</label>
            <select #copyBox id="new-copy" class="jh-input" aria-describedby="new-copy-hint" (change)="copyId.set(copyBox.value)">
              <option value="">{{ t('copyNone') }}</option>
              @for (one of offers(); track one.id) { <option [value]="one.id" [selected]="one.id === copyId()">{{ one.fiscalYear }} · {{ one.project ?? common('subjectUNIT') }}</option> }
            </select>
            <p class="jh-hint" id="new-copy-hint">{{ t('copyHint') }}</p></div>
          <jh-refusal [problem]="problem()" />
          <div class="jh-actions"><button type="submit" class="jh-button jh-button-primary" [disabled]="busy() || !unit()">{{ t('begin') }}</button></div>
        </form>
      }
    </section>
  `,
  styles: `:host { display: grid; gap: 16px; } form { display: grid; grid-template-columns: repeat(auto-fit, minmax(260px, 1fr)); gap: 16px; } @media (min-width: 1200px) { form { grid-template-columns: 2fr 1fr 1fr 2fr; } } jh-refusal, .jh-actions { grid-column: 1 / -1; }`,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class NewTableForm {
  readonly made = output<NewTable>();

  private readonly api = inject(TargetTablesApi);
  private readonly session = inject(Session);
  protected readonly viewpoint = inject(Viewpoint);
  private readonly words = inject(Words);
  protected readonly t = this.words.of(editorWords);
  protected readonly common = this.words.of(commonWords);
  protected readonly subjects: readonly Subject[] = ['PROJECT', 'UNIT'];
  protected readonly chosenUnit = signal<NamedUnit | null>(null);
  protected readonly chosenYear = signal<number | null>(null);
  protected readonly subject = signal<Subject>('PROJECT');
  protected readonly copyId = signal('');
  protected readonly busy = signal(false);
  protected readonly problem = signal<Problem | null>(null);
  private readonly tables = signal<readonly TargetTableSummary[]>([]);

  /** Units the person reports for: those of the role and everything below them. */
  protected readonly units = computed(() => unitsReportedFor(this.viewpoint.units(), this.session.person()?.roles.filter((held) => held.role === 'reporter').map((held) => held.unitId) ?? []));
  protected readonly unit = computed((): NamedUnit | null => {
    const chosen = this.chosenUnit();
    if (chosen !== null) return chosen;
    const looked = this.units().find((one) => one.id === this.viewpoint.unitId());
    // One of very many is not guessed.
    return looked ?? (this.viewpoint.manyUnits() ? null : (this.units()[0] ?? null));
  });
  protected readonly years = computed(() => {
    const known = this.viewpoint.years();
    const newest = Math.max(...known, this.session.view()?.fiscalYear ?? 0);
    return [newest + 1, ...new Set([newest, ...known])];
  });
  protected readonly year = computed(() => this.chosenYear() ?? this.viewpoint.fiscalYear());
  protected readonly offers = computed(() => this.tables().filter((table) => table.subject === this.subject() && table.state !== 'SUPERSEDED'));

  constructor() {
    effect((onCleanup) => {
      const unitId = this.unit()?.id ?? null;
      if (unitId === null) return;
      let gone = false;
      onCleanup(() => (gone = true));
      void this.api.list({ fiscalYear: null, unitId, q: '' }).then((answer) => {
        if (!gone && answer.ok) this.tables.set(answer.value.tables);
      });
    });
  }

  protected subjectKey(subject: Subject): `subject${Subject}` {
    return `subject${subject}`;
  }

  protected pickSubject(subject: string): void {
    this.subject.set(subject as Subject);
    this.copyId.set('');
  }

  protected async begin(): Promise<void> {
    const unit = this.unit();
    if (unit === null || this.busy()) return;
    const identity: DraftIdentity = { subject: this.subject(), fiscalYear: this.year(), unitId: unit.id, unitName: unit.name };
    if (this.copyId() === '') {
      this.made.emit({ identity, draft: emptyDraft(frameOf({ subject: identity.subject, indicators: [] }), identity.subject), copiedFrom: null });
      return;
    }
    this.busy.set(true);
    const answer = await this.api.view(this.copyId());
    this.busy.set(false);
    if (answer.ok) this.made.emit({ identity, draft: copyForYear(answer.value, identity.fiscalYear), copiedFrom: answer.value.project ?? this.common('subjectUNIT') });
    else this.problem.set(answer.problem);
  }
}

/** The units at or below those in which a role is held; only they have target tables of their own. */
export function unitsReportedFor(units: readonly UnitView[], held: readonly string[]): readonly UnitView[] {
  const parents = new Map<string, string | null>(units.map((unit) => [unit.id, unit.parentId]));
  const isBelow = (id: string): boolean => {
    for (let at: string | null | undefined = id; at !== null && at !== undefined; at = parents.get(at)) if (held.includes(at)) return true;
    return false;
  };
  return units.filter((unit) => unit.kind === 'UNIT' && isBelow(unit.id));
}
