import { type DecimalText, compareDecimal, multiplyDecimal, roundHalfUp } from '../decimal';
import { type DayText, isDayText } from '../period/calendar';
import { type ReportingPeriod, periodState, periodWords } from '../period/reporting-period';
import { convertMagnitude } from '../quantity/quantity';
import { sameDimension } from '../quantity/unit';
import { type Result, ok, refuse } from '../result';
import type { Finding } from '../checks/finding';
import type { Indicator } from '../target-table/indicator';
import type { Words } from '../words/speak';
import type { Actual, ActualOrigin } from './actual';
import { isImpossiblyNegative, parseActualText, partsFit } from './parse-actual';
import { plausibility } from './plausibility';

/** States of a monitoring report in which its values may be changed. */
const EDITABLE_STATES: readonly string[] = ['DRAFT', 'RETURNED'];

const STATE_NAMES: Readonly<Record<string, Words>> = {
  DRAFT: { zh: '填报中', en: 'draft' }, RETURNED: { zh: '已退回', en: 'returned' }, SUBMITTED: { zh: '已送审', en: 'submitted' }, REVIEWED: { zh: '已审核', en: 'reviewed' },
  SIGNED: { zh: '已签字', en: 'signed' },
};

/** A cell as it stands before it is recorded. */
export interface RecordedCell {
  readonly actual: Actual;
  /** Grows by one with every change; 0 when nothing was recorded yet. */
  readonly revision: number;
  /** Who recorded it last, for the sentence of a refusal. */
  readonly by: string | null;
}

/** A person wants to record one value of one row in one period. */
export interface RecordActual {
  /** State of the monitoring report the cell belongs to. */
  readonly reportState: string;
  readonly period: ReportingPeriod;
  readonly today: DayText;
  /** true when a manager reopened the period for this unit after its due day. */
  readonly reopened: boolean;
  readonly indicator: Indicator;
  readonly roles: readonly string[];
  readonly current: RecordedCell | null;
  /** The revision the person saw. */
  readonly seenRevision: number;
  /** The cell's text as typed, or an actual that was chosen on screen. */
  readonly entry: { readonly text: string } | { readonly actual: Actual };
  readonly origin: ActualOrigin;
}

/** What is to be stored. */
export interface ActualRecorded {
  readonly actual: Actual;
  readonly revision: number;
  readonly origin: ActualOrigin;
  /** false: the same value was there already; nothing needs to be stored or scored. */
  readonly changed: boolean;
  /** What looks like a slip of the pen; the value is recorded all the same. */
  readonly warnings: readonly Finding[];
}

/**
 * May this be recorded now, by this person, and what does the new row say. Checked in this order: role, state of the report, period,
 * revision, then the value itself.
 * @returns refusals `actual.not-a-reporter`, `.report-not-editable`, `.period-not-open`, `.period-closed`, `.stale-revision`, `.wrong-kind`,
 *   `.negative`, and those of `parseActualText` and {@link fits}
 */
export function recordActual(command: RecordActual): Result<ActualRecorded> {
  const { indicator, current, period } = command;
  if (!command.roles.includes('reporter')) return refuse('actual.not-a-reporter');
  if (!EDITABLE_STATES.includes(command.reportState)) {
    const { zh, en } = STATE_NAMES[command.reportState] ?? { zh: command.reportState, en: command.reportState };
    return refuse('actual.report-not-editable', { state: zh, stateEn: en });
  }
  const state = periodState(period, command.today);
  if (state === 'FUTURE') return refuse('actual.period-not-open', { ...periodWords(period), startsOn: period.startsOn });
  // A returned report is corrected after its due day too: that is what it was returned for.
  if (state === 'CLOSED' && !command.reopened && command.reportState !== 'RETURNED') {
    return refuse('actual.period-closed', { ...periodWords(period), dueOn: period.dueOn });
  }
  const revision = current?.revision ?? 0;
  if (command.seenRevision !== revision) return refuse('actual.stale-revision', { by: current?.by ?? '', current: String(revision) });
  const read = 'text' in command.entry ? parseActualText(command.entry.text, indicator) : fits(command.entry.actual, indicator);
  if (!read.ok) return read;
  const changed = current === null || !sameActual(current.actual, read.value);
  return ok({
    actual: read.value, revision: changed ? revision + 1 : revision, origin: command.origin, changed, warnings: plausibility(read.value, indicator),
  });
}

