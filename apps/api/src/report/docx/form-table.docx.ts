import type { CellAlignment, CellStyle, FormCell, FormRow, FormSheet } from '@jiheng/domain';
import { AlignmentType, BorderStyle, HeightRule, LineRuleType, Paragraph, ShadingType, Table, TableCell, TableLayoutType, TableRow, VerticalAlignTable, WidthType } from 'docx';
import { SIZE, font, paragraphs } from './docx-style';

const RUNS: Readonly<Record<CellStyle, { readonly face: string; readonly size: number; readonly bold: boolean }>> = {
  TITLE: { face: '宋体', size: 36, bold: true }, SUBTITLE: { face: '仿宋', size: SIZE.subtitle, bold: false }, HEADER: { face: '宋体', size: SIZE.cell, bold: true },
  LABEL: { face: '宋体', size: SIZE.cell, bold: false }, TEXT: { face: '仿宋', size: SIZE.cell, bold: false }, NUMBER: { face: '仿宋', size: SIZE.cell, bold: false },
  NOTE: { face: '仿宋', size: SIZE.note, bold: false },
};
const ALIGN = { left: AlignmentType.LEFT, center: AlignmentType.CENTER, right: AlignmentType.RIGHT } as const satisfies Record<CellAlignment, unknown>;
const NONE = { style: BorderStyle.NONE, size: 0, color: 'auto' } as const;
const LINE = { style: BorderStyle.SINGLE, size: 4, color: '000000' } as const;
const box = (side: typeof NONE | typeof LINE) => ({ top: side, bottom: side, left: side, right: side });

/** Two tables without a paragraph between them become one; this one is a point high. */
const seam = () => new Paragraph({ spacing: { before: 0, after: 0, line: 20, lineRule: LineRuleType.EXACT } });

/**
 * The form for a document. Only draws: texts, spans and widths come from the form. `width` in twentieths of a point. A word processor
 * repeats only the first rows of a table, so the heading of the indicators begins a table of its own.
 */
export function drawFormTable(form: FormSheet, width: number): (Table | Paragraph)[] {
  const whole = form.columns.reduce((sum, column) => sum + column.width, 0);
  const widths = form.columns.map((column) => Math.round((column.width * width) / whole));
  const heading = form.rows.findIndex((row) => row.repeats);
  if (heading <= 0) return [drawTable(form.rows, widths, width)];
  return [drawTable(form.rows.slice(0, heading), widths, width), seam(), drawTable(form.rows.slice(heading), widths, width)];
}

function drawTable(rows: readonly FormRow[], widths: readonly number[], width: number): Table {
  return new Table({
    width: { size: width, type: WidthType.DXA }, columnWidths: [...widths], layout: TableLayoutType.FIXED, alignment: AlignmentType.CENTER,
    rows: rows.map((row) => new TableRow({
      cantSplit: row.cells.every((cell) => cell.text.length < 300), tableHeader: row.repeats, height: { value: 340, rule: HeightRule.ATLEAST },
      children: row.cells.map((cell) => drawCell(cell, widths)),
    })),
  });
}

function drawCell(cell: FormCell, widths: readonly number[]): TableCell {
  const look = RUNS[cell.style];
  const isFree = cell.style === 'TITLE' || cell.style === 'SUBTITLE';
  return new TableCell({
    columnSpan: cell.colSpan, rowSpan: cell.rowSpan, verticalAlign: VerticalAlignTable.CENTER, borders: box(isFree ? NONE : LINE), margins: { top: 40, bottom: 40, left: 80, right: 80 },
    width: { size: widths.slice(cell.column, cell.column + cell.colSpan).reduce((sum, one) => sum + one, 0), type: WidthType.DXA },
    ...(cell.style === 'HEADER' ? { shading: { type: ShadingType.CLEAR, fill: 'F2F2F2', color: 'auto' } } : {}),
    children: paragraphs(cell.text, { font: font(look.face), size: look.size, bold: look.bold }, { alignment: ALIGN[cell.align] }),
  });
}
