import { type Result, ok, periodWords, refuse } from '@jiheng/domain';
import type { Egress } from '../../egress/egress';
import type { SecretNeeds } from '../../secrets/pull-secrets';
import { isSecret } from '../../secrets/secrets-of-asking';
import { type AskedPeriod, type Fetched, type SourceAddress, type SourceConnector, type SourceDraft, type SourceRow, failed, isPath, misplaced } from '../../source-connector';
import { WEB, audienceOf, placeUrl, readPlace, withoutQuery } from '../place-url';
import { AnswerReader, type Overrun } from '../reading/answer-reader';
import { overrun } from '../reading/overrun';
import { type Answered, type CallBounds, HttpCaller } from './http-caller';
import { isJsonPath } from './json-rows';
import { SEARCH_BOUNDS, type SearchBounds } from './json-search';
import type { Led } from './led-elsewhere';
import { type OAuth2Client, OAuth2Tokens } from './oauth2-token';
import { firstPage, isShort, linkPathOf, nextPage } from './paging';
import type { JsonOrder, ReadPage } from './read-page';
import { askedToWait } from './retry-after';

/** Limits of one asking. */
export interface HttpLimits extends CallBounds {
  readonly maxRows: number;
  readonly maxPages: number;
  /** Of the paths; {@link SEARCH_BOUNDS} unless said. */
  readonly search?: SearchBounds;
}

/** How the rows of an answer are found and read; presets bring their own. */
export type JsonReading = Pick<JsonOrder, 'rowsPath' | 'shape' | 'paths' | 'listMayBeAbsent'>;

type Failed = Extract<Fetched, { ok: false }>;

/** What the connection itself says, and what carries secrets: the first may not be forged, the second belongs into a field that is kept encrypted. */
const RESERVED = /^(?:host|connection|content-length|content-type|transfer-encoding|te|upgrade|expect|trailer|keep-alive|accept-encoding|cookie|authorization|proxy-.*|.*(?:secret|token|password|api-?key).*)$/iu;
const FRAMING = /^(?:host|connection|content-length|content-type|transfer-encoding|te|upgrade|expect|trailer|keep-alive|accept-encoding|proxy-.*)$/iu;

/** 取数 from an address that answers JSON, in one page or several. */
export class HttpJsonConnector implements SourceConnector {
  constructor(private readonly egress: Egress, private readonly limits: HttpLimits, private readonly tokens = new OAuth2Tokens(), private readonly reader = new AnswerReader()) {}

  check({ place, rowsPath, settings }: SourceDraft): Result<void> {
    const { auth, headers } = settings;
    const reserved = headers.find(({ name }) => RESERVED.test(name))?.name ?? (auth.kind === 'HEADER' && FRAMING.test(auth.header) ? auth.header : undefined);
    if (reserved !== undefined) return refuse('pull.header-reserved', { header: reserved });
    const read = readPlace(place, WEB, this.egress);
    if (!read.ok) return read;
    if (read.value.username !== '') return refuse('pull.place-has-credentials');
    const token = auth.kind === 'OAUTH2' ? readPlace(auth.tokenUrl, WEB, this.egress) : null;
    if (token?.ok === false) return token;
    // A path that is none is the fault of the form: asked with it, every answer would look unreadable.
    if (!isJsonPath(rowsPath)) return refuse('pull.rows-path-unreadable', { path: rowsPath });
    const linkPath = linkPathOf(settings.paging);
    return linkPath === null || isJsonPath(linkPath) ? ok(undefined) : refuse('pull.next-path-unreadable', { path: linkPath });
  }

  needs({ place, settings: { auth } }: SourceDraft): SecretNeeds {
    const at = audienceOf(new URL(place));
    switch (auth.kind) {
      case 'NONE': return { may: [], must: [], audience: at };
      case 'BASIC': return { may: ['PASSWORD'], must: ['PASSWORD'], audience: `${at} ${auth.user}` };
      case 'HEADER': return { may: ['TOKEN'], must: ['TOKEN'], audience: at };
      case 'OAUTH2': return { may: ['CLIENT_SECRET'], must: ['CLIENT_SECRET'], audience: `${at} ${audienceOf(new URL(auth.tokenUrl))} ${auth.clientId}` };
    }
  }

