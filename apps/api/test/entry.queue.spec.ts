import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Problem, RecordedActual } from '@jiheng/contract';
import { newId } from '../src/platform/database/new-id';
import { freePort } from './free-ports';
import { type Client, makeClient } from './http-app';
import { buildPrograms, type Programs, type Running } from './processes';
import { redisIsThere, startRedis, type TestRedis } from './redis';
import { waitFor } from './wait-for';
import { PASSWORD, type World, aWorld } from './world';

/*
 * The entry of docker-compose.yml: Caddy with the very file that it runs with there, two APIs and two workers as processes of their own, Redis and PostgreSQL. The name
 * `api` is answered by a name server of the test, as docker's own does: one address a replica. The file is changed in three places only: where it listens, the port of
 * the replicas, and whom it asks for the name.
 */
function caddyIsThere(): boolean {
  const there = spawnSync('caddy', ['version']).status === 0;
  if (!there && process.env['JIHENG_REQUIRE_CADDY'] === '1') throw new Error('JIHENG_REQUIRE_CADDY=1, but there is no caddy');
  return there;
}

/** A name server that knows one name, `api`, and whatever addresses it is told. */
class Names {
  addresses: readonly string[] = [];
  private constructor(private readonly socket: Socket) {}

  static async start(): Promise<Names> {
    const socket = createSocket('udp4');
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    const names = new Names(socket);
    socket.on('message', (question, from) => { socket.send(names.answer(question), from.port, from.address); });
    return names;
  }

  get port(): number { return this.socket.address().port; }

  stop(): void { this.socket.close(); }

  /** RFC 1035: the header, the question as it came, and an address record for each replica that points back at the question's name. */
  private answer(question: Buffer): Buffer {
    let end = 12;
    const labels: string[] = [];
    for (let length = question[end] ?? 0; length > 0; length = question[end] ?? 0) {
      labels.push(question.toString('latin1', end + 1, end + 1 + length));
      end += length + 1;
    }
    const type = question.readUInt16BE(end + 1);
    const known = labels.join('.') === 'api';
    const addresses = known && type === 1 ? this.addresses : [];
    const header = Buffer.alloc(12);
    header.writeUInt16BE(question.readUInt16BE(0), 0);
    // An answer, with recursion; a name it does not know does not exist.
    header.writeUInt16BE(known ? 0x8180 : 0x8183, 2);
    header.writeUInt16BE(1, 4);
    header.writeUInt16BE(addresses.length, 6);
    const records = addresses.map((address) => Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 1, 0, 4, ...address.split('.').map(Number)]));
    return Buffer.concat([header, question.subarray(12, end + 5), ...records]);
  }
}

