import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { ReadFile, RecogniseOptions } from '@jiheng/documents';
import { refuse, type Result } from '@jiheng/domain';

/** Memory a file may take to be read, in megabytes. */
const MEMORY_MB = 512;
/** Of which so much for what was just made: a small nursery keeps a thousand sheets below 300 MB in all, for a little more work. */
const YOUNG_MB = 96;

/** The program of the thread, built beside the server and the command line; null where the sources run without being built (tests). */
export function readingThread(): string | null {
  const path = join(dirname(process.argv[1] ?? '.'), 'read-document.thread.mjs');
  return existsSync(path) ? path : null;
}

/** A crowded machine may take so many times as long by the clock before a file is given up; what counts is the work. */
const CROWDED = 4;

/** A file to be read. */
export interface FileToRead {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Files one thread reads before a fresh one takes its place. */
const FILES_A_THREAD = 50;

/**
 * A thread that reads files one after the other: a batch of a thousand starts it some twenty times and not a thousand times. It is ended when a
 * file takes too long or too much memory, and the next file gets a new one. It keeps no process alive by itself.
 */
export class ReadingThread {
  private worker: Worker | null = null;
  private filesRead = 0;

  /** @param program `readingThread()` */
  constructor(private readonly program: string) {}

  /**
   * One file at a time.
   * @param patienceSeconds how long the thread may work on it (`secondsToRead`), in processor time; by the clock up to {@link CROWDED} times as long
   * @returns refusals `document.*` of the reader, `import.too-slow`, `import.too-heavy`
   */
  read(file: FileToRead, patienceSeconds: number, options: RecogniseOptions = {}): Promise<Result<ReadFile>> {
    const worker = this.start();
    return new Promise((resolve, reject) => {
      let timer: NodeJS.Timeout;
      let waits = 0;
      let isSettled = false;
      const isFresh = this.filesRead === 0;
      const settle = (isOver: boolean, answer: () => void): void => {
        if (isSettled) return;
        isSettled = true;
        clearTimeout(timer);
        worker.off('message', answered).off('error', broke).off('exit', ended);
        worker.unref();
        if (isOver || ++this.filesRead >= FILES_A_THREAD) this.close();
        answer();
      };
      const answered = (result: Result<ReadFile>): void => settle(false, () => resolve(result));
      const broke = (error: NodeJS.ErrnoException): void => settle(true, () => {
        if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') resolve(refuse('import.too-heavy', { file: file.name }));
        else reject(error);
      });
      const ended = (code: number): void => settle(true, () => reject(new Error(`the thread that read a document ended with ${code} and said nothing`)));
      // A good file must not be refused because others keep the processors busy: the clock only says when to look how much work there was.
      const overdue = async (): Promise<void> => {
        // A thread that was still starting has done nothing yet.
        const begun = (await before) ?? (isFresh ? 0 : null);
        const spent = await workOf(worker);
        if (isSettled) return;
        waits += 1;
        if (begun !== null && spent !== null && waits < CROWDED && spent - begun < patienceSeconds * 1000) timer = setTimeout(() => void overdue(), patienceSeconds * 1000);
        else settle(true, () => resolve(refuse('import.too-slow', { file: file.name, seconds: String(patienceSeconds) })));
      };
      const before = workOf(worker);
      timer = setTimeout(() => void overdue(), patienceSeconds * 1000);
      worker.once('message', answered).once('error', broke).once('exit', ended);
      worker.ref();
      worker.postMessage({ bytes: new Uint8Array(file.bytes), name: file.name, options });
    });
  }

  /** Ends the thread; the next file starts another. */
  close(): void {
    void this.worker?.terminate();
    this.worker = null;
    this.filesRead = 0;
  }

  private start(): Worker {
    if (this.worker !== null) return this.worker;
    this.worker = new Worker(this.program, { resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB, maxYoungGenerationSizeMb: YOUNG_MB } });
    // A thread that is being ended may still complain; nobody waits for it any more.
    this.worker.on('error', () => undefined);
    return this.worker;
  }
}

/** How long a thread may take to say how much it has worked, in milliseconds: one that is deep in a single expression says nothing at all. */
const ASKED_MS = 500;

/** Processor time a thread has used, in milliseconds; null where it does not answer. */
async function workOf(worker: Worker): Promise<number | null> {
  const silence = new Promise<null>((resolve) => { setTimeout(() => resolve(null), ASKED_MS).unref(); });
  return Promise.race([worker.cpuUsage().then(({ user, system }) => (user + system) / 1000, () => null), silence]);
}

/** Reads one file in a thread of its own, which ends with it. As {@link ReadingThread.read}. */
export async function readInThread(program: string, file: FileToRead, patienceSeconds: number, options: RecogniseOptions = {}): Promise<Result<ReadFile>> {
  const thread = new ReadingThread(program);
  try {
    return await thread.read(file, patienceSeconds, options);
  } finally {
    thread.close();
  }
}