  fetch(source: SourceAddress, period: AskedPeriod): Promise<Fetched> {
    const { rowsPath, keyField, valueField } = source;
    return this.read(source, period, { rowsPath, shape: { kind: 'MEMBERS', keyField, valueField }, paths: source.wanted.filter((field) => isPath(field) && isJsonPath(field)), listMayBeAbsent: false });
  }

  /** Asks page after page and reads the rows as a preset wants them read. Every page or nothing: what breaks off in the middle is a failure. */
  async read(source: SourceAddress, period: AskedPeriod, reading: JsonReading): Promise<Fetched> {
    const lawful = this.check({ ...source, place: placeUrl(source.place, period) });
    if (!lawful.ok) return misplaced(lawful);
    const caller = new HttpCaller(this.egress, source.name, this.limits);
    try { return await this.pages(caller, source, period, reading); } finally { caller.close(); }
  }

  private async pages(caller: HttpCaller, source: SourceAddress, period: AskedPeriod, reading: JsonReading): Promise<Fetched> {
    const { paging } = source.settings;
    const place = new URL(placeUrl(source.place, period));
    const asking = this.reader.begin();
    const rows: SourceRow[] = [];
    const repeats = new Repeats(reading.paths);
    const bodies: Buffer[] = [];
    let searchedMs = 0;
    let before = '';
    let isEmpty = true;
    let url: URL | null = firstPage(paging, place);
    for (let page = 1; url !== null; page += 1) {
      if (page > this.limits.maxPages) return failed('UNREADABLE_BODY', 'pull.too-many-pages', { source: source.name, limit: String(this.limits.maxPages) });
      const answer = await this.ask(caller, source, place.origin, url, page > 1 && paging.kind === 'NEXT_LINK' ? 'NEXT_PAGE' : 'FORM');
      const refused = answer.ok ? judge(source, period, answer) : answer;
      // Some servers say "not found" behind the last page.
      if (refused !== null && page > 1 && refused.failure.kind === 'NOT_THERE') break;
      if (refused !== null || !answer.ok) return refused ?? answer as Failed;
      if (answer.packed !== null) return failed('UNREADABLE_BODY', 'pull.unreadable-body', { source: source.name, ...notUnpacked(answer.packed) }, answer.body);
      const charset = charsetOf(answer);
      const read = await asking.read('JSON', { ...reading, body: answer.body, charset, linkPath: linkPathOf(paging), most: this.limits.maxRows + 1 - rows.length, search: this.search, searchedMs });
      if (!read.ok) return this.unread(source, period, page, charset, read, answer.body);
      searchedMs = read.searchedMs;
      if (page > 1 && read.nodes > 0 && read.digest === before) {
        // A server that knows no pages gives all it has, however it is asked.
        if (page === 2 && isShort(paging, read.nodes)) break;
        return failed('UNREADABLE_BODY', 'pull.paging-stuck', { source: source.name, page: String(page) });
      }
      before = read.digest;
      bodies.push(answer.body);
      for (const row of repeats.without(read.rows)) rows.push(row);
      if (rows.length > this.limits.maxRows) return failed('UNREADABLE_BODY', 'pull.too-many-rows', { source: source.name, limit: String(this.limits.maxRows) });
      isEmpty &&= read.isEmpty;
      const next = nextPage(paging, { asked: url, answer, link: read.link, rows: read.nodes });
      if (next === 'malformed') return failed('UNREADABLE_BODY', 'pull.unreadable-body', { source: source.name, cause: '给出的下一页地址不是网址', causeEn: 'what it gives as the address of its next page is none' }, answer.body);
      url = next;
    }
    const body = joined(bodies);
    if (rows.length > 0) return { ok: true, rows, body };
    return isEmpty
      ? failed('NOT_THERE', 'pull.not-there', { source: source.name, ...periodWords(period) }, body)
      : unreadable(source, `${[...reading.paths, reading.rowsPath].join(', ')} → ${source.keyField}, ${source.valueField}`, body);
  }

