import {
  type Actual, defaultAccumulation, defaultDirection, type ExecutionFigures, type Indicator, type IndicatorTarget, isDayText, ok, type OverCause, parseActualText, parseTarget,
  type Refusal, type Result, splitNameUnit, unitOf,
} from '@jiheng/domain';
import { z } from 'zod';
import { CommandRefusal, type Sentence } from './terminal';

const DECIMAL = /^-?\d{1,24}(?:\.\d{1,12})?$/u;
const decimal = z.string().regex(DECIMAL, { error: 'decimal' });
const amount = z.string().regex(/^\d{1,24}(?:\.\d{1,12})?$/u, { error: 'amount' });
const money = decimal.nullable().optional();

// Keys that an import prints but that say nothing about the score are taken and left alone; a key that nobody knows is a slip and is refused.
const source = z.strictObject({ file: z.string(), place: z.string() }).optional();

const targetObject = z.strictObject({
  kind: z.enum(['QUANT', 'QUAL', 'DATE', 'BOOL']), comparator: z.enum(['GE', 'GT', 'EQ', 'LE', 'LT', 'BETWEEN', 'NONE']),
  magnitude: z.string().nullable(), magnitudeHigh: decimal.nullable().optional(), unit: z.string().max(40).nullable().optional(),
  text: z.string().nullable().optional(), raw: z.string().optional(),
}).superRefine(({ kind, comparator, magnitude, magnitudeHigh }, context) => {
  const complain = (path: string, message: string): void => { context.addIssue({ code: 'custom', path: [path], message }); };
  if (kind === 'QUANT' && (magnitude === null || !DECIMAL.test(magnitude))) complain('magnitude', 'decimal');
  if (kind === 'DATE' && (magnitude === null || !isDate(magnitude))) complain('magnitude', 'date');
  if (comparator === 'BETWEEN' && (magnitudeHigh === null || magnitudeHigh === undefined)) complain('magnitudeHigh', 'decimal');
});

const indicator = z.strictObject({
  key: z.string().optional(), level1: z.string(), level2: z.string(), name: z.string().min(1, { error: 'blank' }),
  target: z.unknown().refine((value) => value !== undefined && value !== null, { error: 'missing' }),
  direction: z.enum(['POSITIVE', 'NEGATIVE', 'POINT']).nullable().optional(), weight: amount,
  basis: z.string().nullable().optional(), previousActual: z.string().nullable().optional(),
  scoringRule: z.enum(['PROPORTIONAL', 'GRADE', 'SATISFACTION', 'DIRECT']).nullable().optional(), evidence: z.string().nullable().optional(),
  accumulation: z.enum(['SUM', 'LAST', 'RATIO', 'MAX', 'MIN', 'SURVEY', 'MANUAL']).optional(), passThreshold: amount.nullable().optional(),
  confidence: z.string().optional(), source,
});

const actual = z.strictObject({
  row: z.int({ error: 'index' }).min(0, { error: 'index' }),
  magnitude: decimal.optional(), unit: z.string().max(40).nullable().optional(), numerator: decimal.nullable().optional(), denominator: decimal.nullable().optional(),
  grade: z.enum(['A', 'B', 'C']).optional(), share: amount.nullable().optional(), note: z.string().nullable().optional(),
  date: z.string().refine(isDate, { error: 'date' }).optional(), answer: z.boolean().optional(), deduction: amount.nullable().optional(),
  state: z.enum(['NOT_REPORTED', 'NOT_APPLICABLE', 'UNFINISHED']).optional(), reason: z.string().trim().min(1, { error: 'blank' }).optional(),
  text: z.string().max(2000).optional(), overCause: z.enum(['TARGET_TOO_LOW', 'OTHER']).nullable().optional(),
}).superRefine((value, context) => {
  const said = (['magnitude', 'grade', 'date', 'answer', 'state', 'text'] as const).filter((key) => value[key] !== undefined);
  if (said.length !== 1) context.addIssue({ code: 'custom', message: 'oneOf', path: [] });
  if (value.state === 'NOT_APPLICABLE' && value.reason === undefined) context.addIssue({ code: 'custom', message: 'missing', path: ['reason'] });
});

const scoreFile = z.strictObject({
  table: z.strictObject({
    subject: z.enum(['UNIT', 'PROJECT']).optional(), fiscalYear: z.int({ error: 'year' }).min(1990, { error: 'year' }).max(2100, { error: 'year' }),
    budgetUnit: z.string().nullable().optional(), project: z.string().nullable().optional(), lead: z.string().nullable().optional(),
    budget: z.strictObject({ total: money, fiscal: money, other: money, higherLevel: money, localLevel: money }).nullable().optional(),
    goalText: z.string().nullable().optional(), indicators: z.array(indicator).min(1, { error: 'empty' }).max(20_000, { error: 'tooMany' }), source,
  }),
  actuals: z.array(actual).default([]),
  budgetExecution: z.strictObject({ initial: money, adjusted: money, executed: money }).nullable().optional(),
  profile: z.string().optional(),
});