const KIND_NAMES: Readonly<Record<Indicator['target']['kind'], Words>> = {
  QUANT: { zh: '定量', en: 'quantitative' }, QUAL: { zh: '定性', en: 'qualitative' }, DATE: { zh: '时间', en: 'date' }, BOOL: { zh: '是否', en: 'yes/no' },
};
const ACTUAL_NAMES: Readonly<Record<'REPORTED' | 'JUDGED' | 'ANSWERED' | 'DATED' | 'UNFINISHED', Words>> = {
  REPORTED: { zh: '数值', en: 'a number' }, JUDGED: { zh: '评判等级', en: 'a grade' }, ANSWERED: { zh: '是否', en: 'yes or no' }, DATED: { zh: '日期', en: 'a date' },
  UNFINISHED: { zh: '“未完成”', en: '“not finished”' },
};
const LAWFUL_KINDS: Readonly<Record<Indicator['target']['kind'], readonly Actual['kind'][]>> = {
  QUANT: ['REPORTED'], QUAL: ['JUDGED'], DATE: ['DATED', 'UNFINISHED'], BOOL: ['ANSWERED'],
};

/**
 * Whether an actual that did not come as text is of the kind, dimension and sign its row can take, and says something that can be: a day of
 * the calendar, a share of the whole, parts that make the rate, a deduction within the weight. What would pass here is computed with later.
 */
export function fits(actual: Actual, indicator: Pick<Indicator, 'name' | 'target' | 'weight'>): Result<Actual> {
  if (actual.kind === 'NOT_REPORTED') return ok(actual);
  if (actual.kind === 'NOT_APPLICABLE') return actual.reason.trim() === '' ? refuse('actual.reason-needed') : ok(actual);
  const { kind, unit } = indicator.target;
  if (!LAWFUL_KINDS[kind].includes(actual.kind)) {
    const [expected, found] = [KIND_NAMES[kind], ACTUAL_NAMES[actual.kind]];
    return refuse('actual.wrong-kind', { name: indicator.name, expected: expected.zh, expectedEn: expected.en, found: found.zh, foundEn: found.en });
  }
  if (actual.kind === 'DATED' && !isDayText(actual.date.length === 'YYYY-MM'.length ? `${actual.date}-01` : actual.date)) return refuse('actual.date-needed', { name: indicator.name });
  if (actual.kind === 'JUDGED' && actual.share !== null && !isBetween(actual.share, '1')) {
    return refuse('actual.share-outside', { share: `${multiplyDecimal(actual.share, '100')}%` });
  }
  if (actual.kind === 'ANSWERED' && actual.deduction !== null && actual.deduction !== undefined && !(isBetween(actual.deduction, indicator.weight) && compareDecimal(roundHalfUp(actual.deduction, 2), actual.deduction) === 0)) {
    return refuse('scoring.deduction-outside', { name: indicator.name, deduction: actual.deduction, weight: indicator.weight });
  }
  if (actual.kind === 'REPORTED') {
    if (actual.unit !== null && unit !== null && !sameDimension(actual.unit, unit)) return refuse('quantity.unit-mismatch', { unit: actual.unit, expected: unit });
    if (isImpossiblyNegative(actual.magnitude, indicator)) return refuse('actual.negative', { name: indicator.name });
    const rate = convertMagnitude(actual.magnitude, actual.unit ?? unit, unit);
    if (!rate.ok) return rate;
    // A value in the unit of its row keeps the places it is printed to: 9.0 is no 9.
    const parts = partsFit(actual.unit === null || unit === null || actual.unit === unit ? actual.magnitude : rate.value, actual, indicator);
    if (!parts.ok) return parts;
  }
  return ok(actual);
}

/** 0 ≤ text ≤ high. */
function isBetween(text: DecimalText, high: DecimalText): boolean {
  return compareDecimal(text, '0') >= 0 && compareDecimal(text, high) <= 0;
}

/** Whether two actuals say the same in the same words. 26.4万人 and 264000人 are equal in value but not the same entry; see `reconcilePulled`. */
export function sameActual(a: Actual, b: Actual): boolean {
  const fields = new Set([...Object.keys(a), ...Object.keys(b)]);
  const of = (actual: Actual, field: string): unknown => (actual as unknown as Readonly<Record<string, unknown>>)[field] ?? null;
  return [...fields].every((field) => of(a, field) === of(b, field));
}
