import { ChangeDetectionStrategy, Component, ElementRef, Injector, afterNextRender, computed, inject, input, output, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { AllowedHosts, UnitView } from '@jiheng/contract';
import { UnitField } from '../session/unit-field';
import { RefusalNote } from '../ui/refusal/refusal';
import { Words } from '../words/words';
import { AllowedHostsNote } from './allowed-hosts-note';
import type { FixedBinding } from './form-bindings';
import { PullSourceAccess } from './pull-source-access';
import type { PullSourceDraft, SourceField, SourceKind } from './pull-source-draft';
import { SourceConflict } from './source-conflict';
import { sourceConflictWords } from './source-conflict-words';
import { type Difference, sayBinding } from './source-differences';
import { readsSheets } from './source-settings';
import { sourcesWords } from './sources-words';

/** The kinds in the order in which they are offered. A record and no list: one that is left out does not compile. */
const KINDS_IN_ORDER = { HTTP_JSON: true, SQL: true, SHEET_FOLDER: true, SFTP_FOLDER: true, DHIS2: true } as const satisfies Readonly<Record<SourceKind, true>>;

/** Refusals of the unit of one row. */
const ABOUT_UNITS: ReadonlySet<string> = new Set(['pull.unit-unknown', 'pull.unit-other-kind']);
/** Refusals that the list of allowed hosts explains. */
const ABOUT_HOSTS: ReadonlySet<string> = new Set(['pull.host-not-listed', 'pull.address-forbidden']);

/** The fields of a pull source: where it lies, how its rows are found, and which of them goes into which indicator. */
@Component({
  selector: 'jh-pull-source-form',
  imports: [AllowedHostsNote, PullSourceAccess, RefusalNote, RouterLink, SourceConflict, UnitField],
  templateUrl: './pull-source-form.html',
  styleUrl: './pull-source-form.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class PullSourceForm {
  readonly draft = input.required<PullSourceDraft>();
  readonly units = input.required<readonly UnitView[]>();
  readonly periodId = input.required<string | null>();
  readonly periodName = input.required<string>();
  readonly fiscalYear = input.required<number>();
  /** Where sources may be asked; null while it is not known. */
  readonly hosts = input<AllowedHosts | null>(null);
  readonly saved = output<string>();
  readonly closed = output<void>();

  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly injector = inject(Injector);
  private readonly words = inject(Words);
  protected readonly t = this.words.of(sourcesWords);
  private readonly conflictWords = this.words.of(sourceConflictWords);
  protected readonly kinds = Object.keys(KINDS_IN_ORDER) as readonly SourceKind[];
  protected readonly mappedOnly = signal(false);
  protected readonly hasSheets = computed(() => readsSheets(this.draft().kind()));
  protected readonly shownIndicators = computed(() => this.draft().indicators().filter((one) => !this.mappedOnly() || this.draft().fixed().has(one.key) || (this.draft().mapped().get(one.key)?.field ?? '') !== ''));
  /** How many values the trial could read and that look wrong. */
  protected readonly doubtful = computed(() => (this.draft().trial()?.mapped ?? []).filter((one) => one.problemZh === null && one.warningZh !== undefined).length);
  /** A refusal about one field is said there and not above the form as well. */
  protected readonly generalProblem = computed(() => (this.draft().problemField() === null ? this.draft().problem() : null));

  protected readonly isHostRefused = computed(() => ABOUT_HOSTS.has(this.draft().problem()?.code ?? ''));

  /** The indicator whose unit is refused. */
  protected readonly refusedUnit = computed(() => { const problem = this.draft().problem(); return problem !== null && ABOUT_UNITS.has(problem.code) ? problem.params['indicatorKey'] ?? null : null; });

  protected readonly errorOf = (field: SourceField): string => {
    const draft = this.draft();
    const gap = draft.gaps().get(field);
    if (gap !== undefined) return this.t(gap);
    const problem = draft.problem();
    return problem !== null && draft.problemField() === field ? this.words.pick(problem.sentence) : '';
  };

  protected readingOf(key: string): { readonly text: string; readonly wrong: boolean } | null {
    const one = this.draft().readings().get(key);
    if (one === undefined) return null;
    if (one.problemZh !== null) return { text: this.words.pick({ zh: one.problemZh, en: one.problemEn ?? one.problemZh }), wrong: true };
    if (one.reading !== null && one.warningZh !== undefined) {
      return { text: this.t('readsDoubtful', { verbatim: one.verbatim, reading: one.reading, warning: this.words.pick({ zh: one.warningZh, en: one.warningEn ?? one.warningZh }) }), wrong: true };
    }
    return { text: one.reading === null ? this.t('readsOnly', { verbatim: one.verbatim }) : this.t('reads', { verbatim: one.verbatim, reading: one.reading }), wrong: false };
  }

  /** What is there now beside what was typed, in words; null while nobody was faster. */
  protected readonly differences = computed<readonly Difference[] | null>(() => {
    const [draft, found, present] = [this.draft(), this.draft().differences(), this.draft().conflict()];
    if (found === null || present === null) return null;
    const there = new Map(present.mappings.map((one) => [one.indicatorKey, one]));
    const names = new Map([...draft.indicators().map((one) => [one.key, one.name] as const), ...present.mappings.map((one) => [one.indicatorKey, one.indicatorName] as const)]);
    const own = (key: string): string => { const { field = '', unit = '' } = draft.mapped().get(key) ?? {}; return field.trim() === '' ? '' : sayBinding({ field, unit, formula: '', numeratorField: '', denominatorField: '' }); };
    const said = (field: (typeof found.fields)[number], text: string): string => (field === 'kind' ? this.t(`kind${text as SourceKind}`) : text);
    return [
      ...found.fields.map((field) => ({ label: this.t(field), theirs: said(field, present[field]), mine: said(field, draft[field]()) })),
      ...(found.isAskedOtherwise ? [{ label: this.conflictWords('settings'), theirs: this.conflictWords('otherwise'), mine: this.conflictWords('otherwise') }] : []),
      ...found.bindings.map((key) => ({ label: names.get(key) ?? key, theirs: sayBinding(there.get(key)), mine: own(key) })),
    ];
  });

  /** Numerator over denominator, or the field, and the formula. */
  protected sayFixed(one: FixedBinding): string {
    return sayBinding({ ...one, unit: '' });
  }

  protected chooseKind(kind: string): void {
    this.draft().chooseKind(kind as SourceKind);
  }

  protected async try(): Promise<void> {
    const periodId = this.periodId();
    if (periodId === null) return;
    await this.draft().try(periodId);
    this.showFirstError();
  }

  protected save(): Promise<void> {
    return this.settle(this.draft().save());
  }

  protected keepMine(): Promise<void> {
    return this.settle(this.draft().keepMine());
  }

  private async settle(saving: Promise<{ readonly name: string } | null>): Promise<void> {
    const made = await saving;
    if (made !== null) this.saved.emit(made.name);
    else this.showFirstError();
  }

  private showFirstError(): void {
    afterNextRender(() => this.host.querySelector<HTMLElement>('.conflict-head, [aria-invalid="true"], .wrong :is(select, input)')?.focus(), { injector: this.injector });
  }
}
