import { Cluster, Redis } from 'ioredis';
import type { AppConfig } from '../config/app-config';
import { readAuthorities } from '../config/read-authorities';
import { speaksTls, type Credentials, type Endpoint, type RedisPlace } from '../config/redis-place';

/** Redis on several machines: the connection looks for the primary itself, and looks again when it has changed. */
export type RedisMachines = Exclude<RedisPlace, { readonly kind: 'SINGLE' }>;
export type RedisLine = Redis | Cluster;
/** Whose certificates are believed: the authorities of a file and no others, or those that Node knows. */
export interface RedisTrust { readonly ca?: string }

/** A machine that has gone without a word is given up after this long, not after the ten seconds of the library. */
const CONNECT_MS = 3_000;
const SENTINEL_ANSWERS_MS = 2_000;
/** While another machine takes over (five to thirty seconds as a rule) one asks again in this rhythm. */
const again = (times: number): number => Math.min(times * 250, 2_000);
/** A command waits for the new primary as many times as the library says (16) times this. */
const TAKE_OVER_MS = 500;
/**
 * The nodes of a cluster tell nobody that another one took over: a node that hangs is given up when it has owed an answer for so long. Whoever answers bells listens
 * for up to ten seconds at a time and must be allowed to.
 */
const SILENT_MS = { ringing: 5_000, answering: 12_000 } as const;
/**
 * A command of somebody who waits for the answer (who rings) fails after so many connections and is asked for anew by the relay;
 * one who answers bells waits for as long as it takes (BullMQ demands it).
 */
const RINGER_TRIES = 8;

/** Reads `REDIS_CA_FILE`. Throws when it has gone since the settings were read. */
export function redisTrust(config: Pick<AppConfig, 'REDIS_CA_FILE'>): RedisTrust {
  if (config.REDIS_CA_FILE === undefined) return {};
  const ca = readAuthorities(config.REDIS_CA_FILE);
  if (typeof ca !== 'string') throw new Error(`REDIS_CA_FILE: ${ca.wrong}`);
  return { ca };
}

/** What ioredis is told of a single server. It knows `rediss` by itself, but only in small letters: in others the password would travel in the clear. */
export function singleLine(url: string, trust: RedisTrust): { readonly url: string; readonly tls?: RedisTrust } {
  return speaksTls(url) ? { url, tls: trust } : { url };
}

/** Opens a connection of its own. Whoever opens it closes it; errors must be listened to. */
export function openRedisLine(place: RedisMachines, { waitsForGood, trust }: { readonly waitsForGood: boolean; readonly trust: RedisTrust }): RedisLine {
  const maxRetriesPerRequest = waitsForGood ? null : RINGER_TRIES;
  if (place.kind === 'SENTINEL') {
    return new Redis({
      sentinels: place.sentinels.map(({ host, port }: Endpoint) => ({ host, port })), name: place.primary, role: 'master', db: place.db, ...place.asPerson, ...forSentinels(place.asSentinel),
      ...(place.tls ? { tls: trust, sentinelTLS: trust, enableTLSForSentinelMode: true } : {}),
      connectTimeout: CONNECT_MS, sentinelCommandTimeout: SENTINEL_ANSWERS_MS, maxRetriesPerRequest, retryStrategy: again, sentinelRetryStrategy: again, sentinelReconnectStrategy: again,
      // A primary that hangs, or is cut off from the others, closes no connection: the sentinels say that there is a new one.
      failoverDetector: true,
      // One that has become a replica meanwhile refuses to write: ask the sentinels, then say it again.
      reconnectOnError: (error) => (error.message.startsWith('READONLY') ? 2 : false),
    });
  }
  return new Cluster(place.nodes.map(({ host, port }: Endpoint) => ({ host, port })), {
    clusterRetryStrategy: again, retryDelayOnFailover: TAKE_OVER_MS, retryDelayOnClusterDown: TAKE_OVER_MS, slotsRefreshTimeout: CONNECT_MS,
    redisOptions: { ...place.asPerson, ...(place.tls ? { tls: trust } : {}), connectTimeout: CONNECT_MS, socketTimeout: SILENT_MS[waitsForGood ? 'answering' : 'ringing'], maxRetriesPerRequest: null },
    // A certificate names the host and not its address.
    ...(place.tls ? { dnsLookup: (host, done) => { done(null, host); } } : {}),
  });
}

function forSentinels({ username, password }: Credentials): { readonly sentinelUsername?: string; readonly sentinelPassword?: string } {
  return { ...(username === undefined ? {} : { sentinelUsername: username }), ...(password === undefined ? {} : { sentinelPassword: password }) };
}

/**
 * The prefix of a queue's keys. A script of the queue touches many keys at once, and a cluster admits that only for keys of one slot: what stands in braces decides the
 * slot. A prefix in braces (`{jiheng}`) keeps all queues on one node; without them each queue of a cluster has a slot of its own (`{jiheng:scoring}`). On one server
 * nothing is added, so jobs that wait under the old names are found.
 */
export function prefixOf(prefix: string, queue: string, place: RedisPlace): string {
  return place.kind === 'CLUSTER' && !prefix.startsWith('{') ? `{${prefix}:${queue}}` : prefix;
}
