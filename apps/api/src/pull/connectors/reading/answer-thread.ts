import { Worker } from 'node:worker_threads';
import type { PackedRows } from './packed-rows';
import type { Form, Found, ReadingOrder } from './readers';

/** What the thread is told: one answer to read. */
export interface ThreadOrder {
  readonly form: Form;
  readonly order: ReadingOrder;
}

/** What the thread says: what was found, its rows packed. */
export type ThreadFound = Extract<Found, { ok: false }> | (Omit<Extract<Found, { ok: true }>, 'rows'> & { readonly rows: PackedRows });

/** Why a thread was ended before it had an answer. */
export type Ended = 'TOO_SLOW' | 'TOO_HEAVY';

/** Of a thread's memory, so much for what was just made, in megabytes: a small nursery keeps a large answer smaller in all, for a little more work. */
const YOUNG_MB = 32;

/**
 * A thread that reads one answer after the other. It begins with the first, is kept for a while after the last, and is ended for good by an answer that takes too much; the next answer
 * gets a new one. It keeps no process alive by itself.
 */
export class AnswerThread {
  private worker: Worker | null = null;
  private rest: NodeJS.Timeout | null = null;

  /**
   * @param program the thread's program as a file
   * @param memoryMb beyond which V8 ends it
   * @param restMs how long it is kept without work
   */
  constructor(private readonly program: string, private readonly memoryMb: number, private readonly restMs: number) {}

  /**
   * One answer at a time.
   * @param patienceMs by the clock, the start of the thread included
   * @throws what is a fault in a reader; the thread has ended then
   */
  read({ form, order }: ThreadOrder, patienceMs: number): Promise<ThreadFound | Ended> {
    const worker = this.begin();
    // The bytes stay here as well: what could not be read is kept as it came, also when the thread is gone.
    const body = new Uint8Array(order.body);
    return new Promise<ThreadFound | Ended>((resolve, reject) => {
      const settle = (isOver: boolean, answer: () => void): void => {
        clearTimeout(late);
        worker.off('message', found).off('error', broke).off('exit', gone);
        // Waited for: while it still works nobody else's answer begins beside it.
        if (isOver) void this.end().then(answer);
        else { this.letRest(worker); answer(); }
      };
      const found = (said: ThreadFound): void => settle(false, () => { resolve(said); });
      const broke = (fault: NodeJS.ErrnoException): void => settle(true, () => { if (fault.code === 'ERR_WORKER_OUT_OF_MEMORY') resolve('TOO_HEAVY'); else reject(fault); });
      const gone = (code: number): void => settle(true, () => { reject(new Error(`the thread that read an answer ended with ${code} and said nothing`)); });
      const late = setTimeout(() => settle(true, () => { resolve('TOO_SLOW'); }), patienceMs);
      worker.on('message', found).on('error', broke).on('exit', gone);
      worker.postMessage({ form, order: { ...order, body } } satisfies ThreadOrder, [body.buffer]);
    });
  }

  /** Ends it, whatever it does. */
  async end(): Promise<void> {
    const { worker } = this;
    if (this.rest !== null) clearTimeout(this.rest);
    this.worker = null;
    await worker?.terminate();
  }

  private begin(): Worker {
    if (this.rest !== null) clearTimeout(this.rest);
    if (this.worker === null) {
      // A parser of strangers' bytes needs none of what the server's environment holds: keys, passwords, addresses.
      const worker = new Worker(this.program, { env: {}, resourceLimits: { maxOldGenerationSizeMb: this.memoryMb, maxYoungGenerationSizeMb: YOUNG_MB } });
      // While it rests nobody listens to what it complains of; one that is gone is not asked again.
      worker.on('error', () => undefined).on('exit', () => { if (this.worker === worker) this.worker = null; });
      this.worker = worker;
    }
    this.worker.ref();
    return this.worker;
  }

  private letRest(worker: Worker): void {
    worker.unref();
    this.rest = setTimeout(() => void this.end(), this.restMs).unref();
  }
}
