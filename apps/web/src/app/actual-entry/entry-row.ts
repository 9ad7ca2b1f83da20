import { type Signal, type WritableSignal, computed, signal } from '@angular/core';
import type { RecordedActual, ReportRow } from '@jiheng/contract';
import {
  type Actual, type AccumulatedActual, type ExplanationGap, type Finding, type Indicator, type IndicatorScore, type MonitoringLight, type Refusal, type Result, type RuleProfile, type ScoringContext,
  accumulateActuals, defaultProgressProfile, gapsOfMonitoredRow, gapsOfScoredRow, lightOf, overCauseOf, plausibility, sameActual, scoreIndicator,
} from '@jiheng/domain';
import type { Problem } from '../api/problem';
import { toActual, toBody } from '../api/actual-body';
import { Autosave, type StaleAnswer } from '../saving/autosave';
import type { EntryGateway } from './entry-gateway';
import { ExplanationDraft } from './explanation-draft';
import { type MissingThing, missingIn, sameThings } from './missing-things';
import { presentRow } from './present-row';
import { readCell, writeCell } from './read-cell';
import type { SaveLane } from '../saving/save-lane';
import type { SaveOutcome } from '../saving/save-outcome';

/** State of one cell, as its mark shows it. */
export type CellState =
  | { readonly kind: 'empty' }
  | { readonly kind: 'saved' }
  /** Typed and not yet on its way. */
  | { readonly kind: 'unsaved' }
  | { readonly kind: 'saving' }
  | { readonly kind: 'offline'; readonly problem: Problem; readonly retryInMs: number }
  /** The text cannot be understood: the domain's refusal. */
  | { readonly kind: 'unreadable'; readonly refusal: Refusal }
  /** The server refused. */
  | { readonly kind: 'refused'; readonly problem: Problem }
  | { readonly kind: 'conflict'; readonly problem: Problem; readonly theirs: ReportRow };

/** What all rows of one report share. */
export interface RowSurroundings {
  readonly gateway: Pick<EntryGateway, 'record' | 'explain'>;
  readonly lane: SaveLane;
  readonly profile: RuleProfile | null;
  readonly context: ScoringContext;
  /** Which quarter this is, 1…4. */
  readonly ordinal: number;
  readonly editable: boolean;
  /** Called after every change that a draft shelf should know of. */
  readonly changed: (row: EntryRow) => void;
  /** The server has stored something of this row. */
  readonly stored: (row: EntryRow, answer: RecordedActual) => void;
}

const MONTHS_OF_QUARTER = 3;
const LAST_QUARTER = 4;
const SILENCE: Actual = { kind: 'NOT_REPORTED' };

/** One row of the entry grid: what the server knows, what is typed, what it would be worth, and how far it is saved. */
export class EntryRow {
  readonly id: string;
  readonly indicator: Indicator;
  /** The row as the server last told it. */
  readonly server: WritableSignal<ReportRow>;
  /** What stands in the cell. */
  readonly text: WritableSignal<string>;
  /** The text the person has confirmed in spite of a plausibility warning. */
  readonly confirmed = signal<string | null>(null);
  readonly reading: Signal<Result<Actual>>;
  /** What the server has for this quarter. */
  readonly recorded: Signal<Actual>;
  readonly dirty: Signal<boolean>;
  readonly warnings: Signal<readonly Finding[]>;
  /** The year so far with what is typed; null while the text cannot be read. */
  readonly yearToDate: Signal<AccumulatedActual | null>;
  /** The quarter up to which the year so far counts, where nothing is entered for this one yet; null when something is, or nothing ever was. */
  readonly carriedFrom: Signal<ReportRow['earlier'][number] | null>;
  /** Points with what is typed; null while the text cannot be read or no rule profile is known. */
  readonly score: Signal<IndicatorScore | null>;
  readonly points: Signal<string | null>;
  /** 红黄绿灯 with what is typed. */
  readonly light: Signal<MonitoringLight>;
  /** Parts of 偏差原因及改进措施 that are owed with what is typed and not written. */
  readonly explanationGaps: Signal<readonly ExplanationGap[]>;
  readonly state: Signal<CellState>;
  /** Nothing of this row is on the way or waiting. */
  readonly settled: Signal<boolean>;
  /** What is still missing in this row. */
  readonly missing: Signal<readonly MissingThing[]>;
  /** Asked for once, at the end of the year, and then by the self-evaluation: no quarter waits for it. */
  readonly isYearEnd: boolean;
  /** The points shown are those the server has computed and stored, and no reckoning of this browser. */
  readonly isScored: Signal<boolean>;
  /** The row is saved, and the points the server has are not yet those of what it saved. */
  readonly scoreIsBehind: Signal<boolean>;
  readonly explanation: ExplanationDraft;
  readonly saver: Autosave<Actual, RecordedActual>;
  /** A choice about the candidate is on its way. */
  readonly settling = signal(false);
  /** A value that was taken from a source is being taken back; until the server has answered, nothing else of this cell is sent. */
  readonly returning = signal(false);
  /** Why the last choice about the candidate was not taken. */
  readonly candidateProblem = signal<Problem | null>(null);
  private readonly theirs = signal<ReportRow | null>(null);

