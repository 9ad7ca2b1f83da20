import { formatActual } from '../actual/format-actual';
import { type DecimalText, addDecimal, compareDecimal, divideDecimal, multiplyDecimal, normalizeDecimal, roundHalfUp, subtractDecimal } from '../decimal';
import { CAUSE_WORDS } from '../monitoring/deviation';
import { formatTarget } from '../target-table/format-target';
import { type AccountedRow, type MoneyRow, type SelfEvaluationAccount, finalPointsOf } from './self-evaluation-account';
import { MONEY_PART_WORDS } from './self-evaluation-form';

/** The chapters of 绩效自评报告, in order (domain.md §2.8). */
export type ChapterId = 'overview' | 'targets' | 'budget' | 'process' | 'conclusion' | 'indicators' | 'problems' | 'measures' | 'annexes';

/** One chapter: sentences computed from the account, and, where a person writes, what was written and a hint what belongs there. */
export interface Chapter {
  readonly id: ChapterId;
  /** With its number: 一、单位（项目）基本情况. */
  readonly title: string;
  readonly computed: readonly string[];
  readonly editable: boolean;
  readonly written: string;
  readonly hint: string | null;
}

const TITLES: readonly (readonly [ChapterId, string, string, string | null])[] = [
  ['overview', '单位基本情况', '项目基本情况', '可补充：机构职责、立项依据、实施内容。'],
  ['targets', '绩效目标及调整情况', '绩效目标及调整情况', null],
  ['budget', '预算资金安排与执行情况', '预算资金安排与执行情况', null],
  ['process', '自评组织过程', '自评组织过程', '请写明：由谁组织、何时开展、数据如何取得和核对、是否征求意见。'],
  ['conclusion', '自评结论', '自评结论', null],
  ['indicators', '逐项指标完成与偏差分析', '逐项指标完成与偏差分析', null],
  ['problems', '存在问题及原因', '存在问题及原因', '请写明：管理上的主要问题及其原因，不只是未完成的指标。'],
  ['measures', '改进措施与结果应用建议', '改进措施与结果应用建议', '请写明：下一步措施、责任和时限，以及对下年度预算和目标的建议。'],
  ['annexes', '附件', '附件', null],
];

const ORDINALS = ['一', '二', '三', '四', '五', '六', '七', '八', '九'];

/** Chapters a person writes in. The others are computed whole, so that the report cannot say anything but the data. */
export const EDITABLE_CHAPTERS: readonly ChapterId[] = ['overview', 'process', 'problems', 'measures'];

const amount = (text: DecimalText | null): string => (text === null ? '未填报' : `${roundHalfUp(text, 2)}万元`);
const percentOf = (part: DecimalText, whole: DecimalText): string => `${roundHalfUp(divideDecimal(multiplyDecimal(part, '100'), whole, 2), 2)}%`;
const isShort = (row: AccountedRow): boolean => {
  const points = finalPointsOf(row);
  return points !== null && compareDecimal(points, row.indicator.weight) < 0;
};
const titleOf = (account: SelfEvaluationAccount): string => (account.project === null ? account.budgetUnit : `“${account.project}”项目`);

function overview(account: SelfEvaluationAccount): string[] {
  const above = account.department === null ? '' : `，主管部门为${account.department}`;
  return account.project === null
    ? [`本报告为${account.budgetUnit}${account.fiscalYear}年度单位整体支出绩效自评报告${above}。`]
    : [`“${account.project}”为${account.fiscalYear}年度项目支出，实施单位为${account.budgetUnit}${above}。`];
}

function sumsByLevel1(account: SelfEvaluationAccount): { level1: string; count: number; weight: DecimalText; points: DecimalText; isOpen: boolean }[] {
  const names = [...new Set(account.rows.map((row) => row.indicator.level1))];
  return names.map((level1) => {
    const rows = account.rows.filter((row) => row.indicator.level1 === level1);
    const applicable = rows.filter((row) => !row.score.flags.includes('NOT_APPLICABLE'));
    return {
      level1, count: rows.length, weight: addDecimal(...applicable.map((row) => row.indicator.weight)),
      points: addDecimal(...applicable.map((row) => finalPointsOf(row) ?? '0')), isOpen: applicable.some((row) => finalPointsOf(row) === null),
    };
  });
}

