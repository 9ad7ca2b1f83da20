import { type Refusal, type Result, addDays, ok, refuse, sayRefusal } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import { MonitoringReports, type StoredPeriod } from '../../monitoring/monitoring.public';
import { Clock } from '../../platform/clock/clock';
import type { Db, Tx } from '../../platform/database/tx';
import { UnitOfWork } from '../../platform/database/unit-of-work';
import { StartPull } from '../start-pull.service';
import { intoWindow, nextOccasion, occasionsBetween } from './occasions';
import { ScheduleRepository, type StoredSchedule } from './schedule.repository';

const MINUTE_MS = 60_000;

/**
 * Starts the pulls whose time has come. PostgreSQL knows when; the queue only asks now and then. After a time away each source is asked once,
 * however many occasions went by; one that is being asked, or was a moment ago, waits its turn.
 */
@Injectable()
export class RingDueSchedules {
  constructor(
    private readonly unitOfWork: UnitOfWork, private readonly schedules: ScheduleRepository, private readonly starts: StartPull, private readonly reports: MonitoringReports, private readonly clock: Clock,
  ) {}

  /** @returns how many pulls were started */
  async ring(): Promise<number> {
    let started = 0;
    for (const sourceId of await this.schedules.due(this.unitOfWork.db, this.clock.now())) {
      const result = await this.unitOfWork.run((tx) => this.ringOne(tx, sourceId));
      if (result.ok && result.value) started += 1;
    }
    return started;
  }

  private async ringOne(tx: Tx, sourceId: string): Promise<Result<boolean>> {
    const now = this.clock.now();
    const schedule = await this.schedules.take(tx, sourceId);
    // Another worker may have been quicker, or somebody paused it.
    if (schedule?.nextAt === undefined || schedule.nextAt === null || schedule.state === 'PAUSED' || schedule.nextAt.getTime() > now.getTime()) return ok(false);
    const { rule, window } = schedule;
    const inHours = intoWindow(now, window);
    if (inHours.getTime() > now.getTime()) return this.later(tx, schedule, inHours);
    const lastAsked = await this.schedules.lastAskedAt(tx, sourceId);
    // A run of the future is one of a clock that was moved back; it holds nobody up.
    const polite = lastAsked === null || lastAsked.getTime() > now.getTime() ? now : new Date(lastAsked.getTime() + schedule.minGapMinutes * MINUTE_MS);
    if (polite.getTime() > now.getTime()) return this.later(tx, schedule, intoWindow(polite, window));

    const period = await this.periodFor(tx, rule.kind);
    const started = period === null ? refuse('period.not-found') : await this.starts.startBySchedule(tx, sourceId, period);
    // It will have ended at the next look; the occasion is kept.
    if (!started.ok && started.refusal.code === 'pull.already-running') return ok(false);
    await this.schedules.moveOn(tx, sourceId, {
      nextAt: nextOccasion(rule, window, now), lastAt: started.ok ? now : null, missed: occasionsBetween(rule, schedule.nextAt, now), note: started.ok ? null : both(started.refusal),
    });
    return ok(started.ok);
  }

  private async later(tx: Tx, schedule: StoredSchedule, nextAt: Date): Promise<Result<boolean>> {
    await this.schedules.moveOn(tx, schedule.sourceId, { nextAt, lastAt: null, missed: schedule.missed, note: schedule.note });
    return ok(false);
  }

  /**
   * At the end of a quarter: the one that ended last (its own last day counts). Otherwise the one that is still being reported for: the earliest that has
   * ended and is not past its due day, else the one this day is in.
   */
  private async periodFor(db: Db, kind: StoredSchedule['rule']['kind']): Promise<StoredPeriod | null> {
    const today = this.clock.today();
    const year = Number(today.slice(0, 4));
    const known = [...await this.reports.periodsOf(db, year - 1), ...await this.reports.periodsOf(db, year)];
    const ended = known.filter((period) => period.endsOn < addDays(today, 1));
    if (kind === 'QUARTER_END') return ended.at(-1) ?? null;
    return ended.find((period) => period.dueOn >= today) ?? known.find((period) => period.startsOn <= today && today <= period.endsOn) ?? ended.at(-1) ?? null;
  }
}

function both(refusal: Refusal): { zh: string; en: string } {
  return { zh: sayRefusal(refusal, 'zh'), en: sayRefusal(refusal, 'en') };
}
