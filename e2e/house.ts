import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';

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

const DEMONSTRATION_DAY = '2025-01-09';
const START_MS = 180_000;

interface Database { readonly url: string; stop(): Promise<void> }

/**
 * What the houses of one run stand on: one PostgreSQL, in which every house has a database of its own. The demonstration year is acted out
 * once and copied, because living through it takes longer than most stories.
 */
export class Ground {
  private readonly folder: string;
  private readonly database: Database;
  private template: Promise<string> | null = null;
  private houses = 0;
  private readonly kept: boolean;

  private constructor(folder: string, database: Database, kept: boolean) {
    this.folder = folder;
    this.database = database;
    this.kept = kept;
  }

  /** JIHENG_STORY_GROUND names a folder that is kept, so that whoever writes a story need not wait for the demonstration year every time. */
  static async open(): Promise<Ground> {
    const kept = process.env['JIHENG_STORY_GROUND'];
    const folder = kept ?? mkdtempSync(join(tmpdir(), 'jiheng-story-'));
    mkdirSync(folder, { recursive: true });
    const { startPostgres } = (await import(join(root, 'tools/embedded-pg.mjs'))) as { startPostgres(o: object): Promise<Database> };
    return new Ground(folder, await startPostgres({ dir: join(folder, 'pg'), database: 'ground', settings: { fsync: 'off' } }), kept !== undefined);
  }

  /** A house of its own for one story. */
  async build(options: HouseOptions = {}): Promise<House> {
    const name = `house_${++this.houses}`;
    if (this.kept) {
      await this.query(`drop database if exists ${name}`);
      rmSync(join(this.folder, name), { recursive: true, force: true });
    }
    if (options.empty) {
      await this.query(`create database ${name}`);
      return this.open(name, options);
    }
    const template = await (this.template ??= this.makeTemplate());
    await this.query(`create database ${name} template ${template}`);
    cpSync(join(this.folder, template), join(this.folder, name), { recursive: true });
    return this.open(name, options);
  }

  async close(): Promise<void> {
    await this.database.stop();
    if (!this.kept) rmSync(this.folder, { recursive: true, force: true });
  }

  /** Lives through the demonstration year until nothing is left to do. */
  private async makeTemplate(): Promise<string> {
    const name = 'demonstration';
    const lived = join(this.folder, 'lived-through');
    if (existsSync(lived)) return name;
    await this.query(`drop database if exists ${name}`);
    await this.query(`create database ${name}`);
    const house = await this.open(name, {});
    const quiet = `select (select count(*) from outbox_message where rung_at is null) + (select count(*) from job_run where state in ('WAITING', 'RUNNING')) as left`;
    const client = new pg.Client({ connectionString: house.databaseUrl });
    await client.connect();
    for (let turn = 0; turn < 600; turn++) {
      const { rows } = await client.query<{ left: string }>(quiet);
      if (rows[0]?.left === '0') break;
      await pause(100);
    }
    await client.end();
    await house.stop();
    writeFileSync(lived, '');
    return name;
  }

  private async open(name: string, options: HouseOptions): Promise<House> {
    const folder = join(this.folder, name);
    const pullFolder = join(folder, 'pull');
    mkdirSync(pullFolder, { recursive: true });
    const databaseUrl = this.urlOf(name);
    const product = spawn(process.execPath, ['--enable-source-maps', join(root, 'dist/apps/api/main.mjs')], {
      cwd: root, stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        ...process.env, PORT: '0', HOST: '127.0.0.1', DATABASE_URL: databaseUrl, DATA_DIR: join(folder, 'data'), LOG_LEVEL: 'warn', JIHENG_ROLE: 'all',
        WEB_ROOT: join(root, 'dist/apps/web/browser'), PULL_FOLDER_ROOT: pullFolder, JIHENG_SECRET_KEY: randomBytes(32).toString('base64'), PULL_ALLOWED_HOSTS: options.allowedHosts ?? '127.0.0.1:*,localhost:*',
        JIHENG_TODAY: options.today ?? DEMONSTRATION_DAY, ...(options.empty ? {} : { JIHENG_DEMONSTRATION: '1' }),
      },
    });
    const url = await listening(product);
    return {
      url, databaseUrl, pullFolder,
      async stop() {
        if (product.exitCode !== null || product.signalCode !== null) return;
        const ended = new Promise((done) => product.once('exit', done));
        product.kill('SIGTERM');
        await ended;
      },
    };
  }

  private urlOf(name: string): string {
    const url = new URL(this.database.url);
    url.pathname = `/${name}`;
    return url.href;
  }

  private async query(sql: string): Promise<void> {
    const client = new pg.Client({ connectionString: this.database.url });
    await client.connect();
    await client.query(sql);
    await client.end();
  }
}

/** @returns the address it took: a port looked for beforehand may be somebody else's by then */
function listening(product: ChildProcess): Promise<string> {
  return new Promise((done, failed) => {
    const late = setTimeout(() => failed(new Error(`the product did not listen within ${START_MS / 1000} s`)), START_MS);
    product.once('exit', (code) => failed(new Error(`the product ended with ${code} before it listened`)));
    let said = '';
    product.stdout?.on('data', (chunk: Buffer) => {
      said += String(chunk);
      const url = /^JIHENG_READY (http\S+)$/m.exec(said)?.[1];
      if (url === undefined) return;
      clearTimeout(late);
      said = '';
      product.stdout?.removeAllListeners('data').resume();
      done(url);
    });
  });
}
