import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CFB, utils, write } from '@e965/xlsx';
import { rawWorkbook, zipFile } from '@jiheng/documents/fixtures';
import { FOURTH_QUARTER, aSource, short } from '../testing/a-source';
import { SheetFolderConnector } from './sheet-folder.connector';

const MB = 1_048_576;
const HEAD = '<row r="1"><c r="A1" t="str"><v>指标</v></c><c r="B1" t="str"><v>数值</v></c></row><row r="2"><c r="A2" t="str"><v>参保</v></c><c r="B2"><v>264000</v></c></row>';
const STYLES = { name: 'xl/styles.xml', content: '<styleSheet><cellXfs count="1"><xf numFmtId="0"/></cellXfs></styleSheet>' };
const workbook = (xml: string): Uint8Array => rawWorkbook(xml, [STYLES]);
const sheet = (rows: string, behind = ''): string => `<worksheet><sheetData>${HEAD}${rows}</sheetData>${behind}</worksheet>`;

/** Files that are made to do harm to whoever reads them; every one is really made here. */
describe('sheets that are made to do harm', () => {
  let root: string;
  const source = aSource({ place: 'shared', keyField: '指标', valueField: '数值' });
  const read = async (files: Readonly<Record<string, Uint8Array | string>>): Promise<readonly string[]> => {
    for (const [name, content] of Object.entries(files)) await writeFile(join(root, 'shared', name), content);
    return short(await new SheetFolderConnector({ root, maxBytes: 10 * MB, maxRows: 50_000, maxFiles: 50, settleMs: 0 }).fetch(source, FOURTH_QUARTER));
  };

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'hostile-'));
    await mkdir(join(root, 'shared'));
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  it('24 MB of cells in some kB are refused and not read; 12 MB of them are still a sheet', async () => {
    const cells = (megabytes: number): Uint8Array => workbook(sheet(`<row r="3">${'<c><v>1</v></c>'.repeat((megabytes * MB) / 15)}</row>`));
    const bomb = cells(24);
    expect(bomb.length).toBeLessThan(120_000);
    expect(await read({ 'a.xlsx': bomb })).toEqual(['UNREADABLE_BODY', 'pull.sheet-swollen']);
    expect(await read({ 'a.xlsx': cells(12) })).toEqual(['参保=264000', '1=1']);
  });

  it('blanks packed a thousand times, and a part that unpacks to more than it declares, are refused', async () => {
    expect(await read({ 'a.xlsx': workbook(sheet('', ' '.repeat(18 * MB))) })).toEqual(['UNREADABLE_BODY', 'pull.sheet-swollen']);
    const lying = zipFile([{ name: '[Content_Types].xml', content: '<Types/>' }, { name: 'xl/worksheets/sheet1.xml', content: ' '.repeat(30 * MB), declared: 2_000 }]);
    expect(await read({ 'a.xlsx': lying })).toEqual(['UNREADABLE_BODY', 'pull.sheet-swollen']);
  });

  it('the files of one asking share the room: two of 9 MB are read, the third is refused', async () => {
    const nine = workbook(sheet('', ' '.repeat(9 * MB)));
    expect(await read({ '1.xlsx': nine, '2.xlsx': nine })).toHaveLength(2);
    expect(await read({ '3.xlsx': nine })).toEqual(['UNREADABLE_BODY', 'pull.sheet-swollen']);
  });

  it('a link over every cell of a sheet costs nothing', async () => {
    const link = '<hyperlinks><hyperlink ref="A1:XFD1048576" display="x"/></hyperlinks>';
    expect(await read({ 'a.xlsx': workbook(sheet('', link)) })).toEqual(['参保=264000']);
  });

  it('nor do five thousand of them in an old .xls', async () => {
    const page = utils.aoa_to_sheet([['指标', '数值'], ['参保', 264000]]);
    if (page['A2'] !== undefined) page['A2'].l = { Target: 'https://example.org/' };
    const book = utils.book_new();
    utils.book_append_sheet(book, page, '表');
    const containers = CFB as { read(body: Buffer, options: object): object; find(box: object, name: string): { content: Buffer; size: number }; write(box: object, options: object): Buffer };
    const box = containers.read(write(book, { type: 'buffer', bookType: 'biff8' }) as Buffer, { type: 'buffer' });
    const stream = containers.find(box, '/Workbook');
    stream.content = withLinksEverywhere(Buffer.from(stream.content), 5_000);
    stream.size = stream.content.length;
    expect(await read({ 'a.xlsx': containers.write(box, { type: 'buffer' }) })).toEqual(['参保=264000']);
  });

  it('a million and one numbers in an old .xls are refused before the library makes nine hundred megabytes of them', async () => {
    const book = utils.book_new();
    utils.book_append_sheet(book, utils.aoa_to_sheet([['指标', '数值'], ['参保', 264000]]), '表');
    const old = write(book, { type: 'buffer', bookType: 'biff8' }) as Buffer;
    expect(await read({ 'a.xlsx': withNumbers(old, 41_665) })).toEqual(['UNREADABLE_BODY', 'pull.answer-too-heavy']);
    expect(await read({ 'a.xlsx': withNumbers(old, 2) })).toEqual(['参保=264000', '2=3', '26=27']);
  });

  it('a long text that every cell of a sheet names is not made once for each row', async () => {
    const note = '长'.repeat(3_000);
    const book = utils.book_new();
    utils.book_append_sheet(book, utils.aoa_to_sheet([['指标', '数值', '说明'], ...Array.from({ length: 20_000 }, (_, at) => [`第${at}项`, at, note])]), '表');
    const body = write(book, { type: 'buffer', bookType: 'xlsx', bookSST: true, compression: true }) as Buffer;
    expect(body.length).toBeLessThan(MB);
    expect(await read({ 'a.xlsx': body })).toEqual(['UNREADABLE_BODY', 'pull.answer-too-heavy']);
  });

  it('a cell that claims to stand in the last row of all is read, and the rows between are not walked through', async () => {
    expect(await read({ 'a.xlsx': workbook(sheet('<row r="1048576"><c r="A1048576" t="str"><v>失业</v></c><c r="B1048576"><v>68300</v></c></row>')) })).toEqual(['参保=264000', '失业=68300']);
  });

  it('a hundred thousand and one filled rows are refused, and none is left out silently', async () => {
    const rows = (count: number): string => '<row><c t="str"><v>注</v></c></row>'.repeat(count);
    expect(await read({ 'a.xlsx': workbook(sheet(rows(99_998))) })).toEqual(['参保=264000']);
    expect(await read({ 'a.xlsx': workbook(sheet(`${rows(99_998)}<row><c t="str"><v>失业</v></c><c><v>68300</v></c></row>`)) })).toEqual(['UNREADABLE_BODY', 'pull.too-many-rows']);
    await rm(join(root, 'shared/a.xlsx'));
    expect(await read({ 'a.csv': `指标,数值\n参保,264000\n${'注,\n'.repeat(99_999)}` })).toEqual(['UNREADABLE_BODY', 'pull.too-many-rows']);
  });

  it('what is neither an .xlsx nor an .xls is not guessed at, whatever it is called', async () => {
    for (const text of ['<table><tr><td>指标</td><td>数值</td></tr><tr><td>参保</td><td>1</td></tr></table>', '指标\t数值\n参保\t1\n', 'PK\u0003\u0004']) {
      expect(await read({ 'a.xlsx': text })).toEqual(['UNREADABLE_BODY', 'pull.sheet-unreadable']);
    }
  });
});

