import type { CellSpan } from '../recognise/source-line';

/** A cell of a table that no rules part from its neighbours. */
export interface UnruledCell {
  readonly text: string;
  /** Points; null for a blank cell. */
  readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number } | null;
}

/** A row of such a table, or a line beside it. */
export interface UnruledLine {
  readonly cells: readonly UnruledCell[];
  /** Told apart by its words more than by its places. */
  readonly inferred?: boolean;
  readonly spans?: readonly (CellSpan | null)[];
}
