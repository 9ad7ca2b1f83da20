import { z } from 'zod';
import { defineJob } from '../platform/queue/define-job';

/** Reads an uploaded document. A file that cannot be read is refused at once; only faults of ours are tried again. */
export const readDocumentJob = defineJob({
  name: 'read-document', queue: 'reports', payload: z.object({ importId: z.uuid() }), attempts: 3, backoffMs: 1_000, timeoutMs: 180_000,
});