/** An old workbook with so many more rows of 24 numbers, which count up. */
function withNumbers(workbook: Buffer, rows: number): Buffer {
  const containers = CFB as { read(body: Buffer, options: object): object; find(box: object, name: string): { content: Buffer; size: number }; write(box: object, options: object): Buffer };
  const box = containers.read(workbook, { type: 'buffer' });
  const stream = containers.find(box, '/Workbook');
  const records = Buffer.from(stream.content);
  let end = 0;
  for (let at = 0; at + 4 <= records.length; at += 4 + records.readUInt16LE(at + 2)) if (records.readUInt16LE(at) === 0x000a) end = at;
  const more = Array.from({ length: rows }, (_, row) => {
    const record = Buffer.alloc(4 + 4 + 24 * 6 + 2);
    for (const [place, value] of [[0, 0x00bd], [2, record.length - 4], [4, row + 2], [record.length - 2, 23]] as const) record.writeUInt16LE(value, place);
    for (let at = 0; at < 24; at += 1) { record.writeUInt16LE(15, 8 + at * 6); record.writeUInt32LE(((row * 24 + at + 2) * 4) + 2, 10 + at * 6); }
    return record;
  });
  stream.content = Buffer.concat([records.subarray(0, end), ...more, records.subarray(end)]);
  stream.size = stream.content.length;
  return containers.write(box, { type: 'buffer' });
}

/** The records of a workbook with the link of its last sheet many times over, each over all 16 million cells of a sheet. */
function withLinksEverywhere(records: Buffer, times: number): Buffer {
  for (let at = 0; at + 4 <= records.length; at += 4 + records.readUInt16LE(at + 2)) {
    if (records.readUInt16LE(at) !== 0x01b8) continue;
    const behind = at + 4 + records.readUInt16LE(at + 2);
    const link = Buffer.from(records.subarray(at, behind));
    for (const [place, value] of [[4, 0], [6, 0xffff], [8, 0], [10, 0xff]] as const) link.writeUInt16LE(value, place);
    return Buffer.concat([records.subarray(0, at), ...Array.from({ length: times }, () => link), records.subarray(behind)]);
  }
  throw new Error('the library wrote no link');
}
