import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { newId } from '../src/platform/database/new-id';
import { freshDatabase, type TestDatabase } from './database';
import { redisIsThere, startRedis, type TestRedis } from './redis';

const root = join(__dirname, '../../..');

interface Running { readonly child: ChildProcess; said(): string; heard(text: RegExp): Promise<RegExpExecArray>; ended(): Promise<number | null> }

function run(file: string, args: readonly string[], env: Readonly<Record<string, string>>): Running {
  const given = { ...process.env, ...env };
  delete given['NODE_OPTIONS'];
  const child = spawn(process.execPath, ['--enable-source-maps', file, ...args], { cwd: root, env: given, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  child.stdout.on('data', (text: Buffer) => { said += text.toString(); });
  child.stderr.on('data', (text: Buffer) => { said += text.toString(); });
  return {
    child, said: () => said,
    async heard(text) {
      for (const end = Date.now() + 45_000; Date.now() < end; await pause(10)) {
        const found = text.exec(said);
        if (found !== null) return found;
        if (child.exitCode !== null) break;
      }
      throw new Error(`the process did not say ${text.source}:\n${said}`);
    },
    ended: async () => { if (child.exitCode === null && child.signalCode === null) await once(child, 'exit'); return child.exitCode; },
  };
}

describe('the process', () => {
  let database: TestDatabase;
  let outdir: string;
  const children: Running[] = [];
  const start = (name: string, env: Readonly<Record<string, string>>, args: readonly string[] = []): Running => {
    const running = run(join(outdir, `${name}.mjs`), args, { PORT: '0', LOG_LEVEL: 'warn', DATABASE_URL: database.url, ...env });
    children.push(running);
    return running;
  };

  beforeAll(async () => {
    database = await freshDatabase();
    // Below the repository, where the packages are found.
    mkdirSync(join(root, 'tmp'), { recursive: true });
    outdir = mkdtempSync(join(root, 'tmp/process-'));
    const build = run('--input-type=module', ['-e', `process.argv[1] = ''; const { bundle } = await import(${JSON.stringify(pathToFileURL(join(root, 'tools/build-api.mjs')).href)});
      await bundle({ main: 'apps/api/src/main.ts', worker: 'apps/api/src/worker.ts', 'dying-worker': 'apps/api/test/dying-worker.ts' }, ${JSON.stringify(outdir)});`], {});
    if ((await build.ended()) !== 0) throw new Error(build.said());
  });
  afterAll(async () => {
    for (const { child } of children) child.kill('SIGKILL');
    rmSync(outdir, { recursive: true, force: true });
    await database.stop();
  });

  it('says when it serves, stops in order when asked, and leaves no connection behind', async () => {
    const server = start('main', {});
    const url = (await server.heard(/JIHENG_READY (http:\S+)/))[1] ?? '';
    expect((await fetch(`${url}/api/health/ready`)).status).toBe(200);
    server.child.kill('SIGTERM');
    expect({ ended: await server.ended(), said: server.said() }).toMatchObject({ ended: 0 });
    const left: unknown[] = await database.dataSource.query(`select application_name from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and application_name in ('jiheng-queue', 'jiheng-listen')`);
    expect(left).toEqual([]);
  });

  it('runs apart as a door and a worker', async () => {
    const [door, worker] = [start('main', { JIHENG_ROLE: 'api' }), start('worker', {})];
    await Promise.all([door.heard(/JIHENG_READY http/), worker.heard(/JIHENG_READY worker/)]);
    for (const { child } of [door, worker]) child.kill('SIGTERM');
    const ended = await Promise.all([door.ended(), worker.ended()]);
    expect({ ended, said: [door.said(), worker.said()] }).toMatchObject({ ended: [0, 0] });
  });

  it('says in one sentence of each language that its port is taken', async () => {
    const holder = createServer().listen(0, '127.0.0.1');
    await once(holder, 'listening');
    const { port } = holder.address() as AddressInfo;
    const server = start('main', { PORT: String(port) });
    expect(await server.ended()).toBe(1);
    holder.close();
    expect(server.said().trim().split('\n')).toEqual([
      `端口 ${port} 已被占用，请先停止占用它的程序，或设置环境变量 PORT 换一个端口。`, `Port ${port} is in use. Stop the program that holds it, or set PORT to another one.`,
    ]);
  });

  it('says in one sentence of each language that the database is away', async () => {
    const server = start('main', { DATABASE_URL: 'postgres://jiheng:hunter2@127.0.0.1:1/jiheng' });
    expect(await server.ended()).toBe(1);
    expect(server.said()).toMatch(/^无法连接数据库.*\nThe database cannot be reached\./);
    expect(server.said()).not.toContain('hunter2');
  });

  it('says so too where the database takes the call and never answers', async () => {
    const silent = createServer(() => undefined).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const server = start('main', { DATABASE_URL: `postgres://jiheng:hunter2@127.0.0.1:${(silent.address() as AddressInfo).port}/jiheng` });
    expect(await server.ended()).toBe(1);
    silent.close();
    expect(server.said()).toMatch(/^无法连接数据库.*\nThe database cannot be reached\./);
    expect(server.said()).not.toContain('hunter2');
  });

  const backends = [{ backend: 'postgres', there: true }, { backend: 'redis', there: redisIsThere() }];
  for (const { backend, there } of backends) (there ? it : it.skip)(`a worker killed in the middle of a job loses nothing: another finishes it (${backend})`, async () => {
    const redis: TestRedis | null = backend === 'redis' ? await startRedis() : null;
    const env = redis === null ? {} : { REDIS_URL: redis.url, REDIS_PREFIX: `test-${newId()}` };
    await database.dataSource.query('create table if not exists step (key text, nth integer, done_by text, primary key (key, nth))');
    const jobRunId = newId();
    const first = start('dying-worker', env, ['slow']);
    await first.heard(/READY/);
    await database.dataSource.query(`insert into job_run (id, name, title_zh, title_en) values ($1, 'render-report', '生成报告', 'Render report')`, [jobRunId]);
    await database.dataSource.query(`insert into outbox_message (id, kind, name, payload, job_run_id) values ($1, 'JOB', 'slow-steps', $2, $3)`, [newId(), JSON.stringify({ key: backend }), jobRunId]);
    await first.heard(/STEP 3/);
    first.child.kill('SIGKILL');
    await first.ended();
    const second = start('dying-worker', env, ['quick']);
    await second.heard(/STEP 10/);
    for (let row; row?.state !== 'DONE'; await pause(50)) [row] = await database.dataSource.query('select state from job_run where id = $1', [jobRunId]);
    const steps: { nth: number; done_by: string }[] = await database.dataSource.query('select nth, done_by from step where key = $1 order by nth', [backend]);
    expect(steps.map(({ nth }) => nth)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect([steps[0]?.done_by, steps[9]?.done_by]).toEqual(['slow', 'quick']);
    second.child.kill('SIGTERM');
    expect(await second.ended()).toBe(0);
    await redis?.stop();
  });
});
