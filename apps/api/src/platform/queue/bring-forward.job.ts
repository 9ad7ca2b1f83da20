import { z } from 'zod';
import { defineJob } from './define-job';

/**
 * Lets a visible job that waits for its next try be tried now: the try after this many. A try that has just failed is for a moment still in its worker's hands, so it is looked for some seconds.
 */
export const bringForward = defineJob({
  name: 'bring-forward', queue: 'housekeeping', payload: z.object({ jobRunId: z.uuid(), attempts: z.number().int().min(1) }), attempts: 8, backoffMs: 50, timeoutMs: 10_000,
});
