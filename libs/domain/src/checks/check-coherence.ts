import { addDecimal, compareDecimal, type DecimalText } from '../decimal';
import { checkSum, wanYuanOfYuan } from '../budget/money';
import { toBaseMagnitude } from '../quantity/quantity';
import { unitOf } from '../quantity/unit';
import { formatTarget } from '../target-table/format-target';
import type { Indicator } from '../target-table/indicator';
import type { PerformanceTargetTable } from '../target-table/performance-target-table';
import { normalizeText } from '../text';
import { forbidsGrowth, previousQuantity } from './check-history';
import type { Finding } from './finding';
import { aFinding } from './findings';
import { promisesOf, sameThing } from './goal-promises';

/**
 * Q-C1 rows that contradict each other; Q-P2 the total of the money is the sum of its parts; Q-P3 cost targets stay within it;
 * Q-R1 every result promised as a number in the goal text has a row.
 */
export function checkCoherence(table: PerformanceTargetTable): readonly Finding[] {
  return [...checkGrowth(table), ...checkBudget(table), ...checkCostTargets(table), ...checkGoalNumbers(table)];
}

/** What is measured before any "per": 元/人/月 and 元 both are money. */
function rootDimension(unit: string | null): string {
  return unit === null ? '' : (unitOf(unit).dimension.split('/')[0] ?? '');
}

function checkGrowth(table: PerformanceTargetTable): Finding[] {
  const isCost = ({ level1, level2 }: Indicator): boolean => /成本/u.test(level1) || /成本/u.test(level2);
  return table.indicators.flatMap((indicator, row) => {
    if (!forbidsGrowth(indicator) || !isCost(indicator)) return [];
    return table.indicators.flatMap((other) => {
      const previous = previousQuantity(other, table.fiscalYear);
      const { target } = other;
      if (other === indicator || !isCost(other) || previous?.magnitude == null || target.magnitude === null || rootDimension(target.unit) !== 'money') return [];
      if (rootDimension(previous.unit) !== 'money') return [];
      if (compareDecimal(toBaseMagnitude(target.magnitude, target.unit), toBaseMagnitude(previous.magnitude, previous.unit)) <= 0) return [];
      const [now, before] = [formatTarget({ ...target, comparator: 'NONE' }), formatTarget({ ...previous, comparator: 'NONE' })];
      const params = { name: indicator.name, other: other.name, previous: before, target: now };
      return [aFinding('Q-C1', 'WARN', params, { row, expected: before, found: formatTarget(indicator.target) })];
    });
  });
}

function checkBudget({ budget }: PerformanceTargetTable): Finding[] {
  const parts = 'fiscal' in budget ? [budget.fiscal, budget.other] : [budget.higherLevel, budget.localLevel, budget.other];
  if (budget.total === null || parts.some((part) => part === null)) return [];
  const check = checkSum(parts as DecimalText[], budget.total);
  // Published cells are rounded one by one: a cent for each part is no error (fixtures §5).
  return check.outcome === 'EXACT' ? [] : [aFinding('Q-P2', check.outcome === 'OFF' ? 'ERROR' : 'INFO', {}, { expected: check.sum, found: budget.total })];
}

function checkCostTargets(table: PerformanceTargetTable): Finding[] {
  const total = table.budget.total;
  if (table.subject !== 'PROJECT' || total === null) return [];
  const costs = table.indicators.filter(({ level1, level2, target }) => (/成本/u.test(level1) || /成本/u.test(level2)) && target.magnitude !== null
    && target.unit !== null && unitOf(target.unit).dimension === 'money' && target.kind === 'QUANT');
  const sums = addDecimal(...costs.filter(({ name }) => !/每|人均|单价/u.test(name)).map(({ target }) => toBaseMagnitude(target.magnitude as string, target.unit)));
  const limit = toBaseMagnitude(total, '万元');
  if (compareDecimal(sums, limit) <= 0) return [];
  return [aFinding('Q-P3', 'INFO', {}, { expected: total, found: wanYuanOfYuan(sums) })];
}

function checkGoalNumbers(table: PerformanceTargetTable): Finding[] {
  const rows = table.indicators.filter(({ target }) => target.kind === 'QUANT' && target.magnitude !== null)
    .map(({ name, target }) => ({ name: normalizeText(name), base: toBaseMagnitude(target.magnitude as string, target.unit), root: rootDimension(target.unit) }));
  const money = Object.values(table.budget).flatMap((amount: string | null) => (amount === null ? [] : [toBaseMagnitude(amount, '万元')]));
  return promisesOf(table.goalText).flatMap((promise) => {
    const alike = rows.filter((row) => row.root === promise.root);
    const equal = alike.filter((row) => compareDecimal(row.base, promise.base) === 0);
    // Many rows are 100%: for a percentage the words have to agree too. Other numbers speak for themselves.
    const covered = promise.root === 'ratio'
      ? equal.some((row) => sameThing(row.name, promise.phrase))
      : equal.length > 0 || alike.some((a, at) => alike.slice(at + 1).some((b) => compareDecimal(addDecimal(a.base, b.base), promise.base) === 0))
        || (promise.root === 'money' && money.some((amount) => compareDecimal(amount, promise.base) === 0));
    return covered ? [] : [aFinding('Q-R1', 'WARN', {}, { found: promise.clause })];
  });
}
