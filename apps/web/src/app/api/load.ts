import { computed, signal, type Signal } from '@angular/core';
import type { Answer, Problem } from './problem';

/**
 * What a page reads: keeps the last good value while it reads again or is refused, so that nothing on the screen disappears.
 * The newest call wins; an answer that comes too late is dropped. Knows no DOM and no framework beyond signals.
 */
export class Load<T> {
  private readonly kept = signal<T | null>(null);
  private readonly trouble = signal<Problem | null>(null);
  private readonly running = signal(false);
  private round = 0;

  readonly value: Signal<T | null> = this.kept.asReadonly();
  readonly problem: Signal<Problem | null> = this.trouble.asReadonly();
  readonly loading: Signal<boolean> = this.running.asReadonly();
  /** Nothing to show yet and nothing refused: the time for a skeleton. */
  readonly first = computed(() => this.running() && this.kept() === null);

  /** Asks and keeps the answer. Returns the answer for those who go on from it. */
  async run(ask: () => Promise<Answer<T>>): Promise<Answer<T>> {
    const round = ++this.round;
    this.running.set(true);
    const answer = await ask();
    if (round !== this.round) return answer;
    this.running.set(false);
    if (answer.ok) {
      this.kept.set(answer.value);
      this.trouble.set(null);
    } else {
      this.trouble.set(answer.problem);
    }
    return answer;
  }

  /** Puts a value that is newer than what was read, such as the answer of a write. */
  set(value: T): void {
    this.round++;
    this.running.set(false);
    this.kept.set(value);
    this.trouble.set(null);
  }

  /** Changes the kept value; nothing happens when there is none. */
  update(change: (value: T) => T): void {
    const value = this.kept();
    if (value !== null) this.set(change(value));
  }
}
