import { z } from 'zod';
import { defineJob } from '../../platform/queue/define-job';

/** Looks once a minute which sources are due. A look that is missed is made up for by the next. */
export const ringDueSchedules = defineJob({
  name: 'ring-due-schedules', queue: 'housekeeping', payload: z.object({}), attempts: 1, backoffMs: 1_000, timeoutMs: 60_000, everyMs: 60_000,
});
