import { addDecimal, compareDecimal } from '../decimal';
import { convertMagnitude } from '../quantity/quantity';
import { parseQuantity } from '../quantity/parse-quantity';
import { ok, refuse, type Result } from '../result';
import { defaultAccumulation, defaultDirection } from '../target-table/defaults';
import type { ScoringRule } from '../target-table/indicator';
import { canonicalLevel1, canonicalLevel2 } from '../target-table/indicator-frame';
import { splitNameUnit } from '../target-table/indicator-name';
import { parseTarget } from '../target-table/parse-target';
import type { TaskField } from '../target-table/main-task';
import { meansEmpty, normalizeText, printedOrNull, squeezePrinted } from '../text';
import { withAcceptance } from './accepted-finding';
import type { Correction, LoggedCorrection } from './correction';
import { standingCorrections } from './correction';
import type { HeadField, StagedCell, StagedColumn, StagedRow, StagedTable } from './staged-table';

/**
 * A staged table with one correction more. What cannot be read as a weight stays as typed, and the checks say so: nothing typed is lost.
 * @param sequence the number of the correction in its log: new rows are named after it
 * @returns refusals `staging.row-unknown`, `.two-rows-needed`, `.last-row`, `.year-unreadable`, `.money-unreadable`, `.name-in-two`, `.task-unknown`
 */
export function applyCorrection(table: StagedTable, correction: Correction, sequence: number): Result<StagedTable> {
  switch (correction.kind) {
    case 'SET_CELL': return changeRow(table, correction.row, (row) => writeCell(row, correction.column, correction.text, table.fiscalYear));
    case 'SET_LEVELS': return setLevels(table, correction.rows, correction.level1, correction.level2);
    case 'SPLIT_ROW': return splitRow(table, correction.row, correction.names, sequence);
    case 'MERGE_ROWS': return mergeRows(table, correction.rows);
    case 'DELETE_ROWS': return deleteRows(table, correction.rows);
    case 'ADD_ROW': return addRow(table, correction.after, sequence);
    case 'SET_HEAD': return setHead(table, correction.field, correction.text);
    case 'SET_TASK': return setTask(table, correction.at, correction.field, correction.text);
    case 'ADD_TASK': return ok({ ...table, tasks: [...(table.tasks ?? []), { name: '', content: null, total: null, fiscal: null, other: null }] });
    case 'DELETE_TASK': return table.tasks?.[correction.at] === undefined ? refuse('staging.task-unknown') : ok({ ...table, tasks: table.tasks.filter((_, at) => at !== correction.at) });
    case 'MATCH_ROW': return hasRow(table, correction.row) ? ok({ ...table, matches: { ...table.matches, [correction.row]: correction.key } }) : unknownRow(correction.row);
    case 'ACCEPT_FINDING': return ok({ ...table, acceptedFindings: withAcceptance(table.acceptedFindings, correction) });
  }
}

/** A table as it was read, with everything in the log that still holds. A correction that no longer finds its row is passed over. */
export function replayCorrections(read: StagedTable, log: readonly LoggedCorrection[]): StagedTable {
  let table = read;
  for (const { sequence, correction } of standingCorrections(log).corrections) {
    const applied = applyCorrection(table, correction, sequence);
    if (applied.ok) table = applied.value;
  }
  return table;
}

/** 赋分规则 out of its printed words (按照完成比例赋分, 满意度赋分 …) or its code; null for anything else. */
export function readRuleWord(text: string): ScoringRule | null {
  const word = normalizeText(text).replace(/\s+/gu, '');
  if (/^(?:PROPORTIONAL|GRADE|SATISFACTION|DIRECT)$/u.test(word)) return word as ScoringRule;
  if (/满意度/u.test(word)) return 'SATISFACTION';
  if (/等级/u.test(word)) return 'GRADE';
  if (/比例/u.test(word)) return 'PROPORTIONAL';
  return /直接/u.test(word) ? 'DIRECT' : null;
}

function hasRow(table: StagedTable, id: string): boolean {
  return table.rows.some((row) => row.id === id);
}

function unknownRow(row: string): ReturnType<typeof refuse> {
  return refuse('staging.row-unknown', { row });
}

function changeRow(table: StagedTable, id: string, change: (row: StagedRow) => StagedRow): Result<StagedTable> {
  return hasRow(table, id) ? ok({ ...table, rows: table.rows.map((row) => (row.id === id ? change(row) : row)) }) : unknownRow(id);
}

