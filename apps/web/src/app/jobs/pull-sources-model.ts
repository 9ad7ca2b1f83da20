import { computed, signal } from '@angular/core';
import type { PeriodView, PullSourceView } from '@jiheng/contract';
import type { Answer, Problem } from '../api/problem';
import type { PullSourceList } from '../api/pull-sources-api';

/** What the model asks of the outside. */
export interface SourcesGateway {
  list(): Promise<Answer<PullSourceList>>;
  periods(fiscalYear: number): Promise<Answer<{ readonly periods: readonly PeriodView[] }>>;
  run(sourceId: string, periodId: string): Promise<Answer<{ readonly jobRunId: string; readonly broughtForward?: boolean }>>;
  resume(sourceId: string): Promise<Answer<unknown>>;
  pause(sourceId: string): Promise<Answer<unknown>>;
  /** Hears jobs until the returned function is called; `resync` where something may have been missed. */
  watch(hear: (job: { readonly id: string }) => void, resync: () => void): () => void;
}

/** The sources page without its DOM: which sources there are, and pulling one for a period. */
export class PullSourcesModel {
  readonly sources = signal<readonly PullSourceView[]>([]);
  readonly periods = signal<readonly PeriodView[]>([]);
  readonly periodId = signal<string | null>(null);
  readonly problem = signal<Problem | null>(null);
  readonly read = signal(false);
  readonly busy = signal<ReadonlySet<string>>(new Set());
  /** The job of each source that was seen under way on this visit, whoever started it; and refusals, by source. */
  readonly started = signal<ReadonlyMap<string, string>>(new Map());
  readonly refusals = signal<ReadonlyMap<string, Problem>>(new Map());
  readonly period = computed(() => this.periods().find(({ id }) => id === this.periodId()) ?? null);

  /** Sources whose pull was started here and of which no list has come since. */
  private readonly unheard = signal<ReadonlySet<string>>(new Set());
  /** Sources whose last pull is still under way, as the server says: also after the page was loaded anew. */
  readonly underWay = computed<readonly string[]>(() => this.sources().filter(({ id, lastRun }) => this.unheard().has(id) || isUnderWay(lastRun)).map(({ id }) => id));
  /** Sources whose last pull failed and waits for its next try: until when, and for which period. A person may have it tried now. */
  readonly nextTries = computed<ReadonlyMap<string, NextTry>>(() => new Map(this.sources().flatMap(({ id, lastRun }) => (isUnderWay(lastRun) && lastRun?.nextTry ? [[id, lastRun.nextTry] as const] : []))));
  /** Sources whose next try a person has brought forward on this visit: what is said while it goes on. */
  readonly broughtForward = signal<ReadonlySet<string>>(new Set());
  private unwatch: (() => void) | null = null;
  private gone = false;
  private year: number | null = null;
  private round = 0;
  /** There are more than are listed. */
  readonly more = signal(false);

  constructor(private readonly gateway: SourcesGateway) {}

  /** Reads sources and the year's periods; the open period is chosen, else the latest that has begun. */
  async load(fiscalYear: number): Promise<void> {
    // A quarter of another year must not be pulled for while those of this year are on their way, nor because they came sooner.
    if (this.year !== fiscalYear) {
      this.periods.set([]);
      this.periodId.set(null);
    }
    this.year = fiscalYear;
    const round = ++this.round;
    const [sources, periods] = await Promise.all([this.gateway.list(), this.gateway.periods(fiscalYear)]);
    // The year, or the unit one looks at, is another by now: what came late must not stand for it.
    if (round !== this.round) return;
    this.problem.set(!sources.ok ? sources.problem : !periods.ok ? periods.problem : null);
    if (sources.ok) this.show(sources.value);
    if (periods.ok) {
      const kept = this.periodId();
      const year = periods.value.periods;
      this.periods.set(year);
      const begun = year.filter(({ state }) => state !== 'FUTURE');
      this.periodId.set((year.find(({ id }) => id === kept) ?? year.find(({ state }) => state === 'OPEN') ?? begun.at(-1) ?? year[0])?.id ?? null);
    }
    this.read.set(true);
    this.follow();
  }

