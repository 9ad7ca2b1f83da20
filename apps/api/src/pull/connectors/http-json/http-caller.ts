import { Agent, type IncomingMessage, request as requestHttp, validateHeaderValue } from 'node:http';
import { Agent as SecureAgent, request as requestHttps } from 'node:https';
import { type Readable, type Transform, pipeline } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { toChecked } from '../../egress/connect-checked';
import type { CheckedAddresses, Egress } from '../../egress/egress';
import { type Fetched, failed, misplaced } from '../../source-connector';
import { codeOf } from '../place-url';
import { type Led, notFollowed, webDestination } from './led-elsewhere';

/** One request. `secret` headers go to the origin they are meant for and no further. */
export interface Call {
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly secret: Readonly<Record<string, string>>;
  readonly body: string | null;
  /** The origin that may see the secret headers. */
  readonly audience: string;
}

/** What came back, whatever its status. */
export interface Answered {
  readonly ok: true;
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly url: URL;
  readonly body: Buffer;
  /** A content encoding that is not understood, as the answer names it: the body is then as it came. Null where it could be unpacked, or needed not be. */
  readonly packed: string | null;
}

/** Bounds of one asking: each request, all of them together (what is done between two is not counted), and the bytes of all answers together. */
export interface CallBounds {
  readonly requestMs: number;
  readonly timeoutMs: number;
  readonly maxBytes: number;
}

const MAX_REDIRECTS = 3;
/** `x-gzip` is the older name of gzip (RFC 9110 §8.4.1.3). Several encodings one over the other are not taken off: no interface needs them. */
const DECODERS: ReadonlyMap<string, () => Transform> = new Map<string, () => Transform>([['gzip', createGunzip], ['x-gzip', createGunzip], ['deflate', createInflate], ['br', createBrotliDecompress]]);
const LONGEST_NAME = 40;

/** Thrown while an answer is read that grows beyond its bound. */
class TooLarge extends Error {}

/**
 * Sends requests for the length of one asking. Every hop is checked against the list anew, its name is resolved once, and the connection goes to the
 * address that was checked; redirects too.
 */
export class HttpCaller {
  private readonly agents = { 'http:': new Agent({ keepAlive: true, maxSockets: 1 }), 'https:': new SecureAgent({ keepAlive: true, maxSockets: 1 }) };
  private spentMs = 0;
  private bytes = 0;

  constructor(private readonly egress: Egress, private readonly sourceName: string, private readonly bounds: CallBounds) {}

  /**
   * @param by who named the first address: the form of the source, or one of its answers
   * @returns the last answer of a chain of redirects; failures `MISPLACED`, `SOURCE_AWAY`, `NOT_ALLOWED` (a header that cannot be sent) and `UNREADABLE_BODY` (too large)
   */
  async send(first: URL, call: Call, follow = true, by: Led = 'FORM'): Promise<Answered | Extract<Fetched, { ok: false }>> {
    const header = unsendable({ ...call.headers, ...call.secret });
    if (header !== null) return failed('NOT_ALLOWED', 'pull.header-unsendable', { source: this.sourceName, header });
    let url = first;
    const begun = performance.now();
    const { requestMs, timeoutMs } = this.bounds;
    const isLast = timeoutMs - this.spentMs < requestMs;
    const signal = AbortSignal.timeout(Math.max(1, Math.ceil(isLast ? timeoutMs - this.spentMs : requestMs)));
    try {
      for (let hop = 0; hop <= MAX_REDIRECTS; hop += 1) {
        const to = webDestination(url);
        const checked = to.ok ? await this.egress.addressesOf(to.value) : to;
        if (!checked.ok) return misplaced(notFollowed(checked, hop === 0 ? by : 'REDIRECT', this.sourceName, url));
        const response = await this.open(url, call, checked.value, signal);
        const { location } = response.headers;
        const status = response.statusCode ?? 0;
        if (follow && status >= 300 && status < 400 && location !== undefined) {
          response.resume();
          if (!URL.canParse(location, url.href)) return failed('UNREADABLE_BODY', 'pull.unreadable-body', { source: this.sourceName, cause: '要求跳转到的地址不是网址', causeEn: 'it redirects to what is no address' });
          url = new URL(location, url);
          continue;
        }
        const { decoder, packed } = decoderOf(response);
        return { ok: true, status, headers: response.headers, url, packed, body: await this.read(response, decoder, signal) };
      }
      return failed('SOURCE_AWAY', 'pull.source-away', { source: this.sourceName, cause: `${MAX_REDIRECTS}+ redirects` });
    } catch (cause) {
      if (cause instanceof TooLarge) return failed('UNREADABLE_BODY', 'pull.too-large', { source: this.sourceName, limit: String(Math.floor(this.bounds.maxBytes / 1_048_576)) });
      return failed('SOURCE_AWAY', 'pull.source-away', { source: this.sourceName, cause: signal.aborted ? `timeout ${Math.ceil((isLast ? timeoutMs : requestMs) / 1000)} s` : codeOf(cause) });
    } finally {
      this.spentMs += performance.now() - begun;
    }
  }

  /** Closes the connections that were kept open. */
  close(): void {
    for (const agent of Object.values(this.agents)) agent.destroy();
  }

  private open(url: URL, call: Call, addresses: CheckedAddresses, signal: AbortSignal): Promise<IncomingMessage> {
    const secure = url.protocol === 'https:';
    return new Promise((done, wrong) => {
      const sent = (secure ? requestHttps : requestHttp)(url, {
        method: call.method, ...toChecked(addresses), signal, agent: this.agents[secure ? 'https:' : 'http:'],
        headers: { accept: 'application/json', 'accept-encoding': 'gzip, deflate, br', 'user-agent': 'jiheng', ...call.headers, ...(url.origin === call.audience ? call.secret : {}) },
      }, done);
      sent.on('error', wrong);
      sent.end(call.body ?? undefined);
    });
  }

  private async read(response: IncomingMessage, decoder: Transform | null, signal: AbortSignal): Promise<Buffer> {
    // Unpacked bytes are counted, so a small bomb is stopped as well. What goes wrong below is thrown where the stream is read.
    const stream: Readable = decoder === null ? response : pipeline(response, decoder, () => undefined);
    const chunks: Buffer[] = [];
    for await (const chunk of stream) {
      const piece = chunk as Buffer;
      this.bytes += piece.length;
      if (this.bytes > this.bounds.maxBytes) {
        response.destroy();
        throw new TooLarge();
      }
      chunks.push(piece);
    }
    if (signal.aborted) throw new Error('aborted');
    return Buffer.concat(chunks);
  }
}

/** What takes the content encoding of an answer off, and the name of one that nothing here takes off. */
function decoderOf({ headers }: IncomingMessage): { readonly decoder: Transform | null; readonly packed: string | null } {
  const names = (headers['content-encoding'] ?? '').split(',').map((name) => name.trim()).filter((name) => name !== '' && name.toLowerCase() !== 'identity');
  if (names.length === 0) return { decoder: null, packed: null };
  const make = names.length === 1 ? DECODERS.get(names.join().toLowerCase()) : undefined;
  return make === undefined ? { decoder: null, packed: names.join(', ').slice(0, LONGEST_NAME) } : { decoder: make(), packed: null };
}

/** The name of a header whose value cannot be sent, such as a token with a Chinese character in it; null when all can be. Its value may be a secret and is in no sentence. */
function unsendable(headers: Readonly<Record<string, string>>): string | null {
  for (const [name, value] of Object.entries(headers)) {
    try { validateHeaderValue(name, value); } catch { return name; }
  }
  return null;
}
