import { formatActual } from '../actual/format-actual';
import { MONEY_PARTS, type MoneyPart, moneyLinesOf } from '../budget/money-lines';
import { type DecimalText, compareDecimal, divideDecimal, multiplyDecimal, normalizeDecimal, roundHalfUp } from '../decimal';
import type { FormSheet } from '../form/form-sheet';
import { PROJECT_SELF_EVALUATION_TEMPLATE, UNIT_SELF_EVALUATION_TEMPLATE } from '../form/form-template';
import { layOutForm } from '../form/lay-out-form';
import { formatTarget } from '../target-table/format-target';
import { type AccountedRow, type MoneyRow, type SelfEvaluationAccount, finalPointsOf, fullMarksOf } from './self-evaluation-account';

const MARK_OF_NOTHING = '—';

/** 资金 lines as the forms name them. */
export const MONEY_PART_WORDS: Readonly<Record<MoneyPart, { readonly project: string; readonly unit: string }>> = {
  TOTAL: { project: '年度资金总额', unit: '年度资金总额' },
  FISCAL: { project: '其中：当年财政拨款', unit: '其中：财政拨款' },
  CARRY_OVER: { project: '上年结转资金', unit: '上年结转资金' },
  HIGHER_LEVEL: { project: '上级安排', unit: '其中：上级安排' },
  LOCAL_LEVEL: { project: '本级安排', unit: '本级安排' },
  OTHER: { project: '其他资金', unit: '其他资金' },
};

function money(amount: DecimalText | null | undefined): string {
  return amount === null || amount === undefined ? '' : roundHalfUp(amount, 2);
}

/** Percent with two decimals; empty where there is nothing to divide by. */
function rateOf(row: MoneyRow | undefined): string {
  const budget = row?.adjusted ?? row?.initial ?? null;
  if (budget === null || row?.executed == null || compareDecimal(budget, '0') <= 0) return MARK_OF_NOTHING;
  return `${roundHalfUp(divideDecimal(multiplyDecimal(row.executed, '100'), budget, 2), 2)}%`;
}

function moneyLines(account: SelfEvaluationAccount): Readonly<Record<string, string>>[] {
  const isProject = account.subject === 'PROJECT';
  const lines = moneyLinesOf(account.subject);
  // A unit whose sources nobody told apart has one line; the form of a project always has all of its own.
  const parts = MONEY_PARTS.filter((part) => (isProject && lines.includes(part)) || part === 'TOTAL' || account.money.some((row) => row.part === part));
  return parts.map((part) => {
    const row = account.money.find((candidate) => candidate.part === part);
    const isScored = part === 'TOTAL';
    const { execution } = account;
    return {
      part: MONEY_PART_WORDS[part][isProject ? 'project' : 'unit'],
      initial: money(row?.initial), adjusted: money(row?.adjusted ?? row?.initial), executed: money(row?.executed),
      rate: rateOf(row),
      // Only the total is scored; the national form prints dashes in the lines below it.
      weight: isScored && execution !== null ? normalizeDecimal(execution.weight) : MARK_OF_NOTHING,
      points: isScored && execution !== null ? (execution.points ?? (execution.flags.includes('NOT_APPLICABLE') ? '不适用' : '')) : MARK_OF_NOTHING,
    };
  });
}

/** 得分 as printed: where a person set other points, the computed ones stand below (decision 3). */
function pointsText(row: AccountedRow): string {
  if (row.score.flags.includes('NOT_APPLICABLE')) return '不适用';
  const final = finalPointsOf(row);
  if (row.adjustment === null || row.adjustment.points === row.score.points) return final ?? '';
  return `${final ?? ''}\n（计算得分 ${row.score.points ?? MARK_OF_NOTHING}）`;
}

/** 偏差原因分析及改进措施: what was written, and why points were adjusted. */
export function explanationText(row: AccountedRow): string {
  const { explanation, adjustment } = row;
  const sentence = explanation?.sentence.trim() ?? '';
  const measures = explanation?.measures.trim() ?? '';
  return [
    ...(sentence === '' ? [] : [`原因：${sentence}`]), ...(measures === '' ? [] : [`措施：${measures}`]),
    ...(adjustment === null || adjustment.points === row.score.points ? [] : [`得分调整：计算得分 ${row.score.points ?? MARK_OF_NOTHING}，调整为 ${adjustment.points}，理由：${adjustment.reason}`]),
  ].join('\n');
}

function notes(account: SelfEvaluationAccount): string {
  const isAdjusted = account.computedTotal !== account.total;
  return [
    `评分规则：${account.profile.title}（${account.profile.name} 第 ${account.profile.version} 版）。`,
    ...(account.rescaled ? ['有内容不适用，总分已按比例折算为百分制。'] : []),
    ...(isAdjusted ? [`按公式计算的总分为 ${account.computedTotal ?? MARK_OF_NOTHING}，本表为调整后的总分。`] : []),
    ...(account.executionReason === null || account.executionReason.trim() === '' ? [] : [`预算执行说明：${account.executionReason.trim()}`]),
  ].join('');
}

/**
 * 绩效自评表 cell by cell: the national layout for a project (F4), the default of the product for the unit as a whole (F5).
 * Computed and adjusted points are both printed.
 */
export function selfEvaluationForm(account: SelfEvaluationAccount): FormSheet {
  const isProject = account.subject === 'PROJECT';
  return layOutForm(isProject ? PROJECT_SELF_EVALUATION_TEMPLATE : UNIT_SELF_EVALUATION_TEMPLATE, {
    fields: {
      yearTitle: `（${account.fiscalYear}年度）`,
      project: account.project ?? '', department: account.department ?? '', budgetUnit: account.budgetUnit,
      goalText: account.goalText, goalAchieved: account.goalAchieved,
      fullMarks: normalizeDecimal(fullMarksOf(account)), total: account.total ?? '', rating: account.rating ?? '', notes: notes(account),
    },
    lists: {
      money: moneyLines(account),
      indicators: account.rows.map((row) => ({
        level1: row.indicator.level1, level2: row.indicator.level2, name: row.indicator.name,
        target: formatTarget(row.indicator.target), actual: formatActual(row.actual, row.indicator),
        weight: normalizeDecimal(row.indicator.weight), points: pointsText(row), explanation: explanationText(row),
      })),
    },
  });
}
