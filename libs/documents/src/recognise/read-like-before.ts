import { defaultAccumulation, defaultDirection, type IndicatorTarget, meansEmpty, parseTarget, readPlainTarget, squeezePrinted } from '@jiheng/domain';
import type { LineRow } from './line-row';
import type { CellsOfLine } from './packed-cells';
import type { RecognisedCell, RecognisedIndicator } from './recognised-table';
import { inherited, type Levels, OwnLevels } from './row-levels';
import type { FreeColumn } from './rows-like-before';

/** What the meaning of a row depends on besides its own words and the levels above it. One object for all tables in which it is the same. */
export interface RowsAlike {
  readonly subject: 'PROJECT' | 'UNIT';
  readonly fiscalYear: number;
  /** The columns of the form, joined. */
  readonly columns: string;
  readonly isLevelInEveryRow: boolean;
}

/** What a row was found to mean, of which there was nothing to be told. */
export interface FormerReading {
  readonly alike: RowsAlike;
  /** Whether it was the first indicator of its table. */
  readonly isFirst: boolean;
  /** The levels above it. */
  readonly above: Levels;
  readonly isOwn1: boolean;
  readonly isOwn2: boolean;
  readonly indicator: RecognisedIndicator;
  readonly cells: CellsOfLine;
  readonly nameUnit: string | null;
  /** What stands before and behind the number of the target. */
  readonly sign: string;
  readonly unit: string;
  /** The unit as it is put behind an actual. */
  readonly unitOfActual: string;
  /** Whether sign and unit leave a number of usual spelling what it is: the target is then the target before with another number. */
  readonly hasPlainTarget: boolean;
  readonly isZero: boolean;
}

let last: RowsAlike | null = null;

/** The circumstances of a table, the same object as for the table before where they are the same. */
export function rowsAlike(subject: RowsAlike['subject'], fiscalYear: number, columns: string, isLevelInEveryRow: boolean): RowsAlike {
  if (last !== null && last.subject === subject && last.fiscalYear === fiscalYear && last.columns === columns && last.isLevelInEveryRow === isLevelInEveryRow) return last;
  last = { subject, fiscalYear, columns, isLevelInEveryRow };
  return last;
}

/** Keeps what a row means for the row that will stand in its place in the next table. To be asked only where nothing was told about it and all its places are in one line. */
export function keepReading(raw: LineRow, alike: RowsAlike, row: number, above: Levels, levels: Levels, indicator: RecognisedIndicator, nameUnit: string | null): void {
  const { like } = raw;
  const { cells } = indicator;
  if (like === null || cells === undefined || 'shown' in cells) return;
  // A number among words of the form is no reading of its own: 2024.12 is a month.
  if (like.free.includes('target') && indicator.target.kind !== 'QUANT') return;
  const isOwn1 = cells.level1 === null;
  const isOwn2 = cells.level2 === null;
  // A row that prints the first level alone begins a group without a second one; what stands below it is for a closer look.
  if (isOwn1 && !isOwn2) return;
  if ((isOwn1 && raw.text('level1') === undefined) || (isOwn2 && raw.text('level2') === undefined)) return;
  if (!isOwn1 && above.level1 !== levels.level1) return;
  if (!isOwn2 && above.level2 !== levels.level2) return;
  const operator = raw.text('operator') ?? '';
  const sign = operator.length > 1 && /定性|正向|反向/u.test(operator) ? '' : operator;
  const unit = raw.text('unit') ?? '';
  const target = raw.text('target') ?? '';
  const [before, behind] = [sign.trimStart(), unit.trimEnd()];
  like.reading = {
    alike, isFirst: row === 0, above: { level1: above.level1, level2: above.level2, cells: {} }, isOwn1, isOwn2, indicator, cells, nameUnit,
    sign: before, unit: behind, unitOfActual: meansEmpty(unit) ? '' : squeezePrinted(unit), hasPlainTarget: isPlainTarget(indicator.target, `${before}${target}${behind}`, target, nameUnit), isZero: isZero(indicator.target.magnitude),
  };
}

/** Whether a target was read by its digits alone, so that it reads the same with any other digits. */
function isPlainTarget(target: IndicatorTarget, raw: string, number: string, nameUnit: string | null): boolean {
  return target.raw === raw && plainDigits(number) === target.magnitude && readPlainTarget(raw, nameUnit) !== null;
}

/**
 * The digits of a number of usual spelling without its commas; null for any other spelling, of which `parseTarget` is asked. What is read here
 * `readPlainTarget` reads too, whatever sign and unit stand round it.
 */
function plainDigits(text: string): string | null {
  const { length } = text;
  let at = 0;
  while (at < length && isDigit(text.charCodeAt(at))) at += 1;
  if (at === 0 || at > 15 || (at > 1 && text.charCodeAt(0) === 0x30)) return null;
  if (at === length) return text;
  if (text.charCodeAt(at) === 0x2c) {
    if (at > 3 || text.charCodeAt(0) === 0x30) return null;
    let groups = 0;
    while (text.charCodeAt(at) === 0x2c && isDigit(text.charCodeAt(at + 1)) && isDigit(text.charCodeAt(at + 2)) && isDigit(text.charCodeAt(at + 3))) {
      at += 4;
      groups += 1;
    }
    return groups <= 4 && isFraction(text, at) ? text.replaceAll(',', '') : null;
  }
  return isFraction(text, at) ? text : null;
}

