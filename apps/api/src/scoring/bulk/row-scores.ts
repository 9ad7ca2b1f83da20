import { LEAN_BIT, type LeanRow, parseScaled } from '@jiheng/domain';

/** A row without points. */
export const NO_POINTS = -1;
/** Bit of `line_flags` that says that an explanation is owed; the lower ones are the domain's. */
export const OWED = 1 << 24;

/** What the rows of one document earn, as parallel arrays that are used again for the next document. */
export class RowScores {
  length = 0;
  /** Hundredths; {@link NO_POINTS} where the row has none. */
  points = new Int32Array(64);
  /** Weight less points, hundredths. */
  lost = new Int32Array(64);
  /** Percent: hundredths, or text where a number would not hold it; NaN where it has no meaning. */
  rates: (number | string)[] = [];
  deviations: (number | string)[] = [];
  /** Bits of `LEAN_FLAGS` and {@link OWED}. */
  flags = new Int32Array(64);
  /** Why rows cannot be scored: JSON by number from 1; empty when all can. */
  blocked = '';

  begin(length: number): void {
    if (length > this.points.length) [this.points, this.lost, this.flags] = [new Int32Array(length * 2), new Int32Array(length * 2), new Int32Array(length * 2)];
    this.length = length;
    this.blocked = '';
  }

  set(at: number, points: number, weight: number, rate: number | string, deviation: number | string, flags: number): void {
    this.points[at] = points;
    this.lost[at] = points === NO_POINTS ? weight : weight - points;
    this.rates[at] = rate;
    this.deviations[at] = deviation;
    this.flags[at] = flags;
  }

  /** Whether a row counts towards the weights. */
  applies(at: number): boolean {
    return ((this.flags[at] as number) & LEAN_BIT.NOT_APPLICABLE) === 0;
  }

  /** A row scored in words. */
  setLean(at: number, row: LeanRow): void {
    this.set(at, row.points ?? NO_POINTS, row.weight, hundredthsOf(row.attainmentRate), hundredthsOf(row.deviationRate), row.flags | (row.explanationOwed ? OWED : 0));
    if (row.blocked !== null) this.blocked += `${this.blocked === '' ? '' : ','}"${at + 1}":${JSON.stringify(row.blocked)}`;
  }
}

/** "98.54" → 9854; a text that a number might not hold stays what it is. */
export function hundredthsOf(text: string | null): number | string {
  return text === null ? NaN : text.length <= 15 ? parseScaled(text, 2) : text;
}
