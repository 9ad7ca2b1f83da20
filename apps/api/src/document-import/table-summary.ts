import type { ImportTableSummary } from '@jiheng/contract';
import { addDecimal, doubtfulRows, formOfStaged, sayFinding, type StagedForm, stagedFindings, stagedGaps, type StagedSurroundings, type StagedTable, toTargetTableOf } from '@jiheng/domain';

/** A warning that nobody gave a reason for: how many of its code a table has, and the first of their sentences. */
export interface OpenWarning {
  readonly code: string;
  readonly count: number;
  readonly zh: string;
  readonly en: string;
}

/** What is kept of a staged table besides its reading and its corrections. */
export interface TableSummary extends Omit<ImportTableSummary, 'at' | 'accepted' | 'proposed'> {
  /** Money of what the table is about, 万元. */
  readonly budgetTotal: string | null;
  /** 年度主要任务 in it: tables that have some depend on those of the projects. */
  readonly taskCount: number;
  /** Empty for a form that holds results: nobody is asked about it. */
  readonly openWarnings: readonly OpenWarning[];
}

/**
 * What is kept of a staged table, and what lists show of it. Findings that a person let stand do not count.
 * @param around what other tables of the document say
 */
export function summaryOf(table: StagedTable, around: StagedSurroundings | null): TableSummary {
  const open = stagedFindings(table, around).filter((one) => one.acceptedBecause === null);
  const warnings = new Map<string, OpenWarning>();
  for (const { finding } of formOfStaged(table) === 'TARGET' ? open : []) {
    if (finding.severity !== 'WARN') continue;
    const known = warnings.get(finding.code) ?? { code: finding.code, count: 0, zh: sayFinding(finding, 'zh'), en: sayFinding(finding, 'en') };
    warnings.set(finding.code, { ...known, count: known.count + 1 });
  }
  return {
    budgetTotal: table.budget.total, taskCount: table.subject === 'UNIT' ? table.tasks?.length ?? 0 : 0, openWarnings: [...warnings.values()],
    form: formOfStaged(table), subject: table.subject, fiscalYear: table.fiscalYear, project: table.project, budgetUnit: table.budgetUnit, rows: table.rows.length,
    weightTotal: addDecimal('0', ...toTargetTableOf(table).indicators.map((row) => row.weight)), doubtful: doubtfulRows(table).length,
    errors: open.filter((one) => one.finding.severity === 'ERROR').length, warnings: open.filter((one) => one.finding.severity === 'WARN').length, gaps: stagedGaps(table).length,
  };
}

/** How a table is called in a sentence. */
export function titleOf(table: Pick<StagedTable, 'project'>): { readonly zh: string; readonly en: string } {
  return { zh: table.project ?? '单位整体', en: table.project ?? 'the unit as a whole' };
}

/** What a form that holds results is called. */
export const RESULT_FORM_WORDS: Readonly<Record<Exclude<StagedForm, 'TARGET'>, { readonly form: string; readonly formEn: string }>> = {
  MONITORING: { form: '监控表', formEn: 'monitoring form' }, SELF_EVALUATION: { form: '自评表', formEn: 'self-evaluation form' },
};
