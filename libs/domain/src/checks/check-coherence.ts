import { addDecimal, compareDecimal, type DecimalText } from '../decimal';
import { checkSum, wanYuanOfYuan } from '../budget/money';
import { parseMagnitude } from '../quantity/parse-quantity';
import { toBaseMagnitude } from '../quantity/quantity';
import { findUnit, unitOf } from '../quantity/unit';
import { formatTarget } from '../target-table/format-target';
import type { Indicator } from '../target-table/indicator';
import type { PerformanceTargetTable } from '../target-table/performance-target-table';
import { normalizeText } from '../text';
import { forbidsGrowth, previousQuantity } from './check-history';
import type { Finding } from './finding';
import { aFinding } from './findings';

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

/** A result the goal text promises as a number. */
interface PromisedNumber {
  /** The clause up to and with the number, for the sentence. */
  readonly clause: string;
  /** The clause before the number. */
  readonly phrase: string;
  readonly base: DecimalText;
  readonly root: string;
}

const NUMBER_WITH_UNIT = /(\d[\d,]*(?:\.\d+)?)(%|‰|[万亿千]?(?:元(?:\/[人户月年]+)*|人次|人|户|家|场次|次|条|项|个月|月|个|件|份|台|辆|套|篇|批|期|班|亩|公里|平方米|吨|天|小时))/gu;
const PROMISING = /(?:达到|不少于|不低于|不超过|不高于|控制在|至少|完成|实现|新增|[≥≤<>=]=?|率|度|为)$/u;

/** Numbers the goal text promises: a percentage, or a number behind words such as 达到 and 不少于, or before 以上 and 以内. Dates and years are none. */
function promisesOf(goalText: string): PromisedNumber[] {
  const text = normalizeText(goalText).replace(/\s+/gu, '').replace(/(?:19|20)\d{2}年(?:度|\d{1,2}月(?:\d{1,2}日)?(?:前|底)?)?/gu, '');
  return text.split(/[,，。;；！!?？]|(?<=[:：])/u).flatMap((clause) => [...clause.matchAll(NUMBER_WITH_UNIT)].flatMap((found) => {
    const magnitude = parseMagnitude(found[1] ?? '');
    const unit = findUnit(found[2] ?? '');
    const before = clause.slice(0, found.index);
    const after = clause.slice(found.index + found[0].length);
    if (!magnitude.ok || unit === null) return [];
    if (unit.dimension !== 'ratio' && !PROMISING.test(before) && !/^(?:及?以上|以内|之内|以下)/u.test(after)) return [];
    const base = toBaseMagnitude(magnitude.value, unit.symbol);
    return [{ clause: before + found[0], phrase: before.replace(PROMISING, '').replace(/(?:达|要|均)$/u, ''), base, root: unit.dimension.split('/')[0] ?? '' }];
  }));
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

/** Whether a row's name and the words before a number mean one thing: one holds the other, or three quarters of their letter pairs are shared. */
function sameThing(name: string, phrase: string): boolean {
  const plain = (text: string): string => text.replace(/[“”"'‘’\s、()]/gu, '');
  const [a, b] = [plain(name), plain(phrase)];
  if (a === '' || b === '') return false;
  if (b.endsWith(a) || a.includes(b) || b.includes(a)) return true;
  const pairs = (text: string): Set<string> => new Set([...text].slice(1).map((letter, at) => [...text][at] + letter));
  const [left, right] = [pairs(a), pairs(b)];
  const shared = [...left].filter((pair) => right.has(pair)).length;
  return shared * 8 >= (left.size + right.size) * 3;
}
