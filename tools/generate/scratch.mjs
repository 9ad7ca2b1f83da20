// A PostgreSQL of one's own to try things on, with the settings that a server of a province would have.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { totalmem, tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '../embedded-pg.mjs';

/** Settings of a server with memory to itself: a sixth of the machine's for its buffers, fsync and synchronous commit on as always. */
export const TUNED = {
  shared_buffers: `${Math.max(128, Math.floor(totalmem() / 6 / 2 ** 20))}MB`, work_mem: '128MB', maintenance_work_mem: '1GB', max_wal_size: '16GB', min_wal_size: '2GB', checkpoint_timeout: '30min',
  jit: 'off', max_connections: '100', effective_cache_size: `${Math.floor(totalmem() / 2 / 2 ** 20)}MB`, random_page_cost: '1.1', max_parallel_workers: '2', max_parallel_workers_per_gather: '2',
};

/** Starts it in a folder of its own; `stop()` ends it and takes the folder away. `binaries`: the programs of another version. */
export async function startScratch(settings = {}, binaries = null) {
  const dir = mkdtempSync(join(tmpdir(), 'jiheng-scratch-'));
  chmodSync(dir, 0o755);
  const server = await startPostgres({ dir: join(dir, 'pg'), binaries, settings: { ...TUNED, ...settings } });
  const abandon = () => { try { process.kill(server.pid, 'SIGQUIT'); } catch { /* gone already */ } rmSync(dir, { recursive: true, force: true }); };
  process.once('exit', abandon);
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));
  return { ...server, async stop() { process.off('exit', abandon); await server.stop(); rmSync(dir, { recursive: true, force: true }); } };
}
