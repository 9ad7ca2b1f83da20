import { checkSum, type Money } from '../budget/money';
import { projectKey } from '../budget-document/read-narrative';
import { addDecimal, compareDecimal, roundHalfUp } from '../decimal';
import type { MainTask } from '../target-table/main-task';
import type { PerformanceTargetTable, UnitBudget } from '../target-table/performance-target-table';
import type { Finding } from './finding';
import { aFinding } from './findings';

/**
 * Q-P5 the year's main tasks of a whole unit and its money: each task is the sum of its sources, and all together make the budget of the year,
 * by source as well where every task names the source. A cent of rounding for each addend is no difference (fixtures §5).
 * @returns nothing for a table without tasks, or about a project
 */
export function checkTaskMoney({ subject, budget, tasks = [] }: Pick<PerformanceTargetTable, 'subject' | 'budget' | 'tasks'>): readonly Finding[] {
  if (subject !== 'UNIT' || tasks.length === 0) return [];
  const unit = budget as UnitBudget;
  const fiscal = sumOf([unit.higherLevel, unit.localLevel]);
  return [
    ...tasks.flatMap(checkSources),
    ...checkAgainst(tasks.map((task) => task.total), unit.total ?? sumOf([fiscal, unit.other]), '预算金额', 'budget'),
    ...checkAgainst(tasks.map((task) => task.fiscal), fiscal, '财政拨款', 'fiscal funds'),
    ...checkAgainst(tasks.map((task) => task.other), unit.other, '其他资金', 'other funds'),
  ];
}

/** 总额 = 财政拨款 + 其他资金; a blank source is none. */
function checkSources({ name, total, fiscal, other }: MainTask): Finding[] {
  if (total === null || (fiscal === null && other === null)) return [];
  const sources = [fiscal ?? '0', other ?? '0'];
  return checkSum(sources, total).outcome !== 'OFF' ? [] : [aFinding('Q-P5-sources', 'WARN', { name }, { expected: roundHalfUp(addDecimal(...sources), 2), found: total })];
}

/** Of tasks that do not all name an amount, the sum is only the least that it can be. */
function checkAgainst(amounts: readonly (Money | null)[], ofUnit: Money | null, label: string, labelEn: string): Finding[] {
  const given = amounts.filter((amount): amount is Money => amount !== null);
  if (ofUnit === null || given.length === 0) return [];
  const { outcome, sum } = checkSum(given, ofUnit);
  if (outcome !== 'OFF' || (given.length < amounts.length && compareDecimal(sum, ofUnit) < 0)) return [];
  return [aFinding('Q-P5', 'WARN', { label, labelEn }, { expected: roundHalfUp(ofUnit, 2), found: roundHalfUp(sum, 2) })];
}

/** 金额合计 as a form prints it. */
export interface PrintedTaskSum {
  readonly total: Money | null;
  readonly fiscal: Money | null;
  readonly other: Money | null;
  /** The line or row it stands in. */
  readonly line: number;
}

const SUM_WORDS = [['total', '金额合计'], ['fiscal', '财政拨款'], ['other', '其他资金']] as const;

/**
 * R-sum: the tasks make the sum that is printed below them, by source where every task names it.
 * @param unitTotal the money of the unit: where the form prints it as the sum of the tasks alone, {@link checkTaskMoney} has compared it
 */
export function checkTaskSum(tasks: readonly MainTask[], sum: PrintedTaskSum, unitTotal: Money | null): readonly Finding[] {
  return SUM_WORDS.flatMap(([amount, label]) => {
    const printed = sum[amount];
    const given = tasks.map((task) => task[amount]).filter((one): one is Money => one !== null);
    if (printed === null || given.length < tasks.length || (amount === 'total' && printed === unitTotal) || checkSum(given, printed).outcome !== 'OFF') return [];
    return [aFinding('R-sum', 'WARN', { label, place: String(sum.line) }, { found: printed, expected: roundHalfUp(addDecimal(...given), 2) })];
  });
}

/** What a project's own table says of its money. */
export interface ProjectMoney {
  readonly project: string | null;
  readonly total: Money | null;
}

/** Q-P4: a task that is one of the projects of the document has the money of that project's table. */
export function checkTaskProjects(tasks: readonly MainTask[], projects: readonly ProjectMoney[]): readonly Finding[] {
  const known = new Map(projects.flatMap(({ project, total }) => (project === null || total === null ? [] : [[projectKey(project), total] as const])));
  return tasks.flatMap(({ name, total }) => {
    const own = known.get(projectKey(name));
    return own === undefined || total === null || checkSum([own], total).outcome === 'EXACT' ? [] : [aFinding('Q-P4', 'ERROR', { name }, { expected: own, found: total })];
  });
}

function sumOf(parts: readonly (Money | null)[]): Money | null {
  const given = parts.filter((part): part is Money => part !== null);
  return given.length === 0 ? null : addDecimal(...given);
}
