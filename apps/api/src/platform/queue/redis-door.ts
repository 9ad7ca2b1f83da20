import { types } from 'node:util';
import { Redis } from 'ioredis';
import { ConfigError, type AppConfig } from '../config/app-config';
import { readRedisPlace, type Credentials, type Endpoint, type RedisPlace } from '../config/redis-place';
import { redisTrust, singleLine, type RedisTrust } from './redis-line';

/** A machine that says nothing for so long is away, which is no fault of the settings. */
const KNOCK_MS = 3_000;
const ONCE = { lazyConnect: true, retryStrategy: () => null, enableReadyCheck: false, connectTimeout: KNOCK_MS, commandTimeout: KNOCK_MS, maxRetriesPerRequest: 0 } as const;

/** What the door of one machine says: come in, nobody there, or a sentence why not. */
type Answer = { readonly kind: 'IN'; readonly primary?: Endpoint } | { readonly kind: 'AWAY' } | { readonly kind: 'REFUSED'; readonly why: string };

const NOT_TRUSTED: ReadonlySet<string> = new Set(['DEPTH_ZERO_SELF_SIGNED_CERT', 'SELF_SIGNED_CERT_IN_CHAIN', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'UNABLE_TO_GET_ISSUER_CERT', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'CERT_SIGNATURE_FAILURE', 'CERT_UNTRUSTED', 'INVALID_CA']);
const OUT_OF_DATE: ReadonlySet<string> = new Set(['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID']);

/**
 * Why Redis does not let us in, in both languages and without a word of the password; null when it is away or something else is the matter.
 * It will not mend itself by asking again.
 */
export function whyRedisRefuses(error: unknown): string | null {
  // Not `instanceof`: see isDatabaseAway.
  if (!types.isNativeError(error)) return null;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (NOT_TRUSTED.has(code)) return `不信任 Redis 的证书（${code}）；如由本单位自己的机构签发，请用 REDIS_CA_FILE 指明该机构的证书 · the certificate of Redis is not trusted (${code}); if an authority of your own has signed it, name that one's certificate with REDIS_CA_FILE`;
  if (OUT_OF_DATE.has(code)) return `Redis 的证书不在有效期内（${code}），请更换证书或核对本机时间 · the certificate of Redis is out of date (${code}); renew it, or set this machine's clock`;
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return 'Redis 的证书不是签发给 REDIS_URL（或哨兵、集群所报）的主机名或地址的 · the certificate of Redis is not for the host name or address of REDIS_URL (or the one that sentinels and cluster tell)';
  if (/wrong version number|packet length too long/u.test(error.message)) return '该端口不使用 TLS，请把 REDIS_URL 开头的 rediss 改为 redis，或改用 TLS 端口 · this port speaks no TLS; write redis for rediss in REDIS_URL, or take the port that does';
  if (/^(?:WRONGPASS|NOAUTH)|invalid (?:username-)?password|called without any password/u.test(error.message)) return 'Redis 不接受 REDIS_URL 中的用户名或密码（哨兵另有 sentinel-password） · Redis does not accept the user or password in REDIS_URL (sentinels have a sentinel-password of their own)';
  if (error.message.startsWith('NOPERM')) return 'REDIS_URL 中的 Redis 用户权限不足，队列需要执行任何命令 · the Redis user in REDIS_URL may not do what the queue needs, which is every command';
  return null;
}

/**
 * Asks Redis once whether it lets us in, so that a wrong password or a certificate that is not trusted ends the start with a sentence and not in a log. A Redis that is
 * away is no reason not to start: the queue waits for it. Throws {@link ConfigError}.
 */
export async function knockAtRedis(config: Pick<AppConfig, 'REDIS_URL' | 'REDIS_CA_FILE'>): Promise<void> {
  if (config.REDIS_URL === undefined) return;
  const place = readRedisPlace(config.REDIS_URL);
  const why = await refusalOf(place, redisTrust(config));
  if (why !== null) throw new ConfigError(`无法使用 Redis · Redis cannot be used: ${why}`);
}

async function refusalOf(place: RedisPlace, trust: RedisTrust): Promise<string | null> {
  if (place.kind === 'SINGLE') {
    const { url, ...tls } = singleLine(place.url, trust);
    return refusedBy([await knock(new Redis(url, { ...ONCE, ...tls }))]);
  }
  const at = ({ host, port }: Endpoint, who: Credentials): Redis => new Redis({ host, port, ...who, ...(place.tls ? { tls: trust } : {}), ...ONCE });
  if (place.kind === 'CLUSTER') return refusedBy(await Promise.all(place.nodes.map((node) => knock(at(node, place.asPerson)))));
  const sentinels = await Promise.all(place.sentinels.map((one) => knock(at(one, place.asSentinel), place.primary)));
  const primary = sentinels.map((one) => (one.kind === 'IN' ? one.primary : undefined)).find((one) => one !== undefined);
  return refusedBy(primary === undefined ? sentinels : [await knock(at(primary, place.asPerson))]);
}

/** One machine that lets us in is enough. */
function refusedBy(answers: readonly Answer[]): string | null {
  if (answers.some(({ kind }) => kind === 'IN')) return null;
  return answers.find((one) => one.kind === 'REFUSED')?.why ?? null;
}

/** @param primary the name whose address a sentinel is asked for */
async function knock(line: Redis, primary?: string): Promise<Answer> {
  const errors: unknown[] = [];
  line.on('error', (error: unknown) => { errors.push(error); });
  try {
    await line.connect();
    if (primary === undefined) { await line.ping(); return { kind: 'IN' }; }
    const told = await line.call('SENTINEL', 'GET-MASTER-ADDR-BY-NAME', primary);
    const [host, port]: unknown[] = Array.isArray(told) ? told : [];
    return typeof host === 'string' ? { kind: 'IN', primary: { host, port: Number(port) } } : { kind: 'IN' };
  } catch (error) {
    const why = [error, ...errors].map(whyRedisRefuses).find((one) => one !== null) ?? null;
    return why === null ? { kind: 'AWAY' } : { kind: 'REFUSED', why };
  } finally { line.disconnect(); }
}
