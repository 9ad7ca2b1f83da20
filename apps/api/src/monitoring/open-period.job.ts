import { z } from 'zod';
import { defineJob } from '../platform/queue/define-job';

/** Opens the reports of one period for every table in force below some units, a province's in minutes; a second run opens what is not open yet. */
export const openPeriod = defineJob({
  name: 'open-period', queue: 'housekeeping', payload: z.object({ periodId: z.uuid(), pathPatterns: z.array(z.string()).nullable() }), attempts: 5, backoffMs: 2_000, timeoutMs: 1_800_000,
});

/** Opens whatever period has begun and is not open; asked for at every start of the worker and once a day. */
export const openBegunPeriods = defineJob({
  name: 'open-begun-periods', queue: 'housekeeping', payload: z.object({}), attempts: 5, backoffMs: 2_000, timeoutMs: 1_800_000,
});

/** Opens the begun periods of one table that came into force, and takes its unsigned reports over to the new version. */
export const openTableReports = defineJob({
  name: 'open-table-reports', queue: 'housekeeping', payload: z.object({ tableId: z.uuid() }), attempts: 5, backoffMs: 2_000, timeoutMs: 60_000,
});
