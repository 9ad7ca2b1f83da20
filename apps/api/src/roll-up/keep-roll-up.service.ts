import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { AppConfig } from '../platform/config/app-config';
import { PgListener } from '../platform/database/pg-listener';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { CountRollUpRepository } from './count-roll-up.repository';

/** A notification may be lost with its connection. */
const LOOK_EVERY_MS = 5_000;

/**
 * Keeps the roll-up: hears that something changed and counts it. Marks stand in the database until they are counted, so a keeper that dies
 * loses nothing, and several take turns.
 */
@Injectable()
export class KeepRollUp implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger(KeepRollUp.name);
  private timer: NodeJS.Timeout | null = null;
  private counting: Promise<void> | null = null;
  private wanted = false;
  private stopped = false;
  private unhear: (() => void) | null = null;

  constructor(private readonly config: AppConfig, private readonly listener: PgListener, private readonly unitOfWork: UnitOfWork, private readonly counts: CountRollUpRepository) {}

  async onApplicationBootstrap(): Promise<void> {
    if (this.config.JIHENG_ROLE === 'api') return;
    this.unhear = await this.listener.hear('jiheng_roll_up', () => { this.wake(); });
    this.timer = setInterval(() => { this.wake(); }, LOOK_EVERY_MS);
    this.timer.unref();
    this.wake();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    this.unhear?.();
    if (this.timer !== null) clearInterval(this.timer);
    await this.counting;
  }

  /** Counts until no mark is left. */
  async countAll(): Promise<void> {
    while (!this.stopped && (await this.unitOfWork.always((tx) => this.counts.countMarked(tx))) > 0);
  }

  private wake(): void {
    this.wanted = true;
    if (this.counting !== null || this.stopped) return;
    this.wanted = false;
    this.counting = this.countAll()
      .catch((error: unknown) => { this.log.warn({ err: error }, 'the roll-up could not be counted; the marks stay and are counted next time'); })
      .finally(() => {
        this.counting = null;
        if (this.wanted && !this.stopped) setImmediate(() => { this.wake(); });
      });
  }
}
