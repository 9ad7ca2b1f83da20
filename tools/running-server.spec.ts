import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

interface RunningServer {
  dataDirOf(env: Record<string, string>): string;
  tellCommands(dataDir: string, settings: Record<string, string>): void;
  untellCommands(dataDir: string): void;
  settingsForCommand(env: Record<string, string>): Record<string, string>;
}

const root = resolve(__dirname, '..');

describe('a command beside a running server', () => {
  let dir: string;
  let server: RunningServer;
  // Nobody listens there: the command goes as far as the database that it was told of.
  const settings = { DATABASE_URL: 'postgres://jiheng_app:secret@127.0.0.1:1/jiheng', DATA_DIR: 'to be filled in' };
  beforeEach(async () => {
    server = (await import('./running-server.mjs')) as RunningServer;
    dir = mkdtempSync(join(tmpdir(), 'jiheng-running-'));
    settings.DATA_DIR = join(dir, 'real');
  });
  afterEach(() => { rmSync(dir, { recursive: true, force: true }); });

  const recount = (env: Record<string, string>): string => {
    const { DATABASE_URL: _url, DATA_DIR: _dir, NODE_OPTIONS: _options, ...given } = process.env;
    return spawnSync(process.execPath, [join(root, 'tools/jiheng.mjs'), 'roll-up', 'recount'], { encoding: 'utf8', cwd: tmpdir(), env: { ...given, ...env } }).stderr;
  };

  it('finds it where DATA_DIR has moved everything, as `npm start` was told', () => {
    expect(recount({ DATA_DIR: dir })).toContain('请设置环境变量 DATABASE_URL');
    server.tellCommands(dir, settings);
    // Where the server has not been built the command stops at that, one step further on.
    expect(recount({ DATA_DIR: dir })).toMatch(/连不上 DATABASE_URL 指的数据库（ECONNREFUSED）|请先运行 npm run build/u);
    server.untellCommands(dir);
    expect(recount({ DATA_DIR: dir })).toContain('请设置环境变量 DATABASE_URL');
  });

  it('works with the folder that the server uses, which is a part of the one it was found by', () => {
    server.tellCommands(dir, settings);
    expect(server.settingsForCommand({ DATA_DIR: dir, DATABASE_URL: '' })).toEqual(settings);
    expect(statSync(join(dir, 'running.json')).mode & 0o777).toBe(0o600);
  });

  it('keeps to a database that is named', () => {
    server.tellCommands(dir, settings);
    expect(server.settingsForCommand({ DATA_DIR: dir, DATABASE_URL: 'postgres://elsewhere/jiheng' })).toEqual({});
  });

  it('means .data, and a DATA_DIR without a slash in front, from the checkout, wherever one stands', () => {
    expect([server.dataDirOf({}), server.dataDirOf({ DATA_DIR: '' }), server.dataDirOf({ DATA_DIR: 'elsewhere' }), server.dataDirOf({ DATA_DIR: dir })]).toEqual([join(root, '.data'), join(root, '.data'), join(root, 'elsewhere'), dir]);
  });
});
