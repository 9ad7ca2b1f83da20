import { ChangeDetectionStrategy, Component, ElementRef, computed, inject, input, output } from '@angular/core';
import { type Finding, type Indicator, formatQuantity, formatTarget, plausibility, sayFinding, sayRefusal } from '@jiheng/domain';
import { toActual } from '../api/actual-body';
import type { ActualEntryModel } from './actual-entry-model';
import { injectDrawNow } from '../ui/draw-now';
import { Candidate, type CandidateChoice } from '../ui/candidate/candidate';
import { type Doubt, QuantityInput } from '../ui/quantity-input/quantity-input';
import { withoutTrailingZeros } from '../ui/points/say-points';
import { newRequestId } from '../api/new-request-id';
import { commonWords } from '../words/common-words';
import { sayMoment, sayPeriod } from '../words/moments';
import { Words } from '../words/words';
import { offerOf, offersFor } from './cell-offers';
import { type EntryRow, recordedIn } from './entry-row';
import { entryWords } from './entry-words';
import { sayFormWord } from '../ui/form-table/form-words';
import type { LevelSpans } from '../ui/form-table/level-spans';
import { otherReadings } from './other-readings';
import { takesParts } from './read-cell';
import { sayActual, sayReason } from './say-reading';

const STATE_WORDS = {
  empty: 'stateEmpty', saved: 'stateSaved', unsaved: 'stateUnsaved', saving: 'stateSaving', offline: 'stateOffline', unreadable: 'stateUnreadable', refused: 'stateRefused', conflict: 'stateConflict',
} as const;

/** Where the year so far is the value of one quarter; elsewhere it is put together from several. */
const CARRIED_WHOLE: ReadonlySet<Indicator['accumulation']> = new Set(['LAST', 'MAX', 'MIN', 'MANUAL']);

/**
 * One row of the entry grid. Everything it shows hangs on the signals of its own {@link EntryRow}, so that a key in one row renders that row
 * and nothing else.
 */
@Component({
  selector: 'tr[jhEntryRow]',
  imports: [QuantityInput, Candidate],
  templateUrl: './entry-row-view.html',
  styleUrl: './entry-row-view.css',
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { '[attr.data-row]': 'row().id', '[attr.data-state]': 'state().kind', '[attr.aria-rowindex]': 'index() + 2', '[class.open]': 'isOpen()', '[class.english]': "words.language() === 'en'" },
})
export class EntryRowView {
  readonly row = input.required<EntryRow>({ alias: 'jhEntryRow' });
  readonly model = input.required<ActualEntryModel>();
  readonly index = input.required<number>();
  readonly spans = input.required<LevelSpans>();
  readonly editable = input.required<boolean>();
  /** Somebody wants to attach files to this row. */
  readonly filesWanted = output<void>();
  /** Somebody does not want the candidate: the reason is asked for in the detail. */
  readonly reasonWanted = output<void>();
  /** A choice about the candidate was made, and what was pressed for it is gone. */
  readonly chosen = output<void>();

