import type { ColumnRole, ReadFile, RecognisedCell, RecognisedIndicator, RecognisedTable } from '@jiheng/documents';
import { compareDecimal, type Finding, type ReadingNote, splitNameUnit, type StagedCell, type StagedColumn, type StagedRow, type StagedTable } from '@jiheng/domain';
import type { StagedBudget } from './document-import.rows';

/** Where the cells of the form go: sign, value and unit of a target in columns of their own are one target. */
const COLUMN_OF: Readonly<Partial<Record<ColumnRole, StagedColumn>>> = {
  level1: 'level1', level2: 'level2', name: 'name', operator: 'target', target: 'target', unit: 'target', basis: 'basis', previous: 'previous', weight: 'weight', rule: 'rule', evidence: 'evidence',
};
const HEAD_FIELD_OF: Readonly<Record<string, string>> = { goal: 'goalText', year: 'fiscalYear', unit: 'budgetUnit' };

/** The tables of a document as they wait for a person: rows with an identity of their own, cells with their places, what the reading said of each. */
export function stageTables(read: Pick<ReadFile, 'tables' | 'findings'>): StagedTable[] {
  return read.tables.map((table, at) => stageTable(table, read.findings.filter((finding) => finding.table === at)));
}

/** The budget tables of the document, of the year of its target tables; null when it holds none. */
export function stageBudget({ tables, budget, narrative, budgetTables }: ReadFile): Omit<StagedBudget, 'budgetDocumentId'> | null {
  const fiscalYear = tables[0]?.fiscalYear;
  return budget == null || narrative == null || fiscalYear === undefined ? null : { fiscalYear, budget, narrative, printed: budgetTables };
}

function stageTable(table: RecognisedTable, findings: readonly Finding[]): StagedTable {
  const rows = table.indicators.map(stageRow);
  const notes: ReadingNote[] = findings.map((finding) => ({ row: finding.row === null ? null : rows[finding.row]?.id ?? null, finding: { ...finding, table: null } }));
  const { subject, fiscalYear, budgetUnit, project, budget, goalText } = table;
  return {
    subject, fiscalYear, budgetUnit, project, lead: null, budget, goalText, rows, place: table.source.place, notes, acceptedFindings: [], matches: {},
    headCells: Object.fromEntries(Object.entries(table.head ?? {}).map(([field, cell]) => [HEAD_FIELD_OF[field] ?? field, cellOf(cell)])),
  };
}

function stageRow(row: RecognisedIndicator, at: number): StagedRow {
  const { level1, level2, name, target, direction, weight, basis, previousActual, scoringRule, evidence, accumulation, passThreshold, confidence, source } = row;
  const cells: Partial<Record<StagedColumn, StagedCell>> = {};
  for (const [role, cell] of Object.entries(row.cells ?? {}) as [ColumnRole, RecognisedCell][]) {
    const column = COLUMN_OF[role];
    if (column !== undefined) cells[column] = joined(cells[column], cellOf(cell));
  }
  return {
    id: `r${at + 1}`, level1, level2, name, nameUnit: splitNameUnit(cells.name?.raw ?? name).unit, target: { ...target }, direction, weight, basis, previousActual, scoringRule, evidence,
    accumulation, passThreshold, confidence, place: source.place, cells, corrected: [],
  };
}

function cellOf({ raw, confidence, places }: RecognisedCell): StagedCell {
  return { raw, confidence, places: places.map(({ part, line, cell }) => ({ part, line, cell })) };
}

function joined(before: StagedCell | undefined, cell: StagedCell): StagedCell {
  if (before === undefined) return cell;
  return { raw: `${before.raw} ${cell.raw}`.trim(), places: [...before.places, ...cell.places], confidence: compareDecimal(before.confidence, cell.confidence) <= 0 ? before.confidence : cell.confidence };
}
