import {
  addDecimal,
  aFinding,
  checkTargetTable,
  type Finding,
  ok,
  type ProjectBudget,
  refuse,
  type Result,
  roundHalfUp,
  type UnitBudget,
} from '@jiheng/domain';
import { CERTAIN, lessSure } from './certainty';
import { assembleIndicators } from './assemble-indicators';
import { findRegions, type TableRegion } from './find-regions';
import { findFlowColumns, readFlowColumns } from './flow-columns';
import { readFlowBlock } from './flow-block';
import { readFlowHead } from './flow-head';
import { isPageMark, USUAL_COLUMNS } from './form-words';
import { readGridBlock } from './grid-block';
import { readGridHead } from './grid-head';
import { readYear } from './head-labels';
import { linesCovered, showCell } from './raw-cell';
import type { HeadCell, MoneyLabel, RawBlock, RawCell, RawHead } from './raw-table';
import { readMoney } from './read-money';
import type { BudgetTable, RecognisedCell, RecognisedTable } from './recognised-table';
import { sayPlace, shortPlace, type SourcePart } from './source-line';
import { piecesOf, type TextPiece } from './text-piece';

/** What the text itself may not say. */
export interface RecogniseOptions {
  /** Taken where neither the table nor its document names a year. */
  readonly fiscalYear?: number;
}

/** What was read from one document. */
export interface ReadDocument {
  readonly tables: readonly RecognisedTable[];
  readonly budgetTables: readonly BudgetTable[];
  readonly findings: readonly Finding[];
}

/** Indicator rows of one table. */
const TABLE_ROW_LIMIT = 2000;

interface RawReading {
  readonly region: TableRegion;
  readonly subject: 'PROJECT' | 'UNIT';
  readonly head: RawHead;
  readonly block: RawBlock;
  readonly isRunning: boolean;
}

/**
 * Finds the target tables in lines or rows of cells and reads them. Pure: no file, no clock. Findings name table and row by index;
 * they tell how the text was read (R- codes) and what the checks of the target stage say about the content.
 * @returns refusals `document.no-table-found`, `document.no-rows`, `document.too-many-rows`, `document.no-fiscal-year`
 */
export function recogniseTables(parts: readonly SourcePart[], file: string, options: RecogniseOptions = {}): Result<ReadDocument> {
  const regions = parts.flatMap(findRegions);
  if (regions.length === 0) return refuse('document.no-table-found', { file });
  const readings = regions.map(readRegion);
  const empty = readings.find((reading) => reading.block.rows.length === 0);
  if (empty !== undefined) return refuse('document.no-rows', { file, place: placeOf(empty.region, true) });
  const endless = readings.find((reading) => reading.block.rows.length > TABLE_ROW_LIMIT);
  if (endless !== undefined) {
    return refuse('document.too-many-rows', { file, place: placeOf(endless.region, true), limit: String(TABLE_ROW_LIMIT) });
  }
  const borrowed = borrowedYear(readings, parts, options);
  const tables: RecognisedTable[] = [];
  const findings: Finding[] = [];
  for (const [table, reading] of readings.entries()) {
    const fiscalYear = reading.head.fiscalYear ?? borrowed;
    if (fiscalYear === null) return refuse('document.no-fiscal-year', { file, place: placeOf(reading.region, true) });
    const own: Finding[] = [];
    if (reading.head.fiscalYear === null) {
      own.push(aFinding('R-year', 'WARN', { place: placeOf(reading.region, true) }, { expected: String(fiscalYear) }));
    }
    const { recognised, nameUnits } = assembleTable(reading, fiscalYear, file, own);
    tables.push(recognised);
    findings.push(...[...own, ...checkTargetTable(recognised, undefined, { nameUnits })].map((finding) => ({ ...finding, table })));
  }
  return ok({ tables, budgetTables: [], findings });
}

function readRegion(region: TableRegion): RawReading {
  const subject = region.subject ?? guessSubject(region);
  if (region.plan !== null) {
    return {
      region,
      subject,
      head: readGridHead(region.head, region.partIndex),
      block: readGridBlock(region.body, region.plan, region.part.broken, region.partIndex),
      isRunning: false,
    };
  }
  const pieces = piecesOf(
    region.body.filter((line) => !isPageMark(line.cells.join(' '))),
    region.partIndex,
  );
  const found = findFlowColumns(pieces, subject);
  const columns = found?.columns ?? USUAL_COLUMNS[subject];
  const rows = withoutRepeatedColumns(pieces.slice(found?.to ?? 0));
  return { region, subject, head: readFlowHead(region.head, region.partIndex), block: readFlowBlock(rows, columns), isRunning: true };
}

function guessSubject(region: TableRegion): 'PROJECT' | 'UNIT' {
  const words = region.head.map((line) => line.cells.join(' ')).join(' ');
  if (/项目名称|项目资金|项目总体目标/u.test(words.replace(/\s+/gu, ''))) return 'PROJECT';
  if (/单位名称|部门名称|上级安排|本级安排/u.test(words.replace(/\s+/gu, ''))) return 'UNIT';
  return region.plan?.includes('rule') === true ? 'PROJECT' : 'UNIT';
}

