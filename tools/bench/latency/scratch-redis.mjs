// A Redis of one's own that keeps nothing on disk.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';

export const redisIsThere = () => spawnSync('redis-server', ['--version']).status === 0;

export async function startScratchRedis() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  const child = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'], { stdio: ['ignore', 'pipe', 'inherit'] });
  process.once('exit', () => child.kill('SIGKILL'));
  await new Promise((ready, failed) => {
    child.stdout.on('data', (text) => { if (String(text).includes('Ready to accept connections')) ready(); });
    child.once('exit', () => failed(new Error('redis-server ended before it was ready')));
  });
  return { url: `redis://127.0.0.1:${port}`, async stop() { child.kill('SIGTERM'); await once(child, 'exit'); } };
}
