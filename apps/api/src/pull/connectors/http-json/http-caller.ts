import { Agent, type IncomingMessage, request as requestHttp, validateHeaderValue } from 'node:http';
import { Agent as SecureAgent, request as requestHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import { type Readable, type Transform, pipeline } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { refuse } from '@jiheng/domain';
import type { CheckedAddress, Egress } from '../../egress/egress';
import { type Fetched, failed, misplaced } from '../../source-connector';
import { WEB, codeOf, destinationOf, wrongScheme } from '../place-url';

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
}

/** Bounds of one asking: each request, all of them together (what is done between two is not counted), and the bytes of all answers together. */
export interface CallBounds {
  readonly requestMs: number;
  readonly timeoutMs: number;
  readonly maxBytes: number;
}

const MAX_REDIRECTS = 3;
const DECODERS: Readonly<Record<string, () => Transform>> = { gzip: createGunzip, deflate: createInflate, br: createBrotliDecompress };

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

  /** @returns the last answer of a chain of redirects; failures `MISPLACED`, `SOURCE_AWAY`, `NOT_ALLOWED` (a header that cannot be sent) and `UNREADABLE_BODY` (too large) */
  async send(first: URL, call: Call, follow = true): Promise<Answered | Extract<Fetched, { ok: false }>> {
    const header = unsendable({ ...call.headers, ...call.secret });
    if (header !== null) return failed('NOT_ALLOWED', 'pull.header-unsendable', { source: this.sourceName, header });
    let url = first;
    const begun = performance.now();
    const { requestMs, timeoutMs } = this.bounds;
    const isLast = timeoutMs - this.spentMs < requestMs;
    const signal = AbortSignal.timeout(Math.max(1, Math.ceil(isLast ? timeoutMs - this.spentMs : requestMs)));
    try {
      for (let hop = 0; hop <= MAX_REDIRECTS; hop += 1) {
        const to = destinationOf(url);
        if (url.password !== '') return misplaced(refuse('pull.place-has-credentials'));
        if (to === null || !WEB.includes(url.protocol)) return misplaced(wrongScheme(`${url.protocol}//${url.host}${url.pathname}`, url, WEB));
        const checked = await this.egress.addressOf(to);
        if (!checked.ok) return misplaced(checked);
        const response = await this.open(url, call, checked.value, signal);
        const { location } = response.headers;
        const status = response.statusCode ?? 0;
        if (follow && status >= 300 && status < 400 && location !== undefined) {
          response.resume();
          if (!URL.canParse(location, url.href)) return failed('UNREADABLE_BODY', 'pull.unreadable-body', { source: this.sourceName, cause: 'Location' });
          url = new URL(location, url);
          continue;
        }
        return { ok: true, status, headers: response.headers, url, body: await this.read(response, signal) };
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

  private open(url: URL, call: Call, { address, family }: CheckedAddress, signal: AbortSignal): Promise<IncomingMessage> {
    const lookup: LookupFunction = (_host, options, done) => {
      if (options.all === true) done(null, [{ address, family }]);
      else done(null, address, family);
    };
    const secure = url.protocol === 'https:';
    return new Promise((done, wrong) => {
      const sent = (secure ? requestHttps : requestHttp)(url, {
        method: call.method, lookup, signal, agent: this.agents[secure ? 'https:' : 'http:'],
        headers: { accept: 'application/json', 'accept-encoding': 'gzip, deflate, br', 'user-agent': 'jiheng', ...call.headers, ...(url.origin === call.audience ? call.secret : {}) },
      }, done);
      sent.on('error', wrong);
      sent.end(call.body ?? undefined);
    });
  }

  private async read(response: IncomingMessage, signal: AbortSignal): Promise<Buffer> {
    const decoder = DECODERS[(response.headers['content-encoding'] ?? '').toLowerCase()]?.();
    // Unpacked bytes are counted, so a small bomb is stopped as well. What goes wrong below is thrown where the stream is read.
    const stream: Readable = decoder === undefined ? response : pipeline(response, decoder, () => undefined);
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

/** The name of a header whose value cannot be sent, such as a token with a Chinese character in it; null when all can be. Its value may be a secret and is in no sentence. */
function unsendable(headers: Readonly<Record<string, string>>): string | null {
  for (const [name, value] of Object.entries(headers)) {
    try { validateHeaderValue(name, value); } catch { return name; }
  }
  return null;
}
