import { isDayText } from '@jiheng/domain';
import { z } from 'zod';

// The words after `error:` are keys of say-issue.ts.
const DECIMAL = /^-?\d{1,24}(?:\.\d{1,12})?$/u;
const decimal = z.string().regex(DECIMAL, { error: 'decimal' });
const amount = z.string().regex(/^\d{1,24}(?:\.\d{1,12})?$/u, { error: 'amount' });
const money = decimal.nullable().optional();

// Keys that an import prints but that say nothing about the score are taken and left alone; a key that nobody knows is a slip.
const printed = z.string().nullable().optional();
const source = z.strictObject({ file: z.string(), place: z.string() }).optional();

/** A target that is already taken apart. */
export const targetObject = z
  .strictObject({
    kind: z.enum(['QUANT', 'QUAL', 'DATE', 'BOOL']),
    comparator: z.enum(['GE', 'GT', 'EQ', 'LE', 'LT', 'BETWEEN', 'NONE']),
    magnitude: z.string().nullable(),
    magnitudeHigh: decimal.nullable().optional(),
    unit: z.string().max(40).nullable().optional(),
    text: z.string().nullable().optional(),
    raw: z.string().optional(),
  })
  .superRefine(({ kind, comparator, magnitude, magnitudeHigh }, context) => {
    const complain = (path: string, message: string): void => {
      context.addIssue({ code: 'custom', path: [path], message });
    };
    if (kind === 'QUANT' && (magnitude === null || !DECIMAL.test(magnitude))) complain('magnitude', 'decimal');
    if (kind === 'DATE' && (magnitude === null || !isDate(magnitude))) complain('magnitude', 'date');
    if (comparator === 'BETWEEN' && (magnitudeHigh === null || magnitudeHigh === undefined)) complain('magnitudeHigh', 'decimal');
  });

/** One row of the table. */
export type GivenIndicator = z.infer<typeof indicator>;

const indicator = z.strictObject({
  key: z.string().optional(),
  level1: z.string(),
  level2: z.string(),
  name: z.string().min(1, { error: 'blank' }),
  target: z.unknown().refine((value) => value !== undefined && value !== null, { error: 'missing' }),
  direction: z.enum(['POSITIVE', 'NEGATIVE', 'POINT']).nullable().optional(),
  weight: amount,
  basis: z.string().nullable().optional(),
  previousActual: z.string().nullable().optional(),
  scoringRule: z.enum(['PROPORTIONAL', 'GRADE', 'SATISFACTION', 'DIRECT']).nullable().optional(),
  evidence: z.string().nullable().optional(),
  accumulation: z.enum(['SUM', 'LAST', 'RATIO', 'MAX', 'MIN', 'SURVEY', 'MANUAL']).optional(),
  passThreshold: amount.nullable().optional(),
  confidence: z.string().optional(),
  source,
  // What forms print beyond the target.
  adjustedTargetRaw: printed,
  actualRaw: printed,
  actualText: printed,
  pointsRaw: printed,
  deductionRaw: printed,
  coefficientRaw: printed,
  deviation: printed,
  isCore: z.boolean().nullable().optional(),
  forecastRaw: printed,
  causes: z.array(z.string()).optional(),
  likelihood: printed,
  remark: printed,
  explanation: printed,
  measureMethod: printed,
  dataSource: printed,
});

/** What was reached in one row. */
export type GivenActual = z.infer<typeof actual>;

const actual = z
  .strictObject({
    row: z.int({ error: 'index' }).min(0, { error: 'index' }),
    magnitude: decimal.optional(),
    unit: z.string().max(40).nullable().optional(),
    numerator: decimal.nullable().optional(),
    denominator: decimal.nullable().optional(),
    grade: z.enum(['A', 'B', 'C']).optional(),
    share: amount.nullable().optional(),
    note: z.string().nullable().optional(),
    date: z.string().refine(isDate, { error: 'date' }).optional(),
    answer: z.boolean().optional(),
    deduction: amount.nullable().optional(),
    state: z.enum(['NOT_REPORTED', 'NOT_APPLICABLE', 'UNFINISHED']).optional(),
    reason: z.string().trim().min(1, { error: 'blank' }).optional(),
    text: z.string().max(2000).optional(),
    overCause: z.enum(['TARGET_TOO_LOW', 'OTHER']).nullable().optional(),
  })
  .superRefine((value, context) => {
    const said = (['magnitude', 'grade', 'date', 'answer', 'state', 'text'] as const).filter((key) => value[key] !== undefined);
    if (said.length !== 1) context.addIssue({ code: 'custom', message: 'oneOf', path: [] });
    if (value.state === 'NOT_APPLICABLE' && value.reason === undefined)
      context.addIssue({ code: 'custom', message: 'missing', path: ['reason'] });
  });

/** A score file as formats go: strict, numbers as text. */
export const scoreFile = z.strictObject({
  table: z.strictObject({
    subject: z.enum(['UNIT', 'PROJECT']).optional(),
    fiscalYear: z.int({ error: 'year' }).min(1990, { error: 'year' }).max(2100, { error: 'year' }),
    budgetUnit: z.string().nullable().optional(),
    project: z.string().nullable().optional(),
    lead: z.string().nullable().optional(),
    budget: z.strictObject({ total: money, fiscal: money, other: money, higherLevel: money, localLevel: money }).nullable().optional(),
    goalText: z.string().nullable().optional(),
    indicators: z.array(indicator).min(1, { error: 'empty' }).max(20_000, { error: 'tooMany' }),
    source,
    form: z.string().optional(),
    template: z.string().optional(),
    templateScores: z.array(z.unknown()).optional(),
    goalAchieved: printed,
    goalAdjusted: printed,
    period: z.string().optional(),
    levelPoints: z.record(z.string(), z.string()).optional(),
    execution: z.array(z.unknown()).optional(),
    printedSum: z.unknown().optional(),
    mainTasks: z.unknown().optional(),
  }),
  actuals: z.array(actual).default([]),
  budgetExecution: z.strictObject({ initial: money, adjusted: money, executed: money }).nullable().optional(),
  profile: z.string().optional(),
});

/** A month or a day of the calendar. */
function isDate(text: string): boolean {
  return isDayText(/^\d{4}-\d{2}$/u.test(text) ? `${text}-01` : text);
}