  private get search(): SearchBounds {
    return this.limits.search ?? SEARCH_BOUNDS;
  }

  /** Why a page gave nothing, in a sentence. */
  private unread(source: SourceAddress, period: AskedPeriod, page: number, charset: string, read: Extract<ReadPage, { ok: false }> | Overrun, body: Buffer): Failed {
    switch (read.why) {
      case 'NOT_JSON': return failed('UNREADABLE_BODY', 'pull.unreadable-body', { source: source.name, ...notJson(charset, body) }, body);
      case 'STRAY': return failed('UNREADABLE_BODY', 'pull.other-period', { source: source.name, found: read.found, ...periodWords(period) }, body);
      // Paths were read before anything was asked: what is left is a document deeper than any path can go.
      case 'PATH': return failed('UNREADABLE_BODY', 'pull.unreadable-body', { source: source.name, cause: `层次过深，无法按“${read.path}”查找`, causeEn: `it is nested too deep to be searched for “${read.path}”` }, body);
      case 'NO_LINK': return failed('UNREADABLE_BODY', 'pull.unreadable-body', { source: source.name, cause: `“${read.path}”处不是下一页的地址，而是一个对象、列表或真假值；请把路径写到地址本身（如 ${read.path}.href）`, causeEn: `at “${read.path}” stands no address of the next page but an object, a list or a truth value; write the path to the address itself, such as ${read.path}.href` }, body);
      case 'TOO_WIDE': return failed('UNREADABLE_BODY', 'pull.path-too-wide', { source: source.name, path: read.path, nodes: String(this.search.nodes), seconds: String(Math.ceil(this.search.pathMs / 1000)) }, body);
      default: return overrun(source.name, { zh: `第 ${page} 页`, en: `page ${page}` }, read, body);
    }
  }

  private async ask(caller: HttpCaller, source: SourceAddress, audience: string, url: URL, by: Led): Promise<Answered | Failed> {
    const { auth, headers } = source.settings;
    // A key that is written among the headers goes no further than a secret does.
    const [guarded, plain] = [true, false].map((isGuarded) => Object.fromEntries(headers.filter(({ name, value }) => isSecret(name, value, source) === isGuarded).map(({ name, value }) => [name.toLowerCase(), value])));
    const send = (secret: Readonly<Record<string, string>>): Promise<Answered | Failed> => caller.send(url, { method: 'GET', headers: plain ?? {}, secret: { ...guarded, ...secret }, body: null, audience }, true, by);
    switch (auth.kind) {
      case 'NONE': return send({});
      case 'BASIC': return send({ authorization: `Basic ${Buffer.from(`${auth.user}:${source.secrets.get('PASSWORD') ?? ''}`).toString('base64')}` });
      case 'HEADER': return send({ [auth.header.toLowerCase()]: `${auth.prefix}${source.secrets.get('TOKEN') ?? ''}`.trim() });
      case 'OAUTH2': {
        const client: OAuth2Client = { sourceName: source.name, tokenUrl: new URL(auth.tokenUrl), clientId: auth.clientId, clientSecret: source.secrets.get('CLIENT_SECRET') ?? '', scope: auth.scope };
        for (let attempt = 1; ; attempt += 1) {
          const token = await this.tokens.token(caller, client);
          if (!token.ok) return token;
          source.secrets.learn(token.token);
          const answer = await send({ authorization: `Bearer ${token.token}` });
          // A token may be taken back before its time; a fresh one is asked for once.
          if (!answer.ok || answer.status !== 401 || attempt > 1) return answer;
          this.tokens.forget(client);
        }
      }
    }
  }
}