  private readonly host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly drawNow = injectDrawNow();
  protected readonly words = inject(Words);
  protected readonly t = this.words.of(entryWords);
  private readonly common = this.words.of(commonWords);
  protected readonly indicator = computed<Indicator>(() => this.row().indicator);
  protected readonly level1 = computed(() => sayFormWord(this.indicator().level1, this.words.language()));
  protected readonly level2 = computed(() => sayFormWord(this.indicator().level2, this.words.language()));
  protected readonly target = computed(() => formatTarget(this.indicator().target));
  protected readonly weight = computed(() => withoutTrailingZeros(this.indicator().weight));
  protected readonly isOpen = computed(() => this.model().openRow() === this.row().id);
  protected readonly state = computed(() => this.row().state());
  protected readonly stateWord = computed(() => this.t(STATE_WORDS[this.state().kind]));
  protected readonly stateTitle = computed(() => {
    const state = this.state();
    switch (state.kind) {
      case 'offline': return this.t('offlineLong', { seconds: Math.round(state.retryInMs / 1000) });
      case 'refused': case 'conflict': return this.words.pick(state.problem.sentence);
      case 'unreadable': return sayRefusal(state.refusal, this.words.language());
      default: return this.stateWord();
    }
  });
  protected readonly earlier = computed(() => this.row().server().earlier
    .map((quarter) => ({ label: sayPeriod(quarter.label, this.words.language()), value: sayActual(toActual(quarter.actual), this.indicator(), this.words.language()) || '—' })));
  /** Nothing entered yet, and points all the same: they are those of the year up to an earlier quarter. */
  protected readonly carried = computed(() => {
    const quarter = this.row().carriedFrom();
    if (quarter === null) return '';
    return this.t(CARRIED_WHOLE.has(this.indicator().accumulation) ? 'carried' : 'countedUntil', { quarter: sayPeriod(quarter.label, this.words.language()) });
  });
  protected readonly understood = computed(() => {
    const reading = this.row().reading();
    if (!reading.ok) return '';
    if (this.carried() !== '') return this.carried();
    const said = sayActual(reading.value, this.indicator(), this.words.language());
    return said === this.row().text() ? '' : said;
  });
  protected readonly refusal = computed(() => {
    const state = this.state();
    if (state.kind === 'unreadable') return sayRefusal(state.refusal, this.words.language());
    if (state.kind === 'refused') return this.words.pick(state.problem.sentence);
    // Understood, and yet no points can come of it (a share outside the band of its grade).
    const blocked = this.row().score()?.blocked ?? null;
    return blocked === null || state.kind === 'empty' ? null : sayRefusal(blocked, this.words.language());
  });
  protected readonly doubt = computed<Doubt | null>(() => {
    const [warning] = this.row().warnings();
    const reading = this.row().reading();
    if (warning === undefined || !reading.ok) return null;
    const others = otherReadings(reading.value, this.indicator(), [warning]);
    const typed = reading.value.kind === 'REPORTED' ? formatQuantity(reading.value.magnitude, reading.value.unit) : this.row().text();
    return {
      sentence: this.sayDoubt(warning), keep: this.t('keepAsIs', { text: typed }),
      others: others.map((text) => ({ text, label: this.t('meant', { text }) })),
    };
  });
  protected readonly offers = computed(() => offersFor(this.indicator(), this.model().report().today, this.t));
  protected readonly chosenOffer = computed(() => {
    const reading = this.row().reading();
    return reading.ok ? offerOf(reading.value, this.indicator()) : null;
  });
  protected readonly placeholder = computed(() => {
    if (!this.editable()) return '';
    const { kind, unit } = this.indicator().target;
    switch (kind) {
      case 'QUAL': return this.t('gradeHint');
      case 'BOOL': return this.t('answerHint');
      case 'DATE': return this.t('dateHint');
      default: return unit ?? '';
    }
  });
  protected readonly inputTitle = computed(() => {
    if (!takesParts(this.indicator())) return null;
    return this.indicator().accumulation === 'SURVEY' ? this.t('surveyHint') : this.t('partsHint', { example: '197/200' });
  });
  protected readonly yearToDate = computed(() => {
    const year = this.row().yearToDate();
    return year === null ? '—' : sayActual(year.actual, this.indicator(), this.words.language()) || '—';
  });
  protected readonly points = computed(() => this.row().points() ?? '—');
  protected readonly isFull = computed(() => {
    const score = this.row().score();
    return score !== null && score.points !== null && score.points === score.weight;
  });
  protected readonly reason = computed(() => sayReason(this.row().score(), this.words.language()));
  /** Points that the server has not stored yet are marked as reckoned here. */
  protected readonly isReckonedHere = computed(() => this.row().points() !== null && !this.row().isScored());
  protected readonly pointsTitle = computed(() => {
    if (this.carried() !== '' || this.row().points() === null) return this.carried() || this.reason();
    return [this.reason(), this.t(this.isReckonedHere() ? 'previewOnly' : 'scored')].filter((part) => part !== '').join(' · ');
  });
  /** Lighter than the kit's light: a thousand rows may show one. */
  protected readonly light = computed(() => {
    const colour = this.row().light();
    return colour === 'NONE' ? null : { colour, short: this.common(`lightShort${colour}`), sentence: this.common(`light${colour}`) };
  });
  /** An empty note that nobody owes takes no field until it is gone into: text fields are dear to draw. */
  protected readonly showsNote = computed(() => this.owesNote() || this.row().explanation.body().sentence !== '' || this.model().noteRow() === this.row().id);
  protected readonly owesNote = computed(() => this.row().explanationGaps().length > 0);
  protected readonly candidate = computed(() => {
    const { candidate } = this.row().server();
    return candidate !== null && candidate.outcome !== 'SAME' ? candidate : null;
  });
  protected readonly candidateValue = computed(() => {
    const candidate = this.candidate();
    return candidate === null ? '' : sayActual(toActual(candidate.actual), this.indicator(), this.words.language());
  });
  /** In the words of a typed value; where only the past speaks against it, the candidate's own warning stands. */
  protected readonly candidateDoubt = computed(() => {
    const candidate = this.candidate();
    const [finding] = candidate === null || candidate.warning === null ? [] : plausibility(toActual(candidate.actual), this.indicator());
    return finding === undefined ? null : this.sayDoubt(finding);
  });
  protected readonly otherValues = computed(() => (this.candidate()?.others ?? []).map((other) => sayActual(toActual(other.actual), this.indicator(), this.words.language())));
  protected readonly conflict = computed(() => {
    const state = this.state();
    if (state.kind !== 'conflict') return null;
    const theirs = sayActual(recordedIn(state.theirs), this.indicator(), this.words.language()) || this.t('conflictEmpty');
    const mine = this.row().text() || this.t('conflictEmpty');
    const { current } = state.theirs;
    return { theirs, mine, sentence: this.t('conflict', { by: current?.by ?? '', at: current === null ? '' : sayMoment(current.at, this.words.language()), theirs, mine }) };
  });
  protected readonly evidence = computed(() => {
    const waiting = this.model().uploads.of(this.row().id);
    const refused = waiting.flatMap(({ number, file, problem }) => (problem === null ? []
      // What the server has looked at and refused is refused again; what never arrived may arrive.
      : [{ number, name: file.name, sentence: this.words.pick(problem.sentence), again: problem.status === 0 || problem.status >= 500 }]));
    return { count: this.row().server().evidence.length, refused, busy: waiting.some((upload) => upload.problem === null) };
  });

