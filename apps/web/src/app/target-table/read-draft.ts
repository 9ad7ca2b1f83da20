import type { TargetTableBody } from '@jiheng/contract';
import {
  type Finding, type Indicator, type IndicatorTarget, type MainTask, type PerformanceTargetTable, type Refusal, type Result, type TaskField, addDecimal, checkTargetTable, compareDecimal,
  convertMagnitude, defaultAccumulation, defaultDirection, DEFAULT_RULE_PROFILE, effectiveScoringRule, normalizeDecimal, ok, parseQuantity, parseTarget, plainEntry, refuse, splitNameUnit,
} from '@jiheng/domain';
import { type DraftIdentity, type HeadDraft, type HeadField, type RowDraft, type RowField, type TableDraft, type TaskDraft, isBlank, isBlankTask } from './table-draft';

/** What is wrong in a cell: the domain's refusal, or a gap that only the editor knows. */
export type CellTrouble = { readonly refusal: Refusal } | { readonly gap: 'nameMissing' | 'targetMissing' | 'weightMissing' | 'levelMissing' | 'projectMissing' | 'rowsMissing' | 'taskNameMissing' };

/** One row as the domain understands it at this moment. */
export interface RowReading {
  /** Always there, so that checks can run while the row is half written; sent to the server only without troubles. */
  readonly indicator: Indicator;
  readonly troubles: ReadonlyMap<RowField, CellTrouble>;
}

/** A trouble with its place. */
export interface PlacedTrouble {
  /** null: the head of the form, or a task of it. */
  readonly rowId: string | null;
  /** The task of the head it is in. */
  readonly taskId?: string;
  readonly field: RowField | HeadField | TaskField;
  readonly trouble: CellTrouble;
}

/** The whole draft as the domain understands it. */
export interface DraftReading {
  readonly table: PerformanceTargetTable;
  /** The rows the table's indicators came from, in the same order. */
  readonly rowIds: readonly string[];
  readonly troubles: readonly PlacedTrouble[];
  readonly findings: readonly Finding[];
  /** Σ 分值权重 of the rows whose weight can be read, exact. */
  readonly weightSum: string;
}

const WEIGHT = /^\d{1,3}(?:\.\d{1,2})?$/u;
/** What a row itself does not say: the year of its dates, and whether its form has a column for the scoring rule. */
export type RowPlace = Pick<DraftIdentity, 'subject' | 'fiscalYear'>;
const remembered = new WeakMap<RowDraft, RowPlace & { readonly reading: RowReading }>();

/**
 * Reads one row; an untouched target is taken as it was stored. Where nobody chose, direction, accumulation and (in the form of a project)
 * the rule are what the domain suggests. The same row object is read once.
 */
export function readRow(row: RowDraft, { subject, fiscalYear }: RowPlace): RowReading {
  const kept = remembered.get(row);
  if (kept?.fiscalYear === fiscalYear && kept.subject === subject) return kept.reading;
  const troubles = new Map<RowField, CellTrouble>();
  const { name, unit } = row.stored?.name === row.name ? { name: row.name, unit: null } : splitNameUnit(row.name);
  if (name === '') troubles.set('name', { gap: 'nameMissing' });
  if (row.level1.trim() === '') troubles.set('level1', { gap: 'levelMissing' });
  if (row.level2.trim() === '') troubles.set('level2', { gap: 'levelMissing' });
  if (row.target.trim() === '') troubles.set('target', { gap: 'targetMissing' });
  const target = readTarget(row, fiscalYear, name, unit);
  const weight = readWeight(row.weight, name);
  if (row.weight.trim() === '') troubles.set('weight', { gap: 'weightMissing' });
  else if (!weight.ok) troubles.set('weight', { refusal: weight.refusal });
  const alike = { level1: row.level1, level2: row.level2.trim(), name, target };
  const reading: RowReading = {
    troubles,
    indicator: {
      key: row.key, ...alike, direction: row.direction === '' || target.kind === 'QUAL' || target.kind === 'BOOL' ? defaultDirection(alike) : row.direction,
      weight: weight.ok ? weight.value : row.weight.trim(), basis: textOrNull(row.basis), previousActual: textOrNull(row.previousActual), scoringRule: row.rule === '' ? suggestedRule(row, subject, alike) : row.rule,
      evidence: textOrNull(row.evidence), accumulation: row.accumulation === '' ? defaultAccumulation(alike) : row.accumulation, passThreshold: row.passThreshold,
    },
  };
  remembered.set(row, { subject, fiscalYear, reading });
  return reading;
}

