import { computed, signal } from '@angular/core';
import type { UnitList, UnitView } from '@jiheng/contract';
import type { UnitAsk } from '../api/people-api';
import { Load } from '../api/load';
import type { Answer } from '../api/problem';

/** What narrows a search beside the words typed. */
export type UnitNarrowing = Pick<UnitAsk, 'kind' | 'role' | 'open'>;

/** Finds units by part of their name or code, where there are more than one list can hold. The chosen one stays among the options whatever is typed next. */
export class UnitSearch {
  private readonly load = new Load<UnitList>();
  private readonly chosen = signal<UnitView | null>(null);
  private timer: ReturnType<typeof setTimeout> | undefined;
  private round = 0;
  readonly searching = this.load.loading;
  readonly problem = this.load.problem;
  /** More were found than are shown: another letter narrows. */
  readonly more = computed(() => this.load.value()?.more ?? false);
  readonly options = computed(() => {
    const [found, chosen] = [this.load.value()?.units ?? [], this.chosen()];
    return chosen === null || found.some((unit) => unit.id === chosen.id) ? found : [chosen, ...found];
  });

  /** @param rest how long nothing must be typed before it is asked, in milliseconds */
  constructor(private readonly ask: (ask: UnitAsk) => Promise<Answer<UnitList>>, private readonly narrowing: () => UnitNarrowing, private readonly rest = 250) {}

  /** Asks for what was typed as soon as nothing is typed for a moment. */
  typed(text: string): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.find(text), this.rest);
  }

  async find(text: string): Promise<void> {
    clearTimeout(this.timer);
    const q = text.trim();
    await this.load.run(() => this.ask({ ...this.narrowing(), ...(q === '' ? {} : { q }) }));
  }

  /** The option with this id; one that is not known yet is asked for by its id, so that its name can be shown. */
  async choose(id: string | null): Promise<UnitView | null> {
    const round = ++this.round;
    const known = this.options().find((unit) => unit.id === id) ?? null;
    if (known !== null || id === null || id === '') { this.chosen.set(known); return known; }
    const answer = await this.ask({ id: id as UnitView['id'] });
    const found = answer.ok ? answer.value.units[0] ?? null : null;
    // Another one may have been chosen while this one's name was asked for.
    if (round === this.round) this.chosen.set(found);
    return found;
  }

  /** Nobody waits any longer. */
  leave(): void {
    clearTimeout(this.timer);
  }
}
