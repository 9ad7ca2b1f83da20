import { computed, type Signal } from '@angular/core';
import type { WorkItem, WorkView } from '@jiheng/contract';

/** Within this many days of its deadline (or after it, or sent back) an item counts as urgent. */
export const URGENT_DAYS = 7;

/** How near a deadline is; null when there is none. */
export type Nearness = 'overdue' | 'today' | 'soon' | 'later';

export function nearness(daysLeft: number | null): Nearness | null {
  if (daysLeft === null) return null;
  if (daysLeft < 0) return 'overdue';
  if (daysLeft === 0) return 'today';
  return daysLeft <= URGENT_DAYS ? 'soon' : 'later';
}

/** What waits, sorted so that the first line is the thing to do first. */
export class MyWorkModel {
  constructor(private readonly work: Signal<WorkView | null>) {}

  readonly period = computed(() => this.work()?.period ?? null);
  private readonly sorted = computed(() => [...(this.work()?.items ?? [])].sort(byUrgency));
  readonly urgent = computed(() => this.sorted().filter(isUrgent));
  readonly later = computed(() => this.sorted().filter((item) => !isUrgent(item)));
  readonly count = computed(() => this.sorted().length);
  readonly empty = computed(() => this.work() !== null && this.count() === 0);
}

function isUrgent(item: WorkItem): boolean {
  return item.kind === 'RETURNED' || item.kind === 'FAILED_JOB' || (item.daysLeft !== null && item.daysLeft <= URGENT_DAYS);
}

/** Days left first, no deadline last; among equals, what was sent back before what is new. */
function byUrgency(a: WorkItem, b: WorkItem): number {
  const days = (a.daysLeft ?? Number.MAX_SAFE_INTEGER) - (b.daysLeft ?? Number.MAX_SAFE_INTEGER);
  return days || Number(b.kind === 'RETURNED') - Number(a.kind === 'RETURNED');
}
