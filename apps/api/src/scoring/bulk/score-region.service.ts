import { setTimeout as pause } from 'node:timers/promises';
import { type Result, ok, refuse } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import { BudgetUnits } from '../../budget-unit/budget-unit.public';
import { Access } from '../../platform/access/access';
import type { Actor } from '../../platform/access/actor';
import { AuditTrail, THE_HOUSE } from '../../platform/audit/audit-trail';
import { Clock } from '../../platform/clock/clock';
import { ArchivedYears } from '../../platform/database/archived-years';
import { newId } from '../../platform/database/new-id';
import type { Tx } from '../../platform/database/tx';
import { UnitOfWork } from '../../platform/database/unit-of-work';
import { Outbox } from '../../platform/outbox/outbox';
import type { JobContext } from '../../platform/queue/job-handler';
import { JobRuns } from '../../platform/queue/job-runs';
import { BulkRunRepository } from './bulk-run.repository';
import { scoreRegion } from './score-region.job';
import { SliceCrew } from './slice-crew';

/** Which region and when. */
export interface RegionToScore { readonly unitId: string; readonly fiscalYear: number; readonly periodOrdinal: number }

/** What a run asks of its job. */
export type RegionContext = Pick<JobContext, 'progress' | 'cancelled' | 'stopped' | 'signal'>;

/** How often a run looks how far it is and whether somebody took it back. */
const LOOK_EVERY_MS = 250;

/** Scores everything below a unit: one run that people see, many slices that any process may do. */
@Injectable()
export class ScoreRegion {
  constructor(
    private readonly unitOfWork: UnitOfWork, private readonly runs: BulkRunRepository, private readonly crew: SliceCrew, private readonly jobs: JobRuns, private readonly outbox: Outbox,
    private readonly units: BudgetUnits, private readonly access: Access, private readonly audit: AuditTrail, private readonly clock: Clock, private readonly archive: ArchivedYears,
  ) {}

  /** Asks for a run. The same place and time asked for while a run is under way answers that one. */
  async ask(actor: Actor, region: RegionToScore): Promise<Result<{ runId: string; jobRunId: string | null }>> {
    return this.unitOfWork.run(async (tx) => {
      const unit = await this.units.find(tx, region.unitId);
      if (unit === null) return refuse('house.not-found');
      const allowed = this.access.requireRole(actor, ['department', 'finance', 'administrator'], unit.path);
      if (!allowed.ok) return allowed;
      if (await this.archive.has(region.fiscalYear)) return refuse('year.archived', { year: String(region.fiscalYear) });
      const year = String(region.fiscalYear);
      if (!(await this.runs.hasPeriod(tx, region.fiscalYear, region.periodOrdinal))) return refuse('scoring.no-such-quarter', { year, quarter: String(region.periodOrdinal) });
      const underWay = await this.underWay(tx, region);
      return ok(underWay ?? (await this.begun(tx, actor, unit.name, region)));
    });
  }

  /**
   * A run that nobody asked for by name: the reports of a whole region were opened. @throws while a run of the same place and time is under way, which may have been cut before there were
   * these reports: whoever asks comes back
   */
  async askByItself(tx: Tx, region: RegionToScore): Promise<void> {
    const unit = await this.units.find(tx, region.unitId);
    if (unit === null) return;
    if ((await this.underWay(tx, region)) !== null) throw new Error(`a run of ${unit.name} is under way`);
    await this.begun(tx, THE_HOUSE, unit.name, region);
  }

  /** The run of the same place and time that has not ended. Two who ask at once see one run: the second waits for the first. */
  private async underWay(tx: Tx, region: RegionToScore): Promise<{ runId: string; jobRunId: string | null } | null> {
    await tx.manager.query(`select pg_advisory_xact_lock(hashtext('bulk_run'), hashtext($1))`, [region.unitId]);
    // Should the word have been lost with the queue: a run whose job is over is nobody's any more.
    await this.runs.endForsaken(tx, region.unitId, this.clock.now());
    const found = await this.runs.underWay(tx, region.unitId, region.fiscalYear, region.periodOrdinal);
    return found === null ? null : { runId: found.id, jobRunId: found.jobRunId };
  }

  private async begun(tx: Tx, by: Pick<Actor, 'personId' | 'displayName'> | typeof THE_HOUSE, unitName: string, region: RegionToScore): Promise<{ runId: string; jobRunId: string }> {
    const jobRunId = await this.jobs.create(tx, {
      name: scoreRegion.name, titleZh: `${unitName}：${region.fiscalYear}年第${region.periodOrdinal}季度区域评分`, titleEn: `${unitName}: points of the region, ${region.fiscalYear} Q${region.periodOrdinal}`,
      unitId: region.unitId, requestedBy: by.personId, link: `/tables?unitId=${region.unitId}&fiscalYear=${region.fiscalYear}`,
    });
    const runId = newId();
    await this.runs.insert(tx, { id: runId, ...region, jobRunId, requestedBy: by.personId, at: this.clock.now() });
    await this.outbox.put(tx, scoreRegion, { runId }, { jobRunId });
    await this.audit.append(tx, by, 'score-region.asked', runId, { unit: unitName, fiscalYear: String(region.fiscalYear), period: String(region.periodOrdinal) });
    return { runId, jobRunId };
  }

