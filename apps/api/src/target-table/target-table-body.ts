import type { IndicatorView, TargetTableBody } from '@jiheng/contract';
import { compareDecimal, type Indicator, isDayText, isDecimalText, lastDayMeant, ok, type PerformanceTargetTable, refuse, type Result, roundHalfUp } from '@jiheng/domain';
import { newId } from '../platform/database/new-id';

type IndicatorBody = TargetTableBody['indicators'][number];

/**
 * A draft from the wire as the domain's table: every row has a key of its own (made here where the browser left it empty), a weight above
 * zero with at most two decimals, and a target whose columns fit its kind. Refuses the first row that is not lawful, by name.
 */
export function readTargetTableBody(body: Omit<TargetTableBody, 'unitId'>, unitName: string): Result<PerformanceTargetTable> {
  if ((body.subject === 'PROJECT') !== (body.project !== null && body.project !== '')) return refuse('target-table.project-needed');
  const ofTasks = (body.tasks ?? []).flatMap(({ total, fiscal, other }) => [total, fiscal, other]);
  for (const amount of [...Object.values(body.budget), ...ofTasks]) {
    if (typeof amount === 'string' && compareDecimal(amount, '0') < 0) return refuse('target-table.money-negative', { amount });
  }
  const seen = new Set<string>();
  const indicators: Indicator[] = [];
  for (const row of body.indicators) {
    const key = row.key.trim() === '' ? `I-${newId().slice(-12)}` : row.key.trim();
    if (seen.has(key)) return refuse('target-table.key-repeated', { name: row.name, key });
    seen.add(key);
    const read = readIndicatorBody({ ...row, key });
    if (!read.ok) return read;
    indicators.push(read.value);
  }
  const { total, other = null } = body.budget;
  const budget = body.subject === 'PROJECT'
    ? { total, fiscal: body.budget.fiscal ?? null, other: other ?? null }
    : { total, higherLevel: body.budget.higherLevel ?? null, localLevel: body.budget.localLevel ?? null, other: other ?? null };
  return ok({ subject: body.subject, fiscalYear: body.fiscalYear, budgetUnit: unitName, project: body.project === '' ? null : body.project, budget, goalText: body.goalText, indicators, ...(body.tasks === undefined || body.subject !== 'UNIT' ? {} : { tasks: body.tasks }) });
}

const WORDS_OF_KIND = {
  QUANT: { kind: '定量', kindEn: 'quantitative', needed: '数值', neededEn: 'a number' },
  DATE: { kind: '日期', kindEn: 'date', needed: '年月或日期', neededEn: 'a month or a day' },
  QUAL: { kind: '定性', kindEn: 'qualitative', needed: '文字表述', neededEn: 'words' },
  BOOL: { kind: '是否', kindEn: 'yes/no', needed: '“是”或“否”', neededEn: '是 or 否' },
} as const;

function readIndicatorBody(row: IndicatorBody): Result<Indicator> {
  const { target, weight, name } = row;
  if (compareDecimal(weight, '0') <= 0 || compareDecimal(weight, roundHalfUp(weight, 2)) !== 0) return refuse('target-table.weight-not-lawful', { name, weight });
  const notLawful = refuse('target-table.target-not-lawful', { name, raw: target.raw, ...WORDS_OF_KIND[target.kind] });
  switch (target.kind) {
    case 'QUANT':
      if (target.magnitude === null || !isDecimalText(target.magnitude) || (target.magnitudeHigh !== null && !isDecimalText(target.magnitudeHigh))) return notLawful;
      if (target.comparator === 'BETWEEN' && (target.magnitudeHigh === null || compareDecimal(target.magnitudeHigh, target.magnitude) < 0)) return notLawful;
      break;
    case 'DATE':
      if (target.magnitude === null || !isDayText(lastDayMeant(target.magnitude)) || target.magnitudeHigh !== null) return notLawful;
      break;
    default:
      if (target.magnitude !== null || target.magnitudeHigh !== null) return notLawful;
  }
  return ok({ ...row, target: { ...target } });
}

/** A stored row as it crosses the wire. */
export function toIndicatorView(stored: { readonly id: string; readonly ordinal: number; readonly indicator: Indicator }): IndicatorView {
  return { ...stored.indicator, id: stored.id as IndicatorView['id'], ordinal: stored.ordinal };
}
