import { addDecimal, compareDecimal, divideDecimal, multiplyDecimal, roundHalfUp } from '../decimal';
import { checkSum, type Money } from '../budget/money';
import { budgetTable, type BudgetRow } from '../budget-document/budget-document';
import { budgetTableShape } from '../budget-document/budget-columns';
import { projectKey } from '../budget-document/read-narrative';
import type { PerformanceTargetTable } from '../target-table/performance-target-table';
import { addendsInWan } from './check-expressions';
import { type DocumentContext, letterPairs, plainText, statementOf, tableOfProject } from './document-context';
import { expressionsIn } from './expression';
import type { Finding } from './finding';
import { aFinding } from './findings';

/**
 * Q-P1 count and money of the projects in the text are those of the tables and of what is not published; Q-P2 a project's money is its row of
 * table 7; Q-R3 no tenth of it is without an indicator; Q-X5 one purpose under two names; Q-X6 purpose and economic classification agree.
 */
export function checkProjects(context: DocumentContext): readonly Finding[] {
  return [...checkCount(context), ...checkBudgetRows(context), ...checkCoverage(context), ...checkTwins(context), ...checkClassification(context)];
}

function checkCount({ targets, narrative: { goals, unpublished } }: DocumentContext): Finding[] {
  const projects = targets.filter(({ subject }) => subject === 'PROJECT');
  const stated = goals?.fiscal ?? null;
  // A file without target tables says nothing about how many there are.
  if (stated === null || goals === null || projects.length === 0) return [];
  const fiscal = projects.filter(({ budget }) => !('fiscal' in budget) || budget.fiscal === null || compareDecimal(budget.fiscal, '0') !== 0);
  const money = fiscal.map(({ budget }) => ('fiscal' in budget && budget.fiscal !== null ? budget.fiscal : budget.total)).filter((amount): amount is Money => amount !== null);
  const hidden = unpublished?.transfer ?? null;
  const count = fiscal.length + (hidden?.count ?? 0);
  const amounts = [...money, ...(hidden === null ? [] : [hidden.amount])];
  if (count === stated.count && checkSum(amounts, stated.amount).outcome !== 'OFF') return [];
  const sum = roundHalfUp(addDecimal(...amounts), 2);
  const words = { expectedEn: `${stated.count} projects, ${stated.amount}`, foundEn: `${count} projects, ${sum}` };
  return [aFinding('Q-P1', 'ERROR', { place: goals.place, ...words }, { expected: `${stated.count} 个、${stated.amount} 万元`, found: `${count} 个、${sum} 万元` })];
}

function projectRows({ budget }: Pick<DocumentContext, 'budget'>): readonly BudgetRow[] {
  return budgetTable(budget, 7)?.rows.filter(({ kind }) => kind === 'PROJECT') ?? [];
}

function checkBudgetRows({ targets, budget: tables }: DocumentContext): Finding[] {
  return targets.flatMap(({ subject, project, budget }, table) => {
    const printed = subject === 'PROJECT' ? moneyInTable7(tables, project) : null;
    return printed === null ? [] : checkAgainstTable7(budget.total, printed).map((finding) => ({ ...finding, table }));
  });
}

/** What 表7 prints for a project, and where. */
export interface PrintedBudgetRow {
  readonly total: Money;
  readonly place: string;
}

/** The row of table 7 that has a project's name, however it is blanked; null when there is none, or it names no sum. */
export function moneyInTable7(budget: DocumentContext['budget'], project: string | null): PrintedBudgetRow | null {
  const row = projectRows({ budget }).find((one) => projectKey(one.project ?? '') === projectKey(project ?? ''));
  const total = row?.amounts['total'] ?? null;
  return total === null ? null : { total, place: row?.place ?? '' };
}

/** Q-P2 against table 7. */
export function checkAgainstTable7(total: Money | null, printed: PrintedBudgetRow): readonly Finding[] {
  return total === null || compareDecimal(printed.total, total) === 0 ? [] : [aFinding('Q-P2-budget', 'ERROR', { place: printed.place }, { expected: printed.total, found: total })];
}

/** Shares of the money below this need no indicator of their own. */
const SMALLEST_SHARE = '10';

