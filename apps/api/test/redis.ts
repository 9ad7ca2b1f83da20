import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';

/** A Redis for one test file. */
export interface TestRedis { readonly url: string; stop(): Promise<void> }

/** Is there a Redis to test on: `REDIS_URL`, or the program `redis-server`? With `JIHENG_REQUIRE_REDIS=1` its absence fails the run. */
export function redisIsThere(): boolean {
  const there = process.env['REDIS_URL'] !== undefined || spawnSync('redis-server', ['--version']).status === 0;
  if (!there && process.env['JIHENG_REQUIRE_REDIS'] === '1') throw new Error('JIHENG_REQUIRE_REDIS=1, but there is neither REDIS_URL nor redis-server');
  return there;
}

/** The given Redis, or one of the test's own on a free port that keeps nothing on disk. */
export async function startRedis(): Promise<TestRedis> {
  const given = process.env['REDIS_URL'];
  if (given !== undefined) return { url: given, stop: () => Promise.resolve() };
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  const server = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--daemonize', 'no'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const abandon = (): void => { server.kill('SIGKILL'); };
  process.once('exit', abandon);
  await new Promise<void>((ready, failed) => {
    server.stdout.on('data', (text: Buffer) => { if (text.includes('Ready to accept connections')) ready(); });
    server.once('exit', () => { failed(new Error('redis-server ended before it was ready')); });
  });
  return {
    url: `redis://127.0.0.1:${port}`,
    async stop() {
      process.off('exit', abandon);
      server.removeAllListeners('exit');
      const gone = once(server, 'exit');
      server.kill('SIGTERM');
      await gone;
    },
  };
}
