import { z } from 'zod';
import { defineJob } from '../platform/queue/define-job';

/** Points of one report. A person waits for it: it does not stand behind a region. */
export const scoreMonitoringReport = defineJob({
  name: 'score-monitoring-report', queue: 'scoring', payload: z.object({ reportId: z.uuid() }), attempts: 5, backoffMs: 2_000, timeoutMs: 30_000,
  gathers: { most: 20, rest: 2 },
});
