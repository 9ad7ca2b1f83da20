import { type TableScore, addDecimal, formatActual, formatTarget, normalizeDecimal, roundHalfUp } from '@jiheng/domain';
import { executionReason } from './open-points';
import type { LoadedSelfEvaluation } from './loaded-self-evaluation';
import { EXECUTION_REASON, GOAL_ACHIEVED } from './written-parts';

/** One chapter of 绩效自评报告: sentences made from the data, and what the writer added. */
export interface Chapter {
  readonly id: string;
  readonly title: string;
  readonly computed: readonly string[];
  readonly written: string;
  readonly editable: boolean;
  readonly revision: number;
}

/** The printed total and rating, adjustments included. */
export interface PrintedTotal {
  readonly total: string | null;
  readonly rating: string | null;
}

/** The outline of domain.md §2.8. Facts come from the data; process, problems and measures are the writer's. */
const OUTLINE: readonly { readonly id: string; readonly title: string; readonly editable: boolean; readonly facts: (year: LoadedSelfEvaluation, score: TableScore, printed: PrintedTotal) => string[] }[] = [
  { id: 'basics', title: '一、基本情况', editable: true, facts: basics },
  { id: 'goals', title: '二、绩效目标及调整情况', editable: false, facts: goals },
  { id: 'funds', title: '三、预算资金安排与执行情况', editable: false, facts: funds },
  { id: 'process', title: '四、自评组织过程', editable: true, facts: () => [] },
  { id: 'conclusion', title: '五、自评结论', editable: false, facts: conclusion },
  { id: 'rows', title: '六、逐项指标完成与偏差分析', editable: false, facts: byRow },
  { id: 'problems', title: '七、存在问题及原因', editable: true, facts: () => [] },
  { id: 'measures', title: '八、改进措施与结果应用建议', editable: true, facts: () => [] },
  { id: 'attachments', title: '九、附件', editable: false, facts: attachments },
];

/** Whether a part can be written by hand: editable chapters, the account of the goal, the reason of the money. */
export function isWritable(chapterId: string): boolean {
  return chapterId === GOAL_ACHIEVED || chapterId === EXECUTION_REASON || OUTLINE.some((chapter) => chapter.editable && chapter.id === chapterId);
}

/** The chapters in order, each with its facts and the writer's words. */
export function chaptersOf(year: LoadedSelfEvaluation, score: TableScore, printed: PrintedTotal): Chapter[] {
  return OUTLINE.map(({ id, title, editable, facts }) => {
    const written = year.chapters.get(id);
    return { id, title, editable, computed: facts(year, score, printed), written: written?.written ?? '', revision: written?.revision ?? 0 };
  });
}

function basics({ head }: LoadedSelfEvaluation): string[] {
  return [
    head.subject === 'UNIT' ? `评价对象：${head.unitName}${head.fiscalYear}年度单位整体支出。` : `评价对象：${head.fiscalYear}年度“${head.project ?? ''}”项目，实施单位为${head.unitName}。`,
    ...(head.departmentName === null ? [] : [`主管部门：${head.departmentName}。`]),
  ];
}

function goals(year: LoadedSelfEvaluation): string[] {
  const adjusted = year.version === 1 ? '年度内绩效目标未作调整。' : `年度内绩效目标经批准调整，现行为第${year.version}版。`;
  return [`年度总体目标：${year.goalText}`, `共设${year.rows.length}项三级指标。`, adjusted];
}

function money(amount: string): string {
  return `${roundHalfUp(amount, 2)}万元`;
}

function funds(year: LoadedSelfEvaluation, score: TableScore): string[] {
  const figures = year.execution?.figures;
  if (figures === undefined) return ['本年度预算执行数尚未填报。'];
  const amounts = [
    ...(figures.initial === null ? [] : [`年初预算${money(figures.initial)}`]), ...(figures.adjusted === null ? [] : [`全年预算（调整后）${money(figures.adjusted)}`]),
    ...(figures.executed === null ? [] : [`全年执行${money(figures.executed)}`]),
  ].join('，');
  const rate = score.execution?.rate;
  const reason = executionReason(year);
  return [
    `${amounts}${rate == null ? '' : `，执行率${rate}%`}${score.execution?.points == null ? '' : `，得${score.execution.points}分`}。`,
    ...(reason === null || reason.trim() === '' ? [] : [`执行情况说明：${reason.trim()}`]),
  ];
}

function conclusion(year: LoadedSelfEvaluation, score: TableScore, printed: PrintedTotal): string[] {
  const adjusted = year.rows.filter((row) => row.adjustment !== null).length;
  const level1 = [...new Set(year.rows.map((row) => row.indicator.level1))];
  const sums = level1.map((name) => {
    const rows = year.rows.flatMap((row, at) => (row.indicator.level1 === name ? [{ row, points: row.adjustment?.points ?? score.rows[at]?.points ?? null }] : []));
    return `${name}${roundHalfUp(addDecimal(...rows.map(({ points }) => points ?? '0')), 2)}分（满分${normalizeDecimal(addDecimal(...rows.map(({ row }) => row.indicator.weight)))}分）`;
  });
  return [
    printed.total === null ? '得分尚未计算完成。' : `自评总分${printed.total}分，评价等级为“${printed.rating ?? ''}”。`,
    `各一级指标得分：${sums.join('；')}${score.execution?.points == null ? '' : `；预算执行${score.execution.points}分（满分${normalizeDecimal(score.execution.weight)}分）`}。`,
    ...(adjusted > 0 ? [`其中${adjusted}项指标的得分经人工调整，系统计算总分为${score.total ?? '—'}分。`] : []),
  ];
}

function byRow(year: LoadedSelfEvaluation, score: TableScore): string[] {
  return year.rows.map((row, at) => {
    const { indicator, explanation, adjustment } = row;
    const points = adjustment?.points ?? score.rows[at]?.points ?? null;
    const said = explanation === null ? '' : [explanation.sentence.trim(), explanation.measures.trim() === '' ? '' : `改进措施：${explanation.measures.trim()}`].filter((part) => part !== '').join(' ');
    return `${at + 1}. ${indicator.name}：指标值${formatTarget(indicator.target)}，实际完成值${formatActual(row.scoring.actual, indicator)}，得${points ?? '—'}分（分值${normalizeDecimal(indicator.weight)}）。${
      adjustment === null ? '' : `系统计算${score.rows[at]?.points ?? '—'}分，调整理由：${adjustment.reason}。`}${said}`;
  });
}

function attachments(year: LoadedSelfEvaluation): string[] {
  const files = year.rows.flatMap((row) => row.evidence.map((file) => `${row.indicator.name}：${file.fileName}`));
  return ['1. 绩效自评表', ...(files.length === 0 ? ['2. 佐证资料：无'] : [`2. 佐证资料${files.length}份：${files.join('；')}`])];
}
