import { type Result, ok, periodWords, refuse } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import { MonitoringReports, type StoredPeriod } from '../monitoring/monitoring.public';
import { Access } from '../platform/access/access';
import type { Actor } from '../platform/access/actor';
import { AuditTrail, THE_HOUSE } from '../platform/audit/audit-trail';
import { Clock } from '../platform/clock/clock';
import { newId } from '../platform/database/new-id';
import type { Tx } from '../platform/database/tx';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { Outbox } from '../platform/outbox/outbox';
import { TAKEN_BACK } from '../platform/queue/job-failure';
import { JobRuns } from '../platform/queue/job-runs';
import { BringPullForward } from './bring-pull-forward.service';
import { nothingBound } from './binding/nothing-bound';
import { lockOwnSource } from './lock-own-source';
import { sourcePaused } from './pull-failure';
import { PullRepository, type StoredRun, type StoredSource } from './pull.repository';
import { runPull, subjectOfSource } from './run-pull.job';

/** A pull that waits or runs. */
export interface BegunPull {
  readonly runId: string;
  readonly jobRunId: string;
}

/** Asks a source for one period, and lets a paused source be asked again. */
@Injectable()
export class StartPull {
  constructor(
    private readonly unitOfWork: UnitOfWork, private readonly pulls: PullRepository, private readonly reports: MonitoringReports, private readonly outbox: Outbox,
    private readonly jobRuns: JobRuns, private readonly access: Access, private readonly audit: AuditTrail, private readonly clock: Clock,
    private readonly forward: BringPullForward,
  ) {}

  /** One that waits for its next try is tried now instead (`broughtForward`). */
  async start(actor: Actor, sourceId: string, periodId: string): Promise<Result<BegunPull & { readonly broughtForward: boolean }>> {
    // Also where it is refused: what a source no longer states stays closed, and what was forsaken ended.
    return this.unitOfWork.always(async (tx): Promise<Result<BegunPull & { readonly broughtForward: boolean }>> => {
      const found = await lockOwnSource(tx, { pulls: this.pulls, access: this.access }, actor, sourceId);
      if (!found.ok) return found;
      const period = await this.reports.period(tx, periodId);
      if (period === null) return refuse('house.not-found');
      const underWay = found.value.state === 'PAUSED' ? null : await this.underWay(tx, sourceId);
      if (underWay !== null) {
        const brought = await this.forward.bring(tx, actor, found.value, underWay, period);
        return brought.ok ? ok({ ...brought.value, broughtForward: true }) : brought;
      }
      const started = await this.begin(tx, found.value, period, actor.personId);
      if (!started.ok) return started;
      await this.audit.append(tx, actor, 'pull.started', started.value.runId, { source: found.value.name, period: period.label });
      return ok({ ...started.value, broughtForward: false });
    });
  }

  /**
   * By the source's schedule: nobody asked, so nobody is written down; the owner hears of a failure all the same. A source that was paused because it did not answer is asked again at its next
   * moment, which is no knocking: a neighbour who is back must not wait for a person. One that refused, or that a person switched off, is not.
   */
  async startBySchedule(tx: Tx, sourceId: string, period: StoredPeriod): Promise<Result<BegunPull>> {
    const source = await this.pulls.lockSource(tx, sourceId);
    if (source === null) return refuse('pull.source-not-found');
    const isBackPerhaps = source.state === 'PAUSED' && await this.pulls.stayedAway(tx, sourceId);
    const started = await this.begin(tx, isBackPerhaps ? { ...source, state: 'ACTIVE' } : source, period, null);
    if (started.ok && isBackPerhaps) {
      await this.pulls.resume(tx, sourceId);
      await this.audit.append(tx, THE_HOUSE, 'pull-source.resumed', sourceId, { name: source.name });
    }
    if (started.ok) await this.audit.append(tx, THE_HOUSE, 'pull.started', started.value.runId, { source: source.name, period: period.label });
    return started;
  }

  private async begin(tx: Tx, source: StoredSource, period: StoredPeriod, requestedBy: string | null): Promise<Result<BegunPull>> {
    if (source.state === 'PAUSED') return sourcePaused(source);
    if (await this.underWay(tx, source.id) !== null) return refuse('pull.already-running', { source: source.name });
    const places = await this.reports.placesOf(tx, source.unitId, period.id);
    if (places.length === 0) return refuse('pull.nothing-to-fill', { ...periodWords(period) });
    const idle = nothingBound(source, period, await this.pulls.bindings(tx, source.id), places);
    if (idle !== null) {
      // Bound to nothing, it states nothing of what it said before.
      await this.reports.closeUnstated(tx, { sourceId: source.id, periodId: period.id }, []);
      return { ok: false, refusal: idle };
    }
    const runId = newId();
    const jobRunId = await this.jobRuns.create(tx, {
      name: runPull.name, titleZh: `取数：${source.name}（${period.label}）`, titleEn: `Pull: ${source.name} (${period.fiscalYear} Q${period.ordinal})`,
      unitId: source.unitId, requestedBy, link: '/sources', subject: subjectOfSource(source.id),
    });
    await this.pulls.insertRun(tx, { id: runId, sourceId: source.id, periodId: period.id, requestedBy, jobRunId, at: this.clock.now() });
    await this.outbox.put(tx, runPull, { pullRunId: runId }, { jobRunId });
    return ok({ runId, jobRunId });
  }

  /** What is being asked of a source, once what was forsaken is ended. */
  private async underWay(tx: Tx, sourceId: string): Promise<StoredRun | null> {
    await this.pulls.endForsaken(tx, sourceId, this.clock.now(), TAKEN_BACK);
    return this.pulls.runUnderWay(tx, sourceId);
  }

  /** The cause is mended: the source may be asked again. */
  async resume(actor: Actor, sourceId: string): Promise<Result<void>> {
    return this.unitOfWork.run(async (tx) => {
      const found = await lockOwnSource(tx, { pulls: this.pulls, access: this.access }, actor, sourceId);
      if (!found.ok) return found;
      await this.pulls.resume(tx, sourceId);
      await this.audit.append(tx, actor, 'pull-source.resumed', sourceId, { name: found.value.name });
      return ok(undefined);
    });
  }
}
