import { z } from 'zod';
import { defineJob } from '../platform/queue/define-job';

/** Points, total and rating of one year. */
export const scoreSelfEvaluation = defineJob({
  name: 'score-self-evaluation', queue: 'scoring', payload: z.object({ selfEvaluationId: z.uuid() }), attempts: 5, backoffMs: 2_000, timeoutMs: 30_000,
  gathers: { most: 50, rest: 9 },
});
