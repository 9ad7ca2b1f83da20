import {
  addDecimal,
  aFinding,
  type BudgetDocument,
  type BudgetNarrative,
  checkTargetTable,
  compareDecimal,
  type Finding,
  ok,
  type ProjectBudget,
  refuse,
  type Result,
  roundHalfUp,
  type UnitBudget,
} from '@jiheng/domain';
import { readBudgetDocument } from '../budget-tables/read-budget-document';
import { CERTAIN, lessSure } from './certainty';
import { assembleIndicators } from './assemble-indicators';
import { detectTemplate, formOfRoles, rolesOf, type TemplateMatch } from './detect-template';
import { findRegions, type TableRegion } from './find-regions';
import { findFlowColumns, readFlowColumns } from './flow-columns';
import { readFlowBlock } from './flow-block';
import { readFlowHead } from './flow-head';
import { type ColumnRole, isPageMark, USUAL_COLUMNS } from './form-words';
import { type FormVocabulary, periodOf, vocabularyOf } from './form-vocabulary';
import { readGridBlock } from './grid-block';
import { readGridHead } from './grid-head';
import { readYear } from './head-labels';
import { linesCovered, showCell } from './raw-cell';
import type { HeadCell, MoneyLabel, RawBlock, RawCell, RawHead } from './raw-table';
import { printedSumOf, readExecution } from './read-execution';
import { checkMainTasks, type MainTasks, readMainTasks } from './main-tasks';
import { readMoney } from './read-money';
import type { BudgetTable, ExecutionLine, PrintedSum, RecognisedCell, RecognisedIndicator, RecognisedTable } from './recognised-table';
import { keepMeaning } from './rows-like-before';
import { sayPlace, shortPlace, type SourcePart } from './source-line';
import type { FormKind, RecognitionTemplate } from './templates/recognition-template';
import { piecesOf, type TextPiece } from './text-piece';

/** What the text itself may not say. */
export interface RecogniseOptions {
  /** Taken where neither the table nor its document names a year. */
  readonly fiscalYear?: number;
  /** Forms beyond the built-in ones, as `readTemplate` takes them. */
  readonly templates?: readonly RecognitionTemplate[];
  /** false: the checks of the target stage are left to whoever runs them on what becomes of the reading. */
  readonly checks?: boolean;
}

/** What was read from one document. */
export interface ReadDocument {
  readonly tables: readonly RecognisedTable[];
  readonly budgetTables: readonly BudgetTable[];
  /** The budget tables as a model; null when the document holds none. */
  readonly budget?: BudgetDocument | null;
  /** What the running text states in numbers; null when there is none. */
  readonly narrative?: BudgetNarrative | null;
  readonly findings: readonly Finding[];
  /** Of a document with budget tables and no target table: the year it names, else the one asked for; null when there is none. */
  readonly budgetYear?: number | null;
}

/** Indicator rows of one table. */
const TABLE_ROW_LIMIT = 2000;

interface RawReading {
  readonly region: TableRegion;
  readonly subject: 'PROJECT' | 'UNIT';
  readonly form: FormKind;
  readonly match: TemplateMatch;
  readonly head: RawHead;
  readonly block: RawBlock;
  readonly isRunning: boolean;
  /** 年度主要任务; null where the form has none, or lost its cells. */
  readonly mainTasks: MainTasks | null;
}

interface AssembledTable {
  readonly recognised: RecognisedTable;
  /** The unit in the bracket behind each printed name. */
  readonly nameUnits: readonly (string | null)[];
  /** How the reading went. */
  readonly own: readonly Finding[];
}

/**
 * Finds the target tables in lines or rows of cells and reads them. Pure: no file, no clock. Findings name table and row by index;
 * they tell how the text was read (R- codes) and what the checks of the target stage say about the content.
 * @returns refusals `document.no-table-found`, `document.no-rows`, `document.too-many-rows`, `document.no-fiscal-year`
 */
