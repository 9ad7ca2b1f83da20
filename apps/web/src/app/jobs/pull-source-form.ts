import { ChangeDetectionStrategy, Component, ElementRef, Injector, afterNextRender, computed, inject, input, output, signal } from '@angular/core';
import type { AllowedHosts, UnitView } from '@jiheng/contract';
import { UnitField } from '../session/unit-field';
import { RefusalNote } from '../ui/refusal/refusal';
import { Words } from '../words/words';
import { AllowedHostsNote } from './allowed-hosts-note';
import { PullSourceAccess } from './pull-source-access';
import type { PullSourceDraft, SourceField, SourceKind } from './pull-source-draft';
import { sourcesWords } from './sources-words';

/** Refusals that the list of allowed hosts explains. */
const ABOUT_HOSTS: ReadonlySet<string> = new Set(['pull.host-not-listed', 'pull.address-forbidden']);

/** The fields of a pull source: where it lies, how its rows are found, and which of them goes into which indicator. */
@Component({
  selector: 'jh-pull-source-form',
  imports: [AllowedHostsNote, PullSourceAccess, RefusalNote, UnitField],
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
  protected readonly kinds: readonly SourceKind[] = ['HTTP_JSON', 'SQL', 'SHEET_FOLDER', 'SFTP_FOLDER', 'DHIS2'];
  protected readonly mappedOnly = signal(false);
  protected readonly shownIndicators = computed(() => this.draft().indicators().filter((one) => !this.mappedOnly() || (this.draft().mapped().get(one.key)?.field ?? '') !== ''));
  /** A refusal about one field is said there and not above the form as well. */
  protected readonly generalProblem = computed(() => (this.draft().problemField() === null ? this.draft().problem() : null));

  protected readonly isHostRefused = computed(() => ABOUT_HOSTS.has(this.draft().problem()?.code ?? ''));

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
    return { text: one.reading === null ? this.t('readsOnly', { verbatim: one.verbatim }) : this.t('reads', { verbatim: one.verbatim, reading: one.reading }), wrong: false };
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

  protected async save(): Promise<void> {
    const made = await this.draft().save();
    if (made !== null) this.saved.emit(made.name);
    else this.showFirstError();
  }

  private showFirstError(): void {
    afterNextRender(() => this.host.querySelector<HTMLElement>('[aria-invalid="true"], .wrong :is(select, input)')?.focus(), { injector: this.injector });
  }
}
