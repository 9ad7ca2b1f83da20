import { keepShape } from './keep-shape';
import type { ColumnRole } from './form-words';
import type { LineShape } from './packed-cells';
import { wholeCell } from './raw-cell';
import type { RawCell, RawRow, RowNote } from './raw-table';
import type { FormerRow } from './rows-like-before';
import type { SourceLine } from './source-line';

const NO_NOTES: readonly RowNote[] = [];

/** A row whose cells all stand in one line, each under its head: what they say is asked of the line, and a cell is made only for who asks for it. */
export class LineRow implements RawRow {
  constructor(
    readonly line: SourceLine,
    readonly shape: LineShape,
    readonly part: number,
    /** The row that stood in this place of the table before and says the same but for its numbers; null where none did. */
    readonly like: FormerRow | null,
  ) {}

  get numbers(): readonly number[] {
    return [this.line.number];
  }

  get notes(): readonly RowNote[] {
    return NO_NOTES;
  }

  get cells(): Partial<Record<ColumnRole, RawCell>> {
    const cells: Partial<Record<ColumnRole, RawCell>> = {};
    this.shape.roles.forEach((role, at) => {
      cells[role] = this.cellAt(this.shape.columns[at] as number);
    });
    return cells;
  }

  /** The cell under a column; undefined where none is filled. */
  cell(role: ColumnRole): RawCell | undefined {
    const at = this.shape.roles.indexOf(role);
    return at < 0 ? undefined : this.cellAt(this.shape.columns[at] as number);
  }

  private cellAt(cell: number): RawCell {
    return wholeCell(this.line.cells[cell] as string, { part: this.part, line: this.line.number, cell });
  }

  /** What stands under a column; undefined where nothing does. */
  text(role: ColumnRole): string | undefined {
    const at = this.shape.roles.indexOf(role);
    return at < 0 ? undefined : this.line.cells[this.shape.columns[at] as number];
  }
}

keepShape(new LineRow({ cells: [], number: 1 }, { roles: [], columns: [] }, 0, null));

/** What stands under a column of a row; undefined where nothing does. */
export function textUnder(row: RawRow, role: ColumnRole): string | undefined {
  return row instanceof LineRow ? row.text(role) : row.cells[role]?.text;
}

/** The cell under a column of a row; undefined where none is filled. */
export function cellUnder(row: RawRow, role: ColumnRole): RawCell | undefined {
  return row instanceof LineRow ? row.cell(role) : row.cells[role];
}
