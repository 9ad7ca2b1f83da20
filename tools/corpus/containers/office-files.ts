import { Document, Packer, Paragraph, Table, TableCell, TableRow, TextRun } from 'docx';
import ExcelJS from 'exceljs';
import type { FilledForm } from '../lay-out';

type Piece = string | FilledForm;

/** Cells of a row that begin in it, with their spans. */
function cellsOf(form: FilledForm, row: number): { text: string; column: number; columns: number; rows: number }[] {
  const begins = new Map(form.merges.map(({ s, e }) => [`${s.r}/${s.c}`, { columns: e.c - s.c + 1, rows: e.r - s.r + 1 }]));
  const isCovered = (column: number): boolean => form.merges.some(({ s, e }) => row >= s.r && row <= e.r && column >= s.c && column <= e.c && !(s.r === row && s.c === column));
  return (form.rows[row] ?? []).flatMap((text, column) => (isCovered(column) ? [] : [{ text, column, ...(begins.get(`${row}/${column}`) ?? { columns: 1, rows: 1 }) }]));
}

const paragraph = (text: string): Paragraph => new Paragraph({ children: [new TextRun(text)] });

/**
 * A word processor's document, made by the library an office would use: prose and tables in turn. The title and the year stand above the
 * table as paragraphs, or inside it.
 */
export async function wordDocument(pieces: readonly Piece[], titleInside: boolean): Promise<Uint8Array> {
  const children = pieces.flatMap((piece) => {
    if (typeof piece === 'string') return piece.split('\n').map(paragraph);
    const from = titleInside ? 0 : piece.titleRows;
    const titles = piece.rows.slice(0, from === 0 ? 0 : from).map((row) => paragraph(row.find((cell) => cell !== '') ?? ''));
    const rows = piece.rows.slice(from).map((_, at) => new TableRow({
      children: cellsOf(piece, at + from).map(({ text, columns, rows: high }) => new TableCell({ columnSpan: columns, rowSpan: high, children: text.split('\n').map(paragraph) })),
    }));
    return [...titles, new Table({ rows }), paragraph('')];
  });
  return new Uint8Array(await Packer.toBuffer(new Document({ sections: [{ children }] })));
}

/** A spreadsheet: every list of pieces is a sheet, one below the other with a blank row between. */
export async function spreadsheet(sheets: readonly (readonly Piece[])[]): Promise<Uint8Array> {
  const book = new ExcelJS.Workbook();
  sheets.forEach((pieces, at) => {
    const sheet = book.addWorksheet(`表${at + 1}`);
    let top = 1;
    for (const piece of pieces) {
      if (typeof piece === 'string') {
        sheet.getCell(top, 1).value = piece;
        top += 2;
        continue;
      }
      piece.rows.forEach((row, r) => row.forEach((text, c) => {
        if (text !== '') sheet.getCell(top + r, 1 + c).value = isPlainNumber(text) ? Number(text) : text;
        if (isPlainNumber(text)) sheet.getCell(top + r, 1 + c).numFmt = text.includes('.') ? `0.${'0'.repeat(text.split('.')[1]?.length ?? 0)}` : '0';
      }));
      for (const { s, e } of piece.merges) sheet.mergeCells(top + s.r, 1 + s.c, top + e.r, 1 + e.c);
      top += piece.rows.length + 1;
    }
  });
  return new Uint8Array(await book.xlsx.writeBuffer());
}

/** Weights, points and money are numbers in a sheet, formatted as they were typed. */
function isPlainNumber(text: string): boolean {
  return /^\d{1,9}(?:\.\d{1,2})?$/u.test(text);
}
