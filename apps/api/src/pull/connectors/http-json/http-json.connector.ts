import { periodWords } from '@jiheng/domain';
import { jsonpath } from 'json-p3';
import { pullFailure } from '../../pull-failure';
import { type AskedPeriod, type Fetched, type SourceAddress, type SourceConnector, type SourceRow, boundRow, placeFor } from '../../source-connector';

/** Limits of asking: the server goes where an administrator allowed it and nowhere else. */
export interface HttpLimits {
  /** `host`, `host:port` or `host:*`, from PULL_ALLOWED_HOSTS. Without a port only the usual one of the scheme. */
  readonly allowedHosts: readonly string[];
  readonly timeoutMs: number;
  readonly maxBytes: number;
}

const MAX_REDIRECTS = 3;
type Read = { readonly ok: true; readonly body: Buffer; readonly charset: string } | Extract<Fetched, { ok: false }>;

/** 取数 from an address that answers JSON. */
export class HttpJsonConnector implements SourceConnector {
  constructor(private readonly limits: HttpLimits) {}

  async fetch(source: SourceAddress, period: AskedPeriod): Promise<Fetched> {
    const read = await this.read(source, period);
    return read.ok ? rowsOf(source, period, read.body, read.charset) : read;
  }

  /** Whether a place may be asked at all; used when a source is made, too. */
  isAllowed(url: URL): boolean {
    if (!/^https?:$/u.test(url.protocol) || url.username !== '' || url.password !== '') return false;
    return this.limits.allowedHosts.some((entry) => {
      const [, host, port] = /^(.*?)(?::(\d+|\*))?$/u.exec(entry.trim().toLowerCase()) ?? [];
      // URL drops the usual port of the scheme, so '' is 80 or 443.
      const usual = url.protocol === 'http:' ? '80' : '443';
      return host === url.hostname && (port === '*' || (port ?? usual) === (url.port === '' ? usual : url.port));
    });
  }

  private async read(source: SourceAddress, period: AskedPeriod): Promise<Read> {
    const place = placeFor(source.place, period, encodeURIComponent);
    if (!URL.canParse(place)) return failed('MISPLACED', 'pull.place-malformed', { place, cause: 'URL' });
    let url = new URL(place);
    const signal = AbortSignal.timeout(this.limits.timeoutMs);
    try {
      for (let hop = 0; hop <= MAX_REDIRECTS; hop += 1) {
        if (!this.isAllowed(url)) return failed('MISPLACED', 'pull.place-forbidden', { place: url.href });
        const response = await fetch(url, { redirect: 'manual', signal, headers: { accept: 'application/json' } });
        const location = response.headers.get('location');
        if (response.status >= 300 && response.status < 400 && location !== null) {
          await response.body?.cancel();
          const next = new URL(location, url);
          // A redirect off the host would let a source choose where our server knocks.
          if (next.host !== url.host || next.protocol !== url.protocol) return failed('MISPLACED', 'pull.place-forbidden', { place: next.href });
          url = next;
          continue;
        }
        return await this.judge(source, period, response);
      }
      return failed('SOURCE_AWAY', 'pull.source-away', { source: source.name, cause: `${MAX_REDIRECTS}+ redirects` });
    } catch (cause) {
      return failed('SOURCE_AWAY', 'pull.source-away', { source: source.name, cause: sayCause(cause, this.limits.timeoutMs) });
    }
  }

  private async judge(source: SourceAddress, period: AskedPeriod, response: Response): Promise<Read> {
    if (response.status === 401 || response.status === 403) {
      await response.body?.cancel();
      return failed('NOT_ALLOWED', 'pull.not-allowed', { source: source.name, status: String(response.status) });
    }
    if (response.status === 404 || response.status === 204 || response.status === 410) {
      await response.body?.cancel();
      return failed('NOT_THERE', 'pull.not-there', { source: source.name, ...periodWords(period) });
    }
    if (!response.ok) {
      await response.body?.cancel();
      return failed('SOURCE_AWAY', 'pull.source-away', { source: source.name, cause: `HTTP ${response.status}` });
    }
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of response.body ?? []) {
      size += chunk.byteLength;
      // Leaving the loop closes the connection.
      if (size > this.limits.maxBytes) return failed('UNREADABLE_BODY', 'pull.too-large', { source: source.name, limit: String(Math.floor(this.limits.maxBytes / 1_048_576)) });
      chunks.push(Buffer.from(chunk));
    }
    const charset = /charset=["']?([\w-]+)/iu.exec(response.headers.get('content-type') ?? '')?.[1] ?? 'utf-8';
    return { ok: true, body: Buffer.concat(chunks), charset };
  }
}