  constructor(row: ReportRow, private readonly around: RowSurroundings) {
    this.id = row.indicator.id;
    this.indicator = row.indicator;
    this.isYearEnd = defaultProgressProfile(row.indicator.accumulation) === 'YEAR_END';
    this.server = signal(row);
    this.recorded = computed(() => recordedIn(this.server()), { equal: sameActual });
    this.text = signal(writeCell(recordedIn(row), row.indicator));
    this.reading = computed(() => readCell(this.text(), this.indicator));
    this.dirty = computed(() => {
      // Not every actual has a spelling that reads back to it; an untouched cell is never a change.
      if (this.text() === writeCell(this.recorded(), this.indicator)) return false;
      const reading = this.reading();
      return reading.ok ? !sameActual(reading.value, this.recorded()) : true;
    });
    this.warnings = computed(() => {
      const reading = this.reading();
      return reading.ok && this.confirmed() !== this.text() ? plausibility(reading.value, this.indicator) : [];
    });
    this.yearToDate = computed(() => {
      const reading = this.reading();
      return reading.ok ? this.accumulate(reading.value) : null;
    });
    this.carriedFrom = computed(() => (this.isSilent() ? (this.server().earlier.findLast((quarter) => quarter.actual.kind !== 'NOT_REPORTED') ?? null) : null));
    this.score = computed(() => {
      const year = this.yearToDate();
      if (year === null || this.around.profile === null) return null;
      return scoreIndicator({ indicator: this.indicator, actual: year.actual, accumulated: year, overCause: overCauseOf(this.explanation.body()) }, this.around.profile, this.around.context);
    });
    this.light = computed(() => {
      const year = this.yearToDate();
      return year === null ? 'NONE' : lightOf(this.indicator, year.actual, { fiscalYear: around.context.fiscalYear, months: around.ordinal * MONTHS_OF_QUARTER }).light;
    });
    this.explanationGaps = computed(() => this.findGaps());
    this.points = computed(() => this.score()?.points ?? null);
    this.saver = new Autosave<Actual, RecordedActual>({
      body: () => this.sendable(),
      same: sameActual,
      send: (actual, requestId) => this.send(actual, requestId),
      stored: (answer) => this.store(answer),
      stale: (present, sent, unanswered) => this.overtaken(present, sent, unanswered),
    }, around.lane);
    this.explanation = new ExplanationDraft(row, around, (answer) => this.store(answer), () => around.changed(this));
    this.state = computed(() => this.describe());
    this.missing = computed(() => missingIn(this), { equal: sameThings });
    this.scoreIsBehind = computed(() => !this.dirty() && this.recorded().kind !== 'NOT_REPORTED' && (this.server().score?.points ?? null) !== this.points());
    this.isScored = computed(() => {
      const { score } = this.server();
      return score !== null && score.points === this.points() && !this.dirty();
    });
    this.settled = computed(() => !this.dirty() && this.saver.phase().kind === 'idle' && this.explanation.settled());
  }