/** A row to score, or why the text of its cell could not be taken. */
export interface FileRow {
  readonly indicator: Indicator;
  readonly actual: Actual;
  readonly overCause: OverCause | null;
  /** The pasted cell that was not understood, and why. */
  readonly unread: { readonly text: string; readonly refusal: Refusal } | null;
}

/** A score file, understood. */
export interface ScoreFile {
  readonly fiscalYear: number;
  readonly rows: readonly FileRow[];
  readonly execution: ExecutionFigures | null;
  readonly profile: string | null;
}

/**
 * Reads a score file. Strict: a key nobody knows, a number that is not text, a row that does not exist are refused with their path.
 * @throws CommandRefusal with one sentence for each mistake, at most ten
 */
export function readScoreFile(bytes: Uint8Array, file: string): ScoreFile {
  const given = parseJson(bytes, file);
  const checked = scoreFile.safeParse(given);
  if (!checked.success) throw new CommandRefusal(sayIssues(checked.error.issues, given, [], file));
  const { table, actuals, budgetExecution, profile } = checked.data;
  const indicators = table.indicators.map((row, at) => readIndicator(row, at, table.fiscalYear, file));
  const byRow = new Map<number, z.infer<typeof actual>>();
  for (const [at, one] of actuals.entries()) {
    if (one.row >= indicators.length) refuseAt(file, `actuals[${at}].row`, `没有第 ${one.row} 行，行号从 0 到 ${indicators.length - 1}`, `there is no row ${one.row}; rows go from 0 to ${indicators.length - 1}`);
    if (byRow.has(one.row)) refuseAt(file, `actuals[${at}].row`, `第 ${one.row} 行已经有一个实际完成值`, `row ${one.row} has an actual already`);
    byRow.set(one.row, one);
  }
  return {
    fiscalYear: table.fiscalYear, profile: profile ?? null,
    execution: budgetExecution === null || budgetExecution === undefined ? null
      : { initial: budgetExecution.initial ?? null, adjusted: budgetExecution.adjusted ?? null, executed: budgetExecution.executed ?? null },
    rows: indicators.map((one, at) => {
      const given = byRow.get(at);
      const read: Result<Actual> = given === undefined ? ok({ kind: 'NOT_REPORTED' }) : readActual(given, one);
      return {
        indicator: one, overCause: given?.overCause ?? null, actual: read.ok ? read.value : { kind: 'NOT_REPORTED' },
        unread: read.ok ? null : { text: given?.text ?? '', refusal: read.refusal },
      };
    }),
  };
}

const LONGEST_LIST = 10;

function parseJson(bytes: Uint8Array, file: string): unknown {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new CommandRefusal([{ zh: `文件“${file}”不是 UTF-8 文本。`, en: `The file “${file}” is not UTF-8 text.` }]);
  }
  try {
    return JSON.parse(text);
  } catch (fault) {
    const cause = fault instanceof Error ? fault.message : String(fault);
    throw new CommandRefusal([{ zh: `文件“${file}”不是有效的 JSON：${cause}。`, en: `The file “${file}” is not valid JSON: ${cause}.` }]);
  }
}

function readIndicator(row: z.infer<typeof indicator>, at: number, fiscalYear: number, file: string): Indicator {
  const { name, unit: nameUnit } = splitNameUnit(row.name);
  const target = readTarget(row.target, at, { fiscalYear, nameUnit }, file);
  const like = { level1: row.level1, level2: row.level2, name, target };
  return {
    key: row.key ?? `r${at + 1}`, ...like, direction: row.direction ?? defaultDirection(like), weight: row.weight, basis: row.basis ?? null,
    previousActual: row.previousActual ?? null, scoringRule: row.scoringRule ?? null, evidence: row.evidence ?? null,
    accumulation: row.accumulation ?? defaultAccumulation(like), passThreshold: row.passThreshold ?? null,
  };
}

function readTarget(value: unknown, at: number, circumstances: { fiscalYear: number; nameUnit: string | null }, file: string): IndicatorTarget {
  if (typeof value === 'string') return parseTarget(value, circumstances);
  const checked = targetObject.safeParse(value);
  if (!checked.success) throw new CommandRefusal(sayIssues(checked.error.issues, value, ['table', 'indicators', at, 'target'], file));
  const { kind, comparator, magnitude, magnitudeHigh = null, unit = null, text = null, raw } = checked.data;
  return { kind, comparator, magnitude, magnitudeHigh, unit: unit === null ? null : unitOf(unit).symbol, text, raw: raw ?? text ?? `${magnitude ?? ''}${unit ?? ''}` };
}

