import { type CellObject, read } from '@e965/xlsx';
import { CellTexts } from './cell-texts';
import { leanWorkbook } from './lean-workbook';
import { isOldWorkbook, oldWorkbook } from './old-workbook';
import { MissingColumn } from './sheet-faults';

const MOST_COLUMNS = 200;

/** The first sheet of a workbook. */
export interface WorkbookRows {
  /** Its filled rows, top to bottom. */
  readonly rows: Iterable<readonly string[]>;
  /** Bytes it unpacked to; what is not packed counts nothing. */
  readonly unpacked: number;
}

/**
 * Reads the first sheet of an .xlsx, or of an old .xls. Throws `SwollenSheet`, and what the readers throw for bytes that are no such file.
 * @param room bytes it may unpack to
 */
export function workbookRows(body: Buffer, room: number): WorkbookRows {
  const { bytes, unpacked } = isOldWorkbook(body) ? { bytes: oldWorkbook(body), unpacked: 0 } : leanWorkbook(body, room);
  // Formulas are their last value. Texts as displayed are not asked for: a format may be made to take for ever, and rounds.
  // Not `sheetRows`: what lies beyond it would be left out without a word. Bytes bound the rows; who has too many is refused.
  const book = read(bytes, { type: 'buffer', dense: true, sheets: 0, cellFormula: false, cellHTML: false, cellText: false, cellNF: true });
  const sheet = book.Sheets[book.SheetNames[0] ?? ''];
  if (sheet === undefined) throw new MissingColumn('—');
  const texts = new CellTexts(book.Workbook?.WBProps?.date1904 === true);
  return { rows: filledRows(sheet['!data'] ?? [], texts), unpacked };
}

/** Row by row, so that a sheet is not held twice; only what is there is visited, for a sheet may claim to reach to its last possible cell. */
function* filledRows(sheet: readonly (readonly CellObject[] | undefined)[], texts: CellTexts): Generator<readonly string[]> {
  for (const row of Object.values(sheet)) {
    const cells: string[] = [];
    // What lies beyond is no list of values.
    for (let column = 0; column < Math.min(row?.length ?? 0, MOST_COLUMNS); column += 1) {
      const cell = row?.[column];
      const text = cell === undefined ? '' : texts.of(cell);
      if (text === '') continue;
      while (cells.length < column) cells.push('');
      cells.push(text);
    }
    if (cells.length > 0) yield cells;
  }
}