  /** Pulls for the chosen period. A pull that waits for its next try is tried now instead, for the period it is for. */
  async run(sourceId: string): Promise<void> {
    const next = this.nextTries().get(sourceId);
    const periodId = next?.periodId ?? this.periodId();
    if (periodId === null || this.busy().has(sourceId) || (next === undefined && this.started().has(sourceId) && this.underWay().includes(sourceId))) return;
    const answer = await this.doing(sourceId, () => this.gateway.run(sourceId, periodId));
    if (!answer.ok) {
      // Somebody else was quicker: that pull is followed instead.
      await this.readSources();
      this.follow();
      return;
    }
    this.started.update((known) => new Map([...known, [sourceId, answer.value.jobRunId]]));
    this.unheard.update((known) => new Set([...known, sourceId]));
    const isForward = answer.value.broughtForward === true;
    this.broughtForward.update((known) => new Set([...[...known].filter((id) => id !== sourceId), ...(isForward ? [sourceId] : [])]));
    await this.readSources();
    this.follow();
  }

  /** Reads the sources again whenever a pull that is under way has moved, until none is. */
  private follow(): void {
    if (this.gone || this.unwatch !== null || this.underWay().length === 0) return;
    const look = async (): Promise<void> => {
      await this.readSources();
      if (this.underWay().length === 0) this.rest();
    };
    this.unwatch = this.gateway.watch((job) => { if ([...this.started().values()].includes(job.id)) void look(); }, () => void look());
  }

  /** Nobody looks any more. */
  leave(): void {
    this.gone = true;
    this.rest();
  }

  private rest(): void {
    this.unwatch?.();
    this.unwatch = null;
  }

  private async readSources(): Promise<void> {
    const round = this.round;
    const sources = await this.gateway.list();
    if (sources.ok && round === this.round) this.show(sources.value);
  }

  private show(list: PullSourceList): void {
    this.sources.set(list.sources);
    this.more.set(list.more);
    this.unheard.set(new Set());
    // One that waits anew is brought forward no more.
    this.broughtForward.update((known) => new Set([...known].filter((id) => !this.nextTries().has(id))));
    const running = list.sources.flatMap(({ id, lastRun }) => (isUnderWay(lastRun) && typeof lastRun?.jobRunId === 'string' ? [[id, lastRun.jobRunId] as const] : []));
    if (running.some(([id, job]) => this.started().get(id) !== job)) this.started.update((known) => new Map([...known, ...running]));
  }

  async resume(sourceId: string, fiscalYear: number): Promise<void> {
    await this.doing(sourceId, () => this.gateway.resume(sourceId));
    await this.load(fiscalYear);
  }

  /** Switches a source off. */
  async pause(sourceId: string, fiscalYear: number): Promise<void> {
    await this.doing(sourceId, () => this.gateway.pause(sourceId));
    await this.load(fiscalYear);
  }

  private async doing<T>(sourceId: string, deed: () => Promise<Answer<T>>): Promise<Answer<T>> {
    this.busy.update((known) => new Set([...known, sourceId]));
    const answer = await deed();
    this.busy.update((known) => new Set([...known].filter((id) => id !== sourceId)));
    const refusals = new Map(this.refusals());
    if (answer.ok) refusals.delete(sourceId); else refusals.set(sourceId, answer.problem);
    this.refusals.set(refusals);
    return answer;
  }
}

type NextTry = NonNullable<NonNullable<PullSourceView['lastRun']>['nextTry']>;

function isUnderWay(run: PullSourceView['lastRun']): boolean {
  return run?.state === 'WAITING' || run?.state === 'RUNNING';
}
