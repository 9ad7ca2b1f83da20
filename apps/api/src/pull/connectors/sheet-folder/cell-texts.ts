import { type CellObject, SSF } from '@e965/xlsx';
import { type DecimalText, multiplyDecimal } from '@jiheng/domain';

/** What of the library's formats is used here; its own types say nothing. */
const formats = SSF as {
  is_date(code: string): boolean;
  parse_date_code(value: number, options: { date1904: boolean }): { readonly y: number; readonly m: number; readonly d: number } | null;
};

type Meaning = 'NUMBER' | 'PERCENTAGE' | 'DAY';

/** More characters no program puts into a cell, nor 255 into a format. */
const LONGEST_TEXT = 32_767;
const LONGEST_FORMAT = 255;

/** Errors of formulas as every program prints them, by the number they are stored as. */
const ERRORS: Readonly<Record<number, string>> = { 0: '#NULL!', 7: '#DIV/0!', 15: '#VALUE!', 23: '#REF!', 29: '#NAME?', 36: '#NUM!', 42: '#N/A', 43: '#GETTING_DATA' };

/** What the cells of one workbook say: the stored fact and not its display, which may be rounded (95.6% shown as 96%). */
export class CellTexts {
  private readonly meanings = new Map<string, Meaning>();

  /** @param date1904 whether its days are counted from 1904 instead of 1900 */
  constructor(private readonly date1904: boolean) {}

  /** The text of a cell; empty for one that says nothing. */
  of(cell: CellObject): string {
    const { v: value } = cell;
    if (value === undefined) return '';
    if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
    if (typeof value !== 'number') return String(value).slice(0, LONGEST_TEXT).trim();
    return cell.t === 'e' ? ERRORS[value] ?? '#ERROR!' : this.ofNumber(value, typeof cell.z === 'string' ? cell.z : 'General');
  }

  private ofNumber(value: number, format: string): string {
    if (!Number.isFinite(value)) return String(value);
    const meaning = this.meaningOf(format);
    if (meaning === 'PERCENTAGE') return `${multiplyDecimal(writtenOut(value), '100')}%`;
    // Below one there is a time and no day.
    const day = meaning === 'DAY' && value >= 1 ? formats.parse_date_code(value, { date1904: this.date1904 }) : null;
    return day === null ? writtenOut(value) : `${digits(day.y, 4)}-${digits(day.m, 2)}-${digits(day.d, 2)}`;
  }

  private meaningOf(format: string): Meaning {
    let meaning = this.meanings.get(format);
    if (meaning === undefined) this.meanings.set(format, (meaning = meaningOf(format)));
    return meaning;
  }
}

function meaningOf(format: string): Meaning {
  if (format.length > LONGEST_FORMAT) return 'NUMBER';
  // [h]:mm is how long something took.
  if (formats.is_date(format)) return /\[(?:h+|m+|s+)\]/iu.test(format) ? 'NUMBER' : 'DAY';
  // A sign in quotes or behind a stroke is a word and multiplies nothing.
  return format.replace(/"[^"]*"?|[\\_*][^]/gu, '').includes('%') ? 'PERCENTAGE' : 'NUMBER';
}

/** Digits that spreadsheets count and show; what a formula leaves behind them is its binary arithmetic (0.29 × 100 is stored as 28.999999999999996). */
const KEPT_DIGITS = 15;

/** The shortest decimal that means this number, without an exponent and without the dust of a formula. */
function writtenOut(value: number): DecimalText {
  const [mantissa = '0', exponent] = String(Number.isInteger(value) ? value : Number(value.toPrecision(KEPT_DIGITS))).split('e');
  if (exponent === undefined) return mantissa;
  const places = Number(exponent);
  return multiplyDecimal(mantissa, places > 0 ? `1${'0'.repeat(places)}` : `0.${'0'.repeat(-places - 1)}1`);
}

function digits(part: number, length: number): string {
  return String(part).padStart(length, '0');
}
