import { computed, signal } from '@angular/core';
import type { OutstandingView, PeriodList, PeriodView, RollUpLine, RollUpMeasures, RollUpView } from '@jiheng/contract';
import { compareDecimal } from '@jiheng/domain';
import { Load } from '../api/load';
import type { Answer } from '../api/problem';
import type { RollUpPlace } from '../api/roll-ups-api';
import { type Column, FIRST_VIEW, type Kept, type ListView } from './list-view';

/** What the page asks. */
export interface RollUpGateway {
  view(place: RollUpPlace): Promise<Answer<RollUpView>>;
  outstanding(place: RollUpPlace): Promise<Answer<OutstandingView>>;
  periods(fiscalYear: number): Promise<Answer<PeriodList>>;
}

/** Lines that stand on the page at once: a browser draws some hundred of them without a pause. */
const AT_ONCE = 500;

/** The state of the page 区域汇总: what was read, and how the list of those below is sorted and cut. */
export class RollUpModel {
  readonly load = new Load<RollUpView>();
  readonly who = new Load<OutstandingView>();
  readonly periodLoad = new Load<PeriodList>();
  readonly sorting = signal<ListView['sorting']>(FIRST_VIEW.sorting);
  readonly sought = signal(FIRST_VIEW.sought);
  readonly kept = signal<Kept>(FIRST_VIEW.kept);
  readonly looking = computed<ListView>(() => ({ sought: this.sought(), kept: this.kept(), sorting: this.sorting() }));

  readonly view = this.load.value;
  readonly periods = computed<readonly PeriodView[]>(() => [...(this.periodLoad.value()?.periods ?? [])].sort((a, b) => a.ordinal - b.ordinal));
  /** The period to begin with: the latest that has been opened; the year when none has. null: not known yet. */
  readonly latest = computed<number | null>(() => {
    if (this.periodLoad.value() === null) return this.periodLoad.problem() === null ? null : 0;
    return latestOpened(this.periods())?.ordinal ?? 0;
  });
  readonly lines = computed<readonly RollUpLine[]>(() => {
    const sought = this.sought().trim().toLowerCase();
    const found = (this.view()?.below ?? []).filter((line) => keeps(line, this.kept()) && (sought === '' || `${line.name} ${line.code}`.toLowerCase().includes(sought)));
    const { column, down } = this.sorting();
    return [...found].sort((a, b) => (down ? -1 : 1) * ORDER[column](a, b) || byCode(a, b));
  });
  private readonly most = signal(AT_ONCE);
  /** The lines that stand on the page: those found that come first by the order chosen. */
  readonly shown = computed(() => this.lines().slice(0, this.most()));
  readonly empty = computed(() => this.view()?.unit.measures.tables === 0);

  constructor(private readonly gateway: RollUpGateway) {}

  async openYear(fiscalYear: number): Promise<void> {
    await this.periodLoad.run(() => this.gateway.periods(fiscalYear));
  }

  /** @param shown called as soon as the region is there, whether or not it is known yet who has not handed in */
  async read(place: RollUpPlace, shown: () => void = () => undefined): Promise<void> {
    await Promise.all([this.load.run(() => this.gateway.view(place)).then(shown), this.who.run(() => this.gateway.outstanding(place))]);
  }

  /** The next ones found, below those that stand there. */
  showMore(): void {
    this.most.update((most) => most + AT_ONCE);
  }

  /** Another region begins with its first ones again. */
  showFirst(): void {
    this.most.set(AT_ONCE);
  }

  /** Looks through the list as somebody did before. */
  look({ sought, kept, sorting }: ListView): void {
    this.sought.set(sought);
    this.kept.set(kept);
    this.sorting.set(sorting);
  }

  /** The same column again turns the order round; numbers begin with the greatest, names with the first. */
  sortBy(column: Column): void {
    const now = this.sorting();
    this.sorting.set({ column, down: now.column === column ? !now.down : column !== 'code' });
  }
}

/** The latest quarter that has been opened; null when none has. */
export function latestOpened(periods: readonly PeriodView[]): PeriodView | null {
  return periods.filter((period) => period.state !== 'FUTURE').reduce<PeriodView | null>((latest, one) => (latest === null || one.ordinal > latest.ordinal ? one : latest), null);
}

/** Documents that have left the hands of those who fill them in. */
export function handedIn({ stages }: RollUpMeasures): number {
  return stages.submitted + stages.reviewed + stages.signed;
}

/** A share of counts as whole per cent, rounded down: 100 only when it is all of them. */
export function percentOfCount(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.floor((part * 100) / whole);
}

function keeps({ measures, late }: RollUpLine, kept: Kept): boolean {
  if (kept === 'ALL') return true;
  if (kept === 'LATE') return late > 0;
  return (kept === 'unopened' || kept === 'blocked' ? measures[kept] : measures.stages[kept]) > 0;
}

const byCode = (a: RollUpLine, b: RollUpLine): number => (a.code < b.code ? -1 : a.code > b.code ? 1 : 0);
/** a·d − b·c has the sign of a/b − c/d: shares are compared without dividing. */
const byShare = (a: RollUpLine, b: RollUpLine): number => handedIn(a.measures) * Math.max(1, b.measures.tables) - handedIn(b.measures) * Math.max(1, a.measures.tables);
const ORDER: Readonly<Record<Column, (a: RollUpLine, b: RollUpLine) => number>> = {
  code: byCode,
  tables: (a, b) => a.measures.tables - b.measures.tables,
  handedIn: byShare,
  late: (a, b) => a.late - b.late,
  // What nobody has scored is below every score.
  mean: (a, b) => compareDecimal(a.measures.weightedMean ?? '-1', b.measures.weightedMean ?? '-1'),
  red: (a, b) => a.measures.lights.red - b.measures.lights.red || a.measures.lights.yellow - b.measures.lights.yellow,
  budget: (a, b) => compareDecimal(a.measures.budget, b.measures.budget),
};
