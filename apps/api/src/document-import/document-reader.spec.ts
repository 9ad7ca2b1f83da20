import { execFileSync } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { rawWorkbook, sheetXml, zipFile } from '@jiheng/documents/fixtures';
import type { ReadFile } from '@jiheng/documents';
import type { Result } from '@jiheng/domain';
import { type FileToRead, ReadingThread } from './read-in-thread';
import { ReadingThreads } from './reading-threads';

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
    writeFileSync(join(folder, 'says-who.mjs'), 'import { parentPort, threadId } from "node:worker_threads"; parentPort.on("message", ({ name }) => { if (name === "坏.csv") throw new Error("broken"); parentPort.postMessage(threadId); });');
    writeFileSync(join(folder, 'breaks.mjs'), 'throw new Error("broken reader");');
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** In a thread of its own, which ends with the file. */
  const readAlone = async (program: string, file: FileToRead, patienceSeconds: number): Promise<Result<ReadFile>> => {
    const thread = new ReadingThread(join(folder, program));
    try {
      return await thread.read(file, patienceSeconds);
    } finally {
      await thread.close();
    }
  };
  const read = (program: string, patienceSeconds = 20): Promise<Result<ReadFile>> => readAlone(program, { name: '目标表.csv', bytes: TABLE }, patienceSeconds);

  it('a table comes back from the thread as it is read here', async () => {
    const answer = await read('read-document.thread.mjs');
    expect(answer).toMatchObject({ ok: true, value: { tables: [{ project: '线路租赁费', indicators: [{ name: '租用专线网络数量', target: { magnitude: '4', unit: '条' } }] }] } });
  });

  /** Longer to read than to ask a thread how much it has worked. */
  const LONG = Buffer.concat(Array.from({ length: 2_000 }, () => Buffer.concat([TABLE, Buffer.from('\n\n')])));

  it('one thread reads file after file, refuses the bad ones and goes on; one that was ended is replaced', async () => {
    const thread = new ReadingThread(join(folder, 'read-document.thread.mjs'));
    const codes: string[] = [];
    for (const [name, bytes, patience] of [['甲.csv', TABLE, 20], ['空.xlsx', Buffer.from('PK'), 20], ['慢.csv', LONG, 0], ['乙.csv', TABLE, 20]] as const) {
      const answer = await thread.read({ name, bytes }, patience, { fiscalYear: 2024 });
      codes.push(answer.ok ? `${answer.value.tables.length} table` : answer.refusal.code);
    }
    await thread.close();
    expect([codes[0], codes[1]?.startsWith('document.'), codes[2], codes[3]]).toEqual(['1 table', true, 'import.too-slow', '1 table']);
  });

  it('the thread of one upload waits a while for the next, two uploads at once have two, and one that broke is not asked again', async () => {
    const threads = new ReadingThreads(join(folder, 'says-who.mjs'), 200);
    const who = async (name = '甲.csv'): Promise<unknown> => threads.read({ name, bytes: TABLE }, 20);
    const first = await who();
    expect(await who()).toBe(first);
    const both = await Promise.all([who(), who()]);
    expect(both[0]).toBe(first);
    expect(both[1]).not.toBe(first);
    await expect(who('坏.csv')).rejects.toThrow('broken');
    const anew = await who();
    expect(both).not.toContain(anew);
    await new Promise((rest) => setTimeout(rest, 600));
    expect(await who()).not.toBe(anew);
    await threads.close();
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

  it('while a bomb, an endless sheet and a page without a floor are refused, requests are answered', async () => {
    const hostile: [string, Uint8Array, string][] = [
      ['谎报.docx', zipFile([{ name: 'word/document.xml', content: ' '.repeat(60_000_000), declared: 2_000 }]), 'document.lying-archive'],
      ['行.xlsx', rawWorkbook(sheetXml([['甲']]).replace('</sheetData>', `${'<row r="7" spans="1:9"/>'.repeat(500_000)}</sheetData>`)), 'document.no-table-found'],
      ['深.html', Buffer.from(`<html>${'<div>'.repeat(1_000_000)}`), 'document.too-deep'],
    ];
    const server = createServer((_, answer) => answer.end('ok')).listen(0, '127.0.0.1');
    await new Promise((listening) => server.once('listening', listening));
    const address = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`;
    const waits: number[] = [];
    let goesOn = true;
    const asking = (async () => {
      while (goesOn) {
        const begin = performance.now();
        expect(await (await fetch(address)).text()).toBe('ok');
        waits.push(performance.now() - begin);
        await new Promise((rest) => setTimeout(rest, 20));
      }
    })();
    const answers = await Promise.all(hostile.map(([name, bytes]) => readAlone('read-document.thread.mjs', { name, bytes: Buffer.from(bytes) }, 60)));
    goesOn = false;
    await asking;
    await new Promise((closed) => server.close(closed));
    expect(answers.map((answer) => (answer.ok ? 'taken' : answer.refusal.code))).toEqual(hostile.map(([, , code]) => code));
    expect(waits.length).toBeGreaterThan(5);
    expect([...waits].sort((a, b) => a - b)[waits.length >> 1]).toBeLessThan(1_000);
  });
});
