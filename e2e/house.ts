import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the checkout. */
export const root = resolve(fileURLToPath(new URL('..', import.meta.url)));

/** A product started for one story: its own database, its own files, its own port. */
export interface House {
  readonly url: string;
  readonly databaseUrl: string;
  /** Where the upstream of the story may put its files (PULL_FOLDER_ROOT). */
  readonly pullFolder: string;
  stop(): Promise<void>;
}

/** What a house is built with. `empty`: no demonstration data. */
export interface HouseOptions {
  readonly empty?: boolean;
  readonly today?: string;
  readonly allowedHosts?: string;
}

/** A port that is free now. */
export function freePort(): Promise<number> {
  return new Promise((done, failed) => {
    const probe = createServer().on('error', failed).listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => (address && typeof address === 'object' ? done(address.port) : failed(new Error('no port'))));
    });
  });
}

interface Database { readonly url: string; stop(): Promise<void> }

/** Starts PostgreSQL and the built product, and waits until it listens (at most a minute). */
export async function startHouse(options: HouseOptions = {}): Promise<House> {
  const folder = mkdtempSync(join(tmpdir(), 'jiheng-story-'));
  const { startPostgres } = (await import(join(root, 'tools/embedded-pg.mjs'))) as { startPostgres(o: object): Promise<Database> };
  const database = await startPostgres({ dir: join(folder, 'pg'), database: 'story', settings: { fsync: 'off' } });
  const port = await freePort();
  const pullFolder = join(folder, 'pull');
  const product: ChildProcess = spawn(process.execPath, ['--enable-source-maps', join(root, 'dist/apps/api/main.mjs')], {
    cwd: root, stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env, PORT: String(port), HOST: '127.0.0.1', DATABASE_URL: database.url, DATA_DIR: join(folder, 'data'), LOG_LEVEL: 'warn', JIHENG_ROLE: 'all',
      WEB_ROOT: join(root, 'dist/apps/web/browser'), PULL_FOLDER_ROOT: pullFolder, PULL_ALLOWED_HOSTS: options.allowedHosts ?? '127.0.0.1,localhost',
      JIHENG_TODAY: options.today ?? '2025-01-09', ...(options.empty ? {} : { JIHENG_DEMONSTRATION: '1' }),
    },
  });
  const gone = new Promise<never>((_, failed) => product.on('exit', (code) => failed(new Error(`the product ended with ${code} before it listened`))));
  const listening = new Promise<void>((done, failed) => {
    const late = setTimeout(() => failed(new Error('the product did not listen within a minute')), 60_000);
    product.stdout?.on('data', (chunk: Buffer) => { if (String(chunk).includes('JIHENG_READY')) { clearTimeout(late); done(); } });
  });
  await Promise.race([listening, gone]);
  gone.catch(() => undefined);
  return {
    url: `http://127.0.0.1:${port}`, databaseUrl: database.url, pullFolder,
    async stop() {
      const ended = new Promise((done) => product.once('exit', done));
      product.kill('SIGTERM');
      await ended;
      await database.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
