import { Worker } from 'node:worker_threads';

/** What a thread may take, and how long it is kept. */
export interface ThreadBounds {
  /** Memory beyond which V8 ends it, in megabytes. */
  readonly memoryMb: number;
  /** Of which so much for what was just made, in megabytes: a small nursery keeps large work smaller in all, for a little more of it. */
  readonly youngMb: number;
  /** How long it is kept without work, in milliseconds. */
  readonly restMs: number;
  /** How many times its patience a piece of work may take by the clock, where others keep the processors busy. */
  readonly crowded: number;
  /** Pieces of work after which a fresh one takes its place; none said: never. */
  readonly pieces?: number;
}

/** Why a thread was ended before it had an answer. */
export type Ended = 'TOO_SLOW' | 'TOO_HEAVY';

/** What became of a piece of work, and how much of the patience it took: milliseconds of processor, or of the clock where the thread could not be asked. */
export type Worked<Answer> = { readonly ended: null; readonly answer: Answer; readonly workedMs: number } | { readonly ended: Ended; readonly workedMs: number };

/** How long a thread may take to say how much it has worked, in milliseconds: one that is deep in a single expression says nothing at all. */
const ASKED_MS = 3_000;

/**
 * A thread that does one piece of work after the other on what strangers send. It begins with the first, is kept for a while after the last, and is ended for good by work that takes too
 * much; the next gets a new one. What counts is the work and not the clock: a good file must not be given up because others keep the processors busy. It keeps no process alive by itself.
 */
export class BoundedThread<Order, Answer> {
  private worker: Worker | null = null;
  private rest: NodeJS.Timeout | null = null;
  private pieces = 0;
  /** Processor time the present worker had used when it was last idle; null where it did not say. */
  private usedMs: number | null = 0;

  /** @param program the thread's program as a file, see `threadProgram()` */
  constructor(private readonly program: string, private readonly bounds: ThreadBounds) {}

  /**
   * One piece at a time.
   * @param patienceMs processor time it may take, that of the thread's start included
   * @param moved rooms of the order that go over to the thread instead of being copied
   * @throws what is a fault in the program; the thread has ended then
   */
  async work(order: Order, patienceMs: number, moved: readonly ArrayBuffer[] = []): Promise<Worked<Answer>> {
    const worker = this.begin();
    const [begun, used] = [performance.now(), this.usedMs];
    const clock = (): number => performance.now() - begun;
    const workOf = async (): Promise<number | null> => { const now = await usedBy(worker); return now === null || used === null ? null : now - used; };
    const said = await this.answerOf(worker, order, patienceMs, moved, workOf);
    if (said.ended !== null) {
      // Waited for: while it still works nobody else's work begins beside it.
      await this.end();
      return { ended: said.ended, workedMs: clock() };
    }
    this.pieces += 1;
    if (this.pieces >= (this.bounds.pieces ?? Infinity)) {
      await this.end();
      return { ...said, workedMs: clock() };
    }
    const worked = await workOf();
    this.usedMs = worked === null || used === null ? null : used + worked;
    if (this.worker === worker) this.letRest(worker);
    return { ...said, workedMs: worked ?? clock() };
  }

  /** Ends it, whatever it does; the next piece of work starts another. */
  async end(): Promise<void> {
    const { worker } = this;
    if (this.rest !== null) clearTimeout(this.rest);
    this.worker = null;
    await worker?.terminate();
  }

  private answerOf(worker: Worker, order: Order, patienceMs: number, moved: readonly ArrayBuffer[], workOf: () => Promise<number | null>): Promise<{ readonly ended: null; readonly answer: Answer } | { readonly ended: Ended }> {
    return new Promise((resolve, reject) => {
      const begun = performance.now();
      let isSettled = false;
      const settle = (tell: () => void): void => {
        if (isSettled) return;
        isSettled = true;
        clearTimeout(timer);
        worker.off('message', answered).off('error', broke).off('exit', gone);
        tell();
      };
      const answered = (answer: Answer): void => { settle(() => { resolve({ ended: null, answer }); }); };
      const broke = (fault: NodeJS.ErrnoException): void => {
        if (fault.code === 'ERR_WORKER_OUT_OF_MEMORY') settle(() => { resolve({ ended: 'TOO_HEAVY' }); });
        else settle(() => { void this.end().then(() => { reject(fault); }); });
      };
      const gone = (code: number): void => { settle(() => { reject(new Error(`the thread ${this.program} ended with ${code} and said nothing`)); }); };
      // The clock only says when to look how much work there was.
      const overdue = async (): Promise<void> => {
        const worked = await workOf();
        if (isSettled) return;
        const left = worked === null ? 0 : Math.min(patienceMs - worked, patienceMs * this.bounds.crowded - (performance.now() - begun));
        if (left > 0) timer = setTimeout(() => void overdue(), Math.ceil(left));
        else settle(() => { resolve({ ended: 'TOO_SLOW' }); });
      };
      let timer = setTimeout(() => void overdue(), patienceMs);
      worker.on('message', answered).on('error', broke).on('exit', gone);
      worker.postMessage(order, moved as ArrayBuffer[]);
    });
  }

  private begin(): Worker {
    if (this.rest !== null) clearTimeout(this.rest);
    if (this.worker === null) {
      // A parser of strangers' bytes needs none of what the server's environment holds: keys, passwords, addresses.
      const worker = new Worker(this.program, { env: {}, resourceLimits: { maxOldGenerationSizeMb: this.bounds.memoryMb, maxYoungGenerationSizeMb: this.bounds.youngMb } });
      // While it rests nobody listens to what it complains of; one that is gone is not asked again.
      worker.on('error', () => undefined).on('exit', () => { if (this.worker === worker) this.worker = null; });
      this.worker = worker;
      this.pieces = 0;
      this.usedMs = 0;
    }
    this.worker.ref();
    return this.worker;
  }

  private letRest(worker: Worker): void {
    worker.unref();
    this.rest = setTimeout(() => void this.end(), this.bounds.restMs).unref();
  }
}

/** Processor time a thread has used, in milliseconds; null where it does not answer. */
async function usedBy(worker: Worker): Promise<number | null> {
  const silence = new Promise<null>((resolve) => { setTimeout(() => { resolve(null); }, ASKED_MS).unref(); });
  return Promise.race([worker.cpuUsage().then(({ user, system }) => (user + system) / 1000, () => null), silence]);
}
