import type { ActualBody, SelfEvaluationRow, SelfEvaluationView } from '@jiheng/contract';
import { MOF_2020_10, adjustScore, overCauseOf, scoreTable } from '@jiheng/domain';
import { theTable } from '@jiheng/domain/testing';
import { toActual } from '../../api/actual-body';
import { idOf } from '../../api/testing/a-report';
import { KZ_A_VALUES } from '../../sign-off/testing/scored-report';

const QUARTERS = ['第一季度', '第二季度', '第三季度', '第四季度'] as const;

/** What a story says about the year of KZ-A; everything else is the worked example, 84.19 + 10.00 = 94.19 优. */
export interface YearDraft {
  readonly values?: Readonly<Record<string, ActualBody>>;
  readonly adjustments?: Readonly<Record<string, { readonly points: string; readonly reason: string }>>;
  readonly explanations?: Readonly<Record<string, NonNullable<SelfEvaluationRow['explanation']>>>;
  readonly revisions?: Readonly<Record<string, number>>;
  readonly more?: Partial<SelfEvaluationView>;
}

/** 社会保险经办审计经费, year 2024, as the server would send it. */
export function aSelfEvaluation({ values = {}, adjustments = {}, explanations = {}, revisions = {}, more = {} }: YearDraft = {}): SelfEvaluationView {
  const table = theTable('KZ-A');
  const actuals = { ...KZ_A_VALUES, ...values };
  const rows = table.indicators.map((indicator) => ({ indicator, actual: toActual(actuals[indicator.key] ?? { kind: 'NOT_REPORTED' }), overCause: overCauseOf(explanations[indicator.key] ?? null) }));
  const score = scoreTable({ rows, execution: { initial: '8.00', adjusted: '8.00', executed: '8.00' }, withExecution: true }, MOF_2020_10, { fiscalYear: 2024, periodClosed: false });
  const printed = adjustScore(score, new Map(Object.entries(adjustments)), MOF_2020_10);
  const view = {
    id: idOf(5, 1), revision: 3, state: 'DRAFT',
    table: {
      id: idOf(4, 2), subject: 'PROJECT', unitName: table.budgetUnit, departmentName: '人力资源和社会保障局', project: table.project, fiscalYear: 2024, version: 1, goalText: table.goalText, budget: table.budget,
    },
    rows: table.indicators.map((indicator, at) => {
      const { key, ...points } = score.rows[at] ?? { key: '' };
      const adjustment = adjustments[indicator.key] ?? null;
      return {
        indicator: { ...indicator, id: idOf(1, at + 1), ordinal: at + 1 },
        quarters: QUARTERS.map((label, quarter) => ({ reportId: idOf(2, quarter + 1), ordinal: quarter + 1, label, state: 'SIGNED', actual: quarter === 3 ? (actuals[key] ?? { kind: 'NOT_REPORTED' }) : { kind: 'NOT_REPORTED' } })),
        yearActual: actuals[indicator.key] ?? { kind: 'NOT_REPORTED' }, score: points, adjustment: adjustment === null ? null : { ...adjustment, by: '填报人', at: '2025-02-10T02:00:00Z' },
        finalPoints: printed.finalPoints[at] ?? null, explanation: explanations[indicator.key] ?? null, evidence: [], revision: revisions[indicator.key] ?? 0,
      };
    }),
    execution: {
      rows: [{ part: 'TOTAL', initial: '8.00', adjusted: '8.00', executed: '8.00' }, { part: 'FISCAL', initial: '8.00', adjusted: '8.00', executed: '8.00' }], rate: score.execution?.rate ?? null, points: score.execution?.points ?? null,
      weight: '10.00', trace: score.execution?.trace ?? [], flags: [], reason: null, revision: 1, reasonRevision: 0,
    },
    computedTotal: score.total, total: printed.total, rating: printed.rating,
    score: { state: 'DONE', scoreId: idOf(9, 1), total: score.total, rating: score.rating, profileName: MOF_2020_10.name, profileVersion: 1, computedAt: '2025-02-10T02:00:01Z', failure: null },
    profile: { ...MOF_2020_10 },
    goalAchieved: '', goalAchievedRevision: 0,
    chapters: [
      { id: 'overview', title: '一、项目基本情况', computed: ['“社会保险经办审计经费”为2024年度项目支出。'], written: '', editable: true, revision: 0 },
      { id: 'conclusion', title: '五、自评结论', computed: [`自评总分${printed.total ?? '—'}分，评价等级为“${printed.rating ?? '—'}”。`], written: '', editable: false, revision: 0 },
      { id: 'measures', title: '八、改进措施与结果应用建议', computed: [], written: '', editable: true, revision: 0 },
    ],
    artifacts: [], editable: true, moves: ['submit'], history: [], today: '2025-02-10',
    openPoints: [{ code: 'self-evaluation.goal-achieved-missing', indicatorId: null, sentence: { zh: '“实际完成情况”还没有填写。', en: 'The account of what was achieved is not written yet.' } }],
    ...more,
  };
  // Identities are branded on the wire; these were made here.
  return view as unknown as SelfEvaluationView;
}

/** The id of a row of KZ-A by its key. */
export function rowId(key: string): string {
  return idOf(1, Number(key.replace('KZ-A', '')));
}
