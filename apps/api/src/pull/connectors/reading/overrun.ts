import { type Fetched, failed } from '../../source-connector';
import type { Overrun } from './answer-reader';

const KB = 1_024;

/**
 * An answer that takes more than it may, as a failure: it is kept as it came and not asked for again.
 * @param part what of the answer it is: a page, a file
 */
export function overrun(source: string, part: { readonly zh: string; readonly en: string }, { why, limit }: Overrun, body: Buffer): Extract<Fetched, { ok: false }> {
  return failed('UNREADABLE_BODY', why === 'TOO_SLOW' ? 'pull.answer-too-slow' : 'pull.answer-too-heavy', { source, part: part.zh, partEn: part.en, size: sizeOf(body.length), limit: String(limit) }, body);
}

function sizeOf(bytes: number): string {
  return bytes < KB * KB ? `${Math.ceil(bytes / KB)} kB` : `${Math.ceil(bytes / (KB * KB / 10)) / 10} MB`;
}
