import {
  aFinding, type BudgetDocument, type BudgetDocumentTable, type BudgetRow, type BudgetTableShape, compareDecimal, type DecimalText, type Finding, squeezePrinted,
} from '@jiheng/domain';
import type { BudgetTable } from '../recognise/recognised-table';
import { sayPlace, type SourcePart } from '../recognise/source-line';
import { type AssignedRow, assignColumns, type KnownTotals } from './assign-columns';
import { type BudgetRegion, findBudgetRegions, tightLine } from './find-budget-regions';
import { readFlowHalves, readFlowRows } from './flow-rows';
import { isGrid, readGridRows, readHalves } from './grid-rows';
import type { PrintedBudgetRow } from './printed-row';

/** The budget tables of a document: as printed, as a model, and which lines they took. */
export interface BudgetReading {
  readonly budgetTables: readonly BudgetTable[];
  readonly budget: BudgetDocument;
  /** By index of the part, the numbers of the lines that belong to budget tables. */
  readonly taken: ReadonlyMap<number, ReadonlySet<number>>;
  /** How the reading went: columns assigned by arithmetic, amounts that could not be assigned, heads that are not known. */
  readonly findings: readonly Finding[];
}

interface RawTable {
  readonly region: BudgetRegion;
  readonly heads: readonly string[];
  readonly rows: readonly PrintedBudgetRow[];
  readonly unknownHeads: readonly string[];
  readonly isEmpty: boolean;
}

/**
 * Reads the budget tables 1–11 of a disclosure document out of its lines or cells: grids by their columns, running text by arithmetic
 * ({@link assignColumns}). Pure. A document without such tables gives none; missing tables are fine.
 */
export function readBudgetTables(parts: readonly SourcePart[]): BudgetReading {
  const regions = findBudgetRegions(parts);
  const unit = unitOf(regions);
  const raw = regions.map((region) => readRegion(region, unit)).filter(({ rows, isEmpty }) => rows.length > 0 || isEmpty);
  // The same table twice (a summary and its annex): the first with rows is taken.
  const distinct = raw.filter((table, at) => raw.findIndex((other) => other.region.shape === table.region.shape && (other.rows.length > 0 || table.rows.length === 0)) === at);
  const findings: Finding[] = [];
  const one = distinct.find(({ region }) => region.shape.number === 1);
  const names = subjectNames(distinct);
  const read = distinct.map((table) => assemble(table, knownTotals(table.region.shape, one), names, findings));
  const taken = new Map<number, Set<number>>();
  for (const { at, lines } of regions) {
    const numbers = taken.get(at) ?? new Set<number>();
    lines.forEach((line) => numbers.add(line.number));
    taken.set(at, numbers);
  }
  return { budgetTables: read.map(({ printed }) => printed), budget: { unit, tables: read.map(({ typed }) => typed) }, taken, findings };
}

/** 编制单位：… above the tables. */
function unitOf(regions: readonly BudgetRegion[]): string | null {
  for (const { lines } of regions) {
    for (const line of lines.slice(0, 6)) {
      const found = /^编制(?:单位|部门)[:：]?(.+?)(?:单位[:：](?:万)?元)?$/u.exec(squeezePrinted(line.cells.join(' ')).replace(/\s+/gu, ''));
      if (found !== null) return found[1] ?? null;
    }
  }
  return null;
}

function readRegion(region: BudgetRegion, unit: string | null): RawTable {
  const { shape, lines } = region;
  const isHalved = shape.number === 1 || shape.number === 4;
  const content = lines.filter((line) => !/^(?:编制(?:单位|部门)|单位:)/u.test(tightLine(line)) || line.cells.length > 2);
  const grid = isGrid(content) ? (isHalved ? readHalves(content, shape, region.part.broken) : readGridRows(content, shape)) : null;
  // Cells whose columns cannot be told are worth no more than running text: arithmetic decides. In a real sheet a column is a column.
  const reading = grid !== null && (grid.isSure || !region.part.broken) ? grid : { heads: [], unknownHeads: [], rows: isHalved ? readFlowHalves(lines, shape) : readFlowRows(lines, shape, unit) };
  const rows = reading.rows.filter((row) => row.amounts.length > 0 || row.kind !== 'TOTAL');
  const isEmpty = rows.every((row) => row.amounts.length === 0) || /为空表/u.test(lines.map(tightLine).join(''));
  return { region, heads: reading.heads, rows: isEmpty && rows.every((row) => row.amounts.length === 0) ? [] : rows, unknownHeads: reading.unknownHeads, isEmpty: isEmpty && rows.every((row) => row.amounts.length === 0) };
}

/** Which line of table 1 a column of another table must equal in its total; empty there is empty here. */
const FROM_TABLE_1: Readonly<Partial<Record<BudgetTableShape['number'], Readonly<Record<string, string>>>>> = {
  2: { general: 'generalOwn', generalTransfer: 'generalTransfer', fund: 'fundOwn', fundTransfer: 'fundTransfer', capital: 'capitalOwn', capitalTransfer: 'capitalTransfer', special: 'special', own: 'own',
    fiscalCarryOver: 'fiscalCarryOver', otherCarryOver: 'otherCarryOver' },
  4: { fund: 'fund', capital: 'capital' },
  10: { fund: 'fund', capital: 'capital' },
  11: { fiscal: 'fiscalCarryOver', other: 'otherCarryOver' },
};

