import { z } from 'zod';
import { defineJob } from '../platform/queue/define-job';

/** Points of every document that an approved assignment decides, in slices; hours for a province. A second run goes on where the first stopped, or was cancelled: the rules are in force, and what they decide is owed its points. */
export const applyRuleProfile = defineJob({
  name: 'apply-rule-profile', queue: 'scoring', payload: z.object({ assignmentId: z.uuid() }), attempts: 5, backoffMs: 5_000, timeoutMs: 12 * 3_600_000, goesOn: true,
});
