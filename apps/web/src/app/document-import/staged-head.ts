import { ChangeDetectionStrategy, Component, computed, effect, inject, input, untracked, viewChild } from '@angular/core';
import { compareDecimal, type HeadField, SURE_FROM } from '@jiheng/domain';
import { Icon } from '../ui/icon/icon';
import { commonWords } from '../words/common-words';
import { Words } from '../words/words';
import { StagedStrip } from './staged-strip';
import type { StagingModel } from './staging-model';
import { stagingWords, type StagingKey } from './staging-words';

const MONEY: Readonly<Record<'PROJECT' | 'UNIT', readonly (readonly [HeadField, StagingKey])[]>> = {
  PROJECT: [['total', 'moneyTotal'], ['fiscal', 'moneyFiscal'], ['other', 'moneyOther']],
  UNIT: [['higherLevel', 'moneyHigherLevel'], ['localLevel', 'moneyLocalLevel'], ['other', 'moneyOther'], ['total', 'moneyTotal']],
};

/**
 * The head of a staged table as one line that opens: what it is about, its money, its goal. Beside the line stands the lead, which no document
 * may name and a person has to write. Kept when a field is left.
 */
@Component({
  selector: 'jh-staged-head',
  imports: [Icon, StagedStrip],
  template: `
    @if (model().table(); as table) {
      <jh-staged-strip [title]="t('head')" [facts]="facts()" [waits]="waits()" [severity]="projectMissing() ? 'ERROR' : 'WARN'" [opens]="waits() !== ''" [about]="model().serverTable()?.at">
        <div class="fields">
          <label>{{ t('headSubject') }}
            <select #kind class="jh-input" [disabled]="!model().mayEdit()" (change)="set('subject', kind.value)">
              <option value="PROJECT" [selected]="table.subject === 'PROJECT'">{{ common('subjectPROJECT') }}</option><option value="UNIT" [selected]="table.subject === 'UNIT'">{{ common('subjectUNIT') }}</option>
            </select></label>
          <label [class.doubtful]="isDoubtful('fiscalYear')" [class.active]="model().activeHead() === 'fiscalYear'">{{ t('headYear') }} <input #year class="jh-input short" inputmode="numeric" [readonly]="!model().mayEdit()" [value]="table.fiscalYear" (focus)="at('fiscalYear')" (change)="set('fiscalYear', year.value) || (year.value = '' + table.fiscalYear)"></label>
          @if (table.subject === 'PROJECT') {
            <label class="wide" [class.doubtful]="isDoubtful('project')" [class.active]="model().activeHead() === 'project'">{{ t('headProject') }} <input #project class="jh-input" name="project" [attr.aria-invalid]="projectMissing()" [readonly]="!model().mayEdit()" [value]="table.project ?? ''" (focus)="at('project')" (change)="set('project', project.value)"></label>
          }
          @for (field of money(); track field[0]) {
            <label [class.doubtful]="isDoubtful(field[0])" [class.active]="model().activeHead() === field[0]">{{ t(field[1]) }}{{ t('moneyUnit') }} <input #amount class="jh-input short" inputmode="decimal" [attr.name]="field[0]" [readonly]="!model().mayEdit()" [value]="amountOf(field[0])" (focus)="at(field[0])" (change)="set(field[0], amount.value) || (amount.value = amountOf(field[0]))"></label>
          }
        </div>
        <label class="goal" [class.doubtful]="isDoubtful('goalText')" [class.active]="model().activeHead() === 'goalText'">{{ t('headGoal') }} <textarea #goal class="jh-input" rows="2" [readonly]="!model().mayEdit()" [value]="table.goalText" (focus)="at('goalText')" (change)="set('goalText', goal.value)"></textarea></label>
        @if (doubtful().length) { <p class="jh-hint"><jh-icon name="warn" />{{ t('headDoubtText') }}</p> }
        @if (asksLead()) {
          <label beside class="lead" [class.ask]="!table.lead && model().mayEdit()">{{ t('headLead') }} <input #lead class="jh-input" name="lead" autocomplete="off" [readonly]="!model().mayEdit()" [value]="table.lead ?? ''" [attr.title]="t('leadAsk')" [attr.placeholder]="model().mayEdit() ? t('leadPlaceholder') : null" (focus)="at(null)" (change)="set('lead', lead.value)"></label>
        }
      </jh-staged-strip>
    }
  `,
  styles: `
    .fields { display: flex; flex-wrap: wrap; gap: 8px 14px; align-items: flex-start; }
    label { display: grid; gap: 2px; font-size: 13px; color: var(--jh-ink-soft); min-width: 0; } .wide { flex: 1 1 200px; } .goal { margin-top: 8px; }
    .jh-input { color: var(--jh-ink); font-size: 14px; min-height: 32px; } .short { width: 108px; }
    .active .jh-input { outline: 2px solid var(--jh-focus); } .doubtful .jh-input { border-style: dashed; border-color: var(--jh-warning); background: #fffaf0; } .jh-hint { display: flex; gap: 4px; align-items: center; margin: 4px 0 0; color: #6f4800; }
    .lead { grid-auto-flow: column; gap: 6px; align-items: center; white-space: nowrap; } .lead .jh-input { width: 132px; min-height: 28px; padding-block: 2px; font-size: 13px; }
    .lead .jh-input::placeholder { color: var(--jh-ink-faint); opacity: 1; }
    .ask .jh-input { border-style: dashed; border-color: var(--jh-warning); background: #fffaf0; }
    @media (max-width: 720px) { .lead { width: 100%; grid-template-columns: auto minmax(0, 1fr); padding-bottom: 8px; } .lead .jh-input { width: 100%; min-height: 40px; } }
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class StagedHead {
  readonly model = input.required<StagingModel>();

  private readonly words = inject(Words);
  protected readonly t = this.words.of(stagingWords);
  protected readonly common = this.words.of(commonWords);
  protected readonly money = computed(() => MONEY[this.model().table()?.subject ?? 'PROJECT']);
  protected readonly projectMissing = computed(() => this.model().gaps().some((gap) => gap.column === 'project'));
  /** Names of persons are asked of whoever makes a promise; a form that holds results makes none. */
  protected readonly asksLead = computed(() => this.model().table()?.subject === 'PROJECT' && !this.model().isResults());
  /** Fields read with little certainty that nobody has written since. */
  protected readonly doubtful = computed(() => {
    const table = this.model().table();
    return Object.entries(table?.headCells ?? {}).flatMap(([field, cell]) =>
      (cell !== undefined && compareDecimal(cell.confidence, SURE_FROM) < 0 && !(table?.headCorrected?.includes(field as HeadField) ?? false) ? [field] : []));
  });
  protected readonly waits = computed(() => (this.projectMissing() ? this.t('projectGap') : this.doubtful().length ? this.t('headDoubt', { n: this.doubtful().length }) : ''));
  /** The head in one line: kind, year, name, money, the first words of the goal. */
  protected readonly facts = computed(() => {
    const table = this.model().table();
    if (table === null) return '';
    const kind = this.common(table.subject === 'UNIT' ? 'subjectUNIT' : 'subjectPROJECT');
    return [kind, this.t('yearShort', { year: table.fiscalYear }), table.project ?? '', table.budget.total === null ? '' : this.t('moneyShort', { total: table.budget.total }), table.goalText.trim()].filter((part) => part !== '').join(' · ');
  });

  private readonly strip = viewChild(StagedStrip);

  constructor() {
    // Somebody clicked a place of the document that was read into the head: the line opens and shows the field.
    effect(() => {
      if (this.model().activeHead() !== null) untracked(() => this.strip()?.isOpen.set(true));
    });
  }

  protected isDoubtful(field: string): boolean {
    return this.doubtful().includes(field);
  }

  protected amountOf(field: HeadField): string {
    return (this.model().table()?.budget as Partial<Record<HeadField, string | null>> | undefined)?.[field] ?? '';
  }

  protected at(field: string | null): void {
    this.model().active.set(null);
    this.model().activeHead.set(field);
  }

  /** False when the text cannot be taken: the field then shows again what holds. */
  protected set(field: HeadField, text: string): boolean {
    return this.model().correct({ kind: 'SET_HEAD', field, text });
  }
}