function targets(account: SelfEvaluationAccount): string[] {
  const measured = account.rows.filter((row) => row.indicator.target.kind === 'QUANT').length;
  const weight = normalizeDecimal(addDecimal(...account.rows.map((row) => row.indicator.weight)));
  const parts = sumsByLevel1(account).map((sum) => `${sum.level1}${sum.count}项`).join('、');
  return [
    ...account.goalText.split('\n').filter((line) => line.trim() !== '').map((line, at) => (at === 0 ? `年度总体目标：${line}` : line)),
    `共设置三级指标${account.rows.length}项（${parts}），其中定量指标${measured}项、定性及其他指标${account.rows.length - measured}项，指标分值合计${weight}分。`,
    account.tableVersion > 1 ? `年度中办理过绩效目标调整，本次自评依据第${account.tableVersion}版目标表。` : '年度内没有办理绩效目标调整，本次自评依据批复的目标表。',
  ];
}

function budget(account: SelfEvaluationAccount): string[] {
  const total = account.money.find((row) => row.part === 'TOTAL');
  if (total === undefined) return ['预算执行情况尚未填报。'];
  const kind = account.project === null ? 'unit' : 'project';
  const { execution } = account;
  const rate = execution?.rate ?? null;
  const isEmpty = (row: MoneyRow) => [row.initial, row.adjusted, row.executed].every((amount) => amount === null || compareDecimal(amount, '0') === 0);
  const parts = account.money.filter((row) => row.part !== 'TOTAL' && !isEmpty(row))
    .map((row) => `${MONEY_PART_WORDS[row.part][kind].replace('其中：', '')}预算${amount(row.adjusted ?? row.initial)}、执行${amount(row.executed)}`);
  return [
    `年初预算${amount(total.initial)}，全年预算${amount(total.adjusted ?? total.initial)}，全年执行${amount(total.executed)}${rate === null ? '' : `，预算执行率${rate}%`}${execution?.points == null ? '' : `，得${execution.points}分（分值${normalizeDecimal(execution.weight)}）`}。`,
    ...(parts.length === 0 ? [] : [`按来源：${parts.join('；')}。`]),
    ...(execution?.flags.includes('NOT_APPLICABLE') === true ? ['全年没有预算和执行，预算执行不计分，总分按比例折算。'] : []),
    ...(account.executionReason === null || account.executionReason.trim() === '' ? [] : [`预算执行说明：${account.executionReason.trim()}`]),
  ];
}

function conclusion(account: SelfEvaluationAccount): string[] {
  if (account.total === null) return ['得分尚未计算完成，结论待定。'];
  const sums = sumsByLevel1(account).filter((sum) => compareDecimal(sum.weight, '0') > 0)
    .map((sum) => `${sum.level1}${normalizeDecimal(sum.weight)}分，得${roundHalfUp(sum.points, 2)}分（${percentOf(sum.points, sum.weight)}）`);
  const money = account.execution?.points == null ? [] : [`预算执行${normalizeDecimal(account.execution.weight)}分，得${account.execution.points}分`];
  const adjusted = account.rows.filter((row) => row.adjustment !== null && row.adjustment.points !== row.score.points);
  return [
    `经自评，${titleOf(account)}${account.fiscalYear}年度绩效自评总分${account.total}分，评价等级为“${account.rating ?? '—'}”。`,
    `${[...sums, ...money].join('；')}。`,
    ...(account.rescaled ? ['有内容不适用，总分按适用部分折算为百分制。'] : []),
    ...(adjusted.length === 0 ? [] : [
      `按公式计算的总分为${account.computedTotal ?? '—'}分，另有${adjusted.length}项由人工调整得分：${adjusted.map((row) => `“${row.indicator.name}”由${row.score.points ?? '—'}分调整为${row.adjustment?.points ?? '—'}分（${row.adjustment?.reason ?? ''}）`).join('；')}。`,
    ]),
    `评分依据：${account.profile.title}（${account.profile.name} 第${account.profile.version}版）。`,
  ];
}

function stop(text: string): string {
  return /[。！？；]$/u.test(text.trim()) ? text.trim() : `${text.trim()}。`;
}

