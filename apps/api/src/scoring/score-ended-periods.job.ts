import { z } from 'zod';
import { defineJob } from '../platform/queue/define-job';

/** Once an hour: silence of a quarter whose last day is over is worth zero from the next day on. Nearly always there is nothing to do. */
export const scoreEndedPeriods = defineJob({ name: 'score-ended-periods', queue: 'housekeeping', payload: z.object({}), attempts: 1, backoffMs: 1_000, timeoutMs: 300_000, everyMs: 3_600_000 });
