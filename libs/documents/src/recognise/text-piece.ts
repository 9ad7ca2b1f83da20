import { normalizeText } from '@jiheng/domain';
import type { SourceLine } from './source-line';

/** A word of running text between blanks or line breaks: the smallest thing a cell of a lost grid is put together from. */
export interface TextPiece {
  readonly text: string;
  /** NFKC without blanks, for comparisons. */
  readonly compact: string;
  /** How wide it is printed, in halves of a Chinese character. */
  readonly width: number;
  readonly number: number;
  /** Index of the part, and of the cell within its line. */
  readonly part: number;
  readonly cell: number;
}

function widthOf(compact: string): number {
  let width = 0;
  for (const sign of compact) width += sign > '\u2e80' ? 2 : 1;
  return width;
}

/** The pieces of lines of running text in reading order. */
export function piecesOf(lines: readonly SourceLine[], part: number): TextPiece[] {
  return lines.flatMap((line) =>
    line.cells.flatMap((printed, cell) =>
      printed
        .split(/\s+/u)
        .filter((text) => text !== '')
        .map((text) => {
          const compact = normalizeText(text).replace(/\s+/gu, '');
          return { text, compact, width: widthOf(compact), number: line.number, part, cell };
        }),
    ),
  );
}

/** Pieces joined as they would be printed in one cell: with a blank, which `squeezePrinted` later takes out between characters. */
export function joinPieces(pieces: readonly TextPiece[]): string {
  return pieces.map((piece) => piece.text).join(' ');
}
