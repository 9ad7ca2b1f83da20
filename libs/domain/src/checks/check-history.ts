import { compareDecimal } from '../decimal';
import { compareQuantities } from '../quantity/quantity';
import { unitOf } from '../quantity/unit';
import { formatTarget } from '../target-table/format-target';
import type { Indicator } from '../target-table/indicator';
import type { IndicatorTarget } from '../target-table/indicator-target';
import { parseTarget } from '../target-table/parse-target';
import type { PerformanceTargetTable } from '../target-table/performance-target-table';
import type { Finding } from './finding';
import { aFinding } from './findings';

/** 新增: there was no such indicator last year. */
const NEW = /^(?:新增|新设|首次|无上年)/u;

/** 上年完成值 as a quantity; null when it is blank, 新增 or a wording. */
export function previousQuantity(indicator: Pick<Indicator, 'previousActual'>, fiscalYear: number): IndicatorTarget | null {
  const { previousActual } = indicator;
  if (previousActual === null || NEW.test(previousActual)) return null;
  const read = parseTarget(previousActual, { fiscalYear: fiscalYear - 1 });
  return read.kind === 'QUANT' && read.magnitude !== null ? read : null;
}

/** Q-H1 last year's unit is the target's; Q-H2 the target is not worse than last year; Q-H3 last year is filled in (forms that have the column). */
export function checkHistory(table: PerformanceTargetTable): readonly Finding[] {
  // The whole-unit form has no such column: nothing is missing there unless some row has it.
  const hasColumn = table.subject === 'PROJECT' || table.indicators.some((indicator) => indicator.previousActual !== null);
  return table.indicators.flatMap((indicator, row) => {
    if (indicator.previousActual === null) return hasColumn ? [aFinding('Q-H3', 'WARN', { name: indicator.name }, { row, expected: '上年完成值或“新增”' })] : [];
    if (indicator.target.kind === 'DATE') return [];
    const previous = previousQuantity(indicator, table.fiscalYear);
    return previous === null ? [] : comparePrevious(indicator, previous, row);
  });
}

function comparePrevious(indicator: Indicator, previous: IndicatorTarget, row: number): Finding[] {
  const { target, name } = indicator;
  if (target.kind !== 'QUANT' || target.magnitude === null || previous.magnitude === null) return [];
  const [now, before] = [formatTarget({ ...target, comparator: 'NONE' }), formatTarget({ ...previous, comparator: 'NONE' })];
  const unit = previous.unit ?? target.unit;
  const same = target.unit === null || unit === null || unitOf(unit).dimension === unitOf(target.unit).dimension;
  if (!same) return [aFinding('Q-H1', 'WARN', { name }, { row, expected: target.unit ?? '', found: before })];
  const order = compareQuantities({ magnitude: target.magnitude, unit: target.unit }, { magnitude: previous.magnitude, unit });
  if (!order.ok) return [];
  const worse = (indicator.direction === 'POSITIVE' && order.value < 0) || (indicator.direction === 'NEGATIVE' && order.value > 0);
  return worse ? [aFinding('Q-H2', 'WARN', { name }, { row, expected: before, found: now })] : [];
}

/** Whether a target of zero asks for no growth at all. */
export function forbidsGrowth({ target, name }: Pick<Indicator, 'target' | 'name'>): boolean {
  return /增长|增幅|增加/u.test(name) && target.magnitude !== null && target.kind === 'QUANT' && /^(?:EQ|LE|LT)$/u.test(target.comparator) && compareDecimal(target.magnitude, '0') <= 0;
}