/** The head row printed again on the next page is no row. */
function withoutRepeatedColumns(pieces: readonly TextPiece[]): TextPiece[] {
  const kept: TextPiece[] = [];
  for (let at = 0; at < pieces.length; at += 1) {
    const piece = pieces[at] as TextPiece;
    const again = piece.compact.startsWith('一级') ? readFlowColumns(pieces, at) : null;
    if (again === null) kept.push(piece);
    else at = again.to - 1;
  }
  return kept;
}

/** A year for tables that name none: of a table beside them, given by the caller, or of the document's first lines. */
function borrowedYear(readings: readonly RawReading[], parts: readonly SourcePart[], options: RecogniseOptions): number | null {
  const beside = readings.find((reading) => reading.head.fiscalYear !== null)?.head.fiscalYear;
  if (beside !== undefined && beside !== null) return beside;
  if (options.fiscalYear !== undefined) return options.fiscalYear;
  for (const line of parts.flatMap((part) => part.lines.slice(0, 40))) {
    const text = line.cells.join(' ').trim();
    const year = text.length <= 60 ? readYear(text) : null;
    if (year !== null) return year;
  }
  return null;
}

function assembleTable(
  { region, subject, head, block, isRunning }: RawReading,
  fiscalYear: number,
  file: string,
  findings: Finding[],
): { recognised: RecognisedTable; nameUnits: readonly (string | null)[] } {
  if (head.hadMarkup) findings.push(aFinding('Q-X4-html', 'WARN', { where: '年度绩效目标' }, { found: '<p>' }));
  const budget = subject === 'PROJECT' ? projectBudget(head, region, findings) : unitBudget(head, region, findings);
  const rows = assembleIndicators(block, isRunning, { file, part: region.part, subject, fiscalYear });
  findings.push(...rows.findings);
  const recognised: RecognisedTable = {
    subject,
    fiscalYear,
    budgetUnit: head.unit ?? '',
    project: subject === 'PROJECT' ? (head.project ?? '') : null,
    budget,
    goalText: head.goal ?? '',
    indicators: rows.indicators,
    head: headCells(head, isRunning),
    source: { file, place: placeOf(region, false) },
  };
  return { recognised, nameUnits: rows.nameUnits };
}

/** Cells of the head with how sure they are: in running text the ends of a value are inferred, over several lines a little more so. */
function headCells(head: RawHead, isRunning: boolean): NonNullable<RecognisedTable['head']> {
  const shown: Partial<Record<HeadCell, RecognisedCell>> = {};
  for (const [field, cell] of Object.entries(head.cells) as [HeadCell, RawCell][]) {
    const isFound = field !== 'year' && isRunning;
    shown[field] = showCell(cell, isFound ? lessSure(CERTAIN, linesCovered(cell) > 1 && field !== 'goal' ? 95 : 97) : CERTAIN);
  }
  return shown;
}

function placeOf(region: TableRegion, short: boolean): string {
  const numbers = [(region.head[0] ?? region.body[0])?.number ?? 1];
  return short ? shortPlace(region.part, numbers) : sayPlace(region.part, numbers);
}

const MONEY_WORDS: Readonly<Record<MoneyLabel, string>> = {
  total: '年度预算总额',
  fiscal: '财政拨款',
  other: '其他资金',
  higherLevel: '上级安排',
  localLevel: '本级安排',
};

function amount(head: RawHead, label: MoneyLabel, region: TableRegion, findings: Finding[]): string | null {
  const text = head.money[label];
  if (text === undefined) return null;
  const value = readMoney(text, head.moneyUnit);
  if (value !== undefined) return value;
  findings.push(aFinding('R-money', 'WARN', { label: MONEY_WORDS[label], place: placeOf(region, true) }, { found: text }));
  return null;
}

function projectBudget(head: RawHead, region: TableRegion, findings: Finding[]): ProjectBudget {
  return {
    total: amount(head, 'total', region, findings),
    fiscal: amount(head, 'fiscal', region, findings),
    other: amount(head, 'other', region, findings),
  };
}

/** The form of the unit prints no total: it is the sum of its three sources where all are printed. */
function unitBudget(head: RawHead, region: TableRegion, findings: Finding[]): UnitBudget {
  const [higherLevel, localLevel, other] = (['higherLevel', 'localLevel', 'other'] as const).map((label) =>
    amount(head, label, region, findings),
  ) as [string | null, string | null, string | null];
  const printed = amount(head, 'total', region, findings);
  const parts = [higherLevel, localLevel, other].filter((part): part is string => part !== null);
  return { total: printed ?? (parts.length === 3 ? sumAsPrinted(parts) : null), higherLevel, localLevel, other };
}

/** The sum with as many decimals as its parts print, so that 5.10 + 0.00 reads 5.10. */
function sumAsPrinted(parts: readonly string[]): string {
  const places = Math.max(...parts.map((part) => part.split('.')[1]?.length ?? 0));
  return roundHalfUp(addDecimal(...parts), places);
}