function failed(...failure: Parameters<typeof pullFailure>): Extract<Fetched, { ok: false }> {
  return { ok: false, failure: pullFailure(...failure) };
}

function sayCause(cause: unknown, timeoutMs: number): string {
  const { name, message, cause: inner } = (typeof cause === 'object' && cause !== null ? cause : { message: String(cause) }) as { name?: string; message?: string; cause?: { code?: string; message?: string } };
  return name === 'TimeoutError' ? `timeout ${Math.ceil(timeoutMs / 1000)} s` : (inner?.code ?? inner?.message ?? message ?? 'fault');
}

/** What JSON.parse tells a reviver about a number since Node 21: the digits as they were written. */
type SourceReviver = (key: string, value: unknown, context: { readonly source?: string }) => unknown;

/** Of Node 22 and newer; the types of the language do not know it yet. */
const RawJson = JSON as unknown as { rawJSON(text: string): unknown; isRawJSON(value: unknown): value is { readonly rawJSON: string } };

function rowsOf(source: SourceAddress, period: AskedPeriod, body: Buffer, charset: string): Fetched {
  let decoded: string;
  let document: unknown;
  let asWritten: unknown;
  try {
    decoded = new TextDecoder(charset, { fatal: true }).decode(body);
    document = JSON.parse(decoded);
    // Numbers as they were written: 26.10 must not become 26.1, nor a long number lose its end, in the value and in the row that is kept.
    const keepDigits: SourceReviver = (_key, value, context) => (typeof value === 'number' ? RawJson.rawJSON(context.source ?? String(value)) : value);
    asWritten = JSON.parse(decoded, keepDigits as (key: string, value: unknown) => unknown);
  } catch {
    return failed('UNREADABLE_BODY', 'pull.unreadable-body', { source: source.name, cause: `${charset} JSON` }, body);
  }
  let nodes: readonly { readonly location: readonly (string | number)[]; readonly value: unknown }[];
  try {
    nodes = [...jsonpath.query(source.rowsPath, document as never)] as never;
  } catch {
    return failed('UNREADABLE_BODY', 'pull.unreadable-body', { source: source.name, cause: `JSONPath ${source.rowsPath}` }, body);
  }
  const rows: SourceRow[] = [];
  for (const node of nodes) {
    const row = node.location.reduce<unknown>((at, key) => member(at, key), asWritten);
    const key = member(row, source.keyField);
    const value = member(row, source.valueField);
    const name = RawJson.isRawJSON(key) ? key.rawJSON : key;
    if (typeof name === 'string' && value !== null && value !== undefined) {
      rows.push({ key: name, verbatim: typeof value === 'string' ? value : JSON.stringify(value), row: boundRow(JSON.stringify(row)) });
    }
  }
  if (rows.length > 0) return { ok: true, rows, body };
  // A path that meets nothing in a document without the list is a slip; a list without entries is an empty period.
  const hasList = nodes.length > 0 ? false : isEmptyList(source.rowsPath, document);
  return hasList
    ? failed('NOT_THERE', 'pull.not-there', { source: source.name, ...periodWords(period) }, body)
    : failed('UNREADABLE_BODY', 'pull.unreadable-body', { source: source.name, cause: `${source.rowsPath} → ${source.keyField}, ${source.valueField}` }, body);
}

function member(container: unknown, key: string | number): unknown {
  return typeof container === 'object' && container !== null && Object.hasOwn(container, key) ? (container as Record<string | number, unknown>)[key] : undefined;
}

function isEmptyList(rowsPath: string, document: unknown): boolean {
  const list = rowsPath.replace(/\[\*\]$|\.\*$/u, '');
  try {
    return [...jsonpath.query(list === '' ? '$' : list, document as never)].some((node) => Array.isArray(node.value) && node.value.length === 0);
  } catch {
    return false;
  }
}
