import { type Signal, computed, signal } from '@angular/core';
import type { ActualBody, SelfEvaluationRow, SelfEvaluationView } from '@jiheng/contract';
import { type Actual, type IndicatorScore, type Refusal, type RuleProfile, gapsOfScoredRow, overCauseOf, scoreIndicator } from '@jiheng/domain';
import { toActual } from '../api/actual-body';
import { Autosave, type StaleAnswer } from '../saving/autosave';
import type { SaveLane } from '../saving/save-lane';
import type { DeviationText } from '../ui/deviation-note/deviation-note';
import { sameActual } from '../sign-off/same-actual';
import { type EvaluationGateway, presentView } from './evaluation-gateway';
import { staleProblem } from './stale-problem';
import { type AdjustmentText, type RowAnswer, adjustmentOf, explanationOf, sameAdjustment, sameAnswer, sameExplanation } from './row-parts';

/** What a row needs from the page it lives on. */
export interface RowSurroundings {
  readonly gateway: Pick<EvaluationGateway, 'answerRow'>;
  readonly lane: SaveLane;
  readonly fiscalYear: number;
  readonly editable: () => boolean;
  /** The rules in force; null while they are not known here. */
  readonly profile: Signal<RuleProfile | null>;
  /** The server answered with the whole document. */
  readonly answered: (view: SelfEvaluationView) => void;
  /** Something was typed: it has to go on the shelf until it is saved. */
  readonly changed: (row: EvaluationRow) => void;
}

/** A part of an answer that somebody else changed as well. */
export type RowPart = 'judgement' | 'explanation' | 'adjustment';

/**
 * One row of the year while people work on it: what the server has, what is written here, and the one saver that carries all of it. A row
 * has one revision for its judgement, explanation and adjustment, so one request of it is under way at a time.
 */
export class EvaluationRow {
  readonly id: string;
  readonly indicator: SelfEvaluationRow['indicator'];
  /** The value of the year is a judgement made here and not a sum of the quarters. */
  readonly isJudged: boolean;
  readonly server;
  readonly explanation;
  /** The judgement chosen here; null: as the server has it. */
  readonly judgement = signal<ActualBody | null>(null);
  /** The adjustment asked for here; undefined: as the server has it; null: taken back. */
  readonly adjustment = signal<AdjustmentText | null | undefined>(undefined);
  /** What stands in the adjustment editor and has not been put yet; null while it is closed. */
  readonly adjusting = signal<AdjustmentText | null>(null);
  /** Parts that somebody else changed meanwhile. */
  readonly contested = signal<readonly RowPart[]>([]);
  readonly saver: Autosave<RowAnswer, SelfEvaluationView>;

  /** What the server had when the answer under way was made: tells whose change a difference is. */
  private base: SelfEvaluationRow;

