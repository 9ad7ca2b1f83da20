import { isEditable, MONITORING_REPORT_WORKFLOW, ok, periodState, periodWords, refuse, type Result, stateWords } from '@jiheng/domain';
import type { ReportHead } from './monitoring.public';

/**
 * May what belongs to a report (values, explanations, files, money) be changed on this day? Same law as `recordActual`: the report is in
 * draft or returned, its period has begun, and it is not past its due day unless it was returned for correction or given more time.
 */
export function mayEditReport(head: Pick<ReportHead, 'state' | 'period' | 'extendedUntil'>, today: string): Result<void> {
  const { period, state } = head;
  if (!isEditable(MONITORING_REPORT_WORKFLOW, state)) return refuse('actual.report-not-editable', stateWords(MONITORING_REPORT_WORKFLOW.states[state]));
  const standing = periodState(period, today);
  if (standing === 'FUTURE') return refuse('actual.period-not-open', { ...periodWords(period), startsOn: period.startsOn });
  if (standing === 'CLOSED' && state !== 'RETURNED' && !hasMoreTime(head, today)) return refuse('actual.period-closed', { ...periodWords(period), dueOn: period.dueOn });
  return ok(undefined);
}

/** Was this report given more time that is not over today? */
export function hasMoreTime(head: Pick<ReportHead, 'extendedUntil'>, today: string): boolean {
  return head.extendedUntil !== null && today <= head.extendedUntil;
}
