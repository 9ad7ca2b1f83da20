// Pure: nothing here needs Node, so pages may use it too.
export { type ReadDocument, type RecogniseOptions, recogniseTables } from './recognise-tables';
export type { BudgetTable, ReadingPlace, RecognisedIndicator, RecognisedTable } from './recognised-table';
export type { SourceLine, SourcePart } from './source-line';
export { ruleWord } from './form-words';
