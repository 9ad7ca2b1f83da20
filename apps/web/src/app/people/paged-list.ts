import { computed, signal } from '@angular/core';
import { Load } from '../api/load';
import type { Answer } from '../api/problem';

/** One page of an answer and whether there are more behind it. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly more: boolean;
}

/** A list that the server gives by pages and narrows by what is typed. Knows no DOM. */
export class PagedList<T> {
  private readonly load = new Load<Page<T>>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  readonly q = signal('');
  readonly items = computed(() => this.load.value()?.items ?? []);
  readonly more = computed(() => this.load.value()?.more ?? false);
  readonly loading = this.load.loading;
  readonly first = this.load.first;
  readonly problem = this.load.problem;

  /**
   * @param ask for the page behind `last`, or the first one
   * @param rest how long nothing must be typed before it is asked, in milliseconds
   */
  constructor(private readonly ask: (q: string, last: T | undefined) => Promise<Answer<Page<T>>>, private readonly rest = 250) {}

  /** Reads the list again, as far as it is shown: who changes the three hundredth line still sees it afterwards. */
  async read(): Promise<void> {
    const shown = this.items().length;
    await this.load.run(() => this.pages([], (sofar) => sofar < shown));
  }

  /** Asks for what was typed as soon as nothing is typed for a moment. */
  typed(text: string): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.find(text), this.rest);
  }

  async find(text: string): Promise<void> {
    clearTimeout(this.timer);
    this.q.set(text.trim());
    await this.load.run(() => this.pages([], () => false));
  }

  /** One page further. */
  async next(): Promise<void> {
    const shown = this.items();
    if (this.more() && !this.loading()) await this.load.run(() => this.pages(shown, () => false));
  }

  leave(): void {
    clearTimeout(this.timer);
  }

  private async pages(before: readonly T[], enough: (sofar: number) => boolean): Promise<Answer<Page<T>>> {
    let items = before;
    for (;;) {
      const answer = await this.ask(this.q(), items.at(-1));
      if (!answer.ok) return answer;
      items = [...items, ...answer.value.items];
      if (!answer.value.more || !enough(items.length)) return { ...answer, value: { items, more: answer.value.more } };
    }
  }
}
