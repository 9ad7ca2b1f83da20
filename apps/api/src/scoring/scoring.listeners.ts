import { executionRecorded } from '../budget-execution/budget-execution.public';
import { actualRecorded, explanationRecorded, monitoringReportExtended, monitoringReportOpened, periodOpened } from '../monitoring/monitoring.public';
import { listen } from '../platform/queue/define-news';
import { selfEvaluationChanged } from '../self-evaluation/self-evaluation.public';
import { scoreMonitoringReport } from './score-monitoring-report.job';
import { scoreOpenedPeriod } from './score-opened-period.job';
import { scoreSelfEvaluation } from './score-self-evaluation.job';

/** Which news means scoring again. An accepted candidate is an actual that was recorded. */
export const scoringListeners = [
  listen(actualRecorded, scoreMonitoringReport, ({ reportId }) => ({ reportId })),
  listen(explanationRecorded, scoreMonitoringReport, ({ reportId }) => ({ reportId })),
  listen(executionRecorded, scoreMonitoringReport, ({ reportId }) => ({ reportId })),
  listen(monitoringReportOpened, scoreMonitoringReport, ({ reportId }) => ({ reportId })),
  listen(monitoringReportExtended, scoreMonitoringReport, ({ reportId }) => ({ reportId })),
  listen(periodOpened, scoreOpenedPeriod, ({ periodId }) => ({ periodId })),
  listen(selfEvaluationChanged, scoreSelfEvaluation, ({ selfEvaluationId }) => ({ selfEvaluationId })),
];