function readActual(given: z.infer<typeof actual>, of: Indicator): Result<Actual> {
  if (given.text !== undefined) return parseActualText(given.text, of);
  if (given.magnitude !== undefined) {
    return ok({ kind: 'REPORTED', magnitude: given.magnitude, unit: given.unit ?? null, numerator: given.numerator ?? null, denominator: given.denominator ?? null });
  }
  if (given.grade !== undefined) return ok({ kind: 'JUDGED', grade: given.grade, share: given.share ?? null, note: given.note ?? null });
  if (given.date !== undefined) return ok({ kind: 'DATED', date: given.date });
  if (given.answer !== undefined) return ok({ kind: 'ANSWERED', answer: given.answer, deduction: given.deduction ?? null });
  if (given.state === 'NOT_APPLICABLE') return ok({ kind: 'NOT_APPLICABLE', reason: given.reason ?? '' });
  return ok(given.state === 'UNFINISHED' ? { kind: 'UNFINISHED' } : { kind: 'NOT_REPORTED' });
}

/** A month or a day of the calendar. */
function isDate(text: string): boolean {
  return isDayText(/^\d{4}-\d{2}$/u.test(text) ? `${text}-01` : text);
}

const PROBLEMS: Readonly<Record<string, Sentence>> = {
  decimal: { zh: '应为文本形式的数，如 "26.40"', en: 'a number as text is expected, for example "26.40"' },
  amount: { zh: '应为文本形式的非负数，如 "9.60"', en: 'a number as text, not negative, is expected, for example "9.60"' },
  date: { zh: '应为日期 YYYY-MM-DD 或月份 YYYY-MM', en: 'a day YYYY-MM-DD or a month YYYY-MM is expected' },
  year: { zh: '应为 1990 至 2100 之间的年份（整数）', en: 'a year between 1990 and 2100 (a whole number) is expected' },
  index: { zh: '应为行号：从 0 开始的整数', en: 'the number of a row is expected: a whole number from 0' },
  missing: { zh: '缺少此项', en: 'it is missing' },
  blank: { zh: '不能为空', en: 'it may not be blank' },
  empty: { zh: '至少要有一条指标', en: 'at least one indicator is needed' },
  tooMany: { zh: '最多 20000 条指标', en: 'there may be at most 20000 indicators' },
  oneOf: { zh: '须写明且只写明 magnitude、grade、date、answer、state、text 之一', en: 'exactly one of magnitude, grade, date, answer, state, text is needed' },
};

/** The path as one writes it: actuals[3].magnitude. */
function sayPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, key) => (typeof key === 'number' ? `${text}[${key}]` : text === '' ? String(key) : `${text}.${String(key)}`), '') || 'JSON';
}

/** One sentence for each mistake. `before` is the path of `value` in the file. */
function sayIssues(issues: readonly z.core.$ZodIssue[], value: unknown, before: readonly PropertyKey[], file: string): Sentence[] {
  return issues.slice(0, LONGEST_LIST).map((issue) => sayIssue(issue, valueAt(value, issue.path) === undefined, [...before, ...issue.path], file));
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((inner, key) => (inner !== null && typeof inner === 'object' ? (inner as Record<PropertyKey, unknown>)[key] : undefined), value);
}

function sayIssue(issue: z.core.$ZodIssue, isMissing: boolean, path: readonly PropertyKey[], file: string): Sentence {
  if (issue.code === 'unrecognized_keys') {
    const keys = issue.keys.map((key) => sayPath([...path, key])).join('、');
    return at(file, keys, '是未知的键，请删去或改正拼写', 'is not known; remove it or correct its spelling');
  }
  const where = sayPath(path);
  const known = isMissing ? PROBLEMS['missing'] : PROBLEMS[issue.message];
  if (known !== undefined) return at(file, where, known.zh, known.en);
  if (issue.code === 'invalid_value') {
    const values = issue.values.map(String).join(' | ');
    return at(file, where, `应为 ${values} 之一`, `one of ${values} is expected`);
  }
  if (issue.code === 'invalid_type') {
    const kind = TYPE_NAMES[issue.expected] ?? { zh: issue.expected, en: issue.expected };
    return at(file, where, `应为${kind.zh}`, `${kind.en} is expected`);
  }
  return at(file, where, '不符合要求', 'it is not acceptable');
}

const TYPE_NAMES: Readonly<Record<string, Sentence>> = {
  string: { zh: '文本（数也写成文本，如 "5"）', en: 'text (numbers too, for example "5")' }, array: { zh: '数组', en: 'an array' }, object: { zh: '对象', en: 'an object' },
  boolean: { zh: ' true 或 false', en: 'true or false' }, number: { zh: '整数', en: 'a whole number' }, int: { zh: '整数', en: 'a whole number' },
};

function at(file: string, where: string, zh: string, en: string): Sentence {
  return { zh: `文件“${file}”的 ${where}：${zh}。`, en: `In “${file}”, ${where}: ${en}.` };
}

function refuseAt(file: string, where: string, zh: string, en: string): never {
  throw new CommandRefusal([at(file, where, zh, en)]);
}
