import { keepShape } from './keep-shape';
import { say, type Certainty } from './certainty';
import type { CellPiece, RawCell, RowNote } from './raw-table';
import type { RecognisedCell } from './recognised-table';
import type { CellPlace } from './source-line';
import type { TextPiece } from './text-piece';

const NO_NOTES: readonly RowNote[] = [];

/** A cell of one piece, as nearly all are: the piece is made only for who asks for it. */
class WholeCell implements RawCell {
  constructor(
    readonly text: string,
    readonly place: CellPlace,
    readonly notes: readonly RowNote[],
  ) {}

  get pieces(): readonly CellPiece[] {
    return [{ text: this.text, place: this.place }];
  }
}

keepShape(new WholeCell('', { part: 0, line: 1, cell: 0 }, NO_NOTES));

/** A cell of one piece. */
export function wholeCell(text: string, place: CellPlace, notes: readonly RowNote[] = NO_NOTES): RawCell {
  return new WholeCell(text, place, notes);
}

/** Whether a cell stands in one place and nothing is to be told about it. */
export function isPlainCell(cell: RawCell): boolean {
  return cell.notes.length === 0 && (cell instanceof WholeCell || cell.pieces.length === 1);
}

/** Two cells as one: the second goes on with the first. */
export function joinCells(first: RawCell | undefined, second: RawCell, between = ' '): RawCell {
  if (first === undefined) return second;
  return {
    text: `${first.text}${between}${second.text}`,
    pieces: [...first.pieces, ...second.pieces],
    notes: [...new Set([...first.notes, ...second.notes])],
  };
}

/** A cell put together from pieces of running text. */
export function cellOfPieces(pieces: readonly TextPiece[], notes: readonly RowNote[] = []): RawCell {
  return {
    text: pieces.map((piece) => piece.text).join(' '),
    pieces: pieces.map(({ text, part, number, cell }) => ({ text, place: { part, line: number, cell } })),
    notes,
  };
}

/** How many lines of the source a cell stands on. */
export function linesCovered(cell: RawCell): number {
  return cell instanceof WholeCell ? 1 : new Set(cell.pieces.map((piece) => piece.place.line)).size;
}

/** The cell for whoever looks at it: as printed, with its places. Pieces of one place are joined with a blank, others with a line break. */
export function showCell(cell: RawCell, certainty: Certainty): RecognisedCell {
  if (cell instanceof WholeCell) return { raw: cell.text, confidence: say(certainty), places: [cell.place] };
  const stretches: { raw: string; place: CellPlace }[] = [];
  for (const { text, place } of cell.pieces) {
    const last = stretches.at(-1);
    if (last !== undefined && isSamePlace(last.place, place)) last.raw += ` ${text}`;
    else stretches.push({ raw: text, place });
  }
  return {
    raw: stretches.map((stretch) => stretch.raw).join('\n'),
    confidence: say(certainty),
    places: stretches.map((stretch) => stretch.place),
  };
}

function isSamePlace(a: CellPlace, b: CellPlace): boolean {
  return a.part === b.part && a.line === b.line && a.cell === b.cell;
}
