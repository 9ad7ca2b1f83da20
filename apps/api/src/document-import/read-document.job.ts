import { z } from 'zod';
import { defineJob } from '../platform/queue/define-job';

/** Reads an uploaded document. A file that cannot be read is refused at once; only faults of ours are tried again. A queue of its own: nobody who drops a file waits for somebody's report. */
export const readDocumentJob = defineJob({
  name: 'read-document', queue: 'documents', payload: z.object({ importId: z.uuid() }), attempts: 3, backoffMs: 1_000, timeoutMs: 180_000,
});
