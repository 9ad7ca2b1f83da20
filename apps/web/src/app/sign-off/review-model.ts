import { computed, signal } from '@angular/core';
import type { ActualBody, MonitoringReportView } from '@jiheng/contract';
import { addDecimal, formatActual, roundHalfUp } from '@jiheng/domain';
import { toActual } from '../api/actual-body';
import { Load } from '../api/load';
import type { ExtendReportBody } from '../api/monitoring-reports-api';
import type { MoveBody, Moved } from '../api/moves';
import type { Answer, Problem } from '../api/problem';
import type { ChosenMove } from '../ui/move-bar/move-bar';
import { sameActual } from './same-actual';
import { SeenScore } from './seen-score';

/** What the model asks of the server; the page hands in the api client. */
export interface ReviewDoor {
  view(id: string): Promise<Answer<MonitoringReportView>>;
  move(id: string, body: MoveBody): Promise<Answer<Moved>>;
  extend(id: string, body: ExtendReportBody): Promise<Answer<MonitoringReportView>>;
}

/** A value before and after the last time the report was handed on. */
export interface Change {
  readonly before: ActualBody | null;
  readonly after: ActualBody;
}

/** Answers of the server after which what stands on the screen is no longer what there is. */
const OVERTAKEN = new Set(['workflow.stale-revision', 'workflow.points-changed', 'workflow.move-not-allowed']);

/** One monitoring report under review: what changed, what is owed, and the moves the server offers. It never decides who may do what. */
export class ReviewModel {
  readonly load = new Load<MonitoringReportView>();
  readonly report = this.load.value;
  readonly seen = new SeenScore();
  readonly busy = signal(false);
  /** Why the last move was refused. */
  readonly problem = signal<Problem | null>(null);
  /** The move that was just made. */
  readonly moved = signal<string | null>(null);

  /** Points are on their way. */
  readonly pending = computed(() => {
    const state = this.report()?.score.state;
    return state === 'WAITING' || state === 'RUNNING';
  });
  /** By row id. A value that came back to what it was has not changed. */
  readonly changes = computed<ReadonlyMap<string, Change>>(() => new Map(
    this.report()?.changedSince?.rows.filter(({ before, after }) => before === null || !sameActual(before, after)).map(({ indicatorId, before, after }) => [indicatorId, { before, after }]),
  ));
  /** The refusal said that the page was behind; it has been read again since. */
  readonly caughtUp = computed(() => OVERTAKEN.has(this.problem()?.code ?? ''));
  readonly weight = computed(() => addDecimal('0', ...(this.report()?.rows ?? []).map((row) => row.indicator.weight)));
  /** Σ of the printed points; null while no row has any. */
  readonly points = computed(() => {
    const known = (this.report()?.rows ?? []).flatMap((row) => (row.score?.points == null ? [] : [row.score.points]));
    return known.length === 0 ? null : roundHalfUp(addDecimal(...known), 2);
  });
  /** The opinion the report came back with, while it lies with the reporter. */
  readonly returnedWith = computed(() => {
    const report = this.report();
    return report?.state === 'RETURNED' ? (report.history.findLast((act) => act.to === 'RETURNED') ?? null) : null;
  });

  constructor(private readonly door: ReviewDoor) {}

  /** Opens a report. */
  async read(id: string): Promise<void> {
    this.moved.set(null);
    this.problem.set(null);
    this.seen.forget();
    await this.ask(id);
  }

  /** Asks for the report as it is now; what stands on the screen stays until the answer is there. */
  async refresh(): Promise<void> {
    const report = this.report();
    if (report !== null) await this.ask(report.id);
  }

  /** Carries the score that was looked at, so that nobody signs points they have not seen. True when the move was made. */
  async move(chosen: ChosenMove): Promise<boolean> {
    const report = this.report();
    if (report === null || this.busy()) return false;
    this.busy.set(true);
    this.problem.set(null);
    this.moved.set(null);
    const answer = await this.door.move(report.id, { ...chosen, expectedRevision: report.revision, scoreId: this.seen.scoreId() });
    if (answer.ok || OVERTAKEN.has(answer.problem.code)) await this.ask(report.id);
    if (answer.ok) {
      this.seen.look();
      this.moved.set(chosen.move);
    } else this.problem.set(answer.problem);
    this.busy.set(false);
    return answer.ok;
  }

  /** Gives a late unit more time. True when it was given. */
  async extend(body: ExtendReportBody): Promise<boolean> {
    const report = this.report();
    if (report === null || this.busy()) return false;
    this.busy.set(true);
    this.problem.set(null);
    const answer = await this.door.extend(report.id, body);
    if (answer.ok) this.load.set(answer.value);
    else this.problem.set(answer.problem);
    this.busy.set(false);
    return answer.ok;
  }

  private async ask(id: string): Promise<void> {
    const answer = await this.load.run(() => this.door.view(id));
    if (!answer.ok) return;
    this.seen.show(answer.value.score.scoreId, answer.value.rows.map((row) => ({
      id: row.indicator.id, name: row.indicator.name, points: row.score?.points ?? null, value: formatActual(toActual(row.yearToDate), row.indicator),
    })));
  }
}
