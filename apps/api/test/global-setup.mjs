// One PostgreSQL for the whole jest run, in a temporary folder, without fsync: a test's database is a copy of a migrated template.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export default async function startTestPostgres() {
  if (process.env.JIHENG_TEST_POSTGRES) return;
  const { startPostgres } = await import('../../../tools/embedded-pg.mjs');
  const dir = mkdtempSync(join(tmpdir(), 'jiheng-test-'));
  chmodSync(dir, 0o755);
  const server = await startPostgres({
    dir: join(dir, 'pg'), database: 'jiheng',
    settings: { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off', max_connections: 200, shared_buffers: '64MB', jit: 'off' },
  });
  process.env.JIHENG_TEST_POSTGRES = server.urlFor('postgres');
  // A run that is broken off must not leave a server behind.
  const abandon = () => { try { process.kill(server.pid, 'SIGQUIT'); } catch { /* gone already */ } rmSync(dir, { recursive: true, force: true }); };
  process.once('exit', abandon);
  globalThis.stopTestPostgres = async () => {
    process.off('exit', abandon);
    await server.stop();
    rmSync(dir, { recursive: true, force: true });
  };
}
