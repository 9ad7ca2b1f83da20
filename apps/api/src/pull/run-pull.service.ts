import { createHash } from 'node:crypto';
import { type Refusal, type Result, type Words, formatActual, ok, sayRefusal } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import { type EarlierOf, MonitoringReports } from '../monitoring/monitoring.public';
import { AuditTrail, THE_HOUSE } from '../platform/audit/audit-trail';
import { Clock, minuteWords } from '../platform/clock/clock';
import { newId } from '../platform/database/new-id';
import { UnitOfWork } from '../platform/database/unit-of-work';
import type { Tx } from '../platform/database/tx';
import { FileStore } from '../platform/files/file-store';
import { TAKEN_BACK } from '../platform/queue/job-failure';
import type { JobSubject } from '../platform/queue/job-handler';
import { Absent, namingSought, noneOfBound } from './binding/absent';
import { askedOf, formulaOf } from './binding/asked';
import { fieldsOf } from './binding/binding';
import { cellOf, type Landing, landingsOf, sourceKeyOf } from './binding/landing';
import { nothingBound } from './binding/nothing-bound';
import { isSilent, readLanding, verbatimOf } from './binding/read-bound';
import { AskSource } from './ask-source.service';
import { PULL_CONSEQUENCES, type PullFailure, pullFailure, sourcePaused, stayedAway, toldWhenPaused } from './pull-failure';
import { PullRepository, type ObservationOutcome, type StoredRun, type StoredSource } from './pull.repository';
import { SilenceOfSource } from './silence-of-source.service';

/** How far it is; `at` names the indicator. */
export type PullProgress = (done: number, total: number, at: string) => Promise<void>;

/** What came of one attempt. `OVER`: with a remark where there was nothing to take. `RETRY`: nothing is settled, asking again may help. */
export type PullOutcome = { readonly state: 'OVER'; readonly remark?: Words } | { readonly state: 'RETRY' | 'STOPPED'; readonly failure: PullFailure };

/** 取数: ask, keep what was said, offer what can be read. A value typed by a person is never touched; a second run adds nothing. */
@Injectable()
export class RunPull {
  constructor(
    private readonly unitOfWork: UnitOfWork, private readonly pulls: PullRepository, private readonly reports: MonitoringReports, private readonly asking: AskSource,
    private readonly files: FileStore, private readonly silence: SilenceOfSource, private readonly audit: AuditTrail, private readonly clock: Clock,
  ) {}

  async run(runId: string, progress: PullProgress, cancelled: () => Promise<boolean>): Promise<PullOutcome> {
    const { db } = this.unitOfWork;
    const run = await this.pulls.run(db, runId);
    // A failed run may be asked for again by a person; a finished one never runs twice.
    if (run === null || run.state === 'DONE') return { state: 'OVER' };
    const source = await this.pulls.source(db, run.sourceId);
    const period = await this.reports.period(db, run.periodId);
    if (source === null || period === null) return { state: 'OVER' };
    if (source.state === 'PAUSED') {
      return { state: 'STOPPED', failure: { kind: 'SOURCE_AWAY', refusal: sourcePaused(source).refusal, body: null } };
    }
    if (!(await this.begin(run))) return { state: 'RETRY', failure: pullFailure('SOURCE_AWAY', 'pull.already-running', { source: source.name }) };

    const bindings = await this.pulls.bindings(db, source.id);
    const wanted = fieldsOf(bindings);
    const fetched = await this.asking.ask(source, period, wanted);
    // Asking takes its time: what was taken back meanwhile neither pauses a source nor is asked again.
    if (await cancelled()) return this.endTakenBack(runId);
    if (!fetched.ok) return this.settleFailure(run, source, namingSought(fetched.failure, source, period, wanted));
    const bodySha256 = await this.keep(runId, fetched.body);
    const places = await this.reports.placesOf(db, source.unitId, run.periodId);
    const landings = landingsOf(bindings, places, fetched.rows);
    const absent = new Absent(source.kind, fetched.rows, fetched.body);
    if (landings.every((landing) => isSilent(landing.said))) {
      const refusal = nothingBound(source, period, bindings, places) ?? noneOfBound(source, period, landings.map((landing) => landing.binding), absent);
      return this.settleFailure(run, source, { kind: 'NOT_THERE', refusal, body: null });
    }
    const earlierOf = await this.reports.earlierInYear(db, landings.map(cellOf));
    for (const [at, landing] of landings.entries()) {
      if (await cancelled()) return this.stopBetween(run, at, landings.length);
      await progress(at, landings.length, landing.place.indicator.name);
      if (!isSilent(landing.said)) await this.land(run, source, { asked: askedOf(source, period, landing), bodySha256 }, landing, { absent, earlierOf });
    }
    await progress(landings.length, landings.length, '');
    await this.unitOfWork.always(async (tx) => {
      const stated = await this.closeUnstated(tx, run);
      await this.pulls.finish(tx, runId, 'DONE', this.clock.now(), null);
      if (stated > 0) await this.silence.ends(tx, source);
    });
    return { state: 'OVER' };
  }