  /** Types into the cell; what can be read is sent after a pause. */
  type(text: string): void {
    this.text.set(text);
    this.saver.touch();
    this.around.changed(this);
  }

  /** The cell is left: its text takes the form's spelling, and what is waiting is sent now. */
  leave(): Promise<void> {
    const reading = this.reading();
    if (reading.ok) {
      const canonical = writeCell(reading.value, this.indicator);
      const again = readCell(canonical, this.indicator);
      // Only a spelling that means exactly the same may replace what a person typed.
      if (canonical !== this.text() && again.ok && sameActual(again.value, reading.value)) {
        if (this.confirmed() === this.text()) this.confirmed.set(canonical);
        this.text.set(canonical);
        this.around.changed(this);
      }
    }
    return this.saver.flush();
  }

  /** Puts a text as a deed of its own (undo, paste, a choice): like typing and leaving at once. */
  put(text: string): void {
    this.text.set(text);
    this.saver.touch();
    this.around.changed(this);
    void this.leave();
  }

  /** The value is meant as it stands; its warnings are silenced until it changes. */
  confirm(): void {
    this.confirmed.set(this.text());
  }

  /** After a conflict: what the other person wrote stands. */
  takeTheirs(): void {
    const theirs = this.theirs();
    if (theirs === null) return;
    this.server.set(theirs);
    this.theirs.set(null);
    this.text.set(writeCell(recordedIn(theirs), this.indicator));
    this.around.changed(this);
    void this.saver.resolve();
  }

  /** After a conflict: mine is sent again, on top of theirs and knowing it. */
  keepMine(): Promise<void> {
    const theirs = this.theirs();
    if (theirs === null) return Promise.resolve();
    this.server.set(theirs);
    this.theirs.set(null);
    return this.saver.resolve();
  }

  /**
   * News from the server about this row (a refreshed page, a finished score). A value changed elsewhere replaces an untouched cell, and
   * stands beside a touched one.
   */
  refresh(row: ReportRow): void {
    const known = this.server();
    const newer = (row.current?.revision ?? 0) > (known.current?.revision ?? 0);
    const phase = this.saver.phase().kind;
    if (phase === 'saving' || (row.current?.revision ?? 0) < (known.current?.revision ?? 0)) return;
    this.explanation.refresh(row);
    if (!newer || !this.dirty()) {
      const clean = !this.dirty();
      this.server.set(row);
      if (newer && clean) this.text.set(writeCell(recordedIn(row), this.indicator));
      return;
    }
    if (this.meansTheSame(row)) {
      this.server.set(row);
      return;
    }
    this.theirs.set(row);
    this.saver.contradict(changedElsewhere(row));
  }

  /**
   * The server tells the points of what it has. They are taken only where they belong to the value known here; text, drafts and a save on its
   * way stay as they are.
   */
  hearPoints(revision: number, score: ReportRow['score']): void {
    if ((this.server().current?.revision ?? 0) === revision) this.server.update((row) => ({ ...row, score }));
  }

  /** A draft from the shelf, typed against `revision`. @returns whether it still says something the server does not know */
  restore(text: string, revision: number): boolean {
    const row = this.server();
    this.text.set(text);
    if (!this.dirty()) {
      this.text.set(writeCell(recordedIn(row), this.indicator));
      return false;
    }
    if ((row.current?.revision ?? 0) > revision && row.current !== null) {
      this.theirs.set(row);
      this.saver.contradict(changedElsewhere(row));
    } else {
      this.saver.touch();
    }
    return true;
  }

  stop(): void {
    this.saver.stop();
    this.explanation.stop();
  }

  /** Takes an answer of the server that did not come from this row's own saver (a settled candidate). */
  adopt(answer: RecordedActual): void {
    this.server.set(answer.row);
    this.theirs.set(null);
    this.text.set(writeCell(recordedIn(answer.row), this.indicator));
    void this.saver.resolve();
    this.around.changed(this);
  }