function writeCell(row: StagedRow, column: StagedColumn, text: string, fiscalYear: number): StagedRow {
  const corrected = row.corrected.includes(column) ? row.corrected : [...row.corrected, column];
  const written = { ...row, corrected };
  switch (column) {
    case 'level1': return withDefaults({ ...written, level1: canonicalLevel1(text) });
    case 'level2': return withDefaults({ ...written, level2: canonicalLevel2(text) });
    case 'name': {
      const { name, unit } = splitNameUnit(text);
      return withTarget({ ...written, name, nameUnit: unit ?? row.nameUnit }, row.target.raw, fiscalYear);
    }
    case 'target': return withTarget(written, text.trim(), fiscalYear);
    case 'weight': {
      const weight = normalizeText(text).replace(/\s+/gu, '').replace(/分$/u, '');
      return { ...written, weight };
    }
    case 'rule': return { ...written, scoringRule: readRuleWord(text) };
    case 'basis': return { ...written, basis: printedOrNull(text) };
    case 'previous': return { ...written, previousActual: printedOrNull(text) };
    case 'evidence': return { ...written, evidence: printedOrNull(text) };
  }
}

function withTarget(row: StagedRow, raw: string, fiscalYear: number): StagedRow {
  return withDefaults({ ...row, target: parseTarget(raw, { fiscalYear, nameUnit: row.nameUnit, name: row.name }) });
}

/** Which way is better and how quarters add up follow from levels, name and target (domain.md §3.3, §3.7). */
function withDefaults(row: StagedRow): StagedRow {
  return { ...row, direction: defaultDirection(row), accumulation: defaultAccumulation(row) };
}

function setLevels(table: StagedTable, rows: readonly string[], level1: string | null, level2: string | null): Result<StagedTable> {
  const missing = rows.find((id) => !hasRow(table, id));
  if (missing !== undefined) return unknownRow(missing);
  const chosen = new Set(rows);
  return ok({
    ...table,
    rows: table.rows.map((row) => {
      if (!chosen.has(row.id)) return row;
      const first = level1 === null ? row : writeCell(row, 'level1', level1, table.fiscalYear);
      return level2 === null ? first : writeCell(first, 'level2', level2, table.fiscalYear);
    }),
  });
}

function splitRow(table: StagedTable, id: string, names: readonly [string, string], sequence: number): Result<StagedTable> {
  const at = table.rows.findIndex((row) => row.id === id);
  const row = table.rows[at];
  if (row === undefined) return unknownRow(id);
  if (names.some((name) => name.trim() === '')) return refuse('staging.name-in-two', { name: row.name });
  // Two targets in one broken cell stand on two lines; one target belongs to the first row.
  const [firstTarget = '', ...others] = row.target.raw.split(/\n+/u).map((line) => line.trim()).filter((line) => line !== '');
  const first = writeCell(writeCell(row, 'name', names[0], table.fiscalYear), 'target', others.length === 1 ? firstTarget : row.target.raw, table.fiscalYear);
  const second: StagedRow = {
    ...writeCell(writeCell({ ...row, nameUnit: null }, 'name', names[1], table.fiscalYear), 'target', others.length === 1 ? others[0] ?? '' : '', table.fiscalYear),
    id: `n${sequence}`, weight: '', previousActual: null,
  };
  return ok({ ...table, rows: [...table.rows.slice(0, at), first, second, ...table.rows.slice(at + 1)] });
}

function mergeRows(table: StagedTable, ids: readonly string[]): Result<StagedTable> {
  const missing = ids.find((id) => !hasRow(table, id));
  if (missing !== undefined) return unknownRow(missing);
  const rows = table.rows.filter((row) => ids.includes(row.id));
  const [first, ...others] = rows;
  if (first === undefined || others.length === 0) return refuse('staging.two-rows-needed');
  const written = (row: StagedRow): boolean => !meansEmpty(row.target.raw);
  const target = rows.find(written)?.target.raw ?? '';
  // A row torn in two carries its weight once; two weights of real rows are one person's promise and are added.
  const weights = rows.map((row) => row.weight).filter((weight) => /^\d+(?:\.\d+)?$/u.test(weight) && compareDecimal(weight, '0') > 0);
  const name = squeezePrinted(rows.map((row) => row.name).filter((part) => part !== '').join(''));
  const joined: StagedRow = {
    ...first,
    cells: joinCells(rows),
    nameUnit: rows.find((row) => row.nameUnit !== null)?.nameUnit ?? null,
    weight: weights.length === 0 ? first.weight : addDecimal(...weights),
    basis: firstOf(rows, 'basis'), previousActual: firstOf(rows, 'previousActual'), evidence: firstOf(rows, 'evidence'),
    scoringRule: rows.find((row) => row.scoringRule !== null)?.scoringRule ?? null,
  };
  const merged = writeCell(writeCell(joined, 'name', name, table.fiscalYear), 'target', target, table.fiscalYear);
  const gone = new Set(others.map((row) => row.id));
  return ok({ ...table, rows: table.rows.filter((row) => !gone.has(row.id)).map((row) => (row.id === first.id ? merged : row)) });
}

function firstOf(rows: readonly StagedRow[], field: 'basis' | 'previousActual' | 'evidence'): string | null {
  return rows.find((row) => row[field] !== null)?.[field] ?? null;
}

