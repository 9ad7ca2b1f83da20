import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Redis } from 'ioredis';
import type { Certificates } from './certificates';
import { freePorts } from './free-ports';
import { waitFor } from './wait-for';

/** Passwords with what has to be escaped in a URL. */
const PASSWORD = 'p@ss/1:2';
const SENTINEL_PASSWORD = 'seen&heard';
const PRIMARY_NAME = 'jiheng-queue';

/** A Redis of several processes on this machine. */
export interface RedisMachines {
  /** `REDIS_URL` of the product. */
  readonly url: string;
  /** Kills the primary that holds `key` with -9; it does not come back. */
  killPrimary(key: string): Promise<void>;
  /** Stops that primary where it stands: it answers nobody and closes nothing. Resolves once another has taken over; called, the answer lets it go on and waits until a replica follows the new one. */
  hangPrimary(key: string): Promise<() => Promise<void>>;
  /** Adds up what each primary says to a command, for example `DBSIZE`; one entry a primary. */
  askPrimaries(command: string, ...args: string[]): Promise<number[]>;
  stop(): Promise<void>;
}

interface Server { readonly child: ChildProcess; readonly port: number }

class Machines {
  readonly servers: Server[] = [];
  readonly dir = mkdtempSync(join(tmpdir(), 'jiheng-redis-'));
  private readonly abandon = (): void => { for (const { child } of this.servers) child.kill('SIGKILL'); };

  /** @param certificates with them everything is said over TLS, and nothing in the clear */
  constructor(readonly certificates: Certificates | null) { process.once('exit', this.abandon); }

  async start(port: number, lines: readonly string[], args: readonly string[] = []): Promise<Server> {
    const own = join(this.dir, String(port));
    mkdirSync(own);
    const file = join(own, 'redis.conf');
    const { certificates } = this;
    const doors = certificates === null ? [`port ${port}`] : [
      'port 0', `tls-port ${port}`, `tls-cert-file ${certificates.certificate}`, `tls-key-file ${certificates.key}`, `tls-ca-cert-file ${certificates.authority}`,
      'tls-auth-clients no', 'tls-replication yes', ...(lines.some((line) => line.startsWith('cluster-enabled')) ? ['tls-cluster yes'] : []),
    ];
    writeFileSync(file, [...doors, 'bind 127.0.0.1', `dir ${own}`, ...lines, ''].join('\n'));
    const words = join(own, 'redis.log');
    const server = { child: spawn('redis-server', [file, '--logfile', words, ...args], { stdio: 'ignore' }), port };
    this.servers.push(server);
    await waitFor(`Redis on port ${port}`, () => {
      if (server.child.exitCode !== null) throw new Error(`redis-server on port ${port} ended with ${server.child.exitCode}: ${existsSync(words) ? readFileSync(words, 'utf8') : 'it said nothing'}`);
      return this.ask(port, args.length === 0 ? PASSWORD : SENTINEL_PASSWORD, 'PING').then(() => true, () => false);
    });
    return server;
  }

  at(port: number): Server {
    const found = this.servers.find((one) => one.port === port);
    if (found === undefined) throw new Error(`no Redis on port ${port}`);
    return found;
  }

  async kill(port: number): Promise<void> {
    const { child } = this.at(port);
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }

  /** One command on a connection of its own, which is not kept waiting for long. */
  async ask(port: number, password: string, command: string, ...args: string[]): Promise<unknown> {
    const tls = this.certificates === null ? {} : { tls: { ca: readFileSync(this.certificates.authority, 'utf8'), checkServerIdentity: () => undefined } };
    const client = new Redis({ port, host: '127.0.0.1', password, ...tls, lazyConnect: true, retryStrategy: () => null, enableReadyCheck: false, commandTimeout: 1_000, maxRetriesPerRequest: 0 });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return await client.call(command, ...args);
    } finally { client.disconnect(); }
  }

  /** Whether a replica has its primary and everything of it so far. */
  async follows(port: number): Promise<boolean> {
    return String(await this.ask(port, PASSWORD, 'INFO', 'replication').catch(() => '')).includes('master_link_status:up');
  }

  /** `redis` or `rediss`. */
  get scheme(): string {
    return this.certificates === null ? 'redis' : 'rediss';
  }

  async stop(): Promise<void> {
    process.off('exit', this.abandon);
    await Promise.all(this.servers.filter(({ child }) => child.exitCode === null && child.signalCode === null).map(({ port }) => this.kill(port)));
    rmSync(this.dir, { recursive: true, force: true });
  }
}

