import { setImmediate as letOthersIn } from 'node:timers/promises';
import { BoundedThread, type Ended } from '../../../platform/threads/bounded-thread';
import { threadProgram } from '../../../platform/threads/thread-program';
import { unpackRows } from './packed-rows';
import { type Form, type Forms, READERS } from './readers';
import { MOST_CHARACTERS, heavinessOf } from './row-room';
import type { ThreadFound, ThreadOrder } from './thread-order';

/** Bounds of reading what one asking brought. */
export interface ReadingBounds {
  /** All its answers together, in processor time: a good answer is not refused because others keep the processors busy. */
  readonly askingMs: number;
  /** Memory of the thread. */
  readonly memoryMb: number;
  /** How long the thread is kept after the last answer. */
  readonly restMs: number;
}

/** A young generation of this size, in megabytes, keeps a large answer small in all; by the clock an answer may take twice its time, for a job has its own. */
const THREAD = { youngMb: 32, crowded: 2 };

/** The longest there is (paths search for 20 s at most) takes some 25 s on a machine that does nothing else. */
export const READING_BOUNDS: ReadingBounds = { askingMs: 40_000, memoryMb: 1_024, restMs: 30_000 };

/** An answer that takes more than it may: time in seconds, memory in megabytes. */
export interface Overrun {
  readonly ok: false;
  readonly why: Ended;
  readonly limit: number;
}

/** Reads the answers of one asking, within the time and the room they share. */
export interface AskingReader {
  /** @throws what is a fault in a reader */
  read<K extends Form>(form: K, order: Forms[K]['order']): Promise<Forms[K]['found'] | Overrun>;
}

/**
 * Reads what sources answer, in a thread of its own: whatever a stranger's answer makes a reader do, jobs, progress and people go on meanwhile. One answer is read at a time, so that memory
 * is bounded for a process and not for an answer. One that costs next to nothing is read on the spot: no pull of some rows waits for a thread to begin.
 */
export class AnswerReader {
  private readonly thread: BoundedThread<ThreadOrder, ThreadFound> | null;
  private line: Promise<unknown> = Promise.resolve();

  /** @param program the thread's program as a file; null reads everything here */
  constructor(private readonly bounds: ReadingBounds = READING_BOUNDS, program: string | null = threadProgram('read-answer')) {
    this.thread = program === null ? null : new BoundedThread(program, { ...THREAD, memoryMb: bounds.memoryMb, restMs: bounds.restMs });
  }

  /** Begins the reading of one asking. */
  begin(): AskingReader {
    let leftMs = this.bounds.askingMs;
    let room = MOST_CHARACTERS;
    return {
      read: async <K extends Form>(form: K, order: Forms[K]['order']) => {
        const { thread } = this;
        if (thread === null || READERS[form].isLight(order)) {
          // Fifty small files of one folder are not one long work.
          await letOthersIn();
          return READERS[form].read(order);
        }
        return this.inLine(async () => {
          // The bytes stay here as well: what could not be read is kept as it came, also when the thread is gone.
          const body = new Uint8Array(order.body);
          const done = await thread.work({ form, order: { ...order, body } }, Math.max(1, leftMs), [body.buffer]);
          leftMs -= done.workedMs;
          if (done.ended !== null) return { ok: false, why: done.ended, limit: done.ended === 'TOO_SLOW' ? Math.ceil(this.bounds.askingMs / 1000) : this.bounds.memoryMb };
          const found = done.answer;
          if (!found.ok) return found as unknown as Forms[K]['found'];
          room -= found.rows.texts.reduce((sum, text) => sum + text.length, 0);
          if (room < 0) return { ok: false, why: 'TOO_HEAVY', limit: heavinessOf(MOST_CHARACTERS) };
          return { ...found, rows: unpackRows(found.rows) } as unknown as Forms[K]['found'];
        });
      },
    };
  }

  /** Ends the thread; what it was reading fails. */
  async close(): Promise<void> {
    await this.thread?.end();
  }

  private inLine<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.line.then(work);
    // Whether it went well is told to who asked; the line must not keep the rows of the last answer.
    this.line = turn.then(() => undefined, () => undefined);
    return turn;
  }
}