function joinCells(rows: readonly StagedRow[]): StagedRow['cells'] {
  const joined: Partial<Record<StagedColumn, StagedCell>> = {};
  for (const row of rows) {
    for (const [column, cell] of Object.entries(row.cells) as [StagedColumn, StagedCell][]) {
      const before = joined[column];
      joined[column] = before === undefined ? cell : {
        raw: [before.raw, cell.raw].filter((text) => text !== '').join('\n'), places: [...before.places, ...cell.places],
        confidence: compareDecimal(before.confidence, cell.confidence) <= 0 ? before.confidence : cell.confidence,
      };
    }
  }
  return joined;
}

function deleteRows(table: StagedTable, ids: readonly string[]): Result<StagedTable> {
  const missing = ids.find((id) => !hasRow(table, id));
  if (missing !== undefined) return unknownRow(missing);
  const rows = table.rows.filter((row) => !ids.includes(row.id));
  return rows.length === 0 ? refuse('staging.last-row') : ok({ ...table, rows });
}

function addRow(table: StagedTable, after: string | null, sequence: number): Result<StagedTable> {
  const at = after === null ? -1 : table.rows.findIndex((row) => row.id === after);
  if (after !== null && at < 0) return unknownRow(after);
  const beside = table.rows[Math.max(at, 0)];
  const row = withDefaults({
    id: `n${sequence}`, level1: beside?.level1 ?? '', level2: beside?.level2 ?? '', name: '', nameUnit: null, target: parseTarget('', { fiscalYear: table.fiscalYear }),
    direction: null, weight: '', basis: null, previousActual: null, scoringRule: null, evidence: null, accumulation: 'MANUAL', passThreshold: null,
    confidence: '1', place: '', cells: {}, corrected: [],
  });
  return ok({ ...table, rows: [...table.rows.slice(0, at + 1), row, ...table.rows.slice(at + 1)] });
}

function setHead(table: StagedTable, field: HeadField, text: string): Result<StagedTable> {
  const done = writeHead(table, field, text);
  const before = table.headCorrected ?? [];
  return done.ok && !before.includes(field) ? ok({ ...done.value, headCorrected: [...before, field] }) : done;
}

function writeHead(table: StagedTable, field: HeadField, text: string): Result<StagedTable> {
  const written = squeezePrinted(text);
  switch (field) {
    case 'subject': return ok(withSubject(table, written === 'UNIT' ? 'UNIT' : 'PROJECT'));
    case 'fiscalYear': {
      const year = /^(20\d{2})年?$/u.exec(normalizeText(text).replace(/\s+/gu, ''))?.[1];
      return year === undefined ? refuse('staging.year-unreadable', { text }) : ok({ ...table, fiscalYear: Number(year) });
    }
    case 'project': return ok({ ...table, project: table.subject === 'PROJECT' ? written : null });
    case 'lead': return ok({ ...table, lead: written === '' ? null : written });
    case 'goalText': return ok({ ...table, goalText: text.trim() });
    default: return setMoney(table, field, text);
  }
}

function withSubject(table: StagedTable, subject: StagedTable['subject']): StagedTable {
  if (subject === table.subject) return table;
  const { total, other } = table.budget;
  return subject === 'UNIT'
    ? { ...table, subject, project: null, budget: { total, higherLevel: null, localLevel: null, other } }
    : { ...table, subject, project: '', budget: { total, fiscal: null, other } };
}

function setMoney(table: StagedTable, field: 'total' | 'fiscal' | 'other' | 'higherLevel' | 'localLevel', text: string): Result<StagedTable> {
  const amount = readAmount(text);
  return amount.ok ? ok({ ...table, budget: { ...table.budget, [field]: amount.value } }) : amount;
}

function setTask(table: StagedTable, at: number, field: TaskField, text: string): Result<StagedTable> {
  const task = table.tasks?.[at];
  if (table.tasks === undefined || task === undefined) return refuse('staging.task-unknown');
  const written = field === 'name' ? ok(squeezePrinted(text)) : field === 'content' ? ok(printedOrNull(text)) : readAmount(text);
  return written.ok ? ok({ ...table, tasks: table.tasks.map((one, index) => (index === at ? { ...one, [field]: written.value } : one)) }) : written;
}

/** An amount in 万元 as a person writes it; null for a blank. Refusal `staging.money-unreadable`. */
function readAmount(text: string): Result<string | null> {
  if (meansEmpty(text)) return ok(null);
  const read = parseQuantity(text, '万元');
  const amount = read.ok && read.value.unit !== null && read.value.unit !== '万元' ? convertMagnitude(read.value.magnitude, read.value.unit, '万元') : read.ok ? ok(read.value.magnitude) : read;
  if (!amount.ok || compareDecimal(amount.value, '0') < 0) return refuse('staging.money-unreadable', { text });
  return ok(amount.value);
}