  /** What the source said before of this period and did not say this time is no value of it any more: silent, unreadable or bound no longer, it may not be taken. @returns how many rows it has said something readable of */
  private async closeUnstated(tx: Tx, run: StoredRun): Promise<number> {
    // The attempt first, as whoever lands a value does.
    await this.pulls.lockRun(tx, run.id);
    const stated = await this.pulls.statedCells(tx, run.id);
    await this.reports.closeUnstated(tx, run, stated);
    return stated.length;
  }

  /** One run at a time per source: a run that a person asked for again waits for the one under way. */
  private async begin(run: StoredRun): Promise<boolean> {
    return this.unitOfWork.always(async (tx) => {
      await this.pulls.lockSource(tx, run.sourceId);
      const underWay = await this.pulls.runUnderWay(tx, run.sourceId);
      if (underWay !== null && underWay.id !== run.id) return false;
      await this.pulls.markRunning(tx, run.id, this.clock.now());
      return true;
    });
  }

  /** A person took the job back: what was offered stays, and the run says how far it came. */
  private async stopBetween(run: StoredRun, done: number, of: number): Promise<PullOutcome> {
    await this.unitOfWork.always((tx) => this.pulls.finish(tx, run.id, 'FAILED', this.clock.now(), {
      kind: 'CANCELLED', zh: `已取消：处理了 ${done} 项，共 ${of} 项；已给出的候选值保留。`, en: `Cancelled after ${done} of ${of}; what was offered stays.`,
    }));
    return { state: 'OVER' };
  }

  private async endTakenBack(runId: string): Promise<PullOutcome> {
    await this.takeBack(runId);
    return { state: 'OVER' };
  }

  /** A person took the job back while nobody was at it: its attempt is over, or the source would look as if it were being asked for ever. */
  async takeBack(runId: string): Promise<void> {
    await this.unitOfWork.always(async (tx) => {
      const run = await this.pulls.run(tx, runId);
      if (run === null || run.state === 'DONE' || run.state === 'FAILED') return;
      await this.pulls.finish(tx, runId, 'FAILED', this.clock.now(), { kind: 'CANCELLED', zh: TAKEN_BACK.zh, en: TAKEN_BACK.en });
    });
  }

  /** An attempt waits for its next try. */
  async noteWait(runId: string, wait: Parameters<PullRepository['noteWait']>[2]): Promise<void> {
    await this.unitOfWork.always((tx) => this.pulls.noteWait(tx, runId, wait));
  }

  /** Whether another try of an attempt may pass: a paused source is asked by nobody. */
  async mayRetry(runId: string): Promise<Result<void>> {
    const { db } = this.unitOfWork;
    const run = await this.pulls.run(db, runId);
    const source = run === null ? null : await this.pulls.source(db, run.sourceId);
    return source?.state === 'PAUSED' ? sourcePaused(source) : ok(undefined);
  }

  /** The sources of attempts, each where it is resumed, with what keeps another try from passing; in the order asked. */
  async subjectsOf(runIds: readonly string[]): Promise<readonly (JobSubject | null)[]> {
    const sources = await this.pulls.sourcesOf(this.unitOfWork.db, runIds);
    return runIds.map((runId) => {
      const source = sources.get(runId);
      if (source === undefined) return null;
      return { name: { zh: source.name, en: source.name }, link: '/sources', fragment: `source-${source.id}`, held: source.state === 'PAUSED' ? sourcePaused(source).refusal : null };
    });
  }

  /** Who answers for the source of an attempt; null when there is no such attempt. */
  ownerOf(runId: string): Promise<string | null> {
    return this.pulls.ownerOf(this.unitOfWork.db, runId);
  }

  /** What people read of a source that stayed away, once nobody tries again: how often it was tried, since when it is paused, and who resumes it. Anything else is told as it is. */
  afterTries(refusal: Refusal, tries: number): Refusal {
    const since = minuteWords(this.clock.now());
    return toldWhenPaused(refusal, { tries: String(tries), since: since.zh, sinceEn: since.en });
  }

