import { z } from 'zod';
import { momentText } from './decimal-text';

/** What failed jobs of a cause are about, such as one source: where it is seen to, and what has to be done there before another try can pass (null: nothing). */
export const jobCauseSubject = z.object({
  zh: z.string(), en: z.string(), link: z.string().nullable(), fragment: z.string().nullable(), count: z.number().int(),
  held: z.object({ code: z.string(), zh: z.string(), en: z.string() }).nullable(),
});
export type JobCauseSubject = z.infer<typeof jobCauseSubject>;

/** Failed jobs of one kind and one cause that no later success has overtaken. `code` is the refusal; the sentence is true of all of them: that of the latest where they are about one thing, otherwise one that names none. */
export const jobCause = z.object({
  name: z.string(), code: z.string(), zh: z.string(), en: z.string(), mender: z.string().nullable(), count: z.number().int(),
  /** How many of them the reader may try again now, and how many of them not before something is done about their subject. */
  retryable: z.number().int(), held: z.number().int(), latestAt: momentText,
  /** What they are about, each once, the latest first: twenty of `subjectTotal`. Those that hold jobs back come first. */
  subjects: z.array(jobCauseSubject), subjectTotal: z.number().int(),
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