/** Columns that table 1 leaves empty; where it names an amount for table 2 or 11, the total must show it. */
function knownTotals(shape: BudgetTableShape, one: RawTable | undefined): KnownTotals {
  const lines = FROM_TABLE_1[shape.number];
  if (one === undefined || lines === undefined) return {};
  const entries = Object.entries(lines).flatMap(([key, line]): [string, DecimalText | null][] => {
    const row = one.rows.find((candidate) => candidate.line === line);
    if (row === undefined) return [];
    const amount = row.amounts[0];
    if (amount === undefined || compareDecimal(amount, '0') === 0) return [[key, null]];
    return shape.number === 2 || shape.number === 11 ? [[key, amount]] : [];
  });
  const empty = entries.filter(([, amount]) => amount === null).map(([key]) => key);
  // With a source empty, everything below it is empty.
  return { ...Object.fromEntries(entries), ...Object.fromEntries(shape.sums.filter(({ total }) => empty.includes(total)).flatMap(({ parts }) => parts.map((part) => [part, null]))) };
}

/** Names of subjects by code, from tables without projects: running text does not tell a subject's name from the project behind it. */
function subjectNames(tables: readonly RawTable[]): ReadonlyMap<string, string> {
  return new Map(tables.filter(({ region }) => region.shape.codes === 'FUNCTIONAL' && !region.shape.hasProject).flatMap(({ rows }) => rows.flatMap((row) => (row.code === null ? [] : [[row.code, row.name] as const]))));
}

function assemble(table: RawTable, known: KnownTotals, names: ReadonlyMap<string, string>, findings: Finding[]): { printed: BudgetTable; typed: BudgetDocumentTable } {
  const { region: { shape, part, title, titleLine }, heads } = table;
  const rows = table.rows.map((row) => withProject(row, shape, names));
  const assigned = assignColumns(rows, shape, known);
  const typed = rows.map((row, at) => typedRow(row, assigned[at] as AssignedRow, part, shape));
  const place = sayPlace(part, [titleLine]);
  const number = String(shape.number);
  const byArithmetic = typed.filter((row) => row.origin === 'ARITHMETIC').length;
  if (byArithmetic > 0 && shape.columns.length > 1) findings.push(aFinding('R-budget-columns', 'INFO', { budgetTable: number, place }, { found: String(byArithmetic) }));
  const undecided = typed.filter((row) => row.origin === 'UNDECIDED');
  if (undecided.length > 0) {
    const where = undecided.map((row) => row.project ?? row.code ?? row.name).join('、');
    findings.push(aFinding('R-budget-undecided', 'WARN', { budgetTable: number, place, rows: where }, { found: [...new Set(undecided.flatMap((row) => row.unassigned))].join('、') }));
  }
  for (const found of table.unknownHeads) findings.push(aFinding('R-budget-head', 'WARN', { budgetTable: number, place }, { found }));
  return {
    printed: { number: shape.number, title, columns: heads.length > 0 ? heads : columnWords(shape), rows: rows.map((row, at) => printedRow(row, typed[at] as BudgetRow, shape)) },
    typed: { number: shape.number, title, rows: typed, isEmpty: table.isEmpty, place },
  };
}

function withProject(row: PrintedBudgetRow, shape: BudgetTableShape, names: ReadonlyMap<string, string>): PrintedBudgetRow {
  if (!shape.hasProject || row.code?.length !== 7 || row.project !== null || row.placed !== null) return row;
  const subject = names.get(row.code);
  const rest = subject !== undefined && row.name.startsWith(subject) ? row.name.slice(subject.length).trim() : '';
  return rest === '' ? row : { ...row, kind: 'PROJECT', name: subject ?? row.name, project: rest };
}

function typedRow(row: PrintedBudgetRow, { amounts, unassigned, origin, confidence }: AssignedRow, part: Pick<SourcePart, 'sheet'>, shape: BudgetTableShape): BudgetRow {
  const { kind, side, code, line, name, project, numbers } = row;
  const columns = side === 'INCOME' ? [{ key: 'total' }] : shape.columns;
  return { kind, side, code, line, name, project, amounts: Object.fromEntries(columns.map(({ key }) => [key, amounts[key] ?? null])), unassigned, origin, confidence, place: sayPlace(part, numbers) };
}

function columnWords(shape: BudgetTableShape): string[] {
  const lead = shape.codes === 'FUNCTIONAL' ? ['类', '款', '项', '科目名称'] : shape.codes === 'ECONOMIC' ? ['类', '款', '科目名称'] : ['项目'];
  return [...lead, ...(shape.hasProject && shape.codes !== 'NONE' ? ['项目名称'] : []), ...shape.columns.map(({ zh }) => zh)];
}

/** The row as printed; where empty cells were lost, the amounts stand in the columns they were assigned to and the others behind the last. */
function printedRow(row: PrintedBudgetRow, typed: BudgetRow, shape: BudgetTableShape): readonly string[] {
  if (row.placed !== null && row.side === null) return row.cells;
  if (row.side !== null) return row.cells;
  const digits = shape.codes === 'FUNCTIONAL' ? [[0, 3], [3, 5], [5, 7]] : shape.codes === 'ECONOMIC' ? [[0, 3], [3, 5]] : [];
  const codes = digits.map(([from, to]) => (row.code ?? '').slice(from, to));
  return [...codes, row.name, ...(shape.hasProject && shape.codes !== 'NONE' ? [row.project ?? ''] : []), ...shape.columns.map(({ key }) => typed.amounts[key] ?? ''), ...typed.unassigned];
}
