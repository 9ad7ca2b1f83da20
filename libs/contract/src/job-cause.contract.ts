import { z } from 'zod';
import { momentText } from './decimal-text';

/** Failed jobs of one kind and one cause that no later success has overtaken. `code` is the refusal; the sentence is that of the latest of them. */
export const jobCause = z.object({
  name: z.string(), code: z.string(), zh: z.string(), en: z.string(), mender: z.string().nullable(), count: z.number().int(),
  /** How many of them the reader may try again. */
  retryable: z.number().int(), latestAt: momentText,
  /** Up to three of the jobs, by name. */
  titles: z.array(z.object({ zh: z.string(), en: z.string() })),
});
export type JobCause = z.infer<typeof jobCause>;
/** GET /api/jobs/causes */
export const jobCauses = z.object({ causes: z.array(jobCause) });
/** POST /api/jobs/causes/retry: all failed jobs of a cause again; answers `{ retried }`. */
export const retryCause = z.object({ name: z.string().max(60), code: z.string().max(80) });

/** An outage, or a silence (pulls by the schedule that end well and again and again bring nothing), is told once to each person who can mend it, and once more when it is over. */
export const jobNoticeView = z.object({
  id: z.uuid(), kind: z.enum(['OUTAGE', 'SILENCE', 'RECOVERY']), title: z.string(), titleEn: z.string(), sentenceZh: z.string(), sentenceEn: z.string(), unitName: z.string(), link: z.string().nullable(), at: momentText,
});
export type JobNoticeView = z.infer<typeof jobNoticeView>;
/** GET /api/jobs/notices; POST /api/jobs/notices/:id/read puts one away. */
export const jobNotices = z.object({ notices: z.array(jobNoticeView) });
