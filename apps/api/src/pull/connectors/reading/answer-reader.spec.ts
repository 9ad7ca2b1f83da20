import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rawWorkbook } from '@jiheng/documents/fixtures';
import { sayRefusal } from '@jiheng/domain';
import { Egress } from '../../egress/egress';
import type { Fetched } from '../../source-connector';
import { HttpJsonConnector, type HttpLimits } from '../http-json/http-json.connector';
import { OAuth2Tokens } from '../http-json/oauth2-token';
import { SheetFolderConnector } from '../sheet-folder/sheet-folder.connector';
import { FOURTH_QUARTER, aSource, short } from '../testing/a-source';
import { type BuiltThread, builtThread } from '../testing/built-thread';
import { longestSilence } from '../testing/longest-silence';
import { AnswerReader, READING_BOUNDS } from './answer-reader';

const MB = 1_048_576;
const LIMITS: HttpLimits = { requestMs: 50_000, timeoutMs: 100_000, maxBytes: 10 * MB, maxRows: 50_000, maxPages: 10 };
/** A machine that does ten other things is no reason to refuse an answer here. */
const PATIENT = { ...READING_BOUNDS, askingMs: 300_000 };
const COLUMNS = { keyField: '指标', valueField: '数值' };
/** Too large to be read on the spot. */
const LARGE_CSV = `指标,数值\n参保,264000\n${'注,\n'.repeat(30_000)}`;

