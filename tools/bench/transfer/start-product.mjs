// The built product with a PostgreSQL and files of its own, for one measurement.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '../../embedded-pg.mjs';
import { root } from '../../installed.mjs';

/** Resolves with its address when it listens (demonstration data loaded); `stop()` ends both and removes what they wrote. */
export async function startProduct() {
  const folder = mkdtempSync(join(tmpdir(), 'jiheng-bench-'));
  const database = await startPostgres({ dir: join(folder, 'pg'), database: 'bench', settings: { fsync: 'off' } });
  const product = spawn(process.execPath, [join(root, 'dist/apps/api/main.mjs')], {
    cwd: root, stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, PORT: '0', HOST: '127.0.0.1', DATABASE_URL: database.url, DATA_DIR: join(folder, 'data'), LOG_LEVEL: 'warn', JIHENG_ROLE: 'all',
      WEB_ROOT: join(root, 'dist/apps/web/browser'), JIHENG_DEMONSTRATION: '1', JIHENG_TODAY: '2025-01-09' },
  });
  const ended = new Promise((done) => product.once('exit', done));
  const stop = async () => {
    product.kill('SIGTERM');
    await ended;
    await database.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  let said = '';
  try {
    const url = await new Promise((ready, failed) => {
      const late = setTimeout(() => failed(new Error('the product did not listen within three minutes')), 180_000);
      product.stdout.on('data', (chunk) => {
        said += chunk;
        const address = /^JIHENG_READY (\S+)$/m.exec(said)?.[1];
        if (address) { clearTimeout(late); ready(address); }
      });
      void ended.then((code) => { clearTimeout(late); failed(new Error(`the product ended with ${code} before it listened`)); });
    });
    return { url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