  /** After the last try: the run is marked, and a source that stays away is paused until somebody says it is back. A fault of ours pauses nothing. */
  async giveUp(runId: string, failure: { readonly code: string; readonly zh: string; readonly en: string }): Promise<void> {
    const isAway = stayedAway(failure.code);
    await this.unitOfWork.always(async (tx) => {
      const run = await this.pulls.run(tx, runId);
      if (run === null || run.state === 'DONE' || run.state === 'FAILED') return;
      await this.pulls.finish(tx, runId, 'FAILED', this.clock.now(), { kind: isAway ? 'SOURCE_AWAY' : 'FAULT', zh: failure.zh, en: failure.en });
      if (!isAway) return;
      await this.pulls.pause(tx, run.sourceId, failure);
      await this.audit.append(tx, THE_HOUSE, 'pull-source.paused', run.sourceId, { reason: failure.zh });
    });
  }

  private async settleFailure(run: StoredRun, source: StoredSource, failure: PullFailure): Promise<PullOutcome> {
    const consequence = PULL_CONSEQUENCES[failure.kind];
    if (failure.body !== null) await this.keep(run.id, failure.body);
    if (consequence.retried) return { state: 'RETRY', failure };
    const words = both(failure.refusal);
    await this.unitOfWork.always(async (tx) => {
      if (failure.kind === 'NOT_THERE') await this.closeUnstated(tx, run);
      await this.pulls.finish(tx, run.id, consequence.runState, this.clock.now(), { kind: failure.kind, ...words });
      if (failure.kind === 'NOT_THERE') await this.silence.keeps(tx, run, source, words);
      if (!consequence.pausesSource) return;
      await this.pulls.pause(tx, source.id, words);
      await this.audit.append(tx, THE_HOUSE, 'pull-source.paused', source.id, { reason: words.zh });
    });
    return consequence.runState === 'DONE' ? { state: 'OVER', remark: words } : { state: 'STOPPED', failure };
  }

  /** @returns the digest under which the answer is kept */
  private async keep(runId: string, body: Buffer): Promise<string> {
    const { sha256 } = await this.files.put(body);
    await this.unitOfWork.always((tx) => this.pulls.keepBody(tx, runId, sha256));
    return sha256;
  }

  /** One value in one transaction: a crash between two rows loses neither, and a second delivery of the job adds nothing. */
  private async land(run: StoredRun, source: StoredSource, answer: { readonly asked: string; readonly bodySha256: string }, landing: Landing, beside: { readonly absent: Absent; readonly earlierOf: EarlierOf }): Promise<void> {
    const { binding, place, said, rowText } = landing;
    const verbatim = verbatimOf(said);
    const sourceKey = sourceKeyOf(landing);
    await this.unitOfWork.run(async (tx) => {
      if (!(await this.pulls.lockRun(tx, run.id)) || await this.pulls.hasObservation(tx, run.id, sourceKey)) return ok(undefined);
      const read = readLanding(landing, beside.absent);
      const observed = {
        id: newId(), pullRunId: run.id, sourceKey, verbatim, sha256: createHash('sha256').update(rowText).digest('hex'), indicatorKey: place.indicator.key, reportId: place.reportId,
        observedAt: this.clock.now(), rowText, ...answer, formula: formulaOf(binding), reading: read.ok ? formatActual(read.value, place.indicator) : null,
      };
      const seen = async (outcome: ObservationOutcome, note: Refusal | null) =>
        ok(await this.pulls.insertObservation(tx, { ...observed, outcome, note: note === null ? null : both(note) }));
      // Unreadable words and silence alike make no candidate; what was said is kept.
      if (!read.ok) return seen('UNREADABLE', read.refusal);
      const offered = await this.reports.offerCandidate(tx, {
        ...cellOf(landing), actual: read.value, earlier: beside.earlierOf(cellOf(landing)), observationId: observed.id, sourceName: source.name, sourceId: source.id,
        observedAt: observed.observedAt, verbatim, sha256: observed.sha256,
      });
      return offered.ok ? seen(offered.value.outcome, null) : seen('UNREADABLE', offered.refusal);
    });
  }
}

function both(refusal: Refusal): { zh: string; en: string } {
  return { zh: sayRefusal(refusal, 'zh'), en: sayRefusal(refusal, 'en') };
}

