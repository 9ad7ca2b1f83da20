import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { AppConfig } from '../../platform/config/app-config';
import { SLICES_OF_A_THREAD, THREADS } from '../../platform/database/connection-plan';
import { threadProgram } from '../../platform/threads/thread-program';
import { type CrewOrder, scoreSlices } from './score-slices';
import { ScoringThread } from './scoring-thread';

/** How long a thread without work is kept: at the end of a quarter one county follows the other. */
const KEPT_MS = 120_000;

/**
 * The hands of this process on a run: threads that claim slices until none is left. Work asked for twice in one process is done by one crew.
 */
@Injectable()
export class SliceCrew implements OnApplicationShutdown {
  /** The thread's program lies beside the server's; where the sources run without being built (tests), the process itself does the work. */
  private readonly program = threadProgram('score-slices');
  private readonly atWork = new Map<string, Promise<void>>();
  /** Threads without work, each with the moment when it is let go. */
  private readonly resting = new Map<ScoringThread, NodeJS.Timeout>();
  private isClosing = false;

  constructor(private readonly config: AppConfig) {}

  /** Works on a run until no slice is left to claim, the signal says stop, or a slice fails. */
  work(runId: string, today: string, signal: AbortSignal): Promise<void> {
    const known = this.atWork.get(runId);
    if (known !== undefined) return known;
    const order = { url: this.config.DATABASE_URL, runId, today, lanes: SLICES_OF_A_THREAD };
    const work = (this.program === null ? this.here(order, signal) : this.inThreads(this.program, order, signal)).finally(() => { this.atWork.delete(runId); });
    this.atWork.set(runId, work);
    return work;
  }

  async onApplicationShutdown(): Promise<void> {
    this.isClosing = true;
    await Promise.all([...this.resting.keys()].map((thread) => this.letGo(thread)));
  }

  private async inThreads(program: string, order: CrewOrder, signal: AbortSignal): Promise<void> {
    const ends = await Promise.allSettled(Array.from({ length: THREADS }, () => this.inThread(program, order, signal)));
    const failed = ends.find((end) => end.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  }

  private async inThread(program: string, order: CrewOrder, signal: AbortSignal): Promise<void> {
    const thread = this.rested() ?? new ScoringThread(program);
    await thread.work(order, signal);
    if (this.isClosing || this.resting.size >= THREADS) await thread.end();
    else this.resting.set(thread, setTimeout(() => void this.letGo(thread), KEPT_MS).unref());
  }

  /** A thread that has worked before, if one is without work. */
  private rested(): ScoringThread | null {
    for (const [thread, timer] of this.resting) {
      clearTimeout(timer);
      this.resting.delete(thread);
      return thread;
    }
    return null;
  }

  private async letGo(thread: ScoringThread): Promise<void> {
    clearTimeout(this.resting.get(thread));
    this.resting.delete(thread);
    await thread.end();
  }

  private async here(order: CrewOrder, signal: AbortSignal): Promise<void> {
    await scoreSlices(order, () => signal.aborted);
  }
}
