import { z } from 'zod';
import { defineJob } from '../platform/queue/define-job';

/** Points of every document that an approved assignment decides. A second run finds the scores that are there and goes on. */
export const applyRuleProfile = defineJob({
  name: 'apply-rule-profile', queue: 'scoring', payload: z.object({ assignmentId: z.uuid() }), attempts: 5, backoffMs: 5_000, timeoutMs: 3_600_000,
});
