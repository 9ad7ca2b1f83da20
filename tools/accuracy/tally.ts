import { FIELDS, type Field, type Judged } from './measure';

/** Right out of all, as one would say it. */
export interface Share {
  readonly right: number;
  readonly all: number;
}

/** Share of the right ones. */
export function shareOf(judged: readonly Judged[]): Share {
  return { right: judged.filter(({ isRight }) => isRight).length, all: judged.length };
}

/** 99.87 %, with what is missing visible: never 100.00 % where something is wrong. */
export function sayShare({ right, all }: Share): string {
  if (all === 0) return '—';
  if (right === all) return '100 %';
  const hundredths = Math.min(9999, Math.floor((right * 10000) / all));
  return `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, '0')} %`;
}

/** Fields that are told, in their order. */
export function byField(judged: readonly Judged[]): ReadonlyMap<Field, readonly Judged[]> {
  return new Map(FIELDS.map((field) => [field, judged.filter((one) => one.field === field)]));
}

/** Groups in the order in which they were met. */
export function groupBy<T>(all: readonly T[], key: (one: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const name = key(one);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [one]);
    else group.push(one);
  }
  return groups;
}

/** Mean confidence in hundredths, of cells that have one; null where none has. */
export function meanConfidence(judged: readonly Judged[]): number | null {
  const told = judged.flatMap(({ confidence }) => (confidence === null ? [] : [confidence]));
  return told.length === 0 ? null : told.reduce((sum, one) => sum + one, 0) / told.length;
}