const DATA = ['save ""', 'appendonly no', 'repl-diskless-sync-delay 0', `requirepass ${PASSWORD}`, `masterauth ${PASSWORD}`];

/** Whatever has been started is ended when the rest cannot be. */
async function together(certificates: Certificates | null, set: (machines: Machines) => Promise<RedisMachines>): Promise<RedisMachines> {
  const machines = new Machines(certificates);
  try { return await set(machines); } catch (error) { await machines.stop(); throw error; }
}

/** One server that speaks TLS only. */
export const startSecureRedis = (certificates: Certificates): Promise<RedisMachines> => together(certificates, async (machines) => {
  const [port = 0] = await freePorts(1);
  await machines.start(port, DATA);
  return {
    url: `rediss://:${encodeURIComponent(PASSWORD)}@127.0.0.1:${port}`,
    killPrimary: () => machines.kill(port),
    hangPrimary: () => Promise.reject(new Error('nobody takes over from one server')),
    async askPrimaries(command, ...args) { return [Number(await machines.ask(port, PASSWORD, command, ...args))]; },
    stop: () => machines.stop(),
  };
});

/** One primary, two replicas and three sentinels that agree within a second that the primary is gone. */
export const startSentinels = (certificates: Certificates | null = null): Promise<RedisMachines> => together(certificates, async (machines) => {
  const [first = 0, second = 0, third = 0, ...watching] = await freePorts(6);
  await machines.start(first, DATA);
  for (const port of [second, third]) await machines.start(port, [...DATA, `replicaof 127.0.0.1 ${first}`]);
  await waitFor('the replicas to follow', async () => (await Promise.all([second, third].map((port) => machines.follows(port)))).every(Boolean));
  await Promise.all(watching.map((port) => machines.start(port, [
    `requirepass ${SENTINEL_PASSWORD}`, `sentinel sentinel-pass ${SENTINEL_PASSWORD}`, `sentinel monitor ${PRIMARY_NAME} 127.0.0.1 ${first} 2`, `sentinel auth-pass ${PRIMARY_NAME} ${PASSWORD}`,
    `sentinel down-after-milliseconds ${PRIMARY_NAME} 800`, `sentinel failover-timeout ${PRIMARY_NAME} 5000`,
  ], ['--sentinel'])));
  const primary = async (): Promise<number> => Number((await machines.ask(watching[0] ?? 0, SENTINEL_PASSWORD, 'SENTINEL', 'GET-MASTER-ADDR-BY-NAME', PRIMARY_NAME) as string[])[1]);
  const info = async (port: number): Promise<Map<string, string>> => pairs(await machines.ask(port, SENTINEL_PASSWORD, 'SENTINEL', 'MASTER', PRIMARY_NAME) as string[]);
  await waitFor('the sentinels to know each other and the replicas', async () => (await Promise.all(watching.map(info))).every((one) => one.get('num-slaves') === '2' && one.get('num-other-sentinels') === '2'));
  const takenOver = async (from: number): Promise<void> => { await waitFor('the replica to take over', async () => (await Promise.all(watching.map(async (port) => (await info(port)).get('port')))).every((port) => port !== String(from)), 30_000); };
  return {
    url: `${machines.scheme}+sentinel://:${encodeURIComponent(PASSWORD)}@${watching.map((port) => `127.0.0.1:${port}`).join(',')}/${PRIMARY_NAME}?sentinel-password=${encodeURIComponent(SENTINEL_PASSWORD)}`,
    async killPrimary() { await machines.kill(await primary()); },
    async hangPrimary() {
      const port = await primary();
      const { child } = machines.at(port);
      child.kill('SIGSTOP');
      await takenOver(port);
      // Two of three are enough: the sentinels take a while to tell the third that it is a replica now.
      const after = await primary();
      await waitFor('the other replica to follow', async () => String(await machines.ask(after, PASSWORD, 'INFO', 'replication')).includes('connected_slaves:1'));
      return async () => { child.kill('SIGCONT'); await pause(0); };
    },
    async askPrimaries(command, ...args) { return [Number(await machines.ask(await primary(), PASSWORD, command, ...args))]; },
    stop: () => machines.stop(),
  };
});

