import type { ReadFile, RecogniseOptions } from '@jiheng/documents';
import { refuse, type Result } from '@jiheng/domain';
import { BoundedThread } from '../platform/threads/bounded-thread';
import { threadProgram } from '../platform/threads/thread-program';

/** A file to be read. */
export interface FileToRead {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What the thread is told: a file, and how to read it. */
export interface ReadingOrder extends FileToRead {
  readonly options: RecogniseOptions;
}

/** How long a thread without a file waits for the next, in milliseconds: whoever brings one document often brings another. */
const WAITS_MS = 30_000;

/** A young generation of this size keeps a thousand sheets below 300 MB in all. A batch of a thousand files starts the thread some twenty times and not a thousand times. */
const BOUNDS = { memoryMb: 512, youngMb: 96, crowded: 4, pieces: 50 };

/** The program of the thread; null where the sources run without being built (tests). */
export function readingThread(): string | null {
  return threadProgram('read-document');
}

/** A thread that reads files one after the other. It is ended when a file takes too long or too much memory, and the next file gets a new one. */
export class ReadingThread {
  private readonly thread: BoundedThread<ReadingOrder, Result<ReadFile>>;

  /**
   * @param program `readingThread()`
   * @param waitsMs how long it is kept without a file, in milliseconds
   */
  constructor(program: string, waitsMs = WAITS_MS) {
    this.thread = new BoundedThread(program, { ...BOUNDS, restMs: waitsMs });
  }

  /**
   * One file at a time.
   * @param patienceSeconds how long the thread may work on it (`secondsToRead`), in processor time
   * @returns refusals `document.*` of the reader, `import.too-slow`, `import.too-heavy`
   */
  async read(file: FileToRead, patienceSeconds: number, options: RecogniseOptions = {}): Promise<Result<ReadFile>> {
    const read = await this.thread.work({ bytes: new Uint8Array(file.bytes), name: file.name, options }, patienceSeconds * 1000);
    if (read.ended === null) return read.answer;
    return read.ended === 'TOO_HEAVY' ? refuse('import.too-heavy', { file: file.name }) : refuse('import.too-slow', { file: file.name, seconds: String(patienceSeconds) });
  }

  /** Ends the thread; the next file starts another. */
  async close(): Promise<void> {
    await this.thread.end();
  }
}
