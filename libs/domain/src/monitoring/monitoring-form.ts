import type { Actual } from '../actual/actual';
import { formatActual } from '../actual/format-actual';
import type { MoneyPart } from '../budget/money-lines';
import { type DecimalText, compareDecimal, divideDecimal, multiplyDecimal, roundHalfUp } from '../decimal';
import type { FormSheet } from '../form/form-sheet';
import { MONITORING_TEMPLATE, UNIT_MONITORING_TEMPLATE } from '../form/form-template';
import { layOutForm } from '../form/lay-out-form';
import { MONEY_PART_WORDS } from '../self-evaluation/self-evaluation-form';
import { formatTarget } from '../target-table/format-target';
import type { Indicator } from '../target-table/indicator';
import type { DeviationCause, DeviationExplanation, Likelihood } from './deviation';

/** What the monitoring form prints. */
export interface MonitoringAccount {
  readonly fiscalYear: number;
  readonly budgetUnit: string;
  readonly department: string | null;
  /** null for the unit as a whole. */
  readonly project: string | null;
  /** The span in the headings: 1—6月, 第二季度. */
  readonly period: string;
  readonly goalText: string;
  readonly money: readonly { readonly part: MoneyPart; readonly initial: DecimalText | null; readonly executed: DecimalText | null; readonly forecast: DecimalText | null }[];
  readonly rows: readonly { readonly indicator: Indicator; readonly actual: Actual; readonly explanation: DeviationExplanation | null }[];
}

const TICK = '√';
const CAUSES: readonly DeviationCause[] = ['FUNDS', 'SYSTEM', 'STAFF', 'EQUIPMENT', 'OTHER'];
const LIKELIHOODS: readonly Likelihood[] = ['CERTAIN', 'POSSIBLE', 'IMPOSSIBLE'];
/** Lines that are printed whether or not anything was entered; others follow where they were. */
const LINES = { project: ['TOTAL', 'FISCAL', 'OTHER'], unit: ['TOTAL', 'HIGHER_LEVEL', 'LOCAL_LEVEL', 'OTHER'] } as const satisfies Record<string, readonly MoneyPart[]>;

/** 绩效目标执行监控表 cell by cell (F3, 财预〔2019〕136号). Causes and likelihood are ticks. */
export function monitoringForm(account: MonitoringAccount): FormSheet {
  const money = (amount: DecimalText | null | undefined): string => (amount === null || amount === undefined ? '' : roundHalfUp(amount, 2));
  const subject = account.project === null ? 'unit' : 'project';
  const printed: readonly MoneyPart[] = LINES[subject];
  const lines = [...printed, ...account.money.map((line) => line.part).filter((part) => !printed.includes(part))].map((part) => {
    const line = account.money.find((candidate) => candidate.part === part);
    const hasRate = line?.initial != null && line.executed != null && compareDecimal(line.initial, '0') > 0;
    return {
      part: part === 'FISCAL' ? '其中：本年一般公共预算拨款' : MONEY_PART_WORDS[part][subject],
      initial: money(line?.initial), executed: money(line?.executed), forecast: money(line?.forecast),
      rate: hasRate ? `${roundHalfUp(divideDecimal(multiplyDecimal(line.executed as string, '100'), line.initial as string, 2), 2)}%` : '—',
    };
  });
  return layOutForm(account.project === null ? UNIT_MONITORING_TEMPLATE : MONITORING_TEMPLATE, {
    fields: {
      yearTitle: `（${account.fiscalYear}年度）`, period: account.period, project: account.project ?? '单位整体', department: account.department ?? '',
      budgetUnit: account.budgetUnit, goalText: account.goalText,
    },
    lists: {
      money: lines,
      indicators: account.rows.map(({ indicator, actual, explanation }) => {
        const causes = explanation?.causes ?? [];
        // The national form has no column for a target set too low; it is one of the others and the sentence says it.
        const ticked = (cause: DeviationCause): boolean => causes.includes(cause) || (cause === 'OTHER' && causes.includes('TARGET_TOO_LOW'));
        return {
          level1: indicator.level1, level2: indicator.level2, name: indicator.name, target: formatTarget(indicator.target),
          actual: formatActual(actual, indicator), forecast: explanation?.forecast ?? '', sentence: explanation?.sentence ?? '', remark: explanation?.measures ?? '',
          ...Object.fromEntries(CAUSES.map((cause) => [cause, ticked(cause) ? TICK : ''])),
          ...Object.fromEntries(LIKELIHOODS.map((likelihood) => [likelihood, explanation?.likelihood === likelihood ? TICK : ''])),
        };
      }),
    },
  });
}
