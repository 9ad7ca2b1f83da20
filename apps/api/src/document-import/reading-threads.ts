import type { ReadFile, RecogniseOptions } from '@jiheng/documents';
import type { Result } from '@jiheng/domain';
import { type FileToRead, ReadingThread } from './read-in-thread';

/**
 * Threads for files that arrive when they please. Each file has a thread to itself while it is read; the thread that was used last waits a while for the next
 * file, which finds the reader loaded and compiled: a workbook of a thousand sheets then takes less than half the work. No more than one waits, so that at rest
 * nothing is held.
 */
export class ReadingThreads {
  private waiting: ReadingThread | null = null;

  /**
   * @param program `readingThread()`
   * @param waitsMs how long the last thread is kept, in milliseconds; as {@link ReadingThread} unless said
   */
  constructor(private readonly program: string, private readonly waitsMs?: number) {}

  /** As {@link ReadingThread.read}; any number at once. */
  async read(file: FileToRead, patienceSeconds: number, options: RecogniseOptions = {}): Promise<Result<ReadFile>> {
    const thread = this.take() ?? new ReadingThread(this.program, this.waitsMs);
    try {
      return await thread.read(file, patienceSeconds, options);
    } finally {
      const older = this.take();
      this.waiting = thread;
      await older?.close();
    }
  }

  /** Ends the thread that waits; threads that read end with their file. */
  async close(): Promise<void> {
    await this.take()?.close();
  }

  private take(): ReadingThread | null {
    const thread = this.waiting;
    this.waiting = null;
    return thread;
  }
}
