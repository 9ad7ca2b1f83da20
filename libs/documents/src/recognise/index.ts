// Pure: nothing here needs Node, so pages may use it too.
export { type ReadDocument, type RecogniseOptions, recogniseTables } from './recognise-tables';
export type {
  BudgetTable,
  ExecutionLine,
  PrintedSum,
  ReadingPlace,
  RecognisedCell,
  RecognisedIndicator,
  RecognisedTable,
} from './recognised-table';
export type { CellPlace, CellSpan, SourceBox, SourceLine, SourcePage, SourcePart } from './source-line';
export { type ColumnRole, ruleWord } from './form-words';
export { cellsOf, type PackedCells, type ShownCells } from './packed-cells';
export type { MainTask, MainTasks } from './main-tasks';
export type { HeadCell } from './raw-table';
export type { TemplateScore } from './detect-template';
export { asPreviousActuals, type PreviousActual, type PreviousActuals } from './previous-actuals';
export { BUILT_IN_TEMPLATES } from './templates/built-in-templates';
export type {
  FormKind,
  MoneyColumn,
  MoneyLine,
  RecognitionTemplate,
  TemplateColumn,
  TemplateMoney,
} from './templates/recognition-template';
export { emptyFormOf, type EmptyForm, type EmptyFormHead } from './templates/empty-form';
export { readTemplate } from './templates/read-template';
