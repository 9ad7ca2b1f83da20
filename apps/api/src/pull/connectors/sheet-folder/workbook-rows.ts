import { type CellObject, type Range, read } from '@e965/xlsx';
import { CellTexts } from './cell-texts';
import { leanWorkbook } from './lean-workbook';
import { isOldWorkbook, oldWorkbook } from './old-workbook';
import type { FilledRow, SheetTable } from './pick-values';
import { MissingSheet } from './sheet-faults';

const MOST_COLUMNS = 200;

/** The sheets of a workbook that may be read, in its order. */
export interface WorkbookRows {
  readonly sheets: readonly SheetTable[];
  /** Bytes it unpacked to; what is not packed counts nothing. */
  readonly unpacked: number;
}

/**
 * Reads the sheets of an .xlsx, or of an old .xls, that people see; or the one that is named, hidden or not. Throws `SwollenSheet`, `MissingSheet`, and what the readers throw for bytes that are no
 * such file.
 * @param room bytes it may unpack to
 * @param wanted name of the sheet; '' for those that people see
 */
export function workbookRows(body: Buffer, room: number, wanted: string): WorkbookRows {
  const { bytes, unpacked } = isOldWorkbook(body) ? { bytes: oldWorkbook(body), unpacked: 0 } : leanWorkbook(body, room);
  // Formulas are their last value. Texts as displayed are not asked for: a format may be made to take for ever, and rounds.
  // Not `sheetRows`: what lies beyond it would be left out without a word. Bytes bound the rows; who has too many is refused.
  const book = read(bytes, { type: 'buffer', dense: true, cellFormula: false, cellHTML: false, cellText: false, cellNF: true });
  const texts = new CellTexts(book.Workbook?.WBProps?.date1904 === true);
  // Blanks around a name are seen by nobody.
  const isNamed = book.SheetNames.includes(wanted) ? (name: string) => name === wanted : (name: string) => name.trim() === wanted.trim();
  const isRead = (name: string, at: number): boolean => (wanted === '' ? (book.Workbook?.Sheets?.[at]?.Hidden ?? 0) === 0 : isNamed(name));
  const sheets = book.SheetNames.flatMap((name, at): SheetTable[] => {
    const sheet = book.Sheets[name];
    if (sheet === undefined || !isRead(name, at)) return [];
    return [{ name, rows: filledRows(sheet['!data'] ?? [], texts), merged: (sheet['!merges'] ?? []).map(spanOf) }];
  });
  if (wanted !== '' && sheets.length === 0) throw new MissingSheet(book.SheetNames);
  return { sheets, unpacked };
}

function spanOf({ s, e }: Range): SheetTable['merged'][number] {
  return { top: s.r, left: s.c, bottom: e.r, right: e.c };
}

/** Row by row, so that a sheet is not held twice; only what is there is visited, for a sheet may claim to reach to its last possible cell. */
function* filledRows(sheet: readonly (readonly CellObject[] | undefined)[], texts: CellTexts): Generator<FilledRow> {
  for (const [at, row] of Object.entries(sheet)) {
    const cells: string[] = [];
    // What lies beyond is no list of values.
    for (let column = 0; column < Math.min(row?.length ?? 0, MOST_COLUMNS); column += 1) {
      const cell = row?.[column];
      const text = cell === undefined ? '' : texts.of(cell);
      if (text === '') continue;
      while (cells.length < column) cells.push('');
      cells.push(text);
    }
    if (cells.length > 0) yield { at: Number(at), cells };
  }
}