  /** The value of the year as it stands on the screen. */
  readonly actual = computed<ActualBody>(() => this.judgement() ?? this.server().yearActual);
  /** The law's word on a judgement that the server has not seen yet; null when there is none, or no rules. */
  readonly preview = computed<IndicatorScore | null>(() => {
    const judgement = this.judgement();
    const profile = this.around.profile();
    if (judgement === null || profile === null || sameActual(judgement, this.server().yearActual)) return null;
    const row = { indicator: this.indicator, actual: toActual(judgement) satisfies Actual, overCause: overCauseOf(this.explanation()) };
    return scoreIndicator(row, profile, { fiscalYear: this.around.fiscalYear, periodClosed: false });
  });
  readonly score = computed<SelfEvaluationRow['score'] | IndicatorScore>(() => this.preview() ?? this.server().score);
  readonly isPreview = computed(() => this.preview() !== null || this.adjustment() !== undefined);
  /** Computed points, two decimals; null while the row has none. */
  readonly computedPoints = computed(() => this.score().points);
  readonly standing = computed<AdjustmentText | null>(() => {
    const wish = this.adjustment();
    return wish === undefined ? adjustmentOf(this.server()) : wish;
  });
  readonly applies = computed(() => !this.score().flags.includes('NOT_APPLICABLE'));
  /** Points as they print: those a person set, where a person did. */
  readonly points = computed(() => (this.applies() ? (this.standing()?.points ?? this.computedPoints()) : null));
  /** Why the judgement as it stands cannot be kept. */
  readonly objection = computed<Refusal | null>(() => {
    const judgement = this.judgement();
    if (judgement?.kind === 'NOT_APPLICABLE' && judgement.reason.trim() === '') return { code: 'actual.reason-needed', params: {} };
    return this.preview()?.blocked ?? null;
  });
  /** Parts of an explanation that are owed and not there. */
  readonly gaps = computed(() => gapsOfScoredRow(this.score(), this.explanation()));
  private readonly answer = computed<RowAnswer>(() => {
    const server = this.server();
    const judgement = this.judgement();
    const adjustment = this.adjustment();
    return {
      ...(judgement === null || this.objection() !== null || sameActual(judgement, server.yearActual) ? {} : { judgement }),
      ...(sameExplanation(this.explanation(), explanationOf(server)) ? {} : { explanation: this.explanation() }),
      ...(adjustment === undefined || sameAdjustment(adjustment, adjustmentOf(server)) ? {} : { adjustment }),
    };
  });
  readonly dirty = computed(() => Object.keys(this.answer()).length > 0 || this.objection() !== null);
  readonly settled = computed(() => !this.dirty() && this.saver.phase().kind === 'idle');

  constructor(row: SelfEvaluationRow, private readonly around: RowSurroundings) {
    this.id = row.indicator.id;
    this.indicator = row.indicator;
    this.isJudged = row.indicator.target.kind !== 'QUANT' || row.indicator.accumulation === 'MANUAL';
    this.server = signal(row);
    this.explanation = signal(explanationOf(row));
    this.base = row;
    this.saver = new Autosave<RowAnswer, SelfEvaluationView>({
      body: () => (around.editable() && Object.keys(this.answer()).length > 0 ? this.answer() : null),
      same: sameAnswer,
      send: (answer, requestId) => {
        this.base = this.server();
        return around.gateway.answerRow(this.id, { requestId, expectedRevision: this.server().revision, ...wire(answer) });
      },
      stored: (view) => {
        around.answered(view);
        this.settle();
      },
      stale: (present, sent, unanswered) => this.overtaken(presentView(present), sent, unanswered),
    }, around.lane);
  }

  /** Chooses the judgement of the year. Saved by itself as soon as the law takes it. */
  judge(actual: ActualBody): void {
    this.judgement.set(actual);
    this.touched();
  }

  explain(part: Partial<DeviationText>): void {
    this.explanation.update((note) => ({ ...note, ...part }));
    this.touched();
  }

  /** Puts the adjustment that was written: points and reason, already found lawful. */
  adjust(adjustment: AdjustmentText): void {
    this.adjustment.set(adjustment);
    this.adjusting.set(null);
    this.around.changed(this);
    this.saver.touch();
    void this.saver.flush();
  }

  /** The computed points count again. */
  takeBack(): void {
    this.adjustment.set(null);
    this.adjusting.set(null);
    this.around.changed(this);
    this.saver.touch();
    void this.saver.flush();
  }

  /** What stands in the adjustment editor; kept on the shelf, too. */
  draftAdjustment(draft: AdjustmentText | null): void {
    this.adjusting.set(draft);
    this.around.changed(this);
  }

  /** The row as the server has it now. What was changed here stays, what was not follows. */
  refresh(row: SelfEvaluationRow): void {
    const before = this.server();
    if (row.revision < before.revision) return;
    const wrote = !sameExplanation(this.explanation(), explanationOf(before));
    this.server.set(row);
    if (!wrote) this.explanation.set(explanationOf(row));
    this.settle();
  }

  /** Their words stand; mine are gone from this row. */
  takeTheirs(): void {
    const server = this.server();
    for (const part of this.contested()) {
      if (part === 'explanation') this.explanation.set(explanationOf(server));
      if (part === 'judgement') this.judgement.set(null);
      if (part === 'adjustment') this.adjustment.set(undefined);
    }
    this.contested.set([]);
    this.around.changed(this);
    void this.saver.resolve();
  }