export function recogniseTables(parts: readonly SourcePart[], file: string, options: RecogniseOptions = {}): Result<ReadDocument> {
  const vocabulary = vocabularyOf(options.templates);
  const regions: TableRegion[] = [];
  const years: (number | null)[] = [];
  const assembled: (AssembledTable | null)[] = [];
  const waiting: { readonly table: number; readonly reading: RawReading }[] = [];
  let endless: TableRegion | null = null;
  for (let at = 0; at < parts.length; at += 1) {
    // One table is finished before the next is looked for, so that a thousand of them are never held half done; only one without a year waits for the others.
    for (const region of findRegions(parts[at] as SourcePart, at, vocabulary)) {
      const reading = readRegion(region, vocabulary);
      if (reading.block.rows.length === 0) return refuse('document.no-rows', { file, place: placeOf(region, true) });
      if (reading.block.rows.length > TABLE_ROW_LIMIT) endless ??= region;
      const year = reading.head.fiscalYear;
      if (year === null) waiting.push({ table: regions.length, reading });
      regions.push(region);
      years.push(year);
      assembled.push(year === null || endless !== null ? null : assembleTable(reading, year, file, []));
    }
  }
  if (regions.length === 0) return readBudgetAlone(parts, file, options);
  if (endless !== null) return refuse('document.too-many-rows', { file, place: placeOf(endless, true), limit: String(TABLE_ROW_LIMIT) });
  const borrowed = waiting.length === 0 ? null : borrowedYear(years, parts, options);
  for (const { table, reading } of waiting) {
    const place = placeOf(reading.region, true);
    if (borrowed === null) return refuse('document.no-fiscal-year', { file, place });
    assembled[table] = assembleTable(reading, borrowed, file, [aFinding('R-year', 'WARN', { place }, { expected: String(borrowed) })]);
  }
  const tables: RecognisedTable[] = [];
  const findings: Finding[] = [];
  for (const [table, one] of assembled.entries()) {
    if (one === null) continue;
    const { recognised, nameUnits, own } = one;
    tables.push(recognised);
    // The checks of the target stage are about promises; a form filled later is evaluated where its numbers are.
    const checks = recognised.form === 'TARGET' && options.checks !== false ? checkTargetTable(withTasks(recognised), undefined, { nameUnits }) : [];
    for (const finding of [...own, ...checks]) findings.push({ ...finding, table });
  }
  const projects = tables.map(({ project, budget: { total } }) => ({ project, total }));
  tables.forEach(({ mainTasks, budget }, table) => {
    if (mainTasks !== undefined) findings.push(...checkMainTasks(mainTasks, projects, table, budget.total));
  });
  const around = readBudgetDocument(parts, tables, regions);
  const { budgetTables, budget, narrative } = around;
  return ok({ tables, budgetTables, budget, narrative, findings: [...findings, ...around.findings] });
}

/** A document without a target table is one all the same when it prints budget tables. */
function readBudgetAlone(parts: readonly SourcePart[], file: string, options: RecogniseOptions): Result<ReadDocument> {
  const { budgetTables, budget, narrative, findings } = readBudgetDocument(parts, [], []);
  if (budgetTables.length === 0) return refuse('document.no-table-found', { file });
  return ok({ tables: [], budgetTables, budget, narrative, findings, budgetYear: borrowedYear([], parts, {}) ?? options.fiscalYear ?? null });
}

function readRegion(region: TableRegion, vocabulary: FormVocabulary): RawReading {
  const subject = region.title?.subject ?? guessSubject(region);
  if (region.columns !== null) {
    const { plan, words } = region.columns;
    const match = detectTemplate(vocabulary.templates, { title: region.title, subject, roles: plan, words });
    const roles = rolesOf(match.template, plan, words);
    keepMeaning(region.columns, roles, vocabulary);
    return {
      region,
      subject,
      form: region.title?.form ?? formOfRoles(roles),
      match,
      head: withPeriod(readGridHead(region.head, region.partIndex, vocabulary), region.columns.words),
      mainTasks: subject === 'UNIT' ? readMainTasks(region.head, vocabulary) : null,
      block: readGridBlock(region, roles, region.part.broken, region.partIndex, vocabulary),
      isRunning: false,
    };
  }
  const pieces = piecesOf(
    region.body.filter((line) => !isPageMark(line.cells.join(' '))),
    region.partIndex,
  );
  const found = findFlowColumns(pieces, subject, vocabulary);
  const columns = found?.columns ?? USUAL_COLUMNS[subject];
  const words = found?.words ?? [];
  const match = detectTemplate(vocabulary.templates, { title: region.title, subject, roles: columns, words });
  const roles = rolesOf(match.template, columns, words).filter((role): role is ColumnRole => role !== null);
  const rows = withoutRepeatedColumns(pieces.slice(found?.to ?? 0), roles, vocabulary);
  return {
    region,
    subject,
    form: region.title?.form ?? formOfRoles(roles),
    match,
    head: withPeriod(readFlowHead(region.head, region.partIndex, vocabulary), words),
    block: readFlowBlock(rows, roles),
    mainTasks: null,
    isRunning: true,
  };
}

