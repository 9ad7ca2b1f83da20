import { computed, signal } from '@angular/core';
import type { TargetTableList, TargetTableSummary } from '@jiheng/contract';
import { Load } from '../api/load';
import type { Answer, Problem } from '../api/problem';
import type { TargetTableFilter } from '../api/target-tables-api';

/** The list of target tables of a year: read again when the filter changes, longer when more is asked for. */
export class TargetTablesModel {
  readonly load = new Load<TargetTableList>();
  private readonly added = signal<readonly TargetTableSummary[]>([]);
  private readonly next = signal<string | null>(null);
  private readonly extending = signal(false);
  private readonly moreTrouble = signal<Problem | null>(null);
  private filter: TargetTableFilter = { fiscalYear: null, unitId: null, q: '' };

  readonly tables = computed(() => [...(this.load.value()?.tables ?? []), ...this.added()]);
  readonly hasMore = computed(() => this.next() !== null);
  readonly reading = computed(() => this.load.loading() || this.extending());
  readonly problem = computed(() => this.load.problem() ?? this.moreTrouble());
  readonly empty = computed(() => this.load.value() !== null && !this.load.loading() && this.tables().length === 0);

  constructor(private readonly ask: (filter: TargetTableFilter) => Promise<Answer<TargetTableList>>) {}

  /** Reads the first page of a filter; returns the years that have tables. */
  async read(filter: TargetTableFilter): Promise<readonly number[]> {
    this.filter = filter;
    const answer = await this.load.run(() => this.ask(filter));
    if (this.filter !== filter || !answer.ok) return [];
    this.added.set([]);
    this.moreTrouble.set(null);
    this.next.set(answer.value.nextCursor);
    return answer.value.fiscalYears;
  }

  async again(): Promise<void> {
    await this.read({ ...this.filter });
  }

  /** The next page, put below the present ones. */
  async more(): Promise<void> {
    const cursor = this.next();
    const filter = this.filter;
    if (!cursor || this.extending()) return;
    this.extending.set(true);
    const answer = await this.ask({ ...filter, cursor });
    this.extending.set(false);
    if (filter !== this.filter) return;
    if (answer.ok) {
      this.added.update((tables) => [...tables, ...answer.value.tables]);
      this.next.set(answer.value.nextCursor);
      this.moreTrouble.set(null);
    } else {
      this.moreTrouble.set(answer.problem);
    }
  }
}
