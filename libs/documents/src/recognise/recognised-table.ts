import type { Indicator, PerformanceTargetTable } from '@jiheng/domain';
import type { ColumnRole } from './form-words';
import type { HeadCell } from './raw-table';
import type { CellPlace } from './source-line';

/** Where something was read. */
export interface ReadingPlace {
  /** Name of the file as given. */
  readonly file: string;
  /** `line 519`, `sheet 线路租赁费 / row 8`. */
  readonly place: string;
}

/** One cell of a recognised row: as it stands in the source, where, and how sure it is that it belongs here. */
export interface RecognisedCell {
  /** The cell as printed, pieces of a broken cell joined by a line break, nothing mended. */
  readonly raw: string;
  /** 0…1, decimal text with two places. */
  readonly confidence: string;
  /** Where the pieces stand; empty when the value was inherited from a cell above or taken as the form's default. */
  readonly places: readonly CellPlace[];
}

/** An indicator read from a document, with how sure the reading is and where it stands. */
export interface RecognisedIndicator extends Indicator {
  /** 0…1, decimal text with two places. 1.00: every cell stood in its column and its words are known. */
  readonly confidence: string;
  readonly source: ReadingPlace;
  /** The cells it was read from, by column. */
  readonly cells?: Readonly<Partial<Record<ColumnRole, RecognisedCell>>>;
}

/** A target table read from a document. */
export interface RecognisedTable extends PerformanceTargetTable {
  readonly indicators: readonly RecognisedIndicator[];
  /** The cells the head was read from. */
  readonly head?: Readonly<Partial<Record<HeadCell, RecognisedCell>>>;
  readonly source: ReadingPlace;
}

/** One of the budget tables 1–11 of the disclosure form, cells as printed. */
export interface BudgetTable {
  readonly number: number;
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}
