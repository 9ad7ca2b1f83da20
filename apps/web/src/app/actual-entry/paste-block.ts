/**
 * The cells of a block copied from a spreadsheet (tab-separated, lines ended by CR, LF or both). A cell that holds a line break or a
 * quotation mark comes quoted, with inner quotation marks doubled. One line end at the very end belongs to the last line, as
 * spreadsheets write it.
 */
export function readPastedBlock(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  let at = 0;
  const endCell = (): void => {
    row.push(cell.trim());
    cell = '';
  };
  const endRow = (): void => {
    endCell();
    rows.push(row);
    row = [];
  };
  while (at < text.length) {
    const mark = text[at] as string;
    if (quoted) {
      if (mark !== '"') cell += mark;
      else if (text[at + 1] === '"') { cell += '"'; at++; }
      else quoted = false;
    } else if (mark === '"' && cell === '' && closesLater(text, at)) {
      quoted = true;
    } else if (mark === '\t') {
      endCell();
    } else if (mark === '\n' || mark === '\r') {
      if (mark === '\r' && text[at + 1] === '\n') at++;
      endRow();
    } else {
      cell += mark;
    }
    at++;
  }
  if (cell !== '' || row.length > 0) endRow();
  return rows;
}

/** A lone quotation mark at the beginning of a cell is text (5" pipes); a quoted cell ends with one before a tab or a line end. */
function closesLater(text: string, from: number): boolean {
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] !== '"') continue;
    if (text[at + 1] === '"') { at++; continue; }
    return at + 1 === text.length || /[\t\r\n]/u.test(text[at + 1] as string);
  }
  return false;
}
