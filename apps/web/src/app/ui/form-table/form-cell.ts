/** What a cell of a printed form is; it decides how it looks and what a screen reader is told. */
export type FormCellKind = 'label' | 'heading' | 'text' | 'number' | 'category';

/** One cell of a form laid out on a grid. A cell that is covered by a merged one above or beside it is not in the row at all. */
export interface FormCell {
  readonly text: string;
  readonly kind: FormCellKind;
  readonly rowSpan?: number;
  readonly colSpan?: number;
  /** Shown when the pointer rests on the cell: the cell as it stood in the source. */
  readonly hint?: string;
  /** The remarks about the row stand in this cell, the widest one. */
  readonly holdsNotes?: boolean;
}

/** One row. `key` ties it to the notes beside it. */
export interface FormRow {
  readonly key: string;
  readonly cells: readonly FormCell[];
}

/** A remark beside a row, outside the form and not on paper. */
export interface FormNote {
  readonly severity: 'ERROR' | 'WARN' | 'INFO';
  readonly text: string;
}

/** A whole form: the block of facts on top and the rows below the column headings, on one common grid of columns. */
export interface FormGrid {
  readonly title: string;
  readonly subtitle: string;
  /** Relative widths of the columns; every row fills exactly these. */
  readonly widths: readonly number[];
  readonly head: readonly FormRow[];
  readonly headings: readonly FormCell[];
  readonly rows: readonly FormRow[];
}