function rowSentence(row: AccountedRow): string {
  const { indicator, score, explanation } = row;
  const [target, actual] = [formatTarget(indicator.target), formatActual(row.actual, indicator)];
  const opening = `${indicator.name}：${indicator.target.kind === 'QUANT' ? `指标值${target}，实际完成${actual}` : `指标值为${target}，实际完成情况为${actual}`}`;
  if (score.flags.includes('NOT_APPLICABLE')) return `${opening}，不计分。`;
  const points = finalPointsOf(row);
  // A limit kept at 93 % is not "93 % done": a rate is told only where more is better.
  const rate = score.attainmentRate === null || indicator.direction !== 'POSITIVE' ? '' : `，完成率${score.attainmentRate}%`;
  const earned = points === null ? '，尚未评分' : `，得${points}分（分值${normalizeDecimal(indicator.weight)}）`;
  const causes = (explanation?.causes ?? []).map((cause) => CAUSE_WORDS[cause].zh).join('、');
  const sentence = explanation?.sentence.trim() ?? '';
  const measures = explanation?.measures.trim() ?? '';
  return [
    `${opening}${rate}${earned}。`,
    ...(sentence === '' ? [] : [`偏差原因${causes === '' ? '' : `（${causes}）`}：${stop(sentence)}`]), ...(measures === '' ? [] : [`改进措施：${stop(measures)}`]),
  ].join('');
}

function problems(account: SelfEvaluationAccount): string[] {
  const short = account.rows.filter(isShort)
    .map((row) => ({ row, lost: subtractDecimal(row.indicator.weight, finalPointsOf(row) ?? '0') }))
    .sort((a, b) => compareDecimal(b.lost, a.lost));
  if (short.length === 0) return ['各项适用指标均得满分，没有失分指标。'];
  const lost = roundHalfUp(addDecimal(...short.map((one) => one.lost)), 2);
  return [
    `${short.length}项指标未得满分，共失${lost}分：${short.map(({ row, lost: points }) => `“${row.indicator.name}”失${roundHalfUp(points, 2)}分`).join('；')}。`,
  ];
}

function measures(account: SelfEvaluationAccount): string[] {
  return account.rows.flatMap((row) => {
    const text = row.explanation?.measures.trim() ?? '';
    return text === '' ? [] : [`针对“${row.indicator.name}”：${stop(text)}`];
  });
}

function annexes(account: SelfEvaluationAccount): string[] {
  const files = account.rows.filter((row) => row.evidence.length > 0);
  return [
    `附件1：${account.project === null ? '单位整体支出绩效自评表' : '项目支出绩效自评表'}`,
    files.length === 0 ? '附件2：佐证资料清单（无）' : `附件2：佐证资料清单（共${files.reduce((sum, row) => sum + row.evidence.length, 0)}份）`,
    ...files.map((row) => `${row.indicator.name}：${row.evidence.join('、')}`),
  ];
}

/**
 * 绩效自评报告, chapter by chapter. Computed sentences come from the account alone; what people wrote stands beside them and is never
 * changed. `written` is empty where nothing was written, and `hint` then says what belongs there.
 */
export function selfEvaluationReport(account: SelfEvaluationAccount): Chapter[] {
  const computed: Readonly<Record<ChapterId, () => string[]>> = {
    overview: () => overview(account), targets: () => targets(account), budget: () => budget(account),
    process: () => [`自评范围：${account.fiscalYear}年全年，${account.rows.length}项三级指标${account.execution === null ? '' : '和预算执行'}。`],
    conclusion: () => conclusion(account), indicators: () => account.rows.map((row, at) => `${at + 1}. ${rowSentence(row)}`),
    problems: () => problems(account), measures: () => measures(account), annexes: () => annexes(account),
  };
  return TITLES.map(([id, ofUnit, ofProject, hint], at) => ({
    id, title: `${ORDINALS[at] ?? ''}、${account.project === null ? ofUnit : ofProject}`, computed: computed[id](),
    editable: EDITABLE_CHAPTERS.includes(id), written: EDITABLE_CHAPTERS.includes(id) ? (account.chapters.get(id) ?? '') : '', hint: EDITABLE_CHAPTERS.includes(id) ? hint : null,
  }));
}
