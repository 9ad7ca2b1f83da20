import type { ColumnRole } from './form-words';
import type { RecognisedCell } from './recognised-table';
import type { SourceLine } from './source-line';

/** Which cells of a line hold what: one for all rows that fill the same columns of one form. */
export interface LineShape {
  /** The filled columns from left to right. */
  readonly roles: readonly ColumnRole[];
  /** Beside each of them the index of its cell in the line. */
  readonly columns: readonly number[];
}

/**
 * The cells of a row of which each stands in a place of its own in one line of the source. They are named by the line and not written out: a workbook of a thousand
 * sheets would need half a million objects for it, which nobody looks at. Plain data, so that it goes through a thread as it is.
 */
export interface CellsOfLine {
  readonly shape: LineShape;
  /** Index of the part the line belongs to. */
  readonly part: number;
  readonly line: SourceLine;
  /** A level inherited from above; null where the row prints its own. */
  readonly level1: RecognisedCell | null;
  readonly level2: RecognisedCell | null;
  /** How sure the cells are that are not certain, as decimal text; null when all are. */
  readonly doubts: Readonly<Partial<Record<ColumnRole, string>>> | null;
}

/** The cells of a row by column. */
export type ShownCells = Readonly<Partial<Record<ColumnRole, RecognisedCell>>>;

/** The cells of a row as a reading holds them: written out, or named by their line. Ask {@link cellsOf}. */
export type PackedCells = { readonly shown: ShownCells } | CellsOfLine;

const NO_CELLS: ShownCells = {};

/** The cells a row was read from, by column, levels first; empty where none are known. */
export function cellsOf({ cells }: { readonly cells?: PackedCells }): ShownCells {
  if (cells === undefined) return NO_CELLS;
  if ('shown' in cells) return cells.shown;
  const { shape, part, line, level1, level2, doubts } = cells;
  const shown: Partial<Record<ColumnRole, RecognisedCell>> = {};
  const show = (role: ColumnRole, cell: number): void => {
    shown[role] = { raw: line.cells[cell] ?? '', confidence: doubts?.[role] ?? '1.00', places: [{ part, line: line.number, cell }] };
  };
  for (const [role, inherited] of [['level1', level1], ['level2', level2]] as const) {
    const at = shape.roles.indexOf(role);
    if (inherited !== null) shown[role] = inherited;
    else if (at >= 0) show(role, shape.columns[at] as number);
  }
  shape.roles.forEach((role, at) => {
    if (role !== 'level1' && role !== 'level2') show(role, shape.columns[at] as number);
  });
  return shown;
}
