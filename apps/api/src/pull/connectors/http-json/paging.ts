import type { PullPaging } from '@jiheng/contract';
import type { Answered } from './http-caller';
import { type JsonDocument, nameOf, nodesAt } from './json-rows';
import type { JsonSearch } from './json-search';

/** The address of the first page. */
export function firstPage(paging: PullPaging, place: URL): URL {
  const url = new URL(place);
  if (paging.kind === 'PAGE') {
    url.searchParams.set(paging.pageParam, String(paging.first));
    if (paging.sizeParam !== '') url.searchParams.set(paging.sizeParam, String(paging.size));
  }
  if (paging.kind === 'OFFSET') {
    url.searchParams.set(paging.offsetParam, '0');
    url.searchParams.set(paging.limitParam, String(paging.size));
  }
  return url;
}

/** A page that came. */
export interface Page {
  readonly asked: URL;
  readonly answer: Answered;
  readonly read: JsonDocument;
  /** How many rows it held. */
  readonly rows: number;
}

/**
 * The address of the next page; null after the last. A page that holds fewer rows than were asked for is not taken for the last one: many
 * servers give fewer than they are asked for, and what stood behind it would be missing in silence. The last one is followed by an empty one.
 * 'malformed' for a next link that is no address.
 * @throws SearchBroke
 */
export function nextPage(paging: PullPaging, { asked, answer, read, rows }: Page, search: JsonSearch): URL | null | 'malformed' {
  const url = new URL(asked);
  switch (paging.kind) {
    case 'NONE': return null;
    case 'NEXT_LINK': {
      const link = paging.path === 'Link' ? linkOf(answer.headers.link) : nameOf(nodesAt(paging.path, read, search)[0]);
      if (link === null || link === '') return null;
      return URL.canParse(link, answer.url.href) ? new URL(link, answer.url) : 'malformed';
    }
    case 'PAGE':
      if (rows === 0) return null;
      url.searchParams.set(paging.pageParam, String(Number(url.searchParams.get(paging.pageParam)) + 1));
      return url;
    case 'OFFSET':
      if (rows === 0) return null;
      url.searchParams.set(paging.offsetParam, String(Number(url.searchParams.get(paging.offsetParam)) + rows));
      return url;
  }
}

/** Whether a page holds fewer rows than were asked for. */
export function isShort(paging: PullPaging, rows: number): boolean {
  return (paging.kind === 'PAGE' || paging.kind === 'OFFSET') && rows < paging.size;
}

/** `<https://…?page=2>; rel="next"` (RFC 8288). */
function linkOf(header: string | string[] | undefined): string | null {
  for (const part of [header ?? []].flat().join(',').split(/,(?=\s*<)/u)) {
    const [, target, params] = /^\s*<([^>]*)>([^]*)$/u.exec(part) ?? [];
    if (target !== undefined && /;\s*rel="?(?:[^";]*\s)?next(?:\s[^";]*)?"?\s*(?:;|$)/iu.test(params ?? '')) return target;
  }
  return null;
}