  /**
   * The job's deed: cuts the region once, lets this process work, waits for what others hold, and says how far it is all the while. A run that was cancelled comes here again when somebody has its job
   * go on, and does what is left.
   */
  async run(runId: string, context: RegionContext): Promise<void> {
    const { db } = this.unitOfWork;
    const found = await this.runs.find(db, runId);
    if (found === null || found.state === 'DONE') return;
    await this.unitOfWork.always(async (tx) => {
      await this.runs.resume(tx, runId);
      await this.runs.cut(tx, found);
    });
    const sizes = await this.runs.sizes(db, runId);
    const stop = new AbortController();
    const signal = AbortSignal.any([stop.signal, context.signal]);
    const work: { fault: unknown; ended: boolean } = { fault: null, ended: false };
    let crew = this.begin(runId, signal, work);
    for (;;) {
      const progress = await this.runs.progress(db, runId, sizes);
      await context.progress(progress.done, progress.documents, progress.atUnit ?? undefined);
      if (progress.slicesLeft === 0) break;
      // First the word, so that no process claims another slice; then wait for the slices that are at work.
      if (await context.cancelled() && await this.unitOfWork.always((tx) => this.runs.endTakenBack(tx, runId, this.clock.now()))) {
        stop.abort();
        await crew;
        if (await this.stopped(runId, sizes, context)) return;
        // Somebody had it go on before its last slice was written. This process is still at the job, and goes on as well.
        return this.run(runId, context);
      }
      if (work.fault !== null) { await crew; throw work.fault; }
      context.signal.throwIfAborted();
      // Nothing left to claim, but others are still at theirs. Slices that one of them held and lost are free again: somebody must claim them.
      if (work.ended) {
        await pause(LOOK_EVERY_MS);
        crew = this.begin(runId, signal, work);
      }
      await Promise.race([pause(LOOK_EVERY_MS), crew]);
    }
    await crew;
    await this.unitOfWork.always((tx) => this.runs.end(tx, runId, 'DONE', this.clock.now()));
    // Taken back when all was done: too late to be anything but done.
    const { done, documents } = await this.runs.progress(db, runId, sizes);
    await context.stopped(done, documents);
  }

  /** The run's job is over without its deed having said so. */
  async markEnded(runId: string, state: 'FAILED' | 'CANCELLED'): Promise<void> {
    await this.unitOfWork.always(async (tx) => {
      if (state === 'CANCELLED') await this.runs.endTakenBack(tx, runId, this.clock.now());
      else await this.runs.end(tx, runId, state, this.clock.now());
    });
  }

  /** Before somebody has a run go on that failed or was cancelled: not where another does the same, and not of a year that was set aside. */
  async mayGoOn(runId: string): Promise<Result<void>> {
    const { db } = this.unitOfWork;
    const found = await this.runs.find(db, runId);
    if (found === null) return ok(undefined);
    if (await this.archive.has(found.fiscalYear)) return refuse('year.archived', { year: String(found.fiscalYear) });
    const other = await this.runs.underWay(db, found.unitId, found.fiscalYear, found.periodOrdinal);
    return other === null || other.id === runId ? ok(undefined)
      : refuse('scoring.region-under-way', { unit: found.unitName, year: String(found.fiscalYear), quarter: String(found.periodOrdinal) });
  }

  /** What was really done when the last hand was off a run that was taken back: those that were at work have ended theirs. Answers false where the job goes on. */
  private async stopped(runId: string, sizes: ReadonlyMap<number, number>, context: RegionContext): Promise<boolean> {
    await this.unitOfWork.always((tx) => this.runs.awaitHands(tx, runId));
    const { done, documents, slicesLeft } = await this.runs.progress(this.unitOfWork.db, runId, sizes);
    if (slicesLeft === 0) await this.unitOfWork.always((tx) => this.runs.endWhole(tx, runId));
    return (await context.stopped(done, documents)) || slicesLeft === 0;
  }

  private begin(runId: string, signal: AbortSignal, work: { fault: unknown; ended: boolean }): Promise<void> {
    work.ended = false;
    return this.crew.work(runId, this.clock.today(), signal).catch((fault: unknown) => { work.fault = fault; }).finally(() => { work.ended = true; });
  }
}
