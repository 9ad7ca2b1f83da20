/** Where a cell is drawn on a page, in points; the origin is the upper left corner of the page. */
export interface SourceBox {
  /** 1-based. */
  readonly page: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** How many columns and rows a merged cell covers. */
export interface CellSpan {
  readonly columns: number;
  readonly rows: number;
}

/** One cell of the source: which part, which line (its printed number) and which cell of the line (0-based). */
export interface CellPlace {
  /** Index of the part, 0-based. */
  readonly part: number;
  /** The `number` of the {@link SourceLine}. */
  readonly line: number;
  readonly cell: number;
}

/** One line of a text or one row of a sheet. A line of running text has one cell. */
export interface SourceLine {
  /** Cells in order; blank cells are empty texts. Never empty. */
  readonly cells: readonly string[];
  /** Where a person finds it, 1-based: the number of the line or row. */
  readonly number: number;
  /** Beside each cell what it covers; null or absent: one column and one row. Covered cells are empty texts. */
  readonly spans?: readonly (CellSpan | null)[];
  /** Where its cells begin and end was told by their words more than by their places: a person should look. */
  readonly inferred?: boolean;
  /** Beside each cell where it is drawn; absent in files without pages. */
  readonly boxes?: readonly (SourceBox | null)[];
}

/** A page as it is drawn. */
export interface SourcePage {
  /** Points. */
  readonly width: number;
  readonly height: number;
}

/** A stretch of lines that belong together: the whole text, or one sheet of a workbook. */
export interface SourcePart {
  /** Name of the sheet; null for a file without sheets. */
  readonly sheet: string | null;
  readonly lines: readonly SourceLine[];
  /** True where cells may be broken over rows (OCR, PDF); false for real sheets, where a cell is a cell. */
  readonly broken: boolean;
  /** The pages the boxes of the lines lie on, in order; absent in files without pages. */
  readonly pages?: readonly SourcePage[];
}

/**
 * Whether something holds of a cell of a line. Not asked of cells that stand in another line too, of whose cells it is known not to hold: the sheets of one form
 * repeat most of their words.
 */
export function holdsAnew(line: SourceLine, before: SourceLine | undefined, holds: (cell: string) => boolean): boolean {
  if (line === before) return false;
  const { cells } = line;
  const known = before === undefined ? NO_CELLS : before.cells;
  for (let at = 0; at < cells.length; at += 1) {
    const cell = cells[at] as string;
    if (cell !== '' && cell !== known[at] && holds(cell)) return true;
  }
  return false;
}

const NO_CELLS: readonly string[] = [];

/** Two numbers this close belong to one run. */
const LONGEST_GAP = 3;

/** Line numbers in short: `519`, `525-527`, `1149-1165`. */
export function sayNumbers(numbers: readonly number[]): string {
  if (numbers.length === 1) return String(numbers[0]);
  const distinct = [...new Set(numbers)].sort((a, b) => a - b);
  const runs: string[] = [];
  for (let at = 0; at < distinct.length; at += 1) {
    const from = distinct[at] as number;
    let to = from;
    // Blank lines between the pieces of one row do not tear the run apart.
    while (at + 1 < distinct.length && (distinct[at + 1] as number) - to <= LONGEST_GAP) {
      at += 1;
      to = distinct[at] as number;
    }
    runs.push(from === to ? String(from) : `${from}-${to}`);
  }
  return runs.join(', ');
}

/** The place for a report: `line 525-527` or `sheet 线路租赁费 / row 8`. */
export function sayPlace(part: Pick<SourcePart, 'sheet'>, numbers: readonly number[]): string {
  return `${placePrefix(part)}${sayNumbers(numbers)}`;
}

/** What stands before the number in {@link sayPlace}. */
export function placePrefix({ sheet }: Pick<SourcePart, 'sheet'>): string {
  return sheet === null ? 'line ' : `sheet ${sheet} / row `;
}

/** The place inside a sentence of either language: `525-527` or `线路租赁费!8`. */
export function shortPlace(part: Pick<SourcePart, 'sheet'>, numbers: readonly number[]): string {
  return part.sheet === null ? sayNumbers(numbers) : `${part.sheet}!${sayNumbers(numbers)}`;
}
