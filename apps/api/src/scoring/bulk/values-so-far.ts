import { type Actual, type Indicator, accumulateLean, mulDivRound } from '@jiheng/domain';
import { ACTUAL, INDICATOR, actualOf } from './bulk-columns.query';
import type { CopyRows } from './copy-bytes';
import type { Span } from './facts-reader';
import { isPlain, scaled } from './plain-decimal';
import type { LineageReport } from './slice-heads.query';

/** Where a document's rows and its reports' values stand in the bytes that PostgreSQL sent. */
export interface ReportedBytes {
  readonly indicators: CopyRows;
  /** Which of them are the table's, in the order of the table. */
  readonly table: Span;
  readonly reports: readonly LineageReport[];
  readonly actuals: CopyRows;
  /** Which of them belong to each of `reports`; null where there are none. */
  readonly values: readonly (Span | null)[];
}

/** What the periods so far make of a row: nothing was said; one value stands as it is; several numbers make one; only words can say it. */
export const SO_FAR = { SILENT: 0, TAKEN: 1, MADE: 2, WORDS: 3 } as const;

// Codes are told apart by a letter or two: a table of words would cost more than the row.
const [D, I, J, L, M, N, R, S, U] = [68, 73, 74, 76, 77, 78, 82, 83, 85] as const;
const PERCENT = 37;
const NOT_REPORTED_LENGTH = 12;
const NOTHING = [0, 0] as const;
/** Digits before the point and places behind it of what is added up or divided here; the same as of `accumulateLean`. */
const [DIGITS, SCALE] = [10, 4] as const;
/** Places of a percentage made of its parts. */
const RATE_PLACES = 6;
const LARGEST = 1e15;

/**
 * For each row of a document the value that its periods make, out of bytes: what `accumulateLean` of the domain answers for plain numbers in the row's unit, judgements,
 * dates and silence (a property test holds both equal). Of everything else it says that words are needed, and says it in objects when asked.
 */
export class ValuesSoFar {
  private facts!: ReportedBytes;
  private from = 0;
  private length = 0;
  private how = new Uint8Array(64);
  /** Row of `actuals` by report and row of the table; −1 where there is none. */
  private matched = new Int32Array(256);
  private stands = new Int32Array(64);
  private numbers = new Float64Array(64);
  private scales = new Uint8Array(64);
  /** Where in its report the value of each row stood last. */
  private order = Int32Array.from({ length: 64 }, (_, at) => at);
  /** Rows of `actuals` that say a number, of the row that is looked at. */
  private readonly speaking: number[] = [];
  private spoken = 0;

  /** Takes a document. */
  take(facts: ReportedBytes): void {
    const { table: [from, to], values } = facts;
    [this.facts, this.from, this.length] = [facts, from, to - from];
    const { length } = this;
    if (length > this.how.length) {
      [this.how, this.stands, this.numbers, this.scales] = [new Uint8Array(length * 2), new Int32Array(length * 2), new Float64Array(length * 2), new Uint8Array(length * 2)];
      this.order = Int32Array.from({ length: length * 2 }, (_, one) => one);
    }
    if (length * values.length > this.matched.length) this.matched = new Int32Array(length * values.length * 2);
    this.match();
    for (let at = 0; at < length; at += 1) this.how[at] = this.look(at);
  }

  /** One of {@link SO_FAR}. */
  of(at: number): number { return this.how[at] as number; }
  /** The row of `actuals` that stands, where one is taken. */
  standing(at: number): number { return this.stands[at] as number; }
  /** The number that several make, as a count of 10^−{@link scale}. */
  number(at: number): number { return this.numbers[at] as number; }
  scale(at: number): number { return this.scales[at] as number; }

  /** The revision of a row's value in one of the reports; 0 where there is none. */
  revision(report: number, at: number): number {
    const row = this.matched[report * this.length + at] as number;
    return row < 0 ? 0 : this.facts.actuals.whole(row, ACTUAL.revision);
  }

  /** The same in objects, for any row. */
  inObjects(at: number, { accumulation, target }: Indicator): ReturnType<typeof accumulateLean> {
    const { reports, actuals } = this.facts;
    const periods = new Array<Actual | null>(reports.at(-1)?.ordinal ?? 0).fill(null);
    for (const [report, { ordinal }] of reports.entries()) {
      const value = this.matched[report * this.length + at] as number;
      if (value >= 0) periods[ordinal - 1] = actualOf(actuals, value);
    }
    return accumulateLean(accumulation, periods, target.unit);
  }

  private match(): void {
    const { facts: { values }, length } = this;
    for (let report = 0; report < values.length; report += 1) {
      const [first, end] = values[report] ?? NOTHING;
      if (end - first !== length || !this.matchInOrder(report * length, first)) this.matchEach(report * length, first, end);
    }
  }

  /** One value a row, in the order in which they stood in the report before: true where that is so. A table's keys are all different, so none can have a second value then. */
  private matchInOrder(to: number, first: number): boolean {
    const { facts: { indicators, actuals }, length, from, matched, order } = this;
    for (let at = 0; at < length; at += 1) {
      const row = first + (order[at] as number);
      if ((order[at] as number) >= length || !actuals.isSame(row, ACTUAL.key, indicators, from + at, INDICATOR.key)) return false;
      matched[to + at] = row;
    }
    return true;
  }

