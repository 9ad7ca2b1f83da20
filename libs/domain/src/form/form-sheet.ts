/** How a cell looks; what that means on paper is the renderer's business. */
export type CellStyle = 'TITLE' | 'SUBTITLE' | 'HEADER' | 'LABEL' | 'TEXT' | 'NUMBER' | 'NOTE';

/** Where text stands across its cell. */
export type CellAlignment = 'left' | 'center' | 'right';

/** One cell of a form. Only the first of merged cells is there; it carries the spans. */
export interface FormCell {
  /** 0-based. */
  readonly column: number;
  readonly text: string;
  readonly colSpan: number;
  readonly rowSpan: number;
  readonly style: CellStyle;
  readonly align: CellAlignment;
  /** Decimal text when the cell is a number in its own right (weights, points, money), so that a spreadsheet may hold it as one. */
  readonly number: string | null;
}

/** One row of a form. */
export interface FormRow {
  readonly cells: readonly FormCell[];
  /** Repeated on every page that the table runs to. */
  readonly repeats: boolean;
}

/** 表: a form as a grid of cells, ready to be drawn as a sheet, a table in a document or a page. Knows nothing of any of them. */
export interface FormSheet {
  /** Short, fit for a sheet's tab: 自评表. */
  readonly name: string;
  readonly title: string;
  readonly orientation: 'portrait' | 'landscape';
  /** Widths in characters of the usual size. */
  readonly columns: readonly { readonly width: number }[];
  readonly rows: readonly FormRow[];
}

/** The spans of merged cells as rectangles (0-based, ends included), as spreadsheets want them. */
export function mergesOf(sheet: FormSheet): { readonly top: number; readonly left: number; readonly bottom: number; readonly right: number }[] {
  return sheet.rows.flatMap((row, top) => row.cells
    .filter((cell) => cell.colSpan > 1 || cell.rowSpan > 1)
    .map((cell) => ({ top, left: cell.column, bottom: top + cell.rowSpan - 1, right: cell.column + cell.colSpan - 1 })));
}