  /** The same where something was typed meanwhile: that stays, and is sent on top of it. */
  storeBeside(answer: RecordedActual): void {
    this.store(answer);
    this.saver.touch();
  }

  private accumulate(actual: Actual): AccumulatedActual {
    const { earlier } = this.server();
    const quarters: (Actual | null)[] = Array.from({ length: this.around.ordinal - 1 }, () => null);
    for (const quarter of earlier) quarters[quarter.ordinal - 1] = toActual(quarter.actual);
    return accumulateActuals(this.indicator.accumulation, [...quarters, actual], this.indicator.target.unit);
  }

  /** A quarter owes what its light asks for; the last one, being the year, what its points ask for. The server asks the same at the submit. */
  private findGaps(): readonly ExplanationGap[] {
    const written = this.explanation.body();
    const score = this.score();
    if (this.around.ordinal < LAST_QUARTER) return gapsOfMonitoredRow(this.light(), written);
    return score === null || this.isSilent() ? [] : gapsOfScoredRow(score, written);
  }

  private isSilent(): boolean {
    const reading = this.reading();
    return reading.ok && reading.value.kind === 'NOT_REPORTED';
  }

  private sendable(): Actual | null {
    const reading = this.reading();
    return this.around.editable && !this.returning() && reading.ok && this.dirty() ? reading.value : null;
  }

  private send(actual: Actual, requestId: string): Promise<SaveOutcome<RecordedActual>> {
    return this.around.gateway.record(this.id, { requestId, expectedRevision: this.server().current?.revision ?? 0, actual: toBody(actual) });
  }

  private store(answer: RecordedActual): void {
    this.server.set(answer.row);
    this.around.stored(this, answer);
    this.around.changed(this);
  }

  private overtaken(present: unknown, sent: Actual, unanswered: readonly Actual[]): StaleAnswer {
    const row = presentRow(present, this.server());
    if (row === null) return 'ask';
    const there = recordedIn(row);
    if (sameActual(there, sent)) {
      this.server.set(row);
      this.around.changed(this);
      return 'settled';
    }
    // What is there now is what we sent ourselves when the answer got lost: nobody else was here.
    if (unanswered.some((mine) => sameActual(mine, there))) {
      this.server.set(row);
      return 'resend';
    }
    this.theirs.set(row);
    return 'ask';
  }

  private meansTheSame(row: ReportRow): boolean {
    const reading = this.reading();
    return reading.ok && sameActual(reading.value, recordedIn(row));
  }

  private describe(): CellState {
    const phase = this.saver.phase();
    const theirs = this.theirs();
    if (phase.kind === 'conflict' && theirs !== null) return { kind: 'conflict', problem: phase.problem, theirs };
    if (phase.kind === 'conflict') return { kind: 'refused', problem: phase.problem };
    const reading = this.reading();
    if (!reading.ok) return { kind: 'unreadable', refusal: reading.refusal };
    switch (phase.kind) {
      case 'saving': return { kind: 'saving' };
      case 'offline': return { kind: 'offline', problem: phase.problem, retryInMs: phase.retryInMs };
      case 'refused': return { kind: 'refused', problem: phase.problem };
      default:
        if (this.dirty()) return { kind: 'unsaved' };
        return this.recorded().kind === 'NOT_REPORTED' ? { kind: 'empty' } : { kind: 'saved' };
    }
  }
}

/** What a row records for its quarter. */
export function recordedIn(row: ReportRow): Actual {
  return row.current === null ? SILENCE : toActual(row.current.actual);
}

function changedElsewhere(row: ReportRow): Problem {
  const by = row.current?.by ?? '';
  return {
    type: 'about:blank', title: 'web.changed-elsewhere', status: 409, code: 'web.changed-elsewhere', params: { by },
    sentence: { zh: `这一格已被 ${by} 修改，请核对后选择。`, en: `This cell was changed by ${by}. Compare, then choose.` },
  };
}
