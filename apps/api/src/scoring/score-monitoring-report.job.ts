import { z } from 'zod';
import { defineJob } from '../platform/queue/define-job';

/** Points of one report. A person waits for it, so it is a job of its own. */
export const scoreMonitoringReport = defineJob({
  name: 'score-monitoring-report', queue: 'scoring', payload: z.object({ reportId: z.uuid() }), attempts: 5, backoffMs: 2_000, timeoutMs: 30_000,
});
