import { Worker } from 'node:worker_threads';
import type { CrewOrder } from './score-slices';

/** What is said to a thread: a run to work on, or to stop between two slices. */
export type ThreadMessage = { readonly order: CrewOrder } | 'stop';

/**
 * A thread that scores slices. It is kept between runs: its program is compiled for what it does by then, which costs a second or two of
 * processor each time it begins anew.
 */
export class ScoringThread {
  private readonly worker: Worker;

  /** @param program the thread's program as a file */
  constructor(program: string) {
    this.worker = new Worker(program, { resourceLimits: { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 8 } });
    // Between two runs it must not keep the process; an error then shows when it is given work.
    this.worker.on('error', () => undefined);
    this.worker.unref();
  }

  /** Works on a run until no slice is left to claim or the signal says stop. @throws what went wrong; the thread has ended then */
  work(order: CrewOrder, signal: AbortSignal): Promise<void> {
    const { worker } = this;
    const stop = (): void => { worker.postMessage('stop' satisfies ThreadMessage); };
    worker.ref();
    return new Promise<void>((resolve, reject) => {
      worker.once('message', () => { resolve(); });
      worker.once('error', reject);
      worker.once('exit', (code) => { reject(new Error(`a scoring thread ended with ${code}`)); });
      worker.postMessage({ order } satisfies ThreadMessage);
      signal.addEventListener('abort', stop);
      if (signal.aborted) stop();
    }).finally(() => {
      signal.removeEventListener('abort', stop);
      worker.removeAllListeners('message').removeAllListeners('exit').removeAllListeners('error').on('error', () => undefined);
      worker.unref();
    });
  }

  /** Ends it, whatever it does. */
  async end(): Promise<void> {
    await this.worker.terminate();
  }
}