function unreadable(source: SourceAddress, cause: string, body: Buffer): Failed {
  return failed('UNREADABLE_BODY', 'pull.unreadable-body', { source: source.name, cause }, body);
}

/** Single places that stand on every page alike, such as a total: said once for all pages. One that a page says twice, or another page otherwise, is left as it is. */
class Repeats {
  private readonly said: Map<string, string | null>;

  constructor(paths: readonly string[]) { this.said = new Map(paths.map((path) => [path, null])); }

  /** The rows of the next page. */
  without(rows: readonly SourceRow[]): readonly SourceRow[] {
    if (this.said.size === 0) return rows;
    const counts = new Map<string, number>();
    for (const { key } of rows) if (this.said.has(key)) counts.set(key, (counts.get(key) ?? 0) + 1);
    return rows.filter(({ key, verbatim }) => {
      if (counts.get(key) !== 1) return true;
      const before = this.said.get(key);
      this.said.set(key, verbatim);
      return before !== verbatim;
    });
  }
}

/** What came in the place of JSON: most often a page for people. */
function notJson(charset: string, body: Buffer): { readonly cause: string; readonly causeEn: string } {
  if (PACKED.test(body.toString('latin1', 0, 4))) {
    return { cause: '内容是压缩数据：对方压缩了不止一次，或没有写明压缩方式（Content-Encoding）', causeEn: 'it is packed data: it was packed more than once, or its content encoding is not named' };
  }
  return /^[^!-~]*<(?:!doctype|html|\?xml)/iu.test(body.toString('latin1', 0, 200))
    ? { cause: '内容是网页而不是 JSON，多半是登录页、报错页或维护公告', causeEn: 'it is a web page and not JSON, most likely for signing in, of an error, or a notice' }
    : { cause: `内容不是 JSON，或者不是 ${charset} 编码`, causeEn: `it is not JSON, or not in ${charset}` };
}

/** A content encoding that nobody asked for and nothing here takes off. */
function notUnpacked(encoding: string): { readonly cause: string; readonly causeEn: string } {
  return {
    cause: `内容的压缩方式“${encoding}”（Content-Encoding）不受支持，只支持 gzip、deflate 和 br 中的一种，请对方不压缩或改用其中一种`,
    causeEn: `its content encoding “${encoding}” is not understood, only one of gzip, deflate and br is; have it sent plain or in one of them`,
  };
}

/** How data begin that are packed: gzip and zstd. */
const PACKED = /^(?:\x1f\x8b|\x28\xb5\x2f\xfd)/u;

function charsetOf({ headers }: Answered): string {
  return /charset=["']?([\w-]+)/iu.exec(headers['content-type'] ?? '')?.[1] ?? 'utf-8';
}

/** What a status means; null: read on. */
function judge(source: SourceAddress, period: AskedPeriod, { status, url, headers }: Answered): Failed | null {
  if (status >= 200 && status < 300 && status !== 204) return null;
  if (status === 401 || status === 403) return failed('NOT_ALLOWED', 'pull.not-allowed', { source: source.name, status: String(status) });
  if (status === 404 || status === 204 || status === 410) return failed('NOT_THERE', 'pull.not-there', { source: source.name, ...periodWords(period) });
  if (status >= 500 || status === 408 || status === 425 || status === 429) return askedToWait(failed('SOURCE_AWAY', 'pull.source-away', { source: source.name, cause: `HTTP ${status}` }), headers['retry-after']);
  return failed('UNREADABLE_BODY', 'pull.asked-wrongly', { source: source.name, status: `${status}, ${withoutQuery(url.href)}` });
}

/** One page as it came; several one below the other. */
function joined(bodies: readonly Buffer[]): Buffer {
  return bodies.length === 1 ? bodies[0] as Buffer : Buffer.concat(bodies.flatMap((body) => [body, Buffer.from('\n')]));
}