  /** Short, because the name of the row stands beside it; the whole sentence is the finding's own. */
  private sayDoubt({ code, params }: Finding): string {
    const { found = '', percent = '', times = '' } = params;
    switch (code) {
      case 'looks-like-fraction': return this.t('doubtFraction', { found, percent });
      case 'about-one-hundredth': return this.t('doubtSmall', { times });
      case 'hundred-times': return this.t('doubtLarge', { times });
      default: return sayFinding({ code, params }, this.words.language());
    }
  }

  protected writeNote(event: Event): void {
    this.row().explanation.change({ sentence: (event.target as HTMLTextAreaElement).value });
  }

  /** A click into an empty note brings its field. */
  protected openNote(): void {
    if (!this.editable() || this.showsNote()) return;
    this.model().noteRow.set(this.row().id);
    this.drawNow(() => this.host.querySelector<HTMLTextAreaElement>('textarea')?.focus());
  }

  protected leaveNote(): void {
    void this.row().explanation.saver.flush();
  }

  protected retryUpload(number: number): void {
    const upload = this.model().uploads.of(this.row().id).find((one) => one.number === number);
    if (upload !== undefined) void this.model().uploads.retry(upload);
  }

  protected forgetUpload(number: number): void {
    const upload = this.model().uploads.of(this.row().id).find((one) => one.number === number);
    if (upload !== undefined) this.model().uploads.dismiss(upload);
  }

  protected async settle(choice: CandidateChoice): Promise<void> {
    if (!this.row().settling() && await this.model().settleCandidate(this.row().id, newRequestId(), choice.choice, choice.reason) === null) this.chosen.emit();
  }
}
