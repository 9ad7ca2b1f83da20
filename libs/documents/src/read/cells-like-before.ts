import { keepShape } from '../recognise/keep-shape';

/*
 * A thousand sheets of one form are written by one program: in the same place of the next sheet stands the same markup, mostly with the same word in it. What a cell was found to
 * say is kept with its markup, and where the next sheet has that markup in that place it is not taken apart again.
 */

/** A cell as it stood in a sheet before, its column named by itself. */
export class FormerCell {
  constructor(
    /** Bytes of its markup: of the whole cell, of a number what stands before its digits. */
    readonly length: number,
    /** The markup four bytes at a time, and its last four. */
    readonly words: Int32Array,
    readonly lastWord: number,
    /** null for a number. */
    readonly text: string | null,
    readonly column: number,
    readonly style: number,
    /** Another cell that stood in the same place. */
    readonly other: FormerCell | null,
  ) {}
}

keepShape(new FormerCell(0, new Int32Array(0), 0, null, 0, 0, null));

const KEPT_ROWS = 120;
const KEPT_CELLS = 40;
/** Cells that are kept of one place: signs and units differ from sheet to sheet, names differ in each. */
const KEPT_OF_PLACE = 6;
const LONGEST_MARKUP = 400;

/** The cells of the sheets before, by their place: the how-manieth row, the how-manieth cell. */
export class FormerCells {
  // Filled at once: a list that begins empty is of another kind than one that holds cells, and the code compiled for the file before would be thrown away.
  private readonly places = new Array<FormerCell | null>(KEPT_ROWS * KEPT_CELLS).fill(null);
  private readonly counts = new Uint8Array(KEPT_ROWS * KEPT_CELLS);

  /** The cell that begins at a place of the sheet as one did before; null where none did. */
  find(sheet: DataView, at: number, row: number, cell: number): FormerCell | null {
    if (row >= KEPT_ROWS || cell >= KEPT_CELLS) return null;
    for (let known = this.places[row * KEPT_CELLS + cell] ?? null; known !== null; known = known.other) if (isAt(sheet, at, known)) return known;
    return null;
  }

  /** Keeps a cell for the sheets that follow. */
  keep(sheet: DataView, from: number, to: number, row: number, cell: number, text: string | null, column: number, style: number): void {
    const place = row * KEPT_CELLS + cell;
    const length = to - from;
    if (row >= KEPT_ROWS || cell >= KEPT_CELLS || length < 4 || length > LONGEST_MARKUP || (this.counts[place] as number) >= KEPT_OF_PLACE) return;
    this.counts[place] = (this.counts[place] as number) + 1;
    const words = Int32Array.from({ length: length >> 2 }, (_, index) => sheet.getInt32(from + index * 4, true));
    this.places[place] = new FormerCell(length, words, sheet.getInt32(to - 4, true), text, column, style, this.places[place] ?? null);
  }
}

function isAt(sheet: DataView, from: number, { length, words, lastWord }: FormerCell): boolean {
  const end = from + length;
  if (end > sheet.byteLength || sheet.getInt32(end - 4, true) !== lastWord) return false;
  for (let index = 0, at = from; index < words.length; index += 1, at += 4) if (sheet.getInt32(at, true) !== words[index]) return false;
  return true;
}
