import {
  type ExecutionFigures, KERNEL_RULE, type Rating, type RuleProfile, compileProfile, fromScaled, hasExecutionRow, leanFlagsOf, mulDivRound, parseScaled, rateTotal, roundHalfUp, rowPoints, scoreExecution, totalOfYear,
} from '@jiheng/domain';
import { NO_POINTS, type RowScores } from './row-scores';

/** A number of two places as a count of hundredths, or as text. */
type Hundredths = number | string;

/** What the money earned; a score is open where it should have earned something and could not. */
export interface MoneyScore { readonly rate: Hundredths | null; readonly points: Hundredths | null; readonly weight: Hundredths; readonly isBlocked: boolean }

/** The sums of a document's rows in hundredths: points, the weight of all rows and of those that apply, and how many those are. */
export interface RowSums { readonly points: number; readonly weight: number; readonly applicable: number; readonly applies: number }

/** Adds up what the rows earn. */
export function sumsOf(rows: RowScores): RowSums {
  let [points, weight, applicable, applies] = [0, 0, 0, 0];
  for (let at = 0; at < rows.length; at += 1) {
    const its = rows.points[at] as number;
    const earned = its === NO_POINTS ? 0 : its;
    const own = earned + (rows.lost[at] as number);
    points += earned;
    weight += own;
    if (rows.applies(at)) { applicable += own; applies += 1; }
  }
  return { points, weight, applicable, applies };
}

export interface YearTotal { readonly total: Hundredths | null; readonly rating: Rating | null; readonly rescaled: boolean }

const OPEN: YearTotal = { total: null, rating: null, rescaled: false };
const FULL = 10_000;
const PLAIN = /^\d{1,11}(?:\.\d{1,4})?$/;

/** What a profile is asked again and again: whether a table of so many hundredths leaves room for the money, and how a total is rated. */
interface Known { readonly executionWeight: number; readonly rooms: Map<number, boolean>; readonly ratings: Map<number, Rating> }
const known = new WeakMap<RuleProfile, Known>();

function knownOf(profile: RuleProfile): Known {
  let found = known.get(profile);
  if (found === undefined) known.set(profile, (found = { executionWeight: parseScaled(roundHalfUp(profile.executionWeight, 2), 2), rooms: new Map(), ratings: new Map() }));
  return found;
}

/**
 * The money of a year as `scoreExecution` of the domain has it, without its derivation: plain figures go straight to the kernel, others the long way.
 * @param weight of all rows, hundredths
 * @returns null where the table leaves no room for a row of money
 */
export function scoreMoney(figures: ExecutionFigures | null, weight: number, profile: RuleProfile): MoneyScore | null {
  if (!hasRoom(weight, profile)) return null;
  const [budget, executed] = [figures?.adjusted ?? figures?.initial ?? null, figures?.executed ?? null];
  if (budget !== null && executed !== null && PLAIN.test(budget) && PLAIN.test(executed)) {
    const k = compileProfile(profile);
    const [t, a, w] = [parseScaled(budget, k.scale), parseScaled(executed, k.scale), knownOf(profile).executionWeight];
    const rate = t > 0 ? mulDivRound(FULL, a, t) : NaN;
    if (Number.isSafeInteger(rate)) return { rate, points: rowPoints(KERNEL_RULE.EXECUTION, 0, w, t, 0, a, k), weight: w, isBlocked: false };
  }
  const scored = scoreExecution(figures, profile);
  return { rate: scored.rate, points: scored.points, weight: scored.weight, isBlocked: scored.blocked !== null };
}

function hasRoom(weight: number, profile: RuleProfile): boolean {
  const { rooms } = knownOf(profile);
  let found = rooms.get(weight);
  if (found === undefined) rooms.set(weight, (found = hasExecutionRow([{ weight: fromScaled(weight, 2) }], profile)));
  return found;
}

/** The total and rating of a year's rows and money: sums of hundredths, and `totalOfYear` of the domain where something is left out and the rest is rescaled. */
export function totalOf(rows: RowScores, { points, applies }: RowSums, money: MoneyScore | null, profile: RuleProfile): YearTotal {
  if (rows.blocked !== '' || applies === 0 || money?.isBlocked === true) return OPEN;
  if (applies < rows.length || (money !== null && typeof money.points !== 'number')) return inWords(rows, money, profile);
  const total = Math.min(FULL, points + (typeof money?.points === 'number' ? money.points : 0));
  const { ratings } = knownOf(profile);
  let rating = ratings.get(total);
  if (rating === undefined) ratings.set(total, (rating = rateTotal(fromScaled(total, 2), profile)));
  return { total, rating, rescaled: false };
}

function inWords(rows: RowScores, money: MoneyScore | null, profile: RuleProfile): YearTotal {
  const said = (value: Hundredths): string => (typeof value === 'string' ? value : fromScaled(value, 2));
  const printed = Array.from({ length: rows.length }, (_, at) => {
    const points = rows.points[at] as number;
    const weight = (rows.lost[at] as number) + (points === NO_POINTS ? 0 : points);
    return { points: points === NO_POINTS ? null : fromScaled(points, 2), weight: fromScaled(weight, 2), flags: leanFlagsOf(rows.flags[at] as number) };
  });
  const { total, rating, rescaled } = totalOfYear(printed, money === null ? null : { points: money.points === null ? null : said(money.points), weight: said(money.weight) }, profile);
  return { total, rating, rescaled };
}