/** A project's form has a column for the rule, so a new row gets one; what was stored without stays without. */
function suggestedRule(row: RowDraft, subject: RowPlace['subject'], alike: Pick<Indicator, 'level1' | 'level2' | 'name' | 'target'>): Indicator['scoringRule'] {
  return subject === 'PROJECT' && row.stored === null ? effectiveScoringRule({ ...alike, scoringRule: null }, DEFAULT_RULE_PROFILE) : null;
}

function readTarget(row: RowDraft, fiscalYear: number, name: string, nameUnit: string | null): IndicatorTarget {
  return row.stored !== null && row.stored.target === row.target ? row.stored.read : parseTarget(row.target, { fiscalYear, name, nameUnit });
}

/** 分值权重 as typed (`８`, `8分`, `8.50`). Refusal `target-table.weight-not-lawful`. */
export function readWeight(text: string, name: string): Result<string> {
  const entry = plainEntry(text).replace(/\s+/gu, '').replace(/分$/u, '');
  return WEIGHT.test(entry) && compareDecimal(entry, '0') > 0 ? ok(normalizeDecimal(entry)) : refuse('target-table.weight-not-lawful', { name, weight: text.trim() });
}

/** An amount in 万元 as typed (`8`, `80,000元`, `０.5万元`); null for an empty cell. */
export function readMoney(text: string): Result<string | null> {
  if (text.trim() === '') return ok(null);
  const quantity = parseQuantity(text, '万元');
  if (!quantity.ok) return quantity;
  const { magnitude, unit } = quantity.value;
  // Digits stay as printed (8.00) where nothing is to be converted.
  const amount = unit === '万元' ? ok(magnitude) : convertMagnitude(magnitude, unit, '万元');
  if (!amount.ok) return amount;
  return compareDecimal(amount.value, '0') < 0 ? refuse('target-table.money-negative', { amount: amount.value }) : amount;
}

const MONEY: Readonly<Record<DraftIdentity['subject'], readonly HeadField[]>> = { PROJECT: ['total', 'fiscal', 'other'], UNIT: ['higherLevel', 'localLevel', 'other'] };

