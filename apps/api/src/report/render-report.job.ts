import { z } from 'zod';
import { defineJob } from '../platform/queue/define-job';

/** Draws one report file. One at a time: drawing is heavy, and points must not wait for paper. */
export const renderReport = defineJob({
  name: 'render-report', queue: 'reports', payload: z.object({ artifactId: z.uuid() }), attempts: 3, backoffMs: 2_000, timeoutMs: 120_000,
});
