import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { freePort } from './free-ports';

/** A Redis for one test file. */
export interface TestRedis {
  readonly url: string;
  /** One command by hand, for example `FLUSHALL`. */
  command(name: string, ...args: string[]): Promise<void>;
  /** Killed and started again on the same port, empty unless told to keep its data (a durable one); a Redis that was given is only emptied. */
  restart(options?: { readonly keep?: boolean }): Promise<void>;
  stop(): Promise<void>;
}

async function tell(url: string, name: string, args: readonly string[]): Promise<void> {
  const client = new Redis(url);
  try { await client.call(name, ...args); } finally { client.disconnect(); }
}

/** Is there a Redis to test on: `REDIS_URL`, or the program `redis-server`? With `JIHENG_REQUIRE_REDIS=1` its absence fails the run. */
export function redisIsThere(): boolean {
  const there = process.env['REDIS_URL'] !== undefined || spawnSync('redis-server', ['--version']).status === 0;
  if (!there && process.env['JIHENG_REQUIRE_REDIS'] === '1') throw new Error('JIHENG_REQUIRE_REDIS=1, but there is neither REDIS_URL nor redis-server');
  return there;
}

/** The given Redis, or one of the test's own on a free port that keeps nothing on disk; a durable one is always of its own and keeps an append-only file. */
export async function startRedis({ durable = false }: { readonly durable?: boolean } = {}): Promise<TestRedis> {
  const given = durable ? undefined : process.env['REDIS_URL'];
  if (given !== undefined) return { url: given, command: (name, ...args) => tell(given, name, args), restart: () => tell(given, 'FLUSHALL', []), stop: () => Promise.resolve() };
  const port = await freePort();
  const dir = durable ? mkdtempSync(join(tmpdir(), 'jiheng-redis-')) : null;
  const serve = (): Promise<ReturnType<typeof launch>> => ready(launch(port, dir));
  let server = await serve();
  const abandon = (): void => { server.kill('SIGKILL'); };
  process.once('exit', abandon);
  const end = async (signal: 'SIGTERM' | 'SIGKILL'): Promise<void> => {
    server.removeAllListeners('exit');
    const gone = once(server, 'exit');
    server.kill(signal);
    await gone;
  };
  const url = `redis://127.0.0.1:${port}`;
  return {
    url,
    command: (name, ...args) => tell(url, name, args),
    async restart({ keep = false } = {}) {
      await end('SIGKILL');
      if (dir !== null && !keep) rmSync(join(dir, 'appendonlydir'), { recursive: true, force: true });
      server = await serve();
    },
    async stop() {
      process.off('exit', abandon);
      await end('SIGTERM');
      if (dir !== null) rmSync(dir, { recursive: true, force: true });
    },
  };
}

async function ready(server: ReturnType<typeof launch>): Promise<ReturnType<typeof launch>> {
  await new Promise<void>((done, failed) => {
    server.stdout.on('data', (text: Buffer) => { if (text.includes('Ready to accept connections')) done(); });
    server.once('exit', () => { failed(new Error('redis-server ended before it was ready')); });
  });
  return server;
}

function launch(port: number, dir: string | null) {
  const kept = dir === null ? ['--appendonly', 'no'] : ['--dir', dir, '--appendonly', 'yes'];
  return spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', '', ...kept, '--daemonize', 'no'], { stdio: ['ignore', 'pipe', 'inherit'] });
}