/** The span of a monitoring form stands above its money; one without money says it above what was reached. */
function withPeriod(head: RawHead, words: readonly string[]): RawHead {
  const period = head.period ?? periodOfWords(words);
  return period === head.period ? head : { ...head, period };
}

let lastPeriod: { readonly words: readonly string[]; readonly period: string | null } | null = null;

/** The span that one of the heads speaks of: found once for a head row that a thousand sheets print. */
function periodOfWords(words: readonly string[]): string | null {
  if (lastPeriod?.words !== words) lastPeriod = { words, period: words.map(periodOf).find((period) => period !== null) ?? null };
  return lastPeriod.period;
}

function guessSubject(region: TableRegion): 'PROJECT' | 'UNIT' {
  const words = region.head
    .map((line) => line.cells.join(' '))
    .join(' ')
    .replace(/\s+/gu, '');
  if (/项目名称|项目资金|项目总体目标/u.test(words)) return 'PROJECT';
  if (/单位名称|部门名称|上级安排|本级安排/u.test(words)) return 'UNIT';
  return region.columns?.plan.includes('rule') === true ? 'PROJECT' : 'UNIT';
}

/** The head row printed again on the next page is no row. */
function withoutRepeatedColumns(pieces: readonly TextPiece[], columns: readonly ColumnRole[], vocabulary: FormVocabulary): TextPiece[] {
  const kept: TextPiece[] = [];
  const isFull = columns.includes('weight') || columns.includes('actual');
  for (let at = 0; at < pieces.length; at += 1) {
    const piece = pieces[at] as TextPiece;
    const mayOpen = piece.compact.startsWith('一级') || piece.compact.startsWith('指标名称');
    const again = mayOpen ? readFlowColumns(pieces, at, vocabulary, isFull) : null;
    if (again === null) kept.push(piece);
    else at = again.to - 1;
  }
  return kept;
}

/** A year for tables that name none: of a table beside them, given by the caller, or of the document's first lines. */
function borrowedYear(years: readonly (number | null)[], parts: readonly SourcePart[], options: RecogniseOptions): number | null {
  const beside = years.find((year) => year !== null);
  if (beside !== undefined && beside !== null) return beside;
  if (options.fiscalYear !== undefined) return options.fiscalYear;
  for (const line of parts.flatMap((part) => part.lines.slice(0, 40))) {
    const text = line.cells.join(' ').trim();
    const year = text.length <= 60 ? readYear(text) : null;
    if (year !== null) return year;
  }
  return null;
}

/** The table with its main tasks where the checks look for them. */
function withTasks(table: RecognisedTable): RecognisedTable {
  return table.mainTasks === undefined ? table : { ...table, tasks: table.mainTasks.tasks };
}

function assembleTable(
  { region, subject, form, match, head, block, isRunning, mainTasks }: RawReading,
  fiscalYear: number,
  file: string,
  findings: Finding[],
): AssembledTable {
  if (head.hadMarkup) findings.push(aFinding('Q-X4-html', 'WARN', { where: '年度绩效目标' }, { found: '<p>' }));
  if (head.goalJoined) findings.push(aFinding('R-goal-joined', 'WARN', { place: placeOf(region, true) }));
  const execution = readExecution(head, isRunning);
  const withLines = { ...head, money: { ...moneyOfLines(execution), ...head.money } };
  const budget = subject === 'PROJECT' ? projectBudget(withLines, region, findings) : unitBudget(withLines, region, findings);
  tellYuan(head, region, findings);
  const rows = assembleIndicators(block, isRunning, { file, part: region.part, subject, fiscalYear, form });
  for (const finding of rows.findings) findings.push(finding);
  if (!block.columns.includes('weight') && form === 'TARGET') findings.push(aFinding('R-no-weights', 'INFO', { place: placeOf(region, true) }));
  const [best] = match.scores;
  if (best !== undefined && best.confidence < SURE_OF_TEMPLATE) {
    findings.push(aFinding('R-template', 'INFO', { place: placeOf(region, true), confidence: best.confidence }, { found: match.template.title.zh }));
  }
  const printedSum = printedSumOf(block.sums.at(-1), head, isRunning);
  if (printedSum !== null) tellSums(printedSum, rows.indicators, execution, form, region, findings);
  const isTarget = form === 'TARGET';
  const recognised: RecognisedTable = {
    form,
    template: match.template.name,
    templateScores: match.scores,
    subject,
    fiscalYear,
    budgetUnit: head.unit ?? '',
    project: subject === 'PROJECT' ? (head.project ?? '') : null,
    budget,
    goalText: head.goal ?? '',
    indicators: rows.indicators,
    head: headCells(head, isRunning),
    source: { file, place: placeOf(region, false) },
    ...(Object.keys(rows.levelPoints).length === 0 ? {} : { levelPoints: rows.levelPoints }),
    ...(isTarget && head.goalAchieved === null ? {} : { goalAchieved: head.goalAchieved }),
    ...(head.goalAdjusted === null ? {} : { goalAdjusted: head.goalAdjusted }),
    ...(execution.length === 0 ? {} : { execution }),
    ...(head.period === null ? {} : { period: head.period }),
    ...(mainTasks === null ? {} : { mainTasks }),
    ...(printedSum === null ? {} : { printedSum }),
  };
  return { recognised, nameUnits: rows.nameUnits, own: findings };
}

