import type { TargetTableSummary } from '@jiheng/contract';

export type QuarterSummary = TargetTableSummary['reports'][number];

/** Where a click on a quarter leads: to the grid while it can be filled in, to the review otherwise. */
export function quarterLink(quarter: Pick<QuarterSummary, 'id' | 'state'>): string {
  return quarter.state === 'DRAFT' || quarter.state === 'RETURNED' ? `/reports/${quarter.id}/entry` : `/reports/${quarter.id}/review`;
}

/** The word for a quarter by its place in the year; null beyond four (a year may be cut otherwise). */
export function quarterKey(ordinal: number): `quarter${1 | 2 | 3 | 4}` | null {
  return ordinal === 1 || ordinal === 2 || ordinal === 3 || ordinal === 4 ? `quarter${ordinal}` : null;
}
