import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock';
import { AppConfig } from '../../platform/config/app-config';
import { PgListener } from '../../platform/database/pg-listener';
import { UnitOfWork } from '../../platform/database/unit-of-work';
import { BulkRunRepository } from './bulk-run.repository';
import { SliceCrew } from './slice-crew';

/** A notification may be lost with its connection. */
const LOOK_EVERY_MS = 5_000;

/** Lends this process's hands to runs that another process has begun: as many worker processes as one likes share one region. */
@Injectable()
export class JoinRuns implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger(JoinRuns.name);
  private readonly stopping = new AbortController();
  private timer: NodeJS.Timeout | null = null;
  private helping: Promise<void> | null = null;
  private unhear: (() => void) | null = null;

  constructor(
    private readonly config: AppConfig, private readonly listener: PgListener, private readonly unitOfWork: UnitOfWork, private readonly runs: BulkRunRepository,
    private readonly crew: SliceCrew, private readonly clock: Clock,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    // A process that only answers HTTP lends no hands, and one that does everything takes the job itself.
    if (this.config.JIHENG_ROLE !== 'worker') return;
    this.unhear = await this.listener.hear('jiheng_bulk', () => { this.look(); });
    this.timer = setInterval(() => { this.look(); }, LOOK_EVERY_MS);
    this.timer.unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    this.unhear?.();
    if (this.timer !== null) clearInterval(this.timer);
    await this.helping;
  }

  private look(): void {
    if (this.helping !== null || this.stopping.signal.aborted) return;
    this.helping = this.help()
      .catch((error: unknown) => { this.log.warn({ err: error }, 'a slice could not be done here; whoever runs the job says why'); })
      .finally(() => { this.helping = null; });
  }

  private async help(): Promise<void> {
    for (const runId of await this.runs.running(this.unitOfWork.db)) await this.crew.work(runId, this.clock.today(), this.stopping.signal);
  }
}
