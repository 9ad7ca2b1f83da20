import type { ColumnRole } from './form-words';
import type { CellPlace } from './source-line';
import type { MoneyColumn, MoneyLine } from './templates/recognition-template';

/** Something about the reading of a row that a person should know. */
export type RowNote =
  | 'shifted' // cells stood beside their columns and were put back by their words
  | 'continued' // a following row only went on with a cell of this one
  | 'split' // a cell came in several pieces over lines
  | 'inferred' // rows stand as close as lines: words, not places, parted them
  | 'close' // its last or first words would have stood nearly as well in the cell beside it
  | 'uncertain'; // where one cell ends and the next begins was guessed

/** A stretch of text as it stands in one cell of the source. */
export interface CellPiece {
  readonly text: string;
  readonly place: CellPlace;
}

/** One cell as it was put together from the source, nothing interpreted yet. */
export interface RawCell {
  /** Its pieces joined with blanks: what is interpreted. */
  readonly text: string;
  readonly pieces: readonly CellPiece[];
  readonly notes: readonly RowNote[];
}

/** One indicator row, cells by column, nothing interpreted yet. */
export interface RawRow {
  readonly cells: Partial<Record<ColumnRole, RawCell>>;
  /** Lines or rows of the source it was read from. */
  readonly numbers: readonly number[];
  readonly notes: readonly RowNote[];
}

/** Text inside a table that fits nowhere. */
export interface StrayText {
  readonly number: number;
  readonly text: string;
}

/** A row of the indicator block that adds up. */
export interface RawSum {
  readonly number: number;
  readonly weight: RawCell | null;
  readonly points: RawCell | null;
  /** 优, 良, 中, 差. */
  readonly rating: RawCell | null;
}

/** A line of the money block, nothing interpreted. */
export interface RawMoneyLine {
  readonly line: MoneyLine;
  readonly label: string;
  readonly cells: Readonly<Partial<Record<MoneyColumn, RawCell>>>;
}

/** The indicator block of one table. */
export interface RawBlock {
  readonly columns: readonly ColumnRole[];
  readonly rows: readonly RawRow[];
  readonly strays: readonly StrayText[];
  readonly sums: readonly RawSum[];
}

/** A money cell of the head. */
export type MoneyLabel = 'total' | 'fiscal' | 'other' | 'higherLevel' | 'localLevel';

/** What a cell of the head holds. */
export type HeadCell = 'unit' | 'project' | 'goal' | 'goalAdjusted' | 'goalAchieved' | 'score' | 'year' | MoneyLabel;

/** What stands above the indicator block. Absent is null or missing. */
export interface RawHead {
  readonly fiscalYear: number | null;
  readonly unit: string | null;
  readonly project: string | null;
  readonly goal: string | null;
  /** 全年（调整）目标; null where the form has none. */
  readonly goalAdjusted: string | null;
  /** 实际完成情况 of the self-evaluation. */
  readonly goalAchieved: string | null;
  /** 自评总分 printed in the head. */
  readonly score: string | null;
  /** Lines of the money block. */
  readonly moneyLines: readonly RawMoneyLine[];
  /** 1—7月 of a monitoring form. */
  readonly period: string | null;
  /** The goal and what came of it stood in one stretch of text and could not be parted. */
  readonly goalJoined: boolean;
  /** Where they part was found by a full stop before a line, or inside one. */
  readonly hasGoalSeam: boolean;
  readonly money: Partial<Record<MoneyLabel, string>>;
  /** 万元 unless the labels say 元. */
  readonly moneyUnit: '万元' | '元';
  /** The goal still had HTML in it. */
  readonly hadMarkup: boolean;
  /** The cells the values were read from. */
  readonly cells: Readonly<Partial<Record<HeadCell, RawCell>>>;
}
