import { type Actual, MOF_2020_10, type SelfEvaluationAccount, adjustScore, scoreTable } from '../src/index';
import { theTable } from './the-six-tables';
import workedExamples from './vectors/worked-examples.json';

/** The worked example KZ-A as the account of its year: 84.19 + 10.00 = 94.19. Pass what the spec is about; adjustments by row id. */
export function anAccount(
  draft: Partial<SelfEvaluationAccount> & { readonly adjustments?: Readonly<Record<string, { readonly points: string; readonly reason: string }>> } = {},
): SelfEvaluationAccount {
  const { adjustments = {}, ...changed } = draft;
  const table = theTable('KZ-A');
  const actuals = workedExamples.cases[0]?.actuals as unknown as Readonly<Record<string, Actual>>;
  const rows = table.indicators.map((indicator) => ({ indicator, actual: actuals[indicator.key] ?? ({ kind: 'NOT_REPORTED' } as const) }));
  const score = scoreTable(
    { rows, execution: { initial: '8.00', adjusted: '8.00', executed: '8.00' }, withExecution: true }, MOF_2020_10, { fiscalYear: 2024, periodClosed: true },
  );
  const final = adjustScore(score, new Map(Object.entries(adjustments)), MOF_2020_10);
  return {
    subject: table.subject, fiscalYear: table.fiscalYear, budgetUnit: table.budgetUnit, department: '某州人力资源和社会保障局', project: table.project, tableVersion: 1,
    goalText: table.goalText, goalAchieved: '完成内部审计5次、培训2次。',
    money: [{ part: 'TOTAL', initial: '8.00', adjusted: '8.00', executed: '8.00' }, { part: 'FISCAL', initial: '8.00', adjusted: '8.00', executed: '8.00' }],
    execution: score.execution, executionReason: null,
    rows: rows.map(({ indicator, actual }, at) => ({
      indicator, actual, score: score.rows[at] as (typeof score.rows)[number], adjustment: adjustments[indicator.key] ?? null,
      explanation: indicator.key === 'KZ-A2' ? { causes: ['STAFF' as const], sentence: '第三次培训师资没有到位', measures: '下年第一季度补办', likelihood: null, forecast: null } : null,
      evidence: indicator.key === 'KZ-A1' ? ['审计报告.pdf', '审计通知书.pdf'] : [],
    })),
    computedTotal: score.total, total: final.total, rating: final.rating, rescaled: score.rescaled,
    profile: { name: MOF_2020_10.name, version: MOF_2020_10.version, title: MOF_2020_10.title.zh }, chapters: new Map(), ...changed,
  };
}
