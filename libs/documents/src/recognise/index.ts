// Pure: nothing here needs Node, so pages may use it too.
export { type ReadDocument, type RecogniseOptions, recogniseTables } from './recognise-tables';
export type { BudgetTable, ReadingPlace, RecognisedCell, RecognisedIndicator, RecognisedTable } from './recognised-table';
export type { CellPlace, CellSpan, SourceBox, SourceLine, SourcePage, SourcePart } from './source-line';
export { type ColumnRole, ruleWord } from './form-words';
export type { HeadCell } from './raw-table';
