import { type CellStyle, type FormCell, type FormSheet, mergesOf, normalizeDecimal } from '@jiheng/domain';
import ExcelJS from 'exceljs';
import { linesOf } from '../text-measure';

const FONTS: Readonly<Record<CellStyle, Partial<ExcelJS.Font>>> = {
  TITLE: { name: '宋体', size: 18, bold: true }, SUBTITLE: { name: '仿宋', size: 12 }, HEADER: { name: '宋体', size: 11, bold: true }, LABEL: { name: '宋体', size: 11 },
  TEXT: { name: '仿宋', size: 11 }, NUMBER: { name: '仿宋', size: 11 }, NOTE: { name: '仿宋', size: 10 },
};
const LINE: Partial<ExcelJS.Border> = { style: 'thin', color: { argb: 'FF000000' } };
const BOX: Partial<ExcelJS.Borders> = { top: LINE, left: LINE, bottom: LINE, right: LINE };
const HEAD_FILL: ExcelJS.Fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFF2F2F2' } };
/** Points a line of text is high, and the least height of a row. */
const LINE_HEIGHT = 15;
const ROW_HEIGHT = 21;
const LONGEST_ROW = 400;
/** Characters that keep a text off the line of its cell. */
const INDENT = 1;
/** Titles stand free above the table. */
const isBoxed = (cell: FormCell): boolean => cell.style !== 'TITLE' && cell.style !== 'SUBTITLE';

/**
 * A form as a workbook of one sheet, ready for A4. Only draws: every cell's text comes from the form. Cell by cell and merges last,
 * because setting a whole row undoes the merges that reach into it.
 */
export async function drawFormWorkbook(form: FormSheet, at: Date): Promise<Buffer> {
  const book = new ExcelJS.Workbook();
  book.creator = '绩衡';
  book.created = at;
  book.modified = at;
  const sheet = book.addWorksheet(form.name.slice(0, 31), {
    pageSetup: {
      paperSize: 9, orientation: form.orientation, fitToPage: true, fitToWidth: 1, fitToHeight: 0, horizontalCentered: true,
      margins: { left: 0.4, right: 0.4, top: 0.5, bottom: 0.5, header: 0.2, footer: 0.25 },
    },
    headerFooter: { oddFooter: '&C&"宋体,Regular"&10第 &P 页，共 &N 页' },
    views: [{ showGridLines: false }],
  });
  sheet.columns = form.columns.map(({ width }) => ({ width }));
  form.rows.forEach((row, top) => { for (const cell of row.cells) drawCell(sheet, cell, top); });
  for (const merge of mergesOf(form)) sheet.mergeCells(merge.top + 1, merge.left + 1, merge.bottom + 1, merge.right + 1);
  heightsOf(form).forEach((height, row) => { sheet.getRow(row + 1).height = height; });
  const repeated = repeatedRows(form);
  if (repeated !== null) sheet.pageSetup.printTitlesRow = repeated;
  return Buffer.from(await book.xlsx.writeBuffer());
}

function drawCell(sheet: ExcelJS.Worksheet, cell: FormCell, top: number): void {
  for (let row = top; row < top + cell.rowSpan; row += 1) {
    for (let column = cell.column; column < cell.column + cell.colSpan; column += 1) {
      const drawn = sheet.getCell(row + 1, column + 1);
      if (isBoxed(cell)) drawn.border = BOX;
      if (cell.style === 'HEADER') drawn.fill = HEAD_FILL;
    }
  }
  const drawn = sheet.getCell(top + 1, cell.column + 1);
  drawn.font = FONTS[cell.style];
  const number = cell.number === null ? null : exactNumber(cell.number);
  // A number is never broken over lines, and where wrapping is on some programs forget its distance from the line.
  drawn.alignment = { horizontal: cell.align, vertical: 'middle', wrapText: number === null, ...(cell.align === 'center' ? {} : { indent: 1 }) };
  if (number === null) {
    drawn.value = cell.text;
    return;
  }
  drawn.value = number;
  drawn.numFmt = formatFor(cell.text);
}

/** A spreadsheet holds numbers as floats. A decimal that would not come back as it went in stays text. */
function exactNumber(text: string): number | null {
  const number = Number(text);
  return /e/u.test(String(number)) || String(number) !== normalizeDecimal(text) ? null : number;
}

function formatFor(text: string): string {
  const places = text.split('.')[1]?.length ?? 0;
  return places === 0 ? '0' : `0.${'0'.repeat(places)}`;
}

/** Heights by the longest text of each row; what spans rows makes its last one higher where the others do not suffice. */
function heightsOf(form: FormSheet): number[] {
  const heights = form.rows.map(() => ROW_HEIGHT);
  const needed = (cell: FormCell): number => {
    const width = form.columns.slice(cell.column, cell.column + cell.colSpan).reduce((sum, column) => sum + column.width, 0);
    return cell.style === 'TITLE' ? 34 : linesOf(cell.text, cell.align === 'center' ? width : width - INDENT) * LINE_HEIGHT + 6;
  };
  form.rows.forEach((row, top) => {
    for (const cell of row.cells) if (cell.rowSpan === 1) heights[top] = Math.min(LONGEST_ROW, Math.max(heights[top] ?? 0, needed(cell)));
  });
  form.rows.forEach((row, top) => {
    for (const cell of row.cells) {
      if (cell.rowSpan === 1) continue;
      const last = top + cell.rowSpan - 1;
      const have = heights.slice(top, last + 1).reduce((sum, height) => sum + height, 0);
      if (needed(cell) > have) heights[last] = Math.min(LONGEST_ROW, (heights[last] ?? 0) + needed(cell) - have);
    }
  });
  return heights;
}

function repeatedRows(form: FormSheet): string | null {
  const first = form.rows.findIndex((row) => row.repeats);
  if (first < 0) return null;
  let last = first;
  while (form.rows[last + 1]?.repeats === true) last += 1;
  return `${first + 1}:${last + 1}`;
}
