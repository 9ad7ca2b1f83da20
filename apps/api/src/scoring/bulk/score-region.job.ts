import { z } from 'zod';
import { defineJob } from '../../platform/queue/define-job';

/** Points of everything below a unit, in slices. Hours for a province on a small machine; a second run goes on where the first stopped. */
export const scoreRegion = defineJob({ name: 'score-region', queue: 'scoring', payload: z.object({ runId: z.uuid() }), attempts: 5, backoffMs: 5_000, timeoutMs: 12 * 3_600_000, goesOn: true });
