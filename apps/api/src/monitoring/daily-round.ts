import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Clock } from '../platform/clock/clock';
import { AppConfig } from '../platform/config/app-config';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { Outbox } from '../platform/outbox/outbox';
import { openBegunPeriods } from './open-period.job';

/** How often a worker looks whether a new day has begun, in milliseconds. */
const LOOK_EVERY_MS = 10 * 60 * 1000;

/** Once at the start of a worker and once each day: periods whose first day has come are opened, through the outbox like any other wish. */
@Injectable()
export class DailyRound implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | null = null;
  private lastDay = '';

  constructor(private readonly unitOfWork: UnitOfWork, private readonly outbox: Outbox, private readonly clock: Clock, private readonly config: AppConfig) {}

  async onApplicationBootstrap(): Promise<void> {
    if (this.config.JIHENG_ROLE === 'api') return;
    await this.look();
    // A failure of the database is told by the requests themselves; the next look tries again.
    this.timer = setInterval(() => { this.look().catch(() => { this.lastDay = ''; }); }, LOOK_EVERY_MS);
    this.timer.unref();
  }

  onApplicationShutdown(): void {
    if (this.timer !== null) clearInterval(this.timer);
  }

  private async look(): Promise<void> {
    const today = this.clock.today();
    if (today === this.lastDay) return;
    this.lastDay = today;
    await this.unitOfWork.always((tx) => this.outbox.put(tx, openBegunPeriods, {}, { dedupKey: `open-begun-periods/${today}` }));
  }
}
