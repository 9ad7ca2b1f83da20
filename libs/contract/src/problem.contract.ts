import { z } from 'zod';

/** The one error body (RFC 9457): a closed code with its facts, and the sentence in both languages. Nothing inside leaks. */
export const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.string(),
  params: z.record(z.string(), z.string()),
  /** The sentences a person reads. */
  sentence: z.object({ zh: z.string(), en: z.string() }),
  /** Where in the request: path of the field → what is wrong there. */
  fields: z.array(z.object({ path: z.string(), message: z.string(), messageEn: z.string().optional() })).optional(),
  requestId: z.string().optional(),
  /** For a stale revision: what is there now. */
  present: z.unknown().optional(),
});
export type Problem = z.infer<typeof problem>;