  private matchEach(to: number, first: number, end: number): void {
    const { facts: { indicators, actuals }, length, from, matched, order } = this;
    for (let at = 0; at < length; at += 1) {
      let found = -1;
      let revision = 0;
      for (let row = first; row < end; row += 1) {
        if (!actuals.isSame(row, ACTUAL.key, indicators, from + at, INDICATOR.key)) continue;
        const its = actuals.whole(row, ACTUAL.revision);
        if (its > revision) [found, revision] = [row, its];
      }
      matched[to + at] = found;
      order[at] = Math.max(0, found - first);
    }
  }

  private look(at: number): number {
    const { facts: { indicators, actuals, values }, length, from, matched } = this;
    const row = from + at;
    let last = -1;
    let plain = true;
    this.spoken = 0;
    for (let report = 0; report < values.length; report += 1) {
      const value = matched[report * length + at] as number;
      if (value < 0 || this.isSilence(value)) continue;
      last = value;
      if (actuals.bytes[actuals.start(value, ACTUAL.kind)] !== R) continue;
      this.speaking[this.spoken++] = value;
      if (!isPlain(actuals, value, ACTUAL.magnitude, DIGITS, SCALE) || actuals.isNull(value, ACTUAL.unit) || !actuals.isSame(value, ACTUAL.unit, indicators, row, INDICATOR.unit)) plain = false;
    }
    this.stands[at] = last;
    if (last < 0) return SO_FAR.SILENT;
    const kind = actuals.bytes[actuals.start(last, ACTUAL.kind)] as number;
    if (kind !== R) return kind === J || kind === D || kind === U ? SO_FAR.TAKEN : SO_FAR.WORDS;
    if (!plain) return SO_FAR.WORDS;
    return this.spoken === 1 ? SO_FAR.TAKEN : this.combine(at);
  }

  private isSilence(value: number): boolean {
    const { actuals } = this.facts;
    const start = actuals.start(value, ACTUAL.kind);
    return actuals.bytes[start] === N && actuals.end(value, ACTUAL.kind) - start === NOT_REPORTED_LENGTH;
  }

  /** Of several plain numbers one. */
  private combine(at: number): number {
    const { indicators: { bytes }, indicators } = this.facts;
    const start = indicators.start(this.from + at, INDICATOR.accumulation);
    switch (bytes[start]) {
      case L: return SO_FAR.TAKEN;
      case M: return bytes[start + 1] === I ? this.furthest(at, -1) : bytes[start + 2] === N ? SO_FAR.TAKEN : this.furthest(at, 1);
      case S: return bytes[start + 2] === M ? this.sum(at) : this.divided(at);
      default: return this.divided(at);
    }
  }

  /** Increments add up. */
  private sum(at: number): number {
    const { facts: { actuals }, speaking, spoken } = this;
    let sum = 0;
    for (let one = 0; one < spoken; one += 1) sum += scaled(actuals, speaking[one] as number, ACTUAL.magnitude, SCALE);
    return this.make(at, sum, SCALE);
  }

  /** The highest (1) or lowest (−1), and of equals the first. */
  private furthest(at: number, sign: 1 | -1): number {
    const { facts: { actuals }, speaking, spoken } = this;
    let best = speaking[0] as number;
    for (let one = 1; one < spoken; one += 1) {
      const value = speaking[one] as number;
      if ((scaled(actuals, value, ACTUAL.magnitude, SCALE) - scaled(actuals, best, ACTUAL.magnitude, SCALE)) * sign > 0) best = value;
    }
    this.stands[at] = best;
    return SO_FAR.TAKEN;
  }

  /** Σ numerator / Σ denominator in percent, where all parts are there. */
  private divided(at: number): number {
    const { facts: { indicators, actuals }, speaking, spoken } = this;
    if (!isPercent(indicators, this.from + at)) return SO_FAR.WORDS;
    let above = 0;
    let below = 0;
    for (let one = 0; one < spoken; one += 1) {
      const value = speaking[one] as number;
      if (!isPlain(actuals, value, ACTUAL.numerator, DIGITS, SCALE) || !isPlain(actuals, value, ACTUAL.denominator, DIGITS, SCALE)) return SO_FAR.WORDS;
      above += scaled(actuals, value, ACTUAL.numerator, SCALE);
      below += scaled(actuals, value, ACTUAL.denominator, SCALE);
    }
    if (below <= 0 || above < 0) return SO_FAR.WORDS;
    const rate = mulDivRound(100 * 10 ** RATE_PLACES, above, below);
    if (rate >= LARGEST) return SO_FAR.WORDS;
    const more = 10 ** (RATE_PLACES - SCALE);
    return rate % more === 0 ? this.make(at, rate / more, SCALE) : this.make(at, rate, RATE_PLACES);
  }

  private make(at: number, number: number, scale: number): number {
    // Beyond that the domain goes the long way too, and a product may leave the exact range.
    if (Math.abs(number) >= LARGEST) return SO_FAR.WORDS;
    this.numbers[at] = number;
    this.scales[at] = scale;
    return SO_FAR.MADE;
  }
}

/** Whether a row of a table is measured in percent. */
export function isPercent(indicators: CopyRows, row: number): boolean {
  const start = indicators.start(row, INDICATOR.unit);
  return indicators.end(row, INDICATOR.unit) - start === 1 && indicators.bytes[start] === PERCENT;
}