/** Below this a person should look whether the form is the one it was taken for. */
const SURE_OF_TEMPLATE = '0.70';

/** The year's money of a self-evaluation as the budget of the table: what was planned at the start. */
function moneyOfLines(execution: readonly ExecutionLine[]): Partial<Record<MoneyLabel, string>> {
  const money: Partial<Record<MoneyLabel, string>> = {};
  for (const { line, initial, adjusted } of execution) {
    const label = LABEL_OF_LINE[line];
    const amount = initial ?? adjusted;
    if (label !== undefined && amount !== null) money[label] ??= `${amount}万元`;
  }
  return money;
}

const LABEL_OF_LINE: Readonly<Partial<Record<ExecutionLine['line'], MoneyLabel>>> = {
  TOTAL: 'total', FISCAL: 'fiscal', HIGHER_LEVEL: 'higherLevel', LOCAL_LEVEL: 'localLevel', OTHER: 'other',
};

/** Money printed in 元 is taken over in 万元, and said. */
function tellYuan(head: RawHead, region: TableRegion, findings: Finding[]): void {
  for (const [label, text] of Object.entries(head.money) as [MoneyLabel, string][]) {
    const inYuan = /元$/u.test(text.trim()) ? !/万\s*元$/u.test(text.trim()) : head.moneyUnit === '元';
    const amount = readMoney(text, head.moneyUnit);
    if (!inYuan || amount === null || amount === undefined) continue;
    findings.push(aFinding('R-yuan', 'INFO', { label: MONEY_WORDS[label], place: placeOf(region, true) }, { found: text, expected: amount }));
  }
}

const weightOf = (row: RecognisedIndicator): string => row.weight;
const pointsOf = (row: RecognisedIndicator): string | null | undefined => row.pointsRaw;

/** The row that adds up must agree with the rows above it; the ten points of the execution may be counted in or not. */
function tellSums(
  sum: PrintedSum,
  indicators: readonly RecognisedIndicator[],
  execution: readonly ExecutionLine[],
  form: FormKind,
  region: TableRegion,
  findings: Finding[],
): void {
  const scored = execution.find((line) => line.line === 'TOTAL');
  const agree = (printed: string | null, valueOf: (row: RecognisedIndicator) => string | null | undefined, extra: string | null | undefined, label: string): void => {
    if (printed === null) return;
    const rows: string[] = [];
    for (const row of indicators) {
      const value = valueOf(row);
      if (value === null || value === undefined) return;
      rows.push(value);
    }
    const own = addDecimal(...rows);
    if (compareDecimal(printed, own) === 0) return;
    const all = extra === null || extra === undefined ? own : addDecimal(own, extra);
    if (compareDecimal(printed, all) === 0) return;
    findings.push(aFinding('R-sum', 'WARN', { label, place: placeOf(region, true) }, { found: printed, expected: all }));
  };
  agree(sum.weight, weightOf, scored?.weight ?? null, '分值');
  if (form === 'SELF_EVALUATION') agree(sum.points, pointsOf, scored?.points ?? null, '得分');
}

/** Cells of the head with how sure they are: in running text the ends of a value are inferred, over several lines a little more so. */
function headCells(head: RawHead, isRunning: boolean): NonNullable<RecognisedTable['head']> {
  const shown: Partial<Record<HeadCell, RecognisedCell>> = {};
  for (const [field, cell] of Object.entries(head.cells) as [HeadCell, RawCell][]) {
    const isFound = field !== 'year' && isRunning;
    const isProse = field === 'goal' || field === 'goalAchieved' || field === 'goalAdjusted';
    const guessed = head.goalJoined && isProse ? (head.hasGoalSeam ? 88 : 60) : linesCovered(cell) > 1 && !isProse ? 95 : 97;
    shown[field] = showCell(cell, isFound ? lessSure(CERTAIN, guessed) : CERTAIN);
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
