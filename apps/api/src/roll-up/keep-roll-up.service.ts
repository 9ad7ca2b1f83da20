import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Clock } from '../platform/clock/clock';
import { AppConfig } from '../platform/config/app-config';
import { PgListener } from '../platform/database/pg-listener';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { BITE, CountRollUpRepository } from './count-roll-up.repository';

/** A notification may be lost with its connection. */
const LOOK_EVERY_MS = 5_000;
/** What changes within this time is counted together: on a quarter-end evening every saved value would otherwise count its unit and all above it anew. */
const GATHER_MS = 500;
/** While a region is being scored: its units are marked slice by slice, and to count them all at its end takes half the time of counting them as they come. */
const REGION_EVERY_MS = 60_000;
/** Rest after counting, in times of what the counting took, though never longer than {@link LOOK_EVERY_MS}: while people save without a pause the roll-up takes a twentieth of the time of one connection. */
const REST = 19;
/** What a region says that has ended: a whole region's marks wait, and people for them. */
const REGION_ENDED = 'region ended';

/**
 * Keeps the roll-up: hears that something changed and counts it. Marks stand in the database until they are counted, so a keeper that dies
 * loses nothing, and several take turns. A region that is being scored marks its units slice by slice, and many units together are counted in
 * half the time: while one is under way the keeper counts once a minute, and once more at its end. The page says how much is not yet counted.
 */
@Injectable()
export class KeepRollUp implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger(KeepRollUp.name);
  private timer: NodeJS.Timeout | null = null;
  private gathering: NodeJS.Timeout | null = null;
  private counting: Promise<void> | null = null;
  private countedAt = Number.NEGATIVE_INFINITY;
  /** Since when a region has been seen under way; null while none is. */
  private regionSince: number | null = null;
  private restMs = 0;
  private wanted = false;
  /** A region has ended and waits for its count: nothing is gathered and nobody rests. */
  private isUrgent = false;
  private stopped = false;
  private unhear: (() => void) | null = null;

  constructor(private readonly config: AppConfig, private readonly listener: PgListener, private readonly unitOfWork: UnitOfWork, private readonly counts: CountRollUpRepository,
    private readonly clock: Clock) {}

  async onApplicationBootstrap(): Promise<void> {
    if (this.config.JIHENG_ROLE === 'api') return;
    this.unhear = await this.listener.hear('jiheng_roll_up', (said) => { this.wake(said === REGION_ENDED); });
    this.timer = setInterval(() => { this.wake(); }, LOOK_EVERY_MS);
    this.timer.unref();
    this.wake();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    this.unhear?.();
    if (this.timer !== null) clearInterval(this.timer);
    if (this.gathering !== null) clearTimeout(this.gathering);
    await this.counting;
  }

  /** Counts what is marked by now. What is marked meanwhile rings again and waits for its turn: on a busy evening there would always be one more. */
  async countAll(): Promise<void> {
    while (!this.stopped && (await this.unitOfWork.always((tx) => this.counts.countMarked(tx, this.clock.now()))) >= BITE);
  }

  private async countInTime(): Promise<void> {
    const begun = performance.now();
    this.regionSince = (await this.counts.isRegionUnderWay(this.unitOfWork.db)) ? (this.regionSince ?? begun) : null;
    if (this.regionSince !== null && begun - Math.max(this.regionSince, this.countedAt) < REGION_EVERY_MS) return;
    await this.countAll();
    this.countedAt = performance.now();
    this.restMs = Math.min(REST * (this.countedAt - begun), LOOK_EVERY_MS);
  }

  private wake(isUrgent = false): void {
    this.wanted = true;
    this.isUrgent ||= isUrgent;
    if (this.counting !== null || this.stopped) return;
    if (this.gathering !== null) {
      if (!isUrgent) return;
      clearTimeout(this.gathering);
    }
    // The rest counts from the last counting: who rings long after it is heard at once.
    this.gathering = setTimeout(() => { this.gathering = null; this.count(); }, this.isUrgent ? 0 : Math.max(GATHER_MS, this.countedAt + this.restMs - performance.now())).unref();
  }

  private count(): void {
    if (this.stopped) return;
    [this.wanted, this.isUrgent] = [false, false];
    this.counting = this.countInTime()
      .catch((error: unknown) => { this.log.warn({ err: error }, 'the roll-up could not be counted; the marks stay and are counted next time'); })
      .finally(() => {
        this.counting = null;
        if (this.wanted) this.wake();
      });
  }
}
