import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gridOf, lineRentalProject, rawWorkbook, sheetXml } from '@jiheng/documents/fixtures';
import { aWorld, type World } from '../../test/world';

const ROOT = resolve(__dirname, '../../../..');
const TABLES = 1_000;
/** What a workbook of a thousand tables may take beyond one of a single table: the reading thread's nursery, the tables as they are written, and leeway. */
const MOST_HELD_BEYOND_MB = 350;

describe('a workbook of a thousand target tables brought by the command line', () => {
  let folder: string;
  let world: World;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'jiheng-many-'));
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'junction');
    const sources = ['cli', 'store-documents', 'read-document.thread'].map((name) => `apps/api/src/${name}.ts`);
    const build = `import(${JSON.stringify(pathToFileURL(join(ROOT, 'tools/build-api.mjs')).href)}).then((made) => made.bundle(${JSON.stringify(sources)}, ${JSON.stringify(folder)}))`;
    execFileSync(process.execPath, ['--input-type=module', '-e', build], { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] });
    writeFileSync(join(folder, 'tell-peak.cjs'), 'process.on("exit", () => process.stderr.write(`\\nHELD ${process.resourceUsage().maxRSS >> 10}\\n`));');
    const sheet = (count: number): Uint8Array => rawWorkbook(sheetXml(Array.from({ length: count }, (_, at) => gridOf({ ...lineRentalProject, year: 2031, project: `第${String(at + 1)}号项目` }).rows).flat()));
    writeFileSync(join(folder, '一张.xlsx'), sheet(1));
    writeFileSync(join(folder, '一千张.xlsx'), sheet(TABLES));
    world = await aWorld({ opened: [] });
  }, 240_000);
  afterAll(async () => {
    await world.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** The command in a process of its own, and the most memory that process held, in megabytes. */
  function jiheng(...args: string[]): { code: number | null; said: string; heldMb: number } {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--require', join(folder, 'tell-peak.cjs'), join(folder, 'cli.mjs'), ...args], {
      encoding: 'utf8', cwd: folder, env: { ...process.env, NODE_OPTIONS: '', DATABASE_URL: world.database.url, DATA_DIR: join(folder, 'data'), JIHENG_TODAY: '2025-01-09' },
    });
    return { code: status, said: stdout + stderr, heldMb: Math.max(...[...stderr.matchAll(/HELD (\d+)/gu)].map(([, held]) => Number(held))) };
  }

  it('is written into the database, staged with its source, in bounded memory', async () => {
    const one = jiheng('import', '一张.xlsx', '--by', 'kz.reporter');
    expect([one.code, one.said]).toEqual([0, expect.stringContaining('1 张表')]);
    const many = jiheng('import', '一千张.xlsx', '--by', 'kz.reporter');
    expect([many.code, many.said]).toEqual([0, expect.stringContaining(`${String(TABLES)} 张表，${String(TABLES * lineRentalProject.rows.length)} 项指标`)]);
    expect(many.heldMb - one.heldMb).toBeLessThan(MOST_HELD_BEYOND_MB);
    expect(await world.dataSource.query(`select state, file_name from document_import order by created_at`)).toEqual([{ state: 'STAGED', file_name: '一张.xlsx' }, { state: 'STAGED', file_name: '一千张.xlsx' }]);
  }, 240_000);
});
