import type { PullPaging } from '@jiheng/contract';
import type { Answered } from './http-caller';

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
  /** What stands at the path of the next link; null where nothing does. */
  readonly link: string | null;
  /** How many rows it held. */
  readonly rows: number;
}

/**
 * The address of the next page; null after the last. A page that holds fewer rows than were asked for is not taken for the last one: many
 * servers give fewer than they are asked for, and what stood behind it would be missing in silence. The last one is followed by an empty one.
 * 'malformed' for a next link that is no address.
 */
export function nextPage(paging: PullPaging, { asked, answer, link: found, rows }: Page): URL | null | 'malformed' {
  const url = new URL(asked);
  switch (paging.kind) {
    case 'NONE': return null;
    case 'NEXT_LINK': {
      const link = paging.path === 'Link' ? linkOf(answer.headers.link) : found;
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

/** JSONPath to the address of the next page; null where it stands elsewhere or nowhere. */
export function linkPathOf(paging: PullPaging): string | null {
  return paging.kind === 'NEXT_LINK' && paging.path !== 'Link' ? paging.path : null;
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