/** Reads the draft whole: what can be sent, what is missing, and what the checks of the domain find. */
export function readDraft(draft: TableDraft, identity: DraftIdentity): DraftReading {
  const troubles: PlacedTrouble[] = [];
  const money = new Map<HeadField, string | null>();
  for (const field of MONEY[identity.subject]) {
    const amount = readMoney(draft.head[field]);
    money.set(field, amount.ok ? amount.value : null);
    if (!amount.ok) troubles.push({ rowId: null, field, trouble: { refusal: amount.refusal } });
  }
  if (identity.subject === 'PROJECT' && draft.head.project.trim() === '') troubles.unshift({ rowId: null, field: 'project', trouble: { gap: 'projectMissing' } });
  const tasks = identity.subject === 'UNIT' ? draft.tasks.filter((task) => !isBlankTask(task)).map((task) => ({ task, reading: readTask(task) })) : [];
  for (const { task, reading } of tasks) for (const [field, trouble] of reading.troubles) troubles.push({ rowId: null, taskId: task.id, field, trouble });
  const rows = draft.rows.filter((row) => !isBlank(row));
  if (rows.length === 0) troubles.push({ rowId: draft.rows[0]?.id ?? null, field: 'name', trouble: { gap: 'rowsMissing' } });
  const readings = rows.map((row) => readRow(row, identity));
  readings.forEach((reading, at) => {
    for (const [field, trouble] of reading.troubles) troubles.push({ rowId: rows[at]?.id ?? null, field, trouble });
  });
  const table: PerformanceTargetTable = {
    subject: identity.subject, fiscalYear: identity.fiscalYear, budgetUnit: identity.unitName, project: identity.subject === 'PROJECT' ? draft.head.project.trim() : null,
    budget: budgetOf(identity.subject, money, draft.head), goalText: draft.head.goalText.trim(), indicators: readings.map((reading) => reading.indicator),
    ...(tasks.length === 0 ? {} : { tasks: tasks.map(({ reading }) => reading.task) }),
  };
  const weights = readings.filter((reading) => !reading.troubles.has('weight')).map((reading) => reading.indicator.weight);
  return { table, rowIds: rows.map((row) => row.id), troubles, findings: rows.length === 0 ? [] : checkTargetTable(table), weightSum: addDecimal('0', ...weights) };
}

/** One task as the domain understands it; an amount that cannot be read counts as blank until it can. */
export function readTask(task: TaskDraft): { readonly task: MainTask; readonly troubles: ReadonlyMap<TaskField, CellTrouble> } {
  const troubles = new Map<TaskField, CellTrouble>();
  if (task.name.trim() === '') troubles.set('name', { gap: 'taskNameMissing' });
  const amount = (field: 'total' | 'fiscal' | 'other'): string | null => {
    const read = readMoney(task[field]);
    if (!read.ok) troubles.set(field, { refusal: read.refusal });
    return read.ok ? read.value : null;
  };
  return { task: { name: task.name.trim(), content: textOrNull(task.content), total: amount('total'), fiscal: amount('fiscal'), other: amount('other') }, troubles };
}

/** The unit's form has no cell for the sum: it is what its parts add up to. */
function budgetOf(subject: DraftIdentity['subject'], money: ReadonlyMap<HeadField, string | null>, head: HeadDraft): PerformanceTargetTable['budget'] {
  const of = (field: HeadField): string | null => money.get(field) ?? null;
  if (subject === 'PROJECT') return { total: of('total'), fiscal: of('fiscal'), other: of('other') };
  const parts = MONEY.UNIT.flatMap((field) => of(field) ?? []);
  const stored = readMoney(head.total);
  return { total: parts.length > 0 ? addDecimal(...parts) : stored.ok ? stored.value : null, higherLevel: of('higherLevel'), localLevel: of('localLevel'), other: of('other') };
}

/** What goes over the wire; only of a draft without troubles. */
export function bodyOf(reading: DraftReading, draft: TableDraft, identity: DraftIdentity): TargetTableBody {
  const { table } = reading;
  return {
    subject: table.subject, fiscalYear: table.fiscalYear, unitId: identity.unitId as TargetTableBody['unitId'], project: table.project, lead: textOrNull(draft.head.lead),
    goalText: table.goalText, budget: { ...table.budget }, indicators: table.indicators.map((indicator) => ({ ...indicator, target: { ...indicator.target } })),
    // An empty list takes out what was there.
    ...(table.subject === 'UNIT' ? { tasks: (table.tasks ?? []).map((task) => ({ ...task })) } : {}),
  };
}

/** The cell a finding is about, by the family of its code; null: the whole row or table. */
export function cellOfFinding(code: string): RowField {
  if (code.startsWith('Q-W')) return 'weight';
  if (code.startsWith('Q-T')) return 'level2';
  if (code.startsWith('Q-N')) return 'name';
  if (code.startsWith('Q-H')) return 'previousActual';
  return 'target';
}

function textOrNull(text: string): string | null {
  return text.trim() === '' ? null : text.trim();
}
