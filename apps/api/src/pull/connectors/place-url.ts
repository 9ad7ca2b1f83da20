import { type Result, type Words, ok, refuse } from '@jiheng/domain';
import type { Destination, Egress } from '../egress/egress';
import { type AskedPeriod, placeFor } from '../source-connector';

/** The ports of the protocols that sources speak, when nobody names one. */
const USUAL_PORTS: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443, 'postgres:': 5432, 'postgresql:': 5432, 'mysql:': 3306, 'mariadb:': 3306, 'sftp:': 22 };

/** Protocols of web addresses. */
export const WEB: readonly string[] = ['http:', 'https:'];

/** Where a URL leads. Null for a protocol that no source speaks. */
export function destinationOf(url: URL): Destination | null {
  const usualPort = USUAL_PORTS[url.protocol];
  if (usualPort === undefined || url.hostname === '') return null;
  return { host: url.hostname, port: url.port === '' ? usualPort : Number(url.port), usualPort };
}

/**
 * Reads the place of a source and asks whether it may be gone to.
 * @param schemes protocols that are understood, with their colon
 */
export function readPlace(place: string, schemes: readonly string[], egress: Egress): Result<URL> {
  if (!URL.canParse(place)) return wrongScheme(place, null, schemes);
  const url = new URL(place);
  if (!schemes.includes(url.protocol)) return wrongScheme(place, url, schemes);
  if (url.password !== '') return refuse('pull.place-has-credentials');
  const to = destinationOf(url);
  if (to === null) return malformedPlace(place, { zh: '没有写明主机，请在“//”之后写上要访问的主机名或地址', en: 'it names no host; write its name or address behind “//”' });
  // A mark in the host would let a period decide where the secrets go.
  if (/[{}%]/u.test(url.hostname)) {
    return malformedPlace(place, { zh: `主机名“${url.hostname}”里有不能用的字符（{、} 或 %），请写明一个固定的主机，报告期的标记只能写在主机之后`, en: `its host “${url.hostname}” holds a sign that no host may have ({, } or %); name one fixed host, for marks of the period stand behind it only` });
  }
  const allowed = egress.checkName(to);
  return allowed.ok ? ok(url) : allowed;
}

/**
 * Says with what an address may begin, and with what it does.
 * @param url the address as it was read; null when it could not be
 * @param schemes protocols that are understood, with their colon
 */
export function wrongScheme(place: string, url: URL | null, schemes: readonly string[]): Extract<Result<URL>, { ok: false }> {
  const list = schemes.map((scheme) => `${scheme}//`);
  return refuse('pull.place-scheme', {
    place: withoutQuery(place), schemes: list.join(' 或 '), schemesEn: list.join(' or '),
    given: url === null ? '没有写明协议，不是完整的地址' : `以 ${url.protocol}// 开头`, givenEn: url === null ? 'names no protocol and is no whole address' : `begins with ${url.protocol}//`,
  });
}

/**
 * Says what of an address is not written as it has to be.
 * @param cause a sentence in each language, without its full stop: what is wrong and what to write
 */
export function malformedPlace(place: string, cause: Words): Extract<Result<URL>, { ok: false }> {
  return refuse('pull.place-malformed', { place: withoutQuery(place), cause: cause.zh, causeEn: cause.en });
}

/** What is wrong with a part of an address whose percent signs encode nothing; null for one that can be read. */
export function misencoded(part: string, what: Words): Words | null {
  try {
    decodeURIComponent(part);
    return null;
  } catch {
    return { zh: `${what.zh}里的“%”不是有效的编码，请把“%”写成“%25”`, en: `a “%” in ${what.en} encodes nothing; write “%” as “%25”` };
  }
}

/** The place with the marks of the period filled in behind the host; what is filled in is encoded and can change neither host nor path. */
export function placeUrl(place: string, period: AskedPeriod): string {
  const [, head = '', rest = place] = /^([a-z]+:\/\/[^/?#]*)([^]*)$/iu.exec(place) ?? [];
  return head + placeFor(rest, period, encodeURIComponent);
}

/** Scheme, account, host and port: to whom a secret is shown. */
export function audienceOf(url: URL): string {
  const to = destinationOf(url);
  return `${url.protocol}//${url.username === '' ? '' : `${url.username}@`}${url.hostname}:${to?.port ?? ''}`;
}

/** A place for sentences and logs: without its query, which may carry a key. */
export function withoutQuery(place: string): string {
  const at = place.search(/[?#]/u);
  return at < 0 ? place : `${place.slice(0, at)}?…`;
}

/** What a failed connection is called: its code, never its parameters. */
export function codeOf(cause: unknown): string {
  const { code, message, name, cause: inner } = (typeof cause === 'object' && cause !== null ? cause : { message: String(cause) }) as { code?: unknown; message?: string; name?: string; cause?: unknown };
  if (typeof code === 'string' && code !== '') return code;
  return inner === undefined ? (message ?? name ?? 'fault') : codeOf(inner);
}