/** Parts of a project's money, as its statement adds them up, that no row measures. */
function checkCoverage(context: DocumentContext): Finding[] {
  return context.targets.flatMap((target, table) => {
    const statement = statementOf(context, target);
    const total = target.budget.total;
    if (statement === null || total === null || compareDecimal(total, '0') <= 0) return [];
    for (const { text, place } of statement.fields) {
      const expressions = expressionsIn(plainText(text));
      // The sum that makes the project's money; products before it say what its addends are made of.
      const whole = expressions.find((one) => one.addends.length > 1 && one.addends.every(({ factors }) => factors.length === 1) && checkSum(addendsInWan(one).map(({ amount }) => amount), total).outcome !== 'OFF');
      if (whole === undefined) continue;
      return addendsInWan(whole).flatMap(({ amount, factors }) => {
        const share = divideDecimal(multiplyDecimal(amount, '100'), total, 0);
        if (compareDecimal(share, SMALLEST_SHARE) < 0) return [];
        const made = expressions.find((one) => one !== whole && one.addends.length === 1 && checkSum([amount], divideDecimal(multiplyDecimal(one.result.magnitude, one.result.factor), '10000', 6)).outcome !== 'OFF');
        const numbers = [...factors, ...(made?.addends[0]?.factors ?? [])].map(({ magnitude }) => magnitude);
        return isMeasured(target, numbers) ? [] : [aFinding('Q-R3', 'WARN', { place, share }, { table, found: amount })];
      });
    }
    return [];
  });
}

function isMeasured({ indicators }: PerformanceTargetTable, numbers: readonly string[]): boolean {
  return indicators.some(({ target }) => target.kind === 'QUANT' && target.magnitude !== null && target.unit !== '%' && numbers.some((number) => compareDecimal(number, target.magnitude as string) === 0));
}

/** How alike two names of projects are, in tenths of shared letter pairs; years in two and four digits are one. */
function likeness(a: string, b: string): number {
  const [left, right] = [a, b].map((name) => letterPairs(projectKey(name).replace(/\([^()]*\)/gu, '').replace(/\d+/gu, '').replace(/补贴/gu, '补助')));
  if (left === undefined || right === undefined || left.size + right.size === 0) return 0;
  const shared = [...left].filter((pair) => right.has(pair)).length;
  return (shared * 20) / (left.size + right.size);
}

const ALIKE = 6;

function checkTwins(context: DocumentContext): Finding[] {
  const rows = [...projectRows(context), ...(budgetTable(context.budget, 11)?.rows.filter(({ kind }) => kind === 'PROJECT') ?? [])];
  return rows.flatMap((row, at) => rows.slice(0, at).flatMap((other) => {
    const [a, b] = [row.project ?? '', other.project ?? ''];
    return projectKey(a) === projectKey(b) || likeness(a, b) < ALIKE ? [] : [aFinding('Q-X5', 'INFO', { place: row.place }, { expected: b, found: a })];
  }));
}

/** Which economic class a purpose belongs to. First match holds. */
const CLASS_OF_PURPOSE: readonly (readonly [RegExp, readonly string[]])[] = [
  [/生活补[助贴]|救助|抚恤|慰问金|退休(?:工资|费|金)|遗属|养老金|助学金/u, ['households', 'socialFunds']],
  [/(?:设备|车辆|家具|软件)购置/u, ['capitalOther', 'capitalWorks']],
  [/(?:在职|编制).*(?:工资|津贴|奖金)/u, ['wages']],
];

function checkClassification(context: DocumentContext): Finding[] {
  const { columns } = budgetTableShape(7);
  return projectRows(context).flatMap((row) => {
    const name = row.project ?? '';
    const wanted = CLASS_OF_PURPOSE.find(([pattern]) => pattern.test(plainText(name)))?.[1];
    const booked = columns.filter(({ key }) => key !== 'total' && row.amounts[key] != null && compareDecimal(row.amounts[key] ?? '0', '0') !== 0);
    // A row whose column could not be told says nothing.
    if (wanted === undefined || row.origin === 'UNDECIDED' || booked.length === 0 || booked.some(({ key }) => wanted.includes(key))) return [];
    const use = context.narrative.projects.find((one) => projectKey(one.name) === projectKey(name))?.fields.find(({ label }) => /资金分配|支出内容|使用方向/u.test(label));
    const words = { expectedEn: columns.find(({ key }) => key === wanted[0])?.en ?? '', foundEn: booked.map(({ en }) => en).join(', ') };
    return [aFinding('Q-X6', 'WARN', { name, place: use?.place ?? row.place, ...words }, {
      table: tableOfProject(context.targets, name), expected: columns.find(({ key }) => key === wanted[0])?.zh ?? '', found: booked.map(({ zh }) => zh).join('、'),
    })];
  });
}