(caddyIsThere() && redisIsThere() ? describe : describe.skip)('the entry (needs caddy and redis-server)', () => {
  let programs: Programs;
  let world: World;
  let redis: TestRedis;
  let names: Names;
  let dir: string;
  let url: string;
  let apiPort: number;
  let caddy: ChildProcess;
  let caddySaid = '';
  let env: Record<string, string>;
  let doors: Running[] = [];
  let workers: Running[] = [];

  /** A replica of the API at an address of its own, as each container has one. */
  const open = async (address: string): Promise<Running> => {
    const door = programs.start('main', { ...env, JIHENG_ROLE: 'api', HOST: address, PORT: String(apiPort) });
    await door.heard(/JIHENG_READY/);
    return door;
  };
  const place = (): string => `/api/monitoring-reports/${world.report('KZ-U', 4)}/actuals/${world.tables['KZ-U'].indicatorId('KZ-U6')}`;
  const body = (magnitude: string, expectedRevision: number, requestId: string = randomUUID()) => ({ requestId, expectedRevision, actual: { kind: 'REPORTED', magnitude, unit: '万人' } });
  const revision = async (): Promise<number> => Number((await world.dataSource.query('select coalesce(max(revision), 0) as n from actual where report_id = $1', [world.report('KZ-U', 4)]))[0]?.n);

  beforeAll(async () => {
    [programs, world, redis, names] = await Promise.all([buildPrograms({ main: 'apps/api/src/main.ts', 'score-slices.thread': 'apps/api/src/score-slices.thread.ts' }), aWorld(), startRedis(), Names.start()]);
    dir = mkdtempSync(join(tmpdir(), 'jiheng-entry-'));
    const [entryPort, port] = [await freePort(), await freePort()];
    apiPort = port;
    env = { DATABASE_URL: world.database.url, DATA_DIR: join(dir, 'data'), LOG_LEVEL: 'fatal', JIHENG_TODAY: '2025-01-09', MAX_UPLOAD_MB: '1', TRUST_PROXY: '1', REDIS_URL: redis.url, REDIS_PREFIX: `test-${newId()}` };
    [doors, workers] = await Promise.all([Promise.all(['127.0.0.2', '127.0.0.3'].map(open)), Promise.all([0, 1].map(async () => {
      const worker = programs.start('main', { ...env, JIHENG_ROLE: 'worker' });
      await worker.heard(/JIHENG_READY/);
      return worker;
    }))]);
    names.addresses = ['127.0.0.2', '127.0.0.3'];
    let text = readFileSync(join(__dirname, '../../../tools/deploy/Caddyfile'), 'utf8');
    for (const [from, to] of [[/^:8080 \{$/m, `http://127.0.0.1:${entryPort} {`], [/^(\s+)port 3000$/m, `$1port ${apiPort}\n$1resolvers udp/127.0.0.1:${names.port}`]] as const) {
      expect(text.match(new RegExp(from.source, 'gm'))).toHaveLength(1);
      text = text.replace(from, to);
    }
    writeFileSync(join(dir, 'Caddyfile'), text);
    caddy = spawn('caddy', ['run', '--config', join(dir, 'Caddyfile'), '--adapter', 'caddyfile'], { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, XDG_DATA_HOME: dir, XDG_CONFIG_HOME: dir, HOME: dir } });
    for (const stream of [caddy.stdout, caddy.stderr]) stream?.on('data', (said: Buffer) => { caddySaid += said.toString(); });
    url = `http://127.0.0.1:${entryPort}`;
    await waitFor('the entry', async () => {
      if (caddy.exitCode !== null) throw new Error(caddySaid);
      return fetch(`${url}/api/health/ready`).then(({ status }) => status === 200, () => false);
    });
  }, 240_000);
  afterAll(async () => {
    caddy?.kill('SIGKILL');
    await programs?.stop();
    names?.stop();
    await redis?.stop();
    await world?.stop();
    if (dir !== undefined) rmSync(dir, { recursive: true, force: true });
  });

  const signedIn = async (): Promise<Client> => {
    const client = makeClient(url);
    expect((await client.signIn('kz.reporter', PASSWORD)).status).toBe(200);
    return client;
  };

  it('a person signs in, saves a value, and hears its points on a stream that is still open', async () => {
    const client = await signedIn();
    const leaving = new AbortController();
    const stream = await client.fetch(`/api/monitoring-reports/${world.report('KZ-U', 4)}/events`, { signal: leaving.signal });
    let heard = '';
    let ended = false;
    void (async () => { for await (const piece of stream.body ?? []) heard += Buffer.from(piece).toString(); })().catch(() => undefined).finally(() => { ended = true; });
    expect([stream.status, stream.headers.get('content-type')]).toEqual([200, expect.stringContaining('text/event-stream')]);
    expect((await client.put<RecordedActual>(place(), body('26.4', 0))).status).toBe(200);
    await waitFor('20.00 points on the stream', () => Promise.resolve(heard.includes(world.tables['KZ-U'].indicatorId('KZ-U6')) && /"points":"20(?:\.00)?"/.test(heard)), 20_000);
    expect(ended).toBe(false);
    leaving.abort();
  }, 60_000);

  it('what is too large for the product hears the sentence of the product, and not one of the entry', async () => {
    const client = await signedIn();
    const sent = await client.upload<Problem>(`${place()}/evidence`, { name: '台账.pdf', bytes: Buffer.concat([Buffer.from('%PDF-1.4\n'), Buffer.alloc(3 * 1024 * 1024)]) });
    expect([sent.status, sent.body.code, sent.headers.get('content-type')]).toEqual([413, 'evidence.too-large', expect.stringContaining('json')]);
    const fits = await client.upload(`${place()}/evidence`, { name: '台账.pdf', bytes: Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n') });
    expect(fits.status).toBe(201);
  });

  it('nobody escapes the limit on wrong passwords by claiming another address', async () => {
    const answers: number[] = [];
    for (let nth = 0; nth < 6; nth++) {
      const { status } = await makeClient(url).fetch('/api/session', { method: 'POST', body: JSON.stringify({ login: 'mn.reviewer', password: 'a-wrong-password' }), headers: { 'content-type': 'application/json', 'x-forwarded-for': `10.9.8.${nth}` } });
      answers.push(status);
    }
    expect(answers).toEqual([401, 401, 401, 401, 401, 429]);
  });

  it('an API killed in the middle of traffic costs at most the requests it had in hand, none is done twice, and a new one gets its share', async () => {
    const client = await signedIn();
    const before = await revision();
    const answered: number[] = [];
    // Every page that is open listens. The entry knows which replicas failed only for as long as some request that saw them is under way; streams always are.
    const leaving = new AbortController();
    await Promise.all([0, 1, 2, 3].map(async () => { void (await client.fetch('/api/jobs/events', { signal: leaving.signal })).text().catch(() => undefined); }));
    /** As the page does: what was not answered, or by a proxy that could not reach anybody, is sent again with the same id. */
    const save = async (nth: number): Promise<void> => {
      const request = body(String(20 + nth / 100), before + nth);
      for (let sent = 1; ; sent++) {
        const { status, body: said } = await client.put<unknown>(place(), request).catch((error: unknown) => ({ status: 0, body: String(error) }));
        if (sent === 1) answered.push(status);
        if (status === 200) return;
        expect([0, 502, 503, 504]).toContain(status);
        if (sent === 20) throw new Error(`not saved after 20 tries (value ${nth}): ${status} ${JSON.stringify(said)}\n${caddySaid.slice(-3_000)}`);
        await pause(100);
      }
    };
    /** Reads go on all the time, four at once, and nobody repeats them by hand. */
    const reads: number[] = [];
    let reading = true;
    const readers = Promise.all([0, 1, 2, 3].map(async () => { while (reading) reads.push((await client.get('/api/session')).status); }));
    for (let nth = 0; nth < 60; nth++) {
      if (nth === 20) {
        void doors[0]?.end('SIGKILL');
        // As docker does: the address of a container that died is not told any more; the entry asks again within five seconds.
        names.addresses = ['127.0.0.3'];
      }
      if (nth === 40) {
        // Its successor has another address, as a new container has.
        doors[0] = await open('127.0.0.4');
        names.addresses = ['127.0.0.3', '127.0.0.4'];
      }
      await save(nth);
    }
    reading = false;
    await readers;
    leaving.abort();
    expect(await revision()).toBe(before + 60);
    // Saves go one after the other: at most the one that was under way had no answer, and at most one of each reader's.
    const lost = { saves: answered.filter((status) => status !== 200), reads: reads.filter((status) => status !== 200) };
    expect({ ...lost, isFew: lost.saves.length <= 1 && lost.reads.length <= 4 }).toEqual({ ...lost, isFew: true });
    expect(reads.length).toBeGreaterThan(100);
    // The second goes as well: only the newcomer is left, and it answers.
    await pause(5_500);
    await doors[1]?.end('SIGTERM');
    const alone: number[] = [];
    for (let nth = 0; nth < 20; nth++) alone.push((await client.get('/api/session')).status);
    expect(new Set(alone)).toEqual(new Set([200]));
    expect(workers.map((one) => one.isAlive())).toEqual([true, true]);
  }, 120_000);
});
