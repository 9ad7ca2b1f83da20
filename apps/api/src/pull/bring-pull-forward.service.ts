import { type Result, ok, periodWords, refuse } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import { MonitoringReports, type StoredPeriod } from '../monitoring/monitoring.public';
import type { Actor } from '../platform/access/actor';
import { AuditTrail } from '../platform/audit/audit-trail';
import { Clock, minuteWords } from '../platform/clock/clock';
import type { Tx } from '../platform/database/tx';
import { BringForward } from '../platform/queue/bring-forward.service';
import { PullRepository, type StoredRun, type StoredSource } from './pull.repository';

/** 提前重试: a person has mended the cause and does not wait for the next try of a pull, which may be ten minutes away. */
@Injectable()
export class BringPullForward {
  constructor(
    private readonly pulls: PullRepository, private readonly reports: MonitoringReports, private readonly forward: BringForward, private readonly audit: AuditTrail, private readonly clock: Clock,
  ) {}

  /**
   * The next try of an attempt that is under way, now. Refuses one that is being tried at this moment, one of another period than is wished for, and before the moment until which the source itself
   * asked to be left alone (`Retry-After`). Lock the source first.
   */
  async bring(tx: Tx, actor: Actor, source: StoredSource, run: StoredRun, wished: StoredPeriod): Promise<Result<{ runId: string; jobRunId: string }>> {
    const wait = await this.pulls.waitOf(tx, run.id);
    const refused = refuse('pull.already-running', { source: source.name });
    if (wait === null) return refused;
    const { jobRunId, nextTryAt, leftAloneUntil } = wait;
    const next = nextTryAt === null ? null : minuteWords(nextTryAt);
    if (run.periodId !== wished.id && next !== null) {
      const period = await this.reports.period(tx, run.periodId);
      return refuse('pull.other-period-waits', { source: source.name, ...(period === null ? { period: '', periodEn: '' } : periodWords(period)), at: next.zh, atEn: next.en });
    }
    if (run.periodId !== wished.id) return refused;
    if (leftAloneUntil !== null && leftAloneUntil.getTime() > this.clock.now().getTime()) {
      const until = minuteWords(leftAloneUntil);
      return refuse('pull.left-alone', { source: source.name, until: until.zh, untilEn: until.en, at: next?.zh ?? until.zh, atEn: next?.en ?? until.en });
    }
    const words = { zh: `已由${actor.displayName}提前重试，马上开始。`, en: `${actor.displayName} has it tried now; it begins in a moment.` };
    if (!(await this.forward.bring(tx, jobRunId, words))) return refused;
    // Asked for a second time it is on its way already.
    if (nextTryAt === null) return ok({ runId: run.id, jobRunId });
    await this.pulls.noteWait(tx, run.id, null);
    await this.audit.append(tx, actor, 'pull.brought-forward', run.id, { source: source.name, period: wished.label, instead: nextTryAt.toISOString() });
    return ok({ runId: run.id, jobRunId });
  }
}
