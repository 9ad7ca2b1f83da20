import { BUILT_IN_TEMPLATES, cellsOf, type ColumnRole, type ReadFile, type RecognisedCell, type RecognisedIndicator, type RecognisedTable, type RecognitionTemplate } from '@jiheng/documents';
import { type BudgetDocument, compareDecimal, type Finding, lastingNotes, moneyInTable7, type ReadingNote, splitNameUnit, type StagedCell, type StagedColumn, type StagedPrint, type StagedRow, type StagedTable, type StagedTemplate } from '@jiheng/domain';
import type { StagedBudget } from './document-import.rows';

/** Where the cells of the form go: sign, value and unit of a target in columns of their own are one target. */
const COLUMN_OF: Readonly<Partial<Record<ColumnRole, StagedColumn>>> = {
  level1: 'level1', level2: 'level2', name: 'name', operator: 'target', target: 'target', unit: 'target', basis: 'basis', previous: 'previous', weight: 'weight', rule: 'rule', evidence: 'evidence',
};
/** In a form with results, 实际完成值 stands where a target table has 上年完成值: it is what it will give the table of the year after. */
const RESULT_COLUMN_OF: typeof COLUMN_OF = { ...COLUMN_OF, actual: 'previous' };
const HEAD_FIELD_OF: Readonly<Record<string, string>> = { goal: 'goalText', year: 'fiscalYear', unit: 'budgetUnit' };

/**
 * The tables of a document as they wait for a person: rows with an identity of their own, cells with their places, what the reading said of each.
 * @param templates forms beyond the built-in ones that it was read with
 */
export function stageTables(read: Pick<ReadFile, 'tables' | 'findings'> & Partial<Pick<ReadFile, 'budget'>>, templates: readonly RecognitionTemplate[] = []): StagedTable[] {
  const findings = new Map<number, Finding[]>();
  for (const finding of read.findings) if (finding.table !== null) findings.set(finding.table, [...(findings.get(finding.table) ?? []), finding]);
  return read.tables.map((table, at) => stageTable(table, findings.get(at) ?? [], [...BUILT_IN_TEMPLATES, ...templates], read.budget ?? null));
}

/** The budget tables of the document, of the year of its target tables, or of its own when it has none; null when it holds none or names no year. */
export function stageBudget({ tables, budget, narrative, budgetTables, budgetYear }: ReadFile): Omit<StagedBudget, 'budgetDocumentId'> | null {
  const fiscalYear = tables.find((table) => table.form === 'TARGET')?.fiscalYear ?? tables[0]?.fiscalYear ?? budgetYear;
  return budget == null || narrative == null || fiscalYear == null ? null : { fiscalYear, budget, narrative, printed: budgetTables };
}

function stageTable(table: RecognisedTable, findings: readonly Finding[], templates: readonly RecognitionTemplate[], document: BudgetDocument | null): StagedTable {
  const rows = table.indicators.map((row, at) => stageRow(row, at, table.form === 'TARGET' ? COLUMN_OF : RESULT_COLUMN_OF));
  const notes: ReadingNote[] = findings.map((finding) => ({ row: finding.row === null ? null : rows[finding.row]?.id ?? null, finding: { ...finding, table: null } }));
  const { subject, fiscalYear, budgetUnit, project, budget, goalText } = table;
  const staged: StagedTable = {
    form: table.form, template: templateOf(table, templates), ...(table.period === undefined ? {} : { period: table.period }),
    ...(table.mainTasks === undefined ? {} : { tasks: table.mainTasks.tasks.map(({ name, content, total, fiscal, other }) => ({ name, content, total, fiscal, other })) }),
    printed: printOf(table, document),
    ...(table.form !== 'MONITORING' || table.execution === undefined ? {} : { money: table.execution.map(({ line, label, initial, adjusted, executed, forecast }) => ({ line, label, initial, adjusted, executed, forecast })) }),
    subject, fiscalYear, budgetUnit, project, lead: null, budget, goalText, rows, place: table.source.place, notes, acceptedFindings: [], matches: {},
    headCells: Object.fromEntries(Object.entries(table.head ?? {}).map(([field, cell]) => [HEAD_FIELD_OF[field] ?? field, cellOf(cell)])),
  };
  // Half of what is stored of a table would be sentences that nobody reads from there.
  return { ...staged, notes: lastingNotes(staged) };
}

/** What the document prints besides, that the table has to agree with after every correction. */
function printOf({ subject, project, printedSum, levelPoints, mainTasks }: RecognisedTable, document: BudgetDocument | null): StagedPrint {
  return {
    weight: printedSum?.weight ?? null, levels: levelPoints ?? {}, tasks: mainTasks?.sum ?? null,
    table7: document === null || subject !== 'PROJECT' ? null : moneyInTable7(document, project),
  };
}

function templateOf({ template, templateScores }: RecognisedTable, templates: readonly RecognitionTemplate[]): StagedTemplate {
  const title = templates.find((one) => one.name === template)?.title;
  return { name: template, zh: title?.zh ?? template, en: title?.en ?? template, confidence: templateScores.find((one) => one.name === template)?.confidence ?? '0' };
}

function stageRow(row: RecognisedIndicator, at: number, columnOf: typeof COLUMN_OF): StagedRow {
  const { level1, level2, name, target, direction, weight, basis, previousActual, scoringRule, evidence, accumulation, passThreshold, confidence, source } = row;
  const cells: Partial<Record<StagedColumn, StagedCell>> = {};
  for (const [role, cell] of Object.entries(cellsOf(row)) as [ColumnRole, RecognisedCell][]) {
    const column = columnOf[role];
    if (column !== undefined) cells[column] = joined(cells[column], cellOf(cell));
  }
  return {
    id: `r${at + 1}`, level1, level2, name, nameUnit: splitNameUnit(cells.name?.raw ?? name).unit, target: { ...target }, direction, weight, basis, previousActual, scoringRule, evidence,
    accumulation, passThreshold, confidence, place: source.place, cells, corrected: [],
    ...remarkOf(row),
    ...(row.actualRaw === undefined && row.actualText === undefined ? {} : { actual: { raw: row.actualRaw ?? null, text: row.actualText ?? null } }),
  };
}

/** What a monitoring form says of a row besides the value; nothing where it says nothing. */
function remarkOf({ causes = [], deviation = null, forecastRaw = null, likelihood = null, remark = null }: RecognisedIndicator): Pick<StagedRow, 'said'> {
  return causes.length === 0 && [deviation, forecastRaw, likelihood, remark].every((one) => one === null) ? {} : { said: { causes, sentence: deviation, forecast: forecastRaw, likelihood, remark } };
}

function cellOf({ raw, confidence, places }: RecognisedCell): StagedCell {
  return { raw, confidence, places: places.map(({ part, line, cell }) => ({ part, line, cell })) };
}

function joined(before: StagedCell | undefined, cell: StagedCell): StagedCell {
  if (before === undefined) return cell;
  return { raw: `${before.raw} ${cell.raw}`.trim(), places: [...before.places, ...cell.places], confidence: compareDecimal(before.confidence, cell.confidence) <= 0 ? before.confidence : cell.confidence };
}
