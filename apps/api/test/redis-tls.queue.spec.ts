import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { Redis } from 'ioredis';
import pino from 'pino';
import { type AppConfig, ConfigError, readConfig } from '../src/platform/config/app-config';
import { newId } from '../src/platform/database/new-id';
import { REDACTED } from '../src/platform/log/redact';
import { Bell } from '../src/platform/queue/bell';
import { knockAtRedis } from '../src/platform/queue/redis-door';
import { type Certificates, makeCertificates, opensslIsThere } from './certificates';
import { redisIsThere } from './redis';
import { type RedisMachines, startRedisCluster, startSecureRedis, startSentinels } from './redis-machines';
import { waitFor } from './wait-for';

/* Redis over TLS with an authority of one's own and a password, in each of the three ways it is set up: the servers speak nothing but TLS. */
const canSpeakTls = redisIsThere() && process.env['REDIS_URL'] === undefined && opensslIsThere();

(canSpeakTls ? describe : describe.skip)('Redis over TLS', () => {
  let certificates: Certificates;
  let one: RedisMachines;
  beforeAll(async () => {
    Logger.overrideLogger(false);
    certificates = makeCertificates();
    one = await startSecureRedis(certificates);
  });
  afterAll(async () => {
    await one?.stop();
    certificates?.stop();
  });

  const settings = (url: string, authority: string | undefined = certificates.authority): AppConfig =>
    readConfig({ DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none', REDIS_URL: url, REDIS_CA_FILE: authority, REDIS_PREFIX: 'county-7' });
  /** What the start says and ends with. */
  const refusal = async (url: string, authority?: string): Promise<string> => {
    const error: unknown = await knockAtRedis(settings(url, authority)).then(() => null, (thrown: unknown) => thrown);
    if (error === null) return '';
    expect(error).toBeInstanceOf(ConfigError);
    expect((error as ConfigError).message).not.toMatch(/hunter2|p@ss|p%40ss/);
    return (error as ConfigError).message;
  };

  it.each<[kind: string, start: (given: Certificates) => Promise<RedisMachines>]>([
    ['one server', startSecureRedis], ['sentinels', startSentinels], ['a cluster', startRedisCluster],
  ])('lets jobs through %s', async (kind, start) => {
    const redis = kind === 'one server' ? one : await start(certificates);
    const [ringer, answerer] = [new Bell(settings(redis.url)), new Bell(settings(redis.url))];
    try {
      expect(redis.url).toMatch(/^rediss[:+]/);
      expect(await refusal(redis.url)).toBe('');
      // Node's own authorities do not know this one.
      expect(await refusal(redis.url, '')).toContain('REDIS_CA_FILE');
      expect(await refusal(redis.url, certificates.stranger)).toContain('不信任 Redis 的证书');
      const ran: string[] = [];
      for (const queue of ['scoring', 'pull'] as const) await answerer.answer(queue, { concurrency: 2 }, async ({ data }) => { await pause(1); ran.push(data.messageId); }, () => undefined);
      const ids = Array.from({ length: 8 }, newId);
      for (const [nth, id] of ids.entries()) await ringer.ring(nth % 2 === 0 ? 'scoring' : 'pull', 'some-job', { payload: {}, jobRunId: null, messageId: id }, { jobId: id, attempts: 3, backoffMs: 50 });
      await waitFor('every job', () => Promise.resolve(ran.length >= ids.length), 20_000);
      expect(ran.sort()).toEqual([...ids].sort());
    } finally {
      await Promise.all([ringer.hangUp(), answerer.hangUp()]);
      if (redis !== one) await redis.stop();
    }
  }, 60_000);

  it('ends the start with a sentence of each language for what asking again will not mend', async () => {
    const with_ = (change: (url: URL) => void): string => { const url = new URL(one.url); change(url); return url.toString(); };
    expect(await refusal(with_((url) => { url.password = 'hunter2'; }))).toMatch(/不接受 REDIS_URL 中的用户名或密码.* · .*does not accept the user or password/);
    expect(await refusal(with_((url) => { url.password = ''; }))).toMatch(/不接受.* · .*does not accept/);
    expect(await refusal(with_((url) => { url.hostname = 'localhost'; }))).toBe('');
    // In any case of letters the password travels over TLS or not at all.
    expect(await refusal(one.url.replace('rediss', 'REDISS'), certificates.stranger)).toContain('不信任');
    const misnamed = await startSecureRedis({ ...certificates, ...certificates.misnamed });
    try { expect(await refusal(misnamed.url)).toMatch(/主机名.* · .*not for the host name/); } finally { await misnamed.stop(); }
  });

  it('starts while Redis is away, and says so where the port speaks no TLS', async () => {
    expect(await refusal('rediss://:hunter2@127.0.0.1:1')).toBe('');
    expect(await refusal('rediss+cluster://:hunter2@127.0.0.1:1,127.0.0.1:2')).toBe('');
    // What Redis says to a greeting of TLS.
    const plain = createServer((socket) => { socket.once('data', () => { socket.end('-ERR Protocol error\r\n'); }); }).listen(0, '127.0.0.1');
    await once(plain, 'listening');
    expect(await refusal(`rediss://127.0.0.1:${(plain.address() as AddressInfo).port}`)).toMatch(/不使用 TLS.* · .*speaks no TLS/);
    plain.close();
  });

  it('refuses an authority that is none, and one for a connection in the clear', () => {
    const said = (env: Record<string, string>): string => { try { readConfig({ DATABASE_URL: 'postgres://x', ...env }); return ''; } catch (error) { return (error as ConfigError).message; } };
    expect(said({ REDIS_URL: one.url, REDIS_CA_FILE: '/nowhere/ca.pem' })).toMatch(/REDIS_CA_FILE: 读不到该文件（ENOENT） · the file cannot be read/);
    expect(said({ REDIS_URL: one.url, REDIS_CA_FILE: certificates.key })).toMatch(/没有 PEM 格式的证书.* · .*no certificate in PEM/);
    expect(said({ REDIS_URL: 'redis://127.0.0.1', REDIS_CA_FILE: certificates.authority })).toMatch(/不是以 rediss 开头.* · .*does not begin with rediss/);
  });

  it('writes no password to the log, although the library hangs the refused command onto its error', async () => {
    const lines: string[] = [];
    const log = pino({ redact: { paths: [...REDACTED], censor: '[…]' } }, { write: (line: string) => { lines.push(line); } });
    const url = new URL(one.url);
    url.password = 'hunter2';
    const errors: Error[] = [];
    const client = new Redis(url.toString(), { tls: { rejectUnauthorized: false }, lazyConnect: true, retryStrategy: () => null, maxRetriesPerRequest: 0 });
    client.on('error', (error: Error) => { errors.push(error); });
    await client.connect().catch((error: Error) => { errors.push(error); });
    await client.ping().catch((error: Error) => { errors.push(error); });
    client.disconnect();
    expect(JSON.stringify(errors.map((error) => ({ ...error })))).toContain('hunter2');
    for (const error of errors) {
      log.warn({ err: error }, 'the queue is away');
      log.warn({ err: Object.assign(new Error('all failed'), { lastNodeError: error, previousErrors: [error] }) }, 'the queue is away');
    }
    expect(lines.join('')).toContain('WRONGPASS');
    expect(lines.join('')).not.toContain('hunter2');
  });
});
