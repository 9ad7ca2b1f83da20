import { keepShape } from './keep-shape';
import { LineRow } from './line-row';
import type { RecognisedCell } from './recognised-table';

/** The levels a row stands under. */
export interface Levels {
  readonly level1: string;
  readonly level2: string;
  /** The cells the words stand in, for rows below that inherit them. */
  readonly cells: LevelCells;
}

export type LevelCells = Readonly<Partial<Record<'level1' | 'level2', RecognisedCell>>>;

const NOTHING_ABOVE: RecognisedCell = { raw: '', confidence: '0.50', places: [] };

/** A cell for a row that inherits it from above: the same words, nothing of its own in the source. */
export function inherited(cell: RecognisedCell | undefined): RecognisedCell {
  if (cell === undefined) return NOTHING_ABOVE;
  return cell.places.length === 0 ? cell : { ...cell, places: [] };
}

/** Levels a row prints itself; their cells are shown when a row below inherits them. */
export class OwnLevels implements Levels {
  constructor(
    readonly level1: string,
    readonly level2: string,
    private readonly row: LineRow,
    private readonly sure1: string,
    private readonly sure2: string,
  ) {}

  get cells(): LevelCells {
    return { level1: this.cell('level1'), level2: this.cell('level2') };
  }

  /** The cell of one level, which the row must print. */
  cell(role: 'level1' | 'level2'): RecognisedCell {
    const { line, shape, part } = this.row;
    const cell = shape.columns[shape.roles.indexOf(role)] as number;
    return { raw: line.cells[cell] as string, confidence: role === 'level1' ? this.sure1 : this.sure2, places: [{ part, line: line.number, cell }] };
  }
}

keepShape(new OwnLevels('', '', new LineRow({ cells: [], number: 1 }, { roles: [], columns: [] }, 0, null), '1.00', '1.00'));
