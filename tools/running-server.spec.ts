import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { type OwnProcess, runOwn } from './own-process';

interface RunningServer {
  dataDirOf(env: Record<string, string>): string;
  settingsForCommand(env: Record<string, string>): Promise<{ readonly settings: Record<string, string>; readonly notice: { readonly zh: string; readonly en: string } | null }>;
}

const root = resolve(__dirname, '..');

describe('a command beside running servers', () => {
  let dir: string;
  let server: RunningServer;
  let processes: OwnProcess[];
  beforeEach(async () => {
    server = (await import('./running-server.mjs')) as RunningServer;
    dir = mkdtempSync(join(tmpdir(), 'jiheng-running-'));
    processes = [];
  });
  afterEach(async () => {
    for (const one of processes) await one.end('SIGKILL');
    rmSync(dir, { recursive: true, force: true });
  });

  // Nobody listens there: the command goes as far as the database that it was told of.
  const settingsOf = (database: string): Record<string, string> => ({ DATABASE_URL: `postgres://jiheng_app:secret@127.0.0.1:1/${database}`, DATA_DIR: join(dir, database) });
  /** A process that tells commands of itself, as `npm start` does. */
  const start = async (port: number, database: string): Promise<OwnProcess> => {
    const one = runOwn('running-server.mjs', `const entry = await m.tellCommands(${JSON.stringify(dir)}, ${JSON.stringify({ settings: settingsOf(database), address: `http://127.0.0.1:${port}`, port })}); say('runs'); setInterval(() => {}, 1000);
      for (let told; (told = await line()) !== undefined;) { if (told === 'stop') entry.leave(); say('done'); }`);
    processes.push(one);
    expect(await one.said()).toBe('runs');
    return one;
  };
  const stop = async (one: OwnProcess | undefined): Promise<void> => { one?.tell('stop'); await one?.said(); };

  const jiheng = async (args: readonly string[], env: Record<string, string> = {}): Promise<{ readonly code: number | null; readonly out: string; readonly err: string }> => {
    const { DATABASE_URL: _url, DATA_DIR: _dir, PORT: _port, NODE_OPTIONS: _options, ...given } = process.env;
    const child = spawn(process.execPath, [join(root, 'tools/jiheng.mjs'), ...args], { cwd: tmpdir(), env: { ...given, DATA_DIR: dir, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
    return { code: child.exitCode ?? await new Promise<number | null>((ended) => child.once('exit', ended)), out, err };
  };
  const recount = async (env: Record<string, string> = {}): Promise<string> => (await jiheng(['roll-up', 'recount'], env)).err;
  // Where the server has not been built the command stops at that, one step further on.
  const REACHES_FOR_IT = /连不上 DATABASE_URL 指的数据库（ECONNREFUSED）|请先运行 npm run build/u;

  it('finds it where DATA_DIR has moved everything, as `npm start` was told', async () => {
    expect(await recount()).toContain('请设置环境变量 DATABASE_URL');
    const one = await start(3000, 'jiheng');
    expect(await recount()).toMatch(REACHES_FOR_IT);
    await stop(one);
    expect(await recount()).toContain('请设置环境变量 DATABASE_URL');
  });

  it('works with the folder that the server uses, which is a part of the one it was found by, and wonders at nothing', async () => {
    await start(3000, 'jiheng');
    expect(await server.settingsForCommand({ DATA_DIR: dir, DATABASE_URL: '' })).toEqual({ settings: settingsOf('jiheng'), notice: null });
    expect(readdirSync(join(dir, 'running')).map((name) => statSync(join(dir, 'running', name)).mode & 0o777)).toEqual([0o600]);
  });

  it('keeps to a database that is named', async () => {
    await start(3000, 'jiheng');
    await start(3001, 'demonstration');
    expect(await server.settingsForCommand({ DATA_DIR: dir, DATABASE_URL: 'postgres://elsewhere/jiheng' })).toEqual({ settings: {}, notice: null });
  });

  it('still finds the one that runs when another one stops or is killed', async () => {
    const [first, second, third] = [await start(3000, 'demonstration'), await start(3001, 'jiheng'), await start(3002, 'jiheng')];
    await stop(second);
    await third.end('SIGKILL');
    expect(await server.settingsForCommand({ DATA_DIR: dir })).toEqual({ settings: settingsOf('demonstration'), notice: null });
    await first.end('SIGKILL');
    expect(await server.settingsForCommand({ DATA_DIR: dir })).toEqual({ settings: {}, notice: null });
    expect(readdirSync(join(dir, 'running'))).toEqual([]);
  });

  it('says which database it works with where several servers use it, in the language that was chosen', async () => {
    await Promise.all([start(3000, 'jiheng'), start(3001, 'jiheng')]);
    const said = await recount();
    expect(said).toMatch(/^使用数据库 jiheng，正在使用它的服务：http:\/\/127\.0\.0\.1:300\d（进程 \d+）、http:\/\/127\.0\.0\.1:300\d（进程 \d+）。\nWorking with the database jiheng, that of http:/u);
    expect(said).toMatch(REACHES_FOR_IT);
    expect((await jiheng(['--lang', 'en', 'roll-up', 'recount'])).err).not.toMatch(/\p{Script=Han}/u);
    expect((await jiheng(['roll-up', 'recount', '--lang=zh'])).err).not.toMatch(/Working with|cannot be reached/u);
  });

  it('does not guess between two databases: it names the servers and how to choose, without the password', async () => {
    const [first, second] = [await start(3000, 'demonstration'), await start(3001, 'jiheng')];
    const { code, out, err } = await jiheng(['years']);
    expect([code, out]).toEqual([2, '']);
    for (const one of [`http://127.0.0.1:3000（进程 ${first.pid}，数据库 demonstration）`, `http://127.0.0.1:3001（进程 ${second.pid}，数据库 jiheng）`, `http://127.0.0.1:3000 (process ${first.pid}, database demonstration)`, `http://127.0.0.1:3001 (process ${second.pid}, database jiheng)`, '请用 PORT 指明', 'Choose one of them with PORT', dir]) expect(err).toContain(one);
    expect(err).not.toContain('secret');
    expect((await jiheng(['--lang', 'en', 'years'])).err).toMatch(/^2 servers run in [^\p{Script=Han}]*$/u);
    expect((await jiheng(['--lang', 'zh', 'years'])).err).not.toMatch(/servers run/u);
  });

  it('works with the one that PORT names, and refuses a PORT that none of them has', async () => {
    await start(3000, 'demonstration');
    const second = await start(3001, 'jiheng');
    expect(await server.settingsForCommand({ DATA_DIR: dir, PORT: '3001' })).toEqual({ settings: settingsOf('jiheng'), notice: {
      zh: `使用数据库 jiheng，正在使用它的服务：http://127.0.0.1:3001（进程 ${second.pid}）。`, en: `Working with the database jiheng, that of http://127.0.0.1:3001 (process ${second.pid}).`,
    } });
    await expect(server.settingsForCommand({ DATA_DIR: dir, PORT: '3002' })).rejects.toThrow(/其中没有端口为 3002 的[\s\S]*none of them on port 3002/u);
  });

  it('keeps out of it where a command needs no database', async () => {
    await Promise.all([start(3000, 'demonstration'), start(3001, 'jiheng')]);
    expect(await jiheng(['score', join(root, 'docs/examples/pension-project.score.json'), '--json'])).toMatchObject({ code: 0, err: '' });
    expect(await jiheng(['years', '--help'])).toMatchObject({ code: 0, err: '' });
  });

  it('takes the one file of an earlier version away, which knew one server only', async () => {
    writeFileSync(join(dir, 'running.json'), '{}');
    await start(3000, 'jiheng');
    expect(readdirSync(dir)).toEqual(['running']);
  });

  it('means .data, and a DATA_DIR without a slash in front, from the checkout, wherever one stands', () => {
    expect([server.dataDirOf({}), server.dataDirOf({ DATA_DIR: '' }), server.dataDirOf({ DATA_DIR: 'elsewhere' }), server.dataDirOf({ DATA_DIR: dir })]).toEqual([join(root, '.data'), join(root, '.data'), join(root, 'elsewhere'), dir]);
  });
});
