import { type DecimalText, compareDecimal, subtractDecimal } from '../decimal';

/** What one document earns under one profile: the sum out of 100 of a year, or the points of a quarter, which has no rating. */
export interface Earned {
  readonly points: DecimalText | null;
  readonly rating: string | null;
}

/** One document's points under the profile in force and under another. */
export interface ComparedScore<T> {
  readonly document: T;
  /** Only a year is rated; a quarter does not count into the ratings. */
  readonly rated: boolean;
  readonly before: Earned;
  readonly after: Earned;
}

/** A document whose points move, and by how much. */
export interface Mover<T> extends ComparedScore<T> {
  /** After − before; null where one of them cannot be computed. */
  readonly difference: DecimalText | null;
}

/** What another profile would change. */
export interface ScoreComparison<T> {
  readonly changed: number;
  /** Years by rating, from → to, in the order of the profile's ratings; those without a total are null. */
  readonly ratings: readonly { readonly from: string | null; readonly to: string | null; readonly count: number }[];
  /** The largest moves first; documents whose points cannot be computed on one side come before all. */
  readonly movers: readonly Mover<T>[];
}

const ORDER: readonly (string | null)[] = ['优', '良', '中', '差', null];

function magnitudeOf(difference: DecimalText): DecimalText {
  return difference.startsWith('-') ? difference.slice(1) : difference;
}

/**
 * Compares two computations of the same documents on the same inputs.
 * @param most how many movers are named
 */
export function compareScores<T>(documents: readonly ComparedScore<T>[], most: number): ScoreComparison<T> {
  const ratings = documents.flatMap(({ rated, before, after }) => (rated ? [{ from: before.rating, to: after.rating, count: 1 }] : []));
  const moved = documents.filter(({ before, after }) => before.points !== after.points || before.rating !== after.rating).map((document): Mover<T> => ({
    ...document, difference: document.before.points === null || document.after.points === null ? null : subtractDecimal(document.after.points, document.before.points),
  }));
  return { changed: moved.length, ratings: gathered(ratings), movers: largest(moved, most) };
}

/** The comparison of two parts of the documents as that of all of them; among equal moves those of the first part come first. */
export function joinComparisons<T>(one: ScoreComparison<T>, other: ScoreComparison<T>, most: number): ScoreComparison<T> {
  return { changed: one.changed + other.changed, ratings: gathered([...one.ratings, ...other.ratings]), movers: largest([...one.movers, ...other.movers], most) };
}

function gathered(steps: ScoreComparison<unknown>['ratings']): ScoreComparison<unknown>['ratings'] {
  const counts = new Map<string, ScoreComparison<unknown>['ratings'][number]>();
  for (const step of steps) {
    const key = `${step.from ?? ''}>${step.to ?? ''}`;
    counts.set(key, { ...step, count: step.count + (counts.get(key)?.count ?? 0) });
  }
  return [...counts.values()].sort((a, b) => ORDER.indexOf(a.from) - ORDER.indexOf(b.from) || ORDER.indexOf(a.to) - ORDER.indexOf(b.to));
}

function largest<T>(movers: readonly Mover<T>[], most: number): readonly Mover<T>[] {
  return [...movers].sort((a, b) => {
    if (a.difference === null || b.difference === null) return Number(a.difference !== null) - Number(b.difference !== null);
    return compareDecimal(magnitudeOf(b.difference), magnitudeOf(a.difference));
  }).slice(0, most);
}
