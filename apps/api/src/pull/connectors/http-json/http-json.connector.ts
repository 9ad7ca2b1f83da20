import { createHash } from 'node:crypto';
import { setImmediate as letOthersIn } from 'node:timers/promises';
import { type Result, ok, periodWords, refuse } from '@jiheng/domain';
import type { Egress } from '../../egress/egress';
import type { SecretNeeds } from '../../secrets/pull-secrets';
import { type AskedPeriod, type Fetched, type SourceAddress, type SourceConnector, type SourceDraft, type SourceRow, failed, isPath, misplaced } from '../../source-connector';
import { audienceOf, placeUrl, readPlace, withoutQuery } from '../place-url';
import { type Answered, type CallBounds, HttpCaller } from './http-caller';
import { type JsonDocument, isEmptyList, isJsonPath, nodesAt, readJson, rowOf, valuesAt } from './json-rows';
import { JsonSearch, SEARCH_BOUNDS, SearchBroke, type SearchBounds } from './json-search';
import { type OAuth2Client, OAuth2Tokens } from './oauth2-token';
import { firstPage, isShort, nextPage } from './paging';

/** Limits of one asking. */
export interface HttpLimits extends CallBounds {
  readonly maxRows: number;
  readonly maxPages: number;
  /** Of the paths; {@link SEARCH_BOUNDS} unless said. */
  readonly search?: SearchBounds;
}

/** How the rows of an answer are found and read; presets bring their own. */
export interface JsonReading {
  readonly rowsPath: string;
  rowsOf(node: unknown): readonly SourceRow[];
  /** Places of the document that are wanted by themselves. */
  readonly paths: readonly string[];
  /** An answer without the list means a period without data, and not a slip in the path. */
  readonly listMayBeAbsent: boolean;
}

type Failed = Extract<Fetched, { ok: false }>;

const WEB = ['http:', 'https:'] as const;
/** What the connection itself says, and what carries secrets: the first may not be forged, the second belongs into a field that is kept encrypted. */
const RESERVED = /^(?:host|connection|content-length|content-type|transfer-encoding|te|upgrade|expect|trailer|keep-alive|accept-encoding|cookie|authorization|proxy-.*|.*(?:secret|token|password|api-?key).*)$/iu;
const FRAMING = /^(?:host|connection|content-length|content-type|transfer-encoding|te|upgrade|expect|trailer|keep-alive|accept-encoding|proxy-.*)$/iu;

/** 取数 from an address that answers JSON, in one page or several. */
export class HttpJsonConnector implements SourceConnector {
  constructor(private readonly egress: Egress, private readonly limits: HttpLimits, private readonly tokens: OAuth2Tokens = new OAuth2Tokens()) {}