  keepMine(): void {
    this.contested.set([]);
    void this.saver.resolve();
  }

  /** What is written here and not stored, for the shelf; null when there is nothing. */
  unsaved(): string | null {
    const draft = { ...this.answer(), ...(this.objection() === null ? {} : { judgement: this.judgement() }), ...(this.adjusting() === null ? {} : { adjusting: this.adjusting() }) };
    return Object.keys(draft).length === 0 ? null : JSON.stringify(draft);
  }

  /** A draft from the shelf, written against `revision`. When somebody saved the row since, the person chooses. */
  restore(text: string, revision: number): boolean {
    const draft = parsed(text);
    if (draft === null) return false;
    if (draft.explanation !== undefined) this.explanation.set(draft.explanation);
    if (draft.judgement !== undefined && this.isJudged) this.judgement.set(draft.judgement);
    if (draft.adjustment !== undefined) this.adjustment.set(draft.adjustment);
    if (draft.adjusting !== undefined) this.adjusting.set(draft.adjusting);
    if (this.unsaved() === null) return false;
    const server = this.server();
    const parts = (Object.keys(this.answer()) as RowPart[]);
    if (revision < server.revision && parts.length > 0) {
      this.contested.set(parts);
      this.saver.contradict(staleProblem(server.explanation?.by ?? server.adjustment?.by ?? '', server.revision));
    } else this.touched();
    return true;
  }

  private touched(): void {
    this.around.changed(this);
    this.saver.touch();
  }

  /** Wishes that the server has granted are no wishes any more. */
  private settle(): void {
    const server = this.server();
    const judgement = this.judgement();
    const adjustment = this.adjustment();
    if (judgement !== null && sameActual(judgement, server.yearActual)) this.judgement.set(null);
    if (adjustment !== undefined && sameAdjustment(adjustment, adjustmentOf(server))) this.adjustment.set(undefined);
    this.around.changed(this);
  }

  /** Somebody else saved this row first. Parts that only one of us changed need no choice. */
  private overtaken(view: SelfEvaluationView, sent: RowAnswer, unanswered: readonly RowAnswer[]): StaleAnswer {
    const before = this.base;
    this.around.answered(view);
    const now = this.server();
    // The answer that got lost had been stored: what stands there is our own.
    if (unanswered.some((mine) => standsThere(mine, now))) return 'resend';
    const contested: RowPart[] = [];
    if (sent.explanation !== undefined && !sameExplanation(explanationOf(now), explanationOf(before)) && !sameExplanation(explanationOf(now), sent.explanation)) contested.push('explanation');
    if (sent.judgement !== undefined && !sameActual(now.yearActual, before.yearActual) && !sameActual(now.yearActual, sent.judgement)) contested.push('judgement');
    if (sent.adjustment !== undefined && !sameAdjustment(adjustmentOf(now), adjustmentOf(before)) && !sameAdjustment(adjustmentOf(now), sent.adjustment)) contested.push('adjustment');
    this.contested.set(contested);
    return contested.length === 0 ? 'resend' : 'ask';
  }
}

function standsThere(answer: RowAnswer, row: SelfEvaluationRow): boolean {
  return (answer.explanation === undefined || sameExplanation(answer.explanation, explanationOf(row)))
    && (answer.judgement === undefined || sameActual(answer.judgement, row.yearActual))
    && (answer.adjustment === undefined || sameAdjustment(answer.adjustment, adjustmentOf(row)));
}

/** Only what the contract knows; lists as it wants them. */
function wire({ judgement, explanation, adjustment }: RowAnswer) {
  return {
    ...(judgement === undefined ? {} : { judgement }), ...(explanation === undefined ? {} : { explanation: { ...explanation, causes: [...explanation.causes] } }),
    ...(adjustment === undefined ? {} : { adjustment }),
  };
}

function parsed(text: string): (RowAnswer & { adjusting?: AdjustmentText }) | null {
  try {
    const draft: unknown = JSON.parse(text);
    return typeof draft === 'object' && draft !== null ? draft : null;
  } catch {
    return null;
  }
}
