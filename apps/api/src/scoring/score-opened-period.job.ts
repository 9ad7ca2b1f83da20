import { z } from 'zod';
import { defineJob } from '../platform/queue/define-job';

/** First points of the reports of a period that was opened: a few by themselves, many as a region's run. While another run of the same region is under way it comes back. */
export const scoreOpenedPeriod = defineJob({ name: 'score-opened-period', queue: 'scoring', payload: z.object({ periodId: z.uuid() }), attempts: 12, backoffMs: 5_000, timeoutMs: 300_000 });
