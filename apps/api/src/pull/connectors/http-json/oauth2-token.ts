import { createHash } from 'node:crypto';
import { type Fetched, failed } from '../../source-connector';
import type { HttpCaller } from './http-caller';
import { askedToWait } from './retry-after';

/** An OAuth 2.0 client (RFC 6749 §4.4). */
export interface OAuth2Client {
  readonly sourceName: string;
  readonly tokenUrl: URL;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly scope: string;
}

type Token = { readonly ok: true; readonly token: string } | Extract<Fetched, { ok: false }>;

/** A token is not used in its last half minute: it must not expire on the way. */
const EARLY_MS = 30_000;
/** What a server that names no end is believed. */
const UNNAMED_MS = 60_000;
const MOST = 500;
/** Bytes of an answer with a token in it; what is longer is none, and is not read. */
const LONGEST = 65_536;

/** Access tokens by client, kept in memory until shortly before they expire. */
export class OAuth2Tokens {
  private readonly kept = new Map<string, { readonly token: string; readonly until: number }>();

  /** @param now milliseconds of a clock that only goes forward */
  constructor(private readonly now: () => number = () => performance.now()) {}

  async token(caller: HttpCaller, client: OAuth2Client): Promise<Token> {
    const key = keyOf(client);
    const known = this.kept.get(key);
    if (known !== undefined && known.until > this.now()) return { ok: true, token: known.token };
    // RFC 6749 §2.3.1: id and secret are form-encoded before they become a Basic header.
    const basic = Buffer.from(`${formEncoded(client.clientId)}:${formEncoded(client.clientSecret)}`).toString('base64');
    const asked = this.now();
    const answer = await caller.send(client.tokenUrl, {
      method: 'POST', audience: client.tokenUrl.origin, secret: { authorization: `Basic ${basic}` }, headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ grant_type: 'client_credentials', ...(client.scope === '' ? {} : { scope: client.scope }) }).toString(),
    }, false);
    if (!answer.ok) return answer;
    if (answer.status >= 500 || answer.status === 429) return askedToWait(failed('SOURCE_AWAY', 'pull.source-away', { source: client.sourceName, cause: `HTTP ${answer.status} (${client.tokenUrl.host})` }), answer.headers['retry-after']);
    const read = readToken(answer.body);
    // The body is never quoted: a server may repeat the secret in it.
    if (answer.status !== 200 || read === null) return failed('NOT_ALLOWED', 'pull.token-refused', { source: client.sourceName, cause: `HTTP ${answer.status}` });
    if (this.kept.size >= MOST) this.kept.clear();
    this.kept.set(key, { token: read.token, until: asked + (read.seconds === null ? UNNAMED_MS : read.seconds * 1000) - EARLY_MS });
    return { ok: true, token: read.token };
  }

  /** The server has refused a token before its time: the next asking gets a new one. */
  forget(client: OAuth2Client): void {
    this.kept.delete(keyOf(client));
  }
}

function keyOf({ tokenUrl, clientId, clientSecret, scope }: OAuth2Client): string {
  return createHash('sha256').update(JSON.stringify([tokenUrl.href, clientId, clientSecret, scope])).digest('hex');
}

function formEncoded(text: string): string {
  return new URLSearchParams({ x: text }).toString().slice(2);
}

function readToken(body: Buffer): { readonly token: string; readonly seconds: number | null } | null {
  if (body.length > LONGEST) return null;
  try {
    const said = JSON.parse(body.toString('utf8')) as { access_token?: unknown; token_type?: unknown; expires_in?: unknown };
    const { access_token: token, token_type: type, expires_in: seconds } = said;
    if (typeof token !== 'string' || !/^[\x21-\x7e]+$/u.test(token) || (type !== undefined && String(type).toLowerCase() !== 'bearer')) return null;
    const end = Number(seconds);
    return { token, seconds: seconds === undefined || !Number.isFinite(end) || end < 0 ? null : end };
  } catch {
    return null;
  }
}
