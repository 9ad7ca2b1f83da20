import type { ActualBody, MonitoringReportView, ReportRow } from '@jiheng/contract';
import { MOF_2020_10, lightOf, scoreTable } from '@jiheng/domain';
import { theTable } from '@jiheng/domain/testing';
import { toActual } from '../../api/actual-body';
import { aReport, idOf } from '../../api/testing/a-report';

const report = (magnitude: string, unit: string): ActualBody => ({ kind: 'REPORTED', magnitude, unit });

/** KZ-A 社会保险经办审计经费 at the end of 2024, the worked example of the field: 84.19 points of 90. */
export const KZ_A_VALUES: Readonly<Record<string, ActualBody>> = {
  'KZ-A1': report('5', '次'), 'KZ-A2': report('2', '次'), 'KZ-A3': report('100', '%'), 'KZ-A4': report('92', '%'), 'KZ-A5': report('3', '月'), 'KZ-A6': report('8', '月'),
  'KZ-A7': report('2', '月'), 'KZ-A8': report('100', '%'), 'KZ-A9': report('2.8', '万元'), 'KZ-A10': report('5.2', '万元'), 'KZ-A11': { kind: 'JUDGED', grade: 'A', share: '1' },
  'KZ-A12': { kind: 'JUDGED', grade: 'B', share: '0.75' }, 'KZ-A13': report('93', '%'), 'KZ-A14': report('88', '%'),
};

/** The fourth report of KZ-A, submitted and scored, with values of the story in place of those of the example. */
export function aScoredReport(values: Readonly<Record<string, ActualBody>> = {}, change: (row: ReportRow) => ReportRow = (row) => row): MonitoringReportView {
  const table = theTable('KZ-A');
  const view = aReport(table, { values: { ...KZ_A_VALUES, ...values }, state: 'REVIEWED', moves: ['return', 'sign'], editable: false });
  const scored = scoreTable({ rows: view.rows.map((row) => ({ indicator: row.indicator, actual: toActual(row.yearToDate) })), execution: null, withExecution: false }, MOF_2020_10, { fiscalYear: 2024, periodClosed: false });
  const rows = view.rows.map((row, at): ReportRow => {
    const score = scored.rows[at];
    return change({
      ...row, light: lightOf(row.indicator, toActual(row.yearToDate), { fiscalYear: 2024, months: 12 }).light,
      score: score === undefined ? null : { ...score, flags: [...score.flags], trace: score.trace.map((step) => ({ ...step, params: { ...step.params } })), blocked: score.blocked === null ? null : { ...score.blocked, params: { ...score.blocked.params } } },
    });
  });
  const execution = { revision: 1, rows: [{ part: 'TOTAL', initial: '8.00', adjusted: '8.00', executed: '8.00' }], rate: '100.00', reason: null, by: '填报人', at: '2025-01-08T02:00:00Z', light: 'GREEN' };
  return {
    ...view, rows, execution, score: { ...view.score, state: 'DONE', scoreId: idOf(9, 1), total: scored.total, computedAt: '2025-01-08T02:00:01Z' },
  } as unknown as MonitoringReportView;
}

/** The row of a key. */
export function rowOf(view: MonitoringReportView, key: string): ReportRow {
  const row = view.rows.find((one) => one.indicator.key === key);
  if (row === undefined) throw new Error(`no row ${key}`);
  return row;
}