/** Whether what stands from a place on is nothing, or a point and one to ten digits. */
function isFraction(text: string, from: number): boolean {
  const { length } = text;
  if (from === length) return true;
  if (text.charCodeAt(from) !== 0x2e || from === length - 1 || length - from > 11) return false;
  for (let at = from + 1; at < length; at += 1) if (!isDigit(text.charCodeAt(at))) return false;
  return true;
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

/** The number of a target that was read by its digits alone, with other digits. */
function withDigits({ sign, unit, indicator: { target } }: FormerReading, text: string, digits: string): IndicatorTarget {
  return { kind: 'QUANT', comparator: target.comparator, magnitude: digits, magnitudeHigh: null, unit: target.unit, text: null, raw: `${sign}${text}${unit}` };
}

const KEYS: readonly string[] = Array.from({ length: 100 }, (_, row) => `r${row + 1}`);

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };

/** What a row means that says what the row before in its place said, but for its numbers; null where that cannot be told without a closer look. */
export function readLikeBefore(raw: LineRow, alike: RowsAlike, row: number, above: Levels, file: string, placePrefix: string): { readonly indicator: RecognisedIndicator; readonly levels: Levels; readonly nameUnit: string | null } | null {
  const reading = raw.like?.reading ?? null;
  if (raw.like === null || reading === null || reading.alike !== alike || reading.isFirst !== (row === 0) || above.level1 !== reading.above.level1 || above.level2 !== reading.above.level2) return null;
  const { indicator: before, isOwn1, isOwn2 } = reading;
  const { line } = raw;
  const { cells: texts } = line;
  const indicator: Writable<RecognisedIndicator> = { ...before, key: KEYS[row] ?? `r${row + 1}` };
  const { numbered, columns } = raw.like;
  for (let at = 0; at < numbered.length; at += 1) {
    const text = texts[numbered[at] as number] as string;
    switch (columns[at] as FreeColumn) {
      case 'target': {
        const digits = reading.hasPlainTarget ? plainDigits(text) : null;
        const target = digits !== null ? withDigits(reading, text, digits) : parseTarget(`${reading.sign}${text}${reading.unit}`, { fiscalYear: alike.fiscalYear, nameUnit: reading.nameUnit });
        if (target.kind !== 'QUANT') return null;
        indicator.target = target;
        if (!isAlike(target, reading)) {
          const like = { level1: before.level1, level2: before.level2, name: before.name, target };
          indicator.direction = defaultDirection(like);
          indicator.accumulation = defaultAccumulation(like);
        }
        break;
      }
      // As they stand they are weights and points: `FormerRows` has asked.
      case 'weight': indicator.weight = text; break;
      case 'points': indicator.pointsRaw = text; break;
      case 'actual': indicator.actualRaw = `${text}${reading.unitOfActual}`; break;
      case 'adjustedTarget': indicator.adjustedTargetRaw = `${text}${reading.unitOfActual}`; break;
      case 'forecast': indicator.forecastRaw = `${text}${reading.unitOfActual}`; break;
    }
  }
  indicator.source = { file, place: `${placePrefix}${line.number}` };
  const aboveCells = isOwn1 && isOwn2 ? null : above.cells;
  const level1 = isOwn1 ? null : inherited(aboveCells?.level1);
  const level2 = isOwn2 ? null : inherited(aboveCells?.level2);
  const { doubts } = reading.cells;
  indicator.cells = { shape: raw.shape, part: raw.part, line, level1, level2, doubts };
  return { indicator, levels: levelsOf(raw, reading, level1, level2), nameUnit: reading.nameUnit };
}

/** Whether two targets have the same sign and unit and are both zero or both not: what is suggested for a row by its target asks no more. */
function isAlike(target: IndicatorTarget, { indicator: { target: before }, isZero: wasZero }: FormerReading): boolean {
  return target.comparator === before.comparator && target.unit === before.unit && before.kind === 'QUANT' && isZero(target.magnitude) === wasZero;
}

function isZero(magnitude: string | null): boolean {
  if (magnitude === null) return false;
  for (let at = 0; at < magnitude.length; at += 1) {
    const code = magnitude.charCodeAt(at);
    if (code !== 0x30 && code !== 0x2e) return false;
  }
  return true;
}

function levelsOf(raw: LineRow, { indicator, cells: { doubts } }: FormerReading, level1: RecognisedCell | null, level2: RecognisedCell | null): Levels {
  const own = new OwnLevels(indicator.level1, indicator.level2, raw, doubts?.level1 ?? '1.00', doubts?.level2 ?? '1.00');
  if (level1 === null && level2 === null) return own;
  return { level1: own.level1, level2: own.level2, cells: { level1: level1 ?? own.cell('level1'), level2: level2 ?? own.cell('level2') } };
}