/** Three primaries that share the slots and a replica of each, which takes over within two seconds. */
export const startRedisCluster = (certificates: Certificates | null = null): Promise<RedisMachines> => together(certificates, async (machines) => {
  const ports = await freePorts(6);
  // The bus of a cluster uses a second port; told explicitly, because the preset (port + 10000) may be above the last one.
  const buses = await freePorts(6);
  for (const [at, port] of ports.entries()) await machines.start(port, [...DATA, 'cluster-enabled yes', 'cluster-config-file nodes.conf', 'cluster-node-timeout 1000', 'cluster-replica-validity-factor 0', `cluster-port ${buses[at] ?? 0}`]);
  const tell = (port: number, ...args: string[]): Promise<unknown> => machines.ask(port, PASSWORD, 'CLUSTER', ...args);
  const [seed = 0, ...others] = ports;
  for (const [nth, [from, to]] of [[0, 5460], [5461, 10922], [10923, 16383]].entries()) await tell(ports[nth] ?? 0, 'ADDSLOTSRANGE', String(from), String(to));
  for (const [at, port] of ports.entries()) await tell(port, 'SET-CONFIG-EPOCH', String(at + 1));
  for (const [at, port] of others.entries()) await tell(seed, 'MEET', '127.0.0.1', String(port), String(buses[at + 1]));
  const everybody = async (test: (port: number) => Promise<boolean>): Promise<boolean> => (await Promise.all(ports.map(test))).every(Boolean);
  await waitFor('all nodes to know each other', () => everybody(async (port) => /cluster_known_nodes:6\r?\n/.test(String(await tell(port, 'INFO'))) && !String(await tell(port, 'NODES')).includes('handshake')));
  for (const nth of [0, 1, 2]) await tell(ports[nth + 3] ?? 0, 'REPLICATE', String(await tell(ports[nth] ?? 0, 'MYID')));
  await waitFor('the cluster to be whole', () => everybody(async (port) => String(await tell(port, 'INFO')).includes('cluster_state:ok')));
  await waitFor('the replicas to follow', async () => (await Promise.all(ports.slice(3).map((port) => machines.follows(port)))).every(Boolean));
  const living = (): number[] => machines.servers.filter(({ child }) => child.exitCode === null && child.signalCode === null).map(({ port }) => port);
  let hanging = 0;
  const primaries = async (): Promise<{ port: number; from: number; to: number }[]> => {
    const from = living().find((port) => port !== hanging) ?? 0;
    const slots = await tell(from, 'SLOTS') as [number, number, [string, number, string]][];
    return slots.map(([first, last, [, port]]) => ({ port, from: first, to: last }));
  };
  const holder = async (key: string): Promise<number> => {
    const slot = Number(await tell(living().find((port) => port !== hanging) ?? 0, 'KEYSLOT', key));
    return (await primaries()).find(({ from, to }) => from <= slot && slot <= to)?.port ?? 0;
  };
  return {
    url: `${machines.scheme}+cluster://:${encodeURIComponent(PASSWORD)}@${ports.slice(0, 3).map((port) => `127.0.0.1:${port}`).join(',')}`,
    async killPrimary(key) { await machines.kill(await holder(key)); },
    async hangPrimary(key) {
      const port = await holder(key);
      const { child } = machines.at(port);
      hanging = port;
      child.kill('SIGSTOP');
      await waitFor('the replica to take over', async () => (await holder(key)) !== port, 30_000);
      return async () => {
        child.kill('SIGCONT');
        await waitFor('the one that hung to follow', () => machines.follows(port));
        hanging = 0;
      };
    },
    async askPrimaries(command, ...args) { return Promise.all([...new Set((await primaries()).map(({ port }) => port))].map(async (port) => Number(await machines.ask(port, PASSWORD, command, ...args)))); },
    stop: () => machines.stop(),
  };
});

function pairs(list: readonly string[]): Map<string, string> {
  return new Map(list.flatMap((name, at) => (at % 2 === 0 ? [[name, list[at + 1] ?? ''] as const] : [])));
}
