import { z } from 'zod';
import { defineJob } from '../platform/queue/define-job';

/** What a profile would change for more documents than a person waits for. Nothing but the preview itself is written. */
export const previewRuleProfileJob = defineJob({
  name: 'preview-rule-profile', queue: 'scoring', payload: z.object({ previewId: z.uuid() }), attempts: 3, backoffMs: 5_000, timeoutMs: 6 * 3_600_000,
});
