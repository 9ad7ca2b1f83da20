/** A machine and its port. */
export interface Endpoint { readonly host: string; readonly port: number }
/** Who asks; what is absent is not sent. */
export interface Credentials { readonly username?: string; readonly password?: string }

/**
 * Where Redis is: one server, a primary that sentinels name, or the nodes of a cluster. A single server keeps the address as it was given,
 * for ioredis to read.
 */
export type RedisPlace =
  | { readonly kind: 'SINGLE'; readonly url: string }
  | { readonly kind: 'SENTINEL'; readonly sentinels: readonly Endpoint[]; readonly primary: string; readonly db: number; readonly tls: boolean; readonly asPerson: Credentials; readonly asSentinel: Credentials }
  | { readonly kind: 'CLUSTER'; readonly nodes: readonly Endpoint[]; readonly tls: boolean; readonly asPerson: Credentials };

const SENTINEL_PORT = 26379;
const REDIS_PORT = 6379;
const SENTINEL_FORM = 'redis+sentinel://[:PASSWORD@]HOST:26379,HOST:26379,HOST:26379/PRIMARY';
const CLUSTER_FORM = 'redis+cluster://[:PASSWORD@]HOST:6379,HOST:6379,HOST:6379';
/** What may follow a question mark behind sentinels. */
const SENTINEL_OPTIONS: readonly string[] = ['db', 'sentinel-username', 'sentinel-password'];

/** An address of Redis that cannot be used. The message says why and how to write it, in both languages, and repeats none of it: it may hold a password. */
export class RedisPlaceError extends Error {}

/**
 * Reads `REDIS_URL`. One server: `redis://…`, `rediss://…` (TLS) or whatever else ioredis takes; sentinels:
 * `redis+sentinel://[user:password@]host[:26379],…/primary[?db=0&sentinel-username=…&sentinel-password=…]`; a cluster:
 * `redis+cluster://[user:password@]host[:6379],…`. With `rediss+…` everything is asked over TLS. Names and passwords are percent-encoded as in any URL.
 * Throws {@link RedisPlaceError}.
 */
export function readRedisPlace(url: string): RedisPlace {
  const [, scheme, rest = ''] = /^([a-z][a-z0-9+.-]*):\/\/(.*)$/is.exec(url) ?? [];
  const [, secure, kind] = /^redis(s?)\+(sentinel|cluster)$/i.exec(scheme ?? '') ?? [];
  if (kind === undefined) return single(url, scheme, rest);
  const cut = rest.search(/[/?#]/);
  const [authority, tail] = cut === -1 ? [rest, ''] : [rest.slice(0, cut), rest.slice(cut)];
  const at = authority.lastIndexOf('@');
  const asPerson = credentials(at === -1 ? '' : authority.slice(0, at));
  const tls = secure !== '';
  const sentinel = kind.toLowerCase() === 'sentinel';
  const endpoints = readEndpoints(authority.slice(at + 1), sentinel ? SENTINEL_PORT : REDIS_PORT, sentinel ? SENTINEL_FORM : CLUSTER_FORM);
  if (sentinel) return { kind: 'SENTINEL', sentinels: endpoints, tls, asPerson, ...behindSentinels(tail) };
  // A cluster has one database and needs no name.
  if (tail !== '' && tail !== '/') throw new RedisPlaceError(`集群地址在主机列表之后不能再有内容，请写成 ${CLUSTER_FORM} · nothing may follow the hosts of a cluster; write ${CLUSTER_FORM}`);
  return { kind: 'CLUSTER', nodes: endpoints, tls, asPerson };
}

/** Whether an address asks for TLS: `rediss`, alone or before `+sentinel` and `+cluster`. */
export function speaksTls(url: string): boolean {
  return /^rediss(?:\+|:)/i.test(url);
}

function single(url: string, scheme: string | undefined, rest: string): RedisPlace {
  if (scheme !== undefined && !['redis', 'rediss', 'unix'].includes(scheme.toLowerCase())) {
    throw new RedisPlaceError(`不认识的协议，请以 redis://、rediss://、redis+sentinel:// 或 redis+cluster:// 开头 · unknown scheme; begin with redis://, rediss://, redis+sentinel:// or redis+cluster://`);
  }
  // The commas of a password or a query are none between hosts.
  if (scheme !== undefined && (/^[^/?#]*/.exec(rest)?.[0] ?? '').split('@').at(-1)?.includes(',') === true) {
    throw new RedisPlaceError(`列出多台主机时须写明是哨兵还是集群：${SENTINEL_FORM} 或 ${CLUSTER_FORM} · with several hosts say whether they are sentinels or a cluster: ${SENTINEL_FORM} or ${CLUSTER_FORM}`);
  }
  return { kind: 'SINGLE', url };
}

/** The hosts of a list, each once; an address of IPv6 stands in brackets. */
function readEndpoints(text: string, preset: number, form: string): Endpoint[] {
  const known = new Map<string, Endpoint>();
  for (const part of text.split(',').map((one) => one.trim())) {
    const [, inBrackets, plain, port] = /^(?:\[([0-9a-f:.]+)\]|([^\s:[\]/@]+))(?::(\d{1,5}))?$/i.exec(part) ?? [];
    const host = inBrackets ?? plain;
    const endpoint = { host: host ?? '', port: port === undefined ? preset : Number(port) };
    if (host === undefined || endpoint.port < 1 || endpoint.port > 65535) {
      throw new RedisPlaceError(`主机列表有误：每一项应为“主机”或“主机:端口”，以逗号分隔，形如 ${form} · the list of hosts cannot be read: each is HOST or HOST:PORT, separated by commas, as in ${form}`);
    }
    known.set(`${endpoint.host}:${endpoint.port}`, endpoint);
  }
  return [...known.values()];
}

function credentials(text: string): Credentials {
  const [username = '', ...more] = text.split(':');
  return who(username, more.join(':'));
}

/** An empty name or password is none. */
function who(username: string, password: string): Credentials {
  return { ...(username === '' ? {} : { username: decoded(username) }), ...(password === '' ? {} : { password: decoded(password) }) };
}

function decoded(text: string): string {
  try { return decodeURIComponent(text); } catch {
    throw new RedisPlaceError('用户名或密码中的 % 须写成 %25（其他特殊字符同样按网址规则转义）· a % in a name or password is written %25 (and other special characters as in any URL)');
  }
}

function behindSentinels(tail: string): { readonly primary: string; readonly db: number; readonly asSentinel: Credentials } {
  const [, name = '', query = ''] = /^\/([^/?#]*)(?:\?([^#]*))?$/.exec(tail) ?? [];
  const primary = decoded(name);
  if (primary === '') throw new RedisPlaceError(`哨兵地址缺少主库名称（sentinel monitor 中的名称），请写成 ${SENTINEL_FORM} · the name of the primary is missing (the one of "sentinel monitor"); write ${SENTINEL_FORM}`);
  const options = new Map(query.split('&').filter((part) => part !== '').map((part) => { const [key = '', ...value] = part.split('='); return [key, value.join('=')] as const; }));
  const unknown = [...options.keys()].some((key) => !SENTINEL_OPTIONS.includes(key));
  const db = options.get('db') ?? '0';
  if (unknown || !/^\d{1,5}$/.test(db)) throw new RedisPlaceError(`问号之后只能有 ${SENTINEL_OPTIONS.join('、')}，且 db 为数字 · behind the question mark only ${SENTINEL_OPTIONS.join(', ')} are read, and db is a number`);
  return { primary, db: Number(db), asSentinel: who(options.get('sentinel-username') ?? '', options.get('sentinel-password') ?? '') };
}
