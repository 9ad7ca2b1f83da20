import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { Injectable } from '@nestjs/common';
import { AppConfig } from '../../platform/config/app-config';
import { type CrewOrder, scoreSlices } from './score-slices';

/** Threads of one process: PostgreSQL does as much for a slice as the thread, so half of the cores are its. */
const CREW = Math.max(1, Math.min(4, availableParallelism() >> 1));
/** Slices of one thread at a time: one computed, the others read or written. */
const LANES = 3;

/**
 * The hands of this process on a run: threads that claim slices until none is left. Work asked for twice in one process is done by one crew.
 */
@Injectable()
export class SliceCrew {
  /** The thread's program lies beside the server's; where the sources run without being built (tests), the process itself does the work. */
  private readonly thread = join(dirname(process.argv[1] ?? '.'), 'score-slices.thread.mjs');
  private readonly atWork = new Map<string, Promise<void>>();

  constructor(private readonly config: AppConfig) {}

  /** Works on a run until no slice is left to claim, the signal says stop, or a slice fails. */
  work(runId: string, today: string, signal: AbortSignal): Promise<void> {
    const known = this.atWork.get(runId);
    if (known !== undefined) return known;
    const order = { url: this.config.DATABASE_URL, runId, today, lanes: LANES };
    const work = (existsSync(this.thread) ? this.inThreads(order, signal) : this.here(order, signal)).finally(() => { this.atWork.delete(runId); });
    this.atWork.set(runId, work);
    return work;
  }

  private async inThreads(order: CrewOrder, signal: AbortSignal): Promise<void> {
    const threads = Array.from({ length: CREW }, () => new Worker(this.thread, { workerData: order, resourceLimits: { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 8 } }));
    const stop = (): void => { for (const thread of threads) thread.postMessage('stop'); };
    signal.addEventListener('abort', stop);
    if (signal.aborted) stop();
    const ends = await Promise.allSettled(threads.map((thread) => new Promise<void>((resolve, reject) => {
      thread.once('error', reject);
      thread.once('exit', (code) => { if (code === 0) resolve(); else reject(new Error(`a scoring thread ended with ${code}`)); });
    })));
    signal.removeEventListener('abort', stop);
    const failed = ends.find((end) => end.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  }

  private async here(order: CrewOrder, signal: AbortSignal): Promise<void> {
    await scoreSlices(order, () => signal.aborted);
  }
}
