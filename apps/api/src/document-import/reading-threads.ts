import type { ReadFile, RecogniseOptions } from '@jiheng/documents';
import type { Result } from '@jiheng/domain';
import { type FileToRead, ReadingThread } from './read-in-thread';

/** How long a thread without a file waits for the next, in milliseconds: whoever brings one document often brings another. */
const WAITS_MS = 30_000;

/**
 * Threads for files that arrive when they please. Each file has a thread to itself while it is read; the thread that was used last waits a while for the next
 * file, which finds the reader loaded and compiled: a workbook of a thousand sheets then takes less than half the work. No more than one waits, so that at rest
 * nothing is held.
 */
export class ReadingThreads {
  private waiting: ReadingThread | null = null;
  private timer: NodeJS.Timeout | null = null;

  /**
   * @param program `readingThread()`
   * @param waitsMs how long the last thread is kept, in milliseconds
   */
  constructor(
    private readonly program: string,
    private readonly waitsMs = WAITS_MS,
  ) {}

  /** As {@link ReadingThread.read}; any number at once. */
  async read(file: FileToRead, patienceSeconds: number, options: RecogniseOptions = {}): Promise<Result<ReadFile>> {
    const thread = this.take() ?? new ReadingThread(this.program);
    try {
      return await thread.read(file, patienceSeconds, options);
    } finally {
      this.giveBack(thread);
    }
  }

  /** Ends the thread that waits; threads that read end with their file. */
  close(): void {
    this.take()?.close();
  }

  private take(): ReadingThread | null {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    const thread = this.waiting;
    this.waiting = null;
    return thread;
  }

  private giveBack(thread: ReadingThread): void {
    this.take()?.close();
    this.waiting = thread;
    this.timer = setTimeout(() => this.close(), this.waitsMs).unref();
  }
}
