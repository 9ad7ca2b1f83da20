import type { ImportTableSummary } from '@jiheng/contract';
import { addDecimal, doubtfulRows, formOfStaged, type StagedForm, stagedFindings, stagedGaps, type StagedTable, toTargetTableOf } from '@jiheng/domain';

/** What lists show of a staged table. Findings that a person let stand do not count. */
export function summaryOf(table: StagedTable): Omit<ImportTableSummary, 'at' | 'accepted' | 'proposed'> {
  const open = stagedFindings(table).filter((one) => one.acceptedBecause === null);
  return {
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