describe('what sources answer is read apart from everything else', () => {
  let thread: BuiltThread;
  /** Answers what it was last given to say, whatever it is asked. */
  let upstream: Server;
  let said = '';
  let root: string;
  const readers: AnswerReader[] = [];
  const readerWith = (bounds = PATIENT, program = thread.program): AnswerReader => { const reader = new AnswerReader(bounds, program); readers.push(reader); return reader; };
  const place = (): string => `http://127.0.0.1:${(upstream.address() as AddressInfo).port}/`;
  const askJson = (body: string, reader: AnswerReader, parts: Parameters<typeof aSource>[0] = {}): Promise<Fetched> => {
    said = body;
    return new HttpJsonConnector(new Egress(['127.0.0.1:*']), LIMITS, new OAuth2Tokens(), reader).fetch(aSource({ place: place(), ...parts }), FOURTH_QUARTER);
  };
  const askSheet = async (name: string, body: string | Uint8Array, reader: AnswerReader): Promise<Fetched> => {
    await rm(join(root, 'shared'), { recursive: true, force: true });
    await mkdir(join(root, 'shared'));
    await writeFile(join(root, 'shared', name), body);
    return new SheetFolderConnector({ root, maxBytes: 10 * MB, maxRows: 50_000, maxFiles: 50, settleMs: 0 }, reader).fetch(aSource({ place: 'shared', ...COLUMNS }), FOURTH_QUARTER);
  };

  beforeAll(async () => {
    thread = builtThread();
    upstream = createServer((_request, response) => { response.writeHead(200, { 'content-type': 'application/json' }).end(said); });
    await new Promise<void>((ready) => upstream.listen(0, '127.0.0.1', ready));
    root = await mkdtemp(join(tmpdir(), 'answers-'));
  });
  afterEach(async () => { await Promise.all(readers.splice(0).map((reader) => reader.close())); });
  afterAll(async () => {
    thread.remove();
    await new Promise((done) => { upstream.close(done); upstream.closeAllConnections(); });
    await rm(root, { recursive: true, force: true });
  });

  describe('while it is read, others have their turn', () => {
    const HOSTILE: readonly [string, (reader: AnswerReader) => Promise<Fetched>, RegExp][] = [
      ['10 MB of short numbers', (reader) => askJson(`{"rows":[],"data":[${'1.0,'.repeat(2.5 * MB - 20)}1]}`, reader), /^NOT_THERE /u],
      ['a filter that compares 40,000 numbers with all others', (reader) => askJson(`{"rows":[],"data":[${'1,'.repeat(40_000)}1]}`, reader, { wanted: ['$.data[?count($..*) > 0]'] }), /pull.path-too-wide$/u],
      ['10 MB of commas', (reader) => askSheet('a.csv', ','.repeat(10 * MB), reader), /^UNREADABLE_BODY /u],
      ['12 MB of cells in some kB', (reader) => askSheet('a.xlsx', workbook(`<row>${'<c><v>1</v></c>'.repeat(800_000)}</row>`), reader), /^1=1$|^UNREADABLE_BODY /u],
    ];
    it.each(HOSTILE)('%s', async (_what, ask, told) => {
      const reader = readerWith();
      let fetched: Fetched | undefined;
      expect(await longestSilence(async () => { fetched = await ask(reader); })).toBeLessThan(0.5);
      expect(fetched === undefined ? '' : short(fetched).join(' ')).toMatch(told);
    });
  });

  it('rows come out of the thread as they are read here: each digit, each text, what is missing', async () => {
    const numbers = `{"rows":[${Array.from({ length: 8_000 }, (_, at) => `{"key":"k${at}","value":${at}.10,"名":"参保"}`).join(',')}],"one":{"a":26.10,"b":12345678901234567890.25}}`;
    const sheet = workbook('<row><c t="str"><v>覆盖率</v></c><c><v>95.60</v></c></row>');
    const both = async (ask: (reader: AnswerReader) => Promise<Fetched>): Promise<Fetched> => {
      const [here, there] = [await ask(new AnswerReader(PATIENT, null)), await ask(readerWith())];
      expect(there).toEqual(here);
      return there;
    };
    const json = await both((reader) => askJson(numbers, reader, { wanted: ['$.one.*'] }));
    expect(json.ok && [json.rows.length, json.rows[7], json.rows[8_001]]).toEqual([
      8_002, { key: 'k7', verbatim: '7.10', row: '{"key":"k7","value":7.10,"名":"参保"}' }, { key: '$.one.*', verbatim: '12345678901234567890.25', row: '{"a":26.10,"b":12345678901234567890.25}' },
    ]);
    expect(short(await both((reader) => askSheet('a.csv', LARGE_CSV, reader)))).toEqual(['参保=264000']);
    expect(short(await both((reader) => askSheet('a.xlsx', sheet, reader)))).toEqual(['覆盖率=95.6']);
    expect(short(await both((reader) => askJson(`{"rows":${' '.repeat(70_000)}`, reader)))).toEqual(['UNREADABLE_BODY', 'pull.unreadable-body']);
  });

  it('a small answer is read on the spot; one that is large, may unpack, or is looked through everywhere is not', async () => {
    const reader = readerWith(PATIENT, thread.write('breaks.mjs', 'throw new Error("the thread was asked");'));
    const rows = '{"rows":[{"key":"a","value":1.0}],"total":26.10}';
    expect(short(await askJson(rows, reader, { wanted: ['$.total'] }))).toEqual(['a=1.0', '$.total=26.10']);
    expect(short(await askSheet('a.csv', '指标,数值\n参保,1\n', reader))).toEqual(['参保=1']);
    const apart = [
      () => askJson(`${rows}${' '.repeat(70_000)}`, reader), () => askJson(rows, reader, { wanted: ['$..total'] }), () => askJson(rows, reader, { wanted: ["$.rows[?search(@.key, '(a+)+b')].value"] }),
      () => askJson(rows, reader, { wanted: ['$[*,*]'] }), () => askJson(rows, reader, { settings: { paging: { kind: 'NEXT_LINK', path: '$..next' } } }),
      () => askSheet('a.csv', LARGE_CSV, reader), () => askSheet('a.xlsx', workbook(''), reader),
    ];
    for (const ask of apart) expect(await ask().then(short, (fault: Error) => fault.message)).toBe('the thread was asked');
  });

  describe('an answer that takes too much', () => {
    const told = (fetched: Fetched): unknown => (fetched.ok ? null : { kind: fetched.failure.kind, zh: sayRefusal(fetched.failure.refusal, 'zh'), en: sayRefusal(fetched.failure.refusal, 'en'), kept: fetched.failure.body?.length });

    it('of time is given up with a sentence, and what came is kept; the next one is read', async () => {
      const reader = readerWith({ ...READING_BOUNDS, askingMs: 4_000 }, thread.write('slow.mjs', answering('if (order.name?.startsWith("shared/慢") !== false) for (;;);')));
      expect(told(await askJson(`{"rows":[]}${' '.repeat(2 * MB)}`, reader))).toEqual({
        kind: 'UNREADABLE_BODY', kept: 2 * MB + 11,
        zh: '取数来源“社保业务系统”返回的内容（第 1 页，2.1 MB）没有读完：一次取数的内容最多读 4 秒，已停止，没有采用数据，原文已留存。请让来源只提供所需的行和列（如按期间、单位筛选），或改写取数路径。',
        en: 'What “社保业务系统” answered (page 1, 2.1 MB) was not read to its end: what one pull brings is read for 4 s at most. Nothing was taken; the original is kept. Have the source deliver only the rows and columns that are needed, for example by period and unit, or write another path.',
      });
      expect(told(await askSheet('慢.csv', LARGE_CSV, reader))).toMatchObject({ kind: 'UNREADABLE_BODY', zh: expect.stringContaining('（文件“shared/慢.csv”，147 kB）没有读完') as unknown, kept: Buffer.byteLength(LARGE_CSV) });
      expect(short(await askSheet('快.csv', LARGE_CSV, reader))).toEqual(['k=1']);
    });

    it('of memory is given up with a sentence, and the process lives', async () => {
      const reader = readerWith({ ...PATIENT, memoryMb: 64 }, thread.write('eats.mjs', answering('if (order.name === "shared/重.csv") { const eaten = []; for (;;) eaten.push(Array.from({ length: 1_000 }, () => ({}))); }')));
      expect(told(await askSheet('重.csv', LARGE_CSV, reader))).toMatchObject({
        kind: 'UNREADABLE_BODY', kept: Buffer.byteLength(LARGE_CSV),
        zh: '取数来源“社保业务系统”返回的内容（文件“shared/重.csv”，147 kB）展开后太大，读取所需的内存超过 64 MB，已停止，没有采用数据，原文已留存。请让来源只提供所需的行和列（如按期间、单位筛选），或分成几页、几个文件提供。',
        en: expect.stringContaining('(the file “shared/重.csv”, 147 kB) is too large once unfolded: reading it takes more than 64 MB of memory') as unknown,
      });
      expect(short(await askSheet('轻.csv', LARGE_CSV, reader))).toEqual(['k=1']);
    });

    it('is known before it is parsed, for V8 would end the process and not the thread: ten megabytes of empty objects', async () => {
      const reader = readerWith();
      const fetched = await askJson(`[${'{},'.repeat(3_400_000)}{}]`, reader);
      expect(fetched.ok ? null : [fetched.failure.kind, fetched.failure.refusal.code, fetched.failure.refusal.params['limit'], fetched.failure.body?.length]).toEqual(['UNREADABLE_BODY', 'pull.answer-too-heavy', '600', 10_200_004]);
      expect(short(await askJson(`{"rows":[{"key":"a","value":1}]}${' '.repeat(70_000)}`, reader))).toEqual(['a=1']);
    });

    it('says why it gives nothing in a few words, however long its header is', async () => {
      const reader = readerWith();
      for (const text of ['12,'.repeat(MB), 'x'.repeat(3 * MB)]) {
        const found = await reader.begin().read('SHEET', { body: Buffer.from(`${text}\n1,2\n`), name: 'a.csv', ...COLUMNS, room: MB });
        expect([found.ok, JSON.stringify(found).length < 200_000]).toEqual([false, true]);
      }
    });

    it('shares its room with the other files of its asking', async () => {
      const asking = readerWith(PATIENT, thread.write('many.mjs', answering('rows = ["k".repeat(15_000_000)];'))).begin();
      const order = { body: Buffer.from(LARGE_CSV), name: 'a.csv', ...COLUMNS, room: MB };
      expect([(await asking.read('SHEET', order)).ok, (await asking.read('SHEET', order)).ok]).toEqual([true, true]);
      expect(await asking.read('SHEET', order)).toEqual({ ok: false, why: 'TOO_HEAVY', limit: 80 });
    });

    it('shares its time with the other files of its asking', async () => {
      const reader = readerWith({ ...READING_BOUNDS, askingMs: 6_000 }, thread.write('works.mjs', answering('const used = () => { const { user, system } = process.threadCpuUsage(); return (user + system) / 1000; }, begun = used(); while (used() - begun < 4_000);')));
      const asking = reader.begin();
      const order = { body: Buffer.from(LARGE_CSV), name: 'a.csv', ...COLUMNS, room: MB };
      expect((await asking.read('SHEET', order)).ok).toBe(true);
      expect(await asking.read('SHEET', order)).toEqual({ ok: false, why: 'TOO_SLOW', limit: 6 });
      expect((await reader.begin().read('SHEET', order)).ok).toBe(true);
    });
  });

  it('how long reading takes is not taken for the silence of the source: pages that take longer than it may', async () => {
    const reader = readerWith(PATIENT, thread.write('pages.mjs', answering('pages = (globalThis.pages ?? 0) + 1; await new Promise((rest) => setTimeout(rest, 700)); page = { nodes: pages > 4 ? 0 : 1, isEmpty: false, digest: String(pages), link: null, searchedMs: 0 };')));
    said = '{"rows":[{"key":"a","value":1}]}';
    const connector = new HttpJsonConnector(new Egress(['127.0.0.1:*']), { ...LIMITS, requestMs: 2_500, timeoutMs: 2_500 }, new OAuth2Tokens(), reader);
    const source = aSource({ place: place(), rowsPath: '$..rows[*]', settings: { paging: { kind: 'PAGE', pageParam: 'page', size: 100 } } });
    expect(short(await connector.fetch(source, FOURTH_QUARTER))).toHaveLength(5);
  });

  it('the environment of the server, with its keys, does not go along', async () => {
    const reader = readerWith(PATIENT, thread.write('environment.mjs', answering('rows = [`${Object.keys(process.env).length} of ${Object.keys(order).sort()}`];')));
    const found = await reader.begin().read('SHEET', { body: Buffer.from(LARGE_CSV), name: 'a.csv', ...COLUMNS, room: MB });
    expect(found.ok && found.rows[0]?.key).toBe('0 of body,keyField,name,room,valueField');
  });

  it('one thread reads one answer after the other, waits a while for the next, and one that is gone is replaced', async () => {
    const who = thread.write('says-who.mjs', answering('if (order.name === "坏.csv") throw new Error("broken reader"); if (order.name === "去.csv") setTimeout(() => process.exit(), 50); rows = [String(threadId)];', 'import { threadId } from "node:worker_threads";'));
    const reader = readerWith({ ...PATIENT, restMs: 400 }, who);
    const read = async (name = 'a.csv'): Promise<string | undefined> => { const found = await reader.begin().read('SHEET', { body: Buffer.from(LARGE_CSV), name, ...COLUMNS, room: MB }); return found.ok ? found.rows[0]?.key : undefined; };
    const first = await read();
    expect(await Promise.all([read(), read(), read()])).toEqual([first, first, first]);
    await expect(read('坏.csv')).rejects.toThrow('broken reader');
    const second = await read('去.csv');
    expect(second).not.toBe(first);
    let third = second;
    while (third === second) { await new Promise((rest) => setTimeout(rest, 20)); third = await read().catch(() => second); }
    expect(third).not.toBe(first);
    await new Promise((rest) => setTimeout(rest, 1_000));
    expect([first, second, third]).not.toContain(await read());
  });
});

const workbook = (rows: string): Uint8Array => rawWorkbook(
  `<worksheet><sheetData><row><c t="str"><v>指标</v></c><c t="str"><v>数值</v></c></row>${rows}</sheetData></worksheet>`, [{ name: 'xl/styles.xml', content: '<styleSheet><cellXfs count="1"><xf numFmtId="0"/></cellXfs></styleSheet>' }],
);

/** The text of a program that stands in the place of the reading thread: does `deed` with each order, then answers one row. */
function answering(deed: string, head = ''): string {
  return `import { parentPort } from 'node:worker_threads';
${head}
parentPort.on('message', async ({ order }) => {
  let rows = ['k'], page = {};
  ${deed.replace('pages = ', 'const pages = globalThis.pages = ')}
  parentPort.postMessage({ ok: true, unpacked: 0, ...page, rows: { texts: [...rows, '1'], places: new Uint32Array([0, 1, 0xffffffff, 0xffffffff]) } });
});`;
}
