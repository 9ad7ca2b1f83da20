import type { FastifyRequest } from 'fastify';
import { MalformedException } from './malformed.exception';

/** U+0000 and halves of a character: JSON can carry both, PostgreSQL stores neither. */
const UNSTORABLE = /\0|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

/**
 * Refuses a request in which some text cannot be stored as it came, before any route sees it. Such a text is a slip of a program (nobody can
 * type it): left alone it would fail in the first statement that carries it, or be kept as something else.
 * @throws MalformedException naming the place
 */
export function refuseUnstorableText(request: Pick<FastifyRequest, 'body' | 'query' | 'params'>): void {
  for (const part of [request.params, request.query, request.body]) {
    const path = placeOfUnstorable(part);
    if (path === null) continue;
    throw new MalformedException([{
      path: path.join('.'), message: '含有无法保存的字符（U+0000 或不完整的字符），请删去后再提交', messageEn: 'holds a character that cannot be stored (U+0000 or half a character); remove it',
    }]);
  }
}

/** The path to the first such text; walks with a list of its own, since a body may be nested thousands deep. */
function placeOfUnstorable(whole: unknown): readonly string[] | null {
  const waiting: { readonly value: unknown; readonly path: readonly string[] }[] = [{ value: whole, path: [] }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { value, path } = next;
    if (typeof value === 'string' && UNSTORABLE.test(value)) return path;
    // Deeper than any shape of the contract: the parser of shapes refuses or drops it.
    if (typeof value !== 'object' || value === null || Buffer.isBuffer(value) || path.length > 12) continue;
    for (const [key, inner] of Object.entries(value)) waiting.push({ value: inner, path: [...path, key] });
  }
  return null;
}