  check({ place, settings }: SourceDraft): Result<void> {
    const { auth, headers } = settings;
    const reserved = headers.find(({ name }) => RESERVED.test(name))?.name ?? (auth.kind === 'HEADER' && FRAMING.test(auth.header) ? auth.header : undefined);
    if (reserved !== undefined) return refuse('pull.header-reserved', { header: reserved });
    const read = readPlace(place, WEB, this.egress);
    if (!read.ok) return read;
    if (read.value.username !== '') return refuse('pull.place-has-credentials');
    if (auth.kind !== 'OAUTH2') return ok(undefined);
    const token = readPlace(auth.tokenUrl, WEB, this.egress);
    return token.ok ? ok(undefined) : token;
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
    return this.read(source, period, { rowsPath, paths: source.wanted.filter((field) => isPath(field) && isJsonPath(field)), listMayBeAbsent: false, rowsOf: (node) => { const row = rowOf(node, keyField, valueField); return row === null ? [] : [row]; } });
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
    const unreadable = (cause: string, body: Buffer): Failed => failed('UNREADABLE_BODY', 'pull.unreadable-body', { source: source.name, cause }, body);
    const search = new JsonSearch(this.limits.search);
    const rows: SourceRow[] = [];
    const bodies: Buffer[] = [];
    let before = '';
    let isEmpty = true;
    let url: URL | null = firstPage(paging, place);
    for (let page = 1; url !== null; page += 1) {
      if (page > this.limits.maxPages) return failed('UNREADABLE_BODY', 'pull.too-many-pages', { source: source.name, limit: String(this.limits.maxPages) });
      const answer = await this.ask(caller, source, place.origin, url);
      const refused = answer.ok ? judge(source, period, answer) : answer;
      // Some servers say "not found" behind the last page.
      if (refused !== null && page > 1 && refused.failure.kind === 'NOT_THERE') break;
      if (refused !== null || !answer.ok) return refused ?? answer as Failed;
      const charset = /charset=["']?([\w-]+)/iu.exec(answer.headers['content-type'] ?? '')?.[1] ?? 'utf-8';
      const read = readJson(answer.body, charset);
      if (read === null) return unreadable(`${charset} JSON`, answer.body);
      let taken: Taken;
      let next: ReturnType<typeof nextPage>;
      try {
        taken = await take(read, reading, search, this.limits.maxRows + 1 - rows.length);
        next = nextPage(paging, { asked: url, answer, read, rows: taken.nodes }, search);
      } catch (cause) {
        if (!(cause instanceof SearchBroke)) throw cause;
        return cause.kind === 'PATH' ? unreadable(`JSONPath ${cause.path}`, answer.body) : this.tooWide(source, cause.path, answer.body);
      }
      // What is said of a page beside its rows (a time, a count) may change although it is the same page.
      const digest = createHash('sha256').update(taken.rows.length > 0 ? JSON.stringify(taken.rows) : answer.body).digest('hex');
      if (page > 1 && taken.nodes > 0 && digest === before) {
        // A server that knows no pages gives all it has, however it is asked.
        if (page === 2 && isShort(paging, taken.nodes)) break;
        return failed('UNREADABLE_BODY', 'pull.paging-stuck', { source: source.name, page: String(page) });
      }
      before = digest;
      bodies.push(answer.body);
      for (const row of taken.rows) rows.push(row);
      if (rows.length > this.limits.maxRows) return failed('UNREADABLE_BODY', 'pull.too-many-rows', { source: source.name, limit: String(this.limits.maxRows) });
      isEmpty &&= taken.isEmpty;
      if (next === 'malformed') return unreadable(paging.kind === 'NEXT_LINK' ? paging.path : 'Link', answer.body);
      url = next;
    }
    const body = joined(bodies);
    if (rows.length > 0) return { ok: true, rows, body };
    return isEmpty
      ? failed('NOT_THERE', 'pull.not-there', { source: source.name, ...periodWords(period) }, body)
      : unreadable(`${[...reading.paths, reading.rowsPath].join(', ')} → ${source.keyField}, ${source.valueField}`, body);
  }

  private tooWide(source: SourceAddress, path: string, body: Buffer): Failed {
    const { nodes, pathMs } = this.limits.search ?? SEARCH_BOUNDS;
    return failed('UNREADABLE_BODY', 'pull.path-too-wide', { source: source.name, path, nodes: String(nodes), seconds: String(Math.ceil(pathMs / 1000)) }, body);
  }

  private async ask(caller: HttpCaller, source: SourceAddress, audience: string, url: URL): Promise<Answered | Failed> {
    const { auth, headers } = source.settings;
    const plain = Object.fromEntries(headers.map(({ name, value }) => [name.toLowerCase(), value]));
    const send = (secret: Readonly<Record<string, string>>): Promise<Answered | Failed> => caller.send(url, { method: 'GET', headers: plain, secret, body: null, audience });
    switch (auth.kind) {
      case 'NONE': return send({});
      case 'BASIC': return send({ authorization: `Basic ${Buffer.from(`${auth.user}:${source.secrets.get('PASSWORD') ?? ''}`).toString('base64')}` });
      case 'HEADER': return send({ [auth.header.toLowerCase()]: `${auth.prefix}${source.secrets.get('TOKEN') ?? ''}`.trim() });
      case 'OAUTH2': {
        const client: OAuth2Client = { sourceName: source.name, tokenUrl: new URL(auth.tokenUrl), clientId: auth.clientId, clientSecret: source.secrets.get('CLIENT_SECRET') ?? '', scope: auth.scope };
        for (let attempt = 1; ; attempt += 1) {
          const token = await this.tokens.token(caller, client);
          if (!token.ok) return token;
          const answer = await send({ authorization: `Bearer ${token.token}` });
          // A token may be taken back before its time; a fresh one is asked for once.
          if (!answer.ok || answer.status !== 401 || attempt > 1) return answer;
          this.tokens.forget(client);
        }
      }
    }
  }
}

/** What one page gave. */
interface Taken {
  readonly rows: readonly SourceRow[];
  /** Entries of its list, also those that are no rows. */
  readonly nodes: number;
  /** Its list is there, and holds nothing. */
  readonly isEmpty: boolean;
}

/**
 * The rows of a page: of its list, then of the places wanted by themselves, `most` at the most.
 * @throws SearchBroke
 */
async function take(read: JsonDocument, reading: JsonReading, search: JsonSearch, most: number): Promise<Taken> {
  const nodes = nodesAt(reading.rowsPath, read, search);
  const rows: SourceRow[] = [];
  for (const node of nodes) {
    if (rows.length >= most) break;
    for (const row of reading.rowsOf(node)) rows.push(row);
  }
  const isEmpty = rows.length === 0 && nodes.length === 0 && (reading.listMayBeAbsent || isEmptyList(reading.rowsPath, read, search));
  for (const path of reading.paths) {
    if (rows.length >= most) break;
    // Searching keeps the server from everything else: between two paths others come in.
    await letOthersIn();
    for (const row of valuesAt(path, read, search, most - rows.length)) rows.push(row);
  }
  return { rows, nodes: nodes.length, isEmpty };
}

/** What a status means; null: read on. */
function judge(source: SourceAddress, period: AskedPeriod, { status, url }: Answered): Failed | null {
  if (status >= 200 && status < 300 && status !== 204) return null;
  if (status === 401 || status === 403) return failed('NOT_ALLOWED', 'pull.not-allowed', { source: source.name, status: String(status) });
  if (status === 404 || status === 204 || status === 410) return failed('NOT_THERE', 'pull.not-there', { source: source.name, ...periodWords(period) });
  if (status >= 500 || status === 408 || status === 425 || status === 429) return failed('SOURCE_AWAY', 'pull.source-away', { source: source.name, cause: `HTTP ${status}` });
  return failed('UNREADABLE_BODY', 'pull.asked-wrongly', { source: source.name, status: `${status}, ${withoutQuery(url.href)}` });
}

/** One page as it came; several one below the other. */
function joined(bodies: readonly Buffer[]): Buffer {
  return bodies.length === 1 ? bodies[0] as Buffer : Buffer.concat(bodies.flatMap((body) => [body, Buffer.from('\n')]));
}
