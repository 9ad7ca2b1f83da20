import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readInThread } from './document-reader';

const ROOT = resolve(__dirname, '../../../..');
const TABLE = Buffer.from([
  '项目支出绩效目标表', '（2024年）', '项目名称,线路租赁费', '年度预算总额,9.60,其中：财政拨款,9.60,其他资金,0.00', '一级指标,二级指标,三级指标,指标值,分值权重', '产出指标,数量指标,租用专线网络数量(条),=4条,90',
].join('\n'));

describe('documents read apart from everybody else', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'jiheng-thread-'));
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'junction');
    const build = `import(${JSON.stringify(pathToFileURL(join(ROOT, 'tools/build-api.mjs')).href)}).then((made) => made.bundle(['apps/api/src/read-document.thread.ts'], ${JSON.stringify(folder)}))`;
    execFileSync(process.execPath, ['--input-type=module', '-e', build], { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] });
    writeFileSync(join(folder, 'never-ends.mjs'), 'for (;;);');
    writeFileSync(join(folder, 'eats.mjs'), 'const eaten = []; for (;;) eaten.push(Array.from({ length: 100_000 }, () => ({})));');
    writeFileSync(join(folder, 'says-nothing.mjs'), '');
    writeFileSync(join(folder, 'breaks.mjs'), 'throw new Error("broken reader");');
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const read = (program: string, patienceSeconds = 20): ReturnType<typeof readInThread> => readInThread(join(folder, program), { name: '目标表.csv', bytes: TABLE }, patienceSeconds);

  it('a table comes back from the thread as it is read here', async () => {
    const answer = await read('read-document.thread.mjs');
    expect(answer).toMatchObject({ ok: true, value: { tables: [{ project: '线路租赁费', indicators: [{ name: '租用专线网络数量', target: { magnitude: '4', unit: '条' } }] }] } });
  });

  it('a reading that never ends is given up with a sentence', async () => {
    expect(await read('never-ends.mjs', 0.3)).toMatchObject({ ok: false, refusal: { code: 'import.too-slow' } });
  });

  it('a reading that eats all its memory is given up with a sentence, and the server lives', async () => {
    // Long patience: on a crowded machine memory fills slowly, and this is about memory.
    expect(await read('eats.mjs', 100)).toMatchObject({ ok: false, refusal: { code: 'import.too-heavy' } });
  });

  it('a reader that breaks or says nothing is a fault and not a refusal', async () => {
    await expect(read('breaks.mjs')).rejects.toThrow('broken reader');
    await expect(read('says-nothing.mjs')).rejects.toThrow('said nothing');
  });
});
