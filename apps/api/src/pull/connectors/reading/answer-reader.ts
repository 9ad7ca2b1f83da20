import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setImmediate as letOthersIn } from 'node:timers/promises';
import { AnswerThread, type Ended } from './answer-thread';
import { unpackRows } from './packed-rows';
import { type Form, type Forms, READERS } from './readers';
import { MOST_CHARACTERS, heavinessOf } from './row-room';

/** Bounds of reading what one asking brought. */
export interface ReadingBounds {
  /** All its answers together, by the clock; waiting for others is not counted. */
  readonly askingMs: number;
  /** Memory of the thread. */
  readonly memoryMb: number;
  /** How long the thread is kept after the last answer. */
  readonly restMs: number;
}

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

/** The program of the thread, built beside the server's; null where the sources run without being built (tests). */
function programBesideUs(): string | null {
  const program = join(dirname(process.argv[1] ?? '.'), 'read-answer.thread.mjs');
  return existsSync(program) ? program : null;
}

/**
 * Reads what sources answer, in a thread of its own: whatever a stranger's answer makes a reader do, jobs, progress and people go on meanwhile. One answer is read at a time, so that memory
 * is bounded for a process and not for an answer. One that costs next to nothing is read on the spot: no pull of some rows waits for a thread to begin.
 */
export class AnswerReader {
  private readonly thread: AnswerThread | null;
  private line: Promise<unknown> = Promise.resolve();

  /** @param program the thread's program as a file; null reads everything here */
  constructor(private readonly bounds: ReadingBounds = READING_BOUNDS, program: string | null = programBesideUs()) {
    this.thread = program === null ? null : new AnswerThread(program, bounds.memoryMb, bounds.restMs);
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
          const begun = performance.now();
          const found = await thread.read({ form, order }, Math.max(1, leftMs));
          leftMs -= performance.now() - begun;
          if (typeof found === 'string') return { ok: false, why: found, limit: found === 'TOO_SLOW' ? Math.ceil(this.bounds.askingMs / 1000) : this.bounds.memoryMb };
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
