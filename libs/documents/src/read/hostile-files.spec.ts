import { CFB } from '@e965/xlsx';
import { type Refusal, sayRefusal } from '@jiheng/domain';
import { gridOf } from '../fixtures/form-grid';
import { writePdf } from '../fixtures/pdf-file';
import { printGrid } from '../fixtures/pdf-table';
import { csvBytes, workbookBytes } from '../fixtures/sheet-files';
import { auditProject } from '../fixtures/six-forms';
import { rawWorkbook, sheetXml, zipFile } from '../fixtures/zip-file';
import { readDocument, type ReadFile, refuseSize } from './read-document';

// Files that are made to do harm, and files that merely came to harm on their way. Every one is really made here.

const MEGABYTE = 1_048_576;
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const form = gridOf(auditProject);
const word = (body: string): Uint8Array => zipFile([{ name: 'word/document.xml', content: `<w:document xmlns:w="w"><w:body>${body}</w:body></w:document>` }]);
const wordTable = (rows: readonly (readonly string[])[]): string =>
  `<w:tbl>${rows.map((row) => `<w:tr>${row.map((text) => `<w:tc><w:p><w:r><w:t>${text.replace(/</gu, '&lt;')}</w:t></w:r></w:p></w:tc>`).join('')}</w:tr>`).join('')}</w:tbl>`;

async function refused(bytes: Uint8Array, name: string): Promise<Refusal> {
  const read = await readDocument(bytes, name);
  if (read.ok) throw new Error(`${name} was taken`);
  for (const language of ['zh', 'en'] as const) {
    const sentence = sayRefusal(read.refusal, language);
    expect(sentence).toContain(name);
    expect(sentence).not.toMatch(/\{[a-zA-Z]+\}|undefined/u);
  }
  return read.refusal;
}

async function accepted(bytes: Uint8Array, name: string): Promise<ReadFile> {
  const read = await readDocument(bytes, name);
  if (!read.ok) throw new Error(sayRefusal(read.refusal));
  return read.value;
}

const codes = (read: ReadFile): string[] => read.findings.filter((one) => one.table === null).map((one) => one.code);
const rowNames = (read: ReadFile): string[] => read.tables.flatMap((table) => table.indicators.map((row) => row.name));
const expectedNames = auditProject.rows.map((row) => row.expected.name);

describe('archives that swell', () => {
  it('18 MB of blanks in 18 kB are refused before they are unpacked; 15 MB are still harmless', async () => {
    const sheet = (megabytes: number): Uint8Array => rawWorkbook(sheetXml(form.rows, ' '.repeat(megabytes * MEGABYTE)));
    expect((await refused(sheet(18), '膨胀.xlsx')).code).toBe('document.inflates-too-much');
    expect(rowNames(await accepted(sheet(15), '空白.xlsx'))).toEqual(expectedNames);
  });

  it('a part that unpacks to more than it declares is stopped while it unpacks', async () => {
    const lying = zipFile([{ name: 'word/document.xml', content: ' '.repeat(60 * MEGABYTE), declared: 2_000 }]);
    const before = process.memoryUsage().arrayBuffers;
    expect(await refused(lying, '谎报.docx')).toMatchObject({ code: 'document.lying-archive', params: { part: 'word/document.xml' } });
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(10 * MEGABYTE);
  });

  it('many parts of 15 MB are refused by their sum', async () => {
    const more = Array.from({ length: 14 }, (_, at) => ({ name: `xl/media/${at}.xml`, content: ' '.repeat(15 * MEGABYTE) }));
    expect(await refused(rawWorkbook(sheetXml(form.rows), more), '多件.xlsx')).toMatchObject({ code: 'document.inflates-too-much', params: { limit: '200' } });
  });
});

describe('XML that multiplies itself', () => {
  const bomb = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>';

  it('is refused in a sheet and in a text document for its declaration alone', async () => {
    expect((await refused(rawWorkbook(sheetXml(form.rows, bomb)), '实体.xlsx')).code).toBe('document.dangerous-xml');
    const entities = zipFile([{ name: 'word/document.xml', content: `${bomb}<w:document><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>` }]);
    expect((await refused(entities, '实体.docx')).code).toBe('document.dangerous-xml');
    const list = rawWorkbook(sheetXml(form.rows), [{ name: 'xl/sharedStrings.xml', content: `${bomb}<sst><si><t>&b;</t></si></sst>` }]);
    expect((await refused(list, '共享.xlsx')).code).toBe('document.dangerous-xml');
  });

  it('nested two thousand deep is refused', async () => {
    const deep = (open: string, close: string): string => open.repeat(2_000) + close.repeat(2_000);
    expect((await refused(word(deep('<w:tbl><w:tr><w:tc>', '</w:tc></w:tr></w:tbl>')), '深.docx')).code).toBe('document.too-deep');
    expect((await refused(utf8(`<html>${'<div>'.repeat(200_000)}`), '深.html')).code).toBe('document.too-deep');
    expect((await refused(utf8(`<html>${'<table><tr><td>'.repeat(600)}甲<td>乙`), '表中表.html')).code).toBe('document.too-deep');
  });
});

describe('files that carry programs and links', () => {
  it('macros are left where they are, and the reader is told', async () => {
    const read = await accepted(rawWorkbook(sheetXml(form.rows), [{ name: 'xl/vbaProject.bin', content: 'Attribute VB_Name' }]), '宏.xlsm');
    expect(rowNames(read)).toEqual(expectedNames);
    expect(codes(read)).toEqual(['R-macros']);
    const text = zipFile([
      { name: 'word/document.xml', content: `<w:document xmlns:w="w"><w:body>${wordTable(form.rows)}</w:body></w:document>` },
      { name: 'word/vbaProject.bin', content: 'Attribute VB_Name' },
    ]);
    expect(codes(await accepted(text, '宏.docm'))).toEqual(['R-macros']);
  });

  it('a formula that calls another program is its last value and nothing else', async () => {
    const formula = "<f>cmd|'/c calc.exe'!A0</f>";
    const xml = sheetXml(form.rows).replace(/<c r="G8"[^]*?<\/c>/u, `<c r="G8">${formula}<v>5</v></c>`);
    expect(xml).toContain(formula);
    const read = await accepted(rawWorkbook(xml, [{ name: 'xl/externalLinks/externalLink1.xml', content: '<externalLink><ddeLink ddeService="cmd" ddeTopic="/c calc.exe"/></externalLink>' }]), '外链.xlsx');
    expect(read.tables[0]?.indicators[0]?.weight).toBe('5');
    expect(JSON.stringify(read)).not.toContain('calc');
    expect(codes(read)).toEqual(['R-external']);
  });

  it('nothing of a page is run or fetched', async () => {
    const rows = form.rows.map((row) => `<tr>${row.map((cell) => `<td>${cell.replace(/</gu, '&lt;')}</td>`).join('')}</tr>`).join('');
    const page = `<html><head><base href="http://127.0.0.1:9/"><link rel=stylesheet href=x.css><script>globalThis.harmed = true</script></head><body onload="globalThis.harmed=true"><img src=x.png><iframe src=x.html></iframe><table>${rows}</table></body></html>`;
    const fetched = jest.spyOn(globalThis, 'fetch');
    expect(rowNames(await accepted(utf8(page), '页.html'))).toEqual(expectedNames);
    expect(fetched).not.toHaveBeenCalled();
    expect((globalThis as { harmed?: boolean }).harmed).toBeUndefined();
    fetched.mockRestore();
  });
});

describe('locked files', () => {
  it('a workbook and a text document with a password say so, not that they are broken', async () => {
    const container = CFB.utils.cfb_new();
    CFB.utils.cfb_add(container, '/EncryptionInfo', Buffer.alloc(64));
    CFB.utils.cfb_add(container, '/EncryptedPackage', Buffer.alloc(5_000, 7));
    const locked = new Uint8Array(CFB.write(container, { type: 'buffer' }) as Buffer);
    expect((await refused(locked, '加密.xlsx')).code).toBe('document.password');
    expect((await refused(locked, '加密.docx')).code).toBe('document.password');
  });

  it('a PDF with a password says so', async () => {
    const locked = writePdf(printGrid(form, { titleRows: 2 }), { password: '88482' });
    expect((await refused(locked, '加密.pdf')).code).toBe('document.password');
  });
});

describe('files that came to harm', () => {
  it('half a file is told to be half a file', async () => {
    const half = (bytes: Uint8Array): Uint8Array => bytes.slice(0, bytes.length >> 1);
    expect((await refused(half(workbookBytes({ 表: form })), '半.xlsx')).code).toBe('document.truncated');
    expect((await refused(half(word(wordTable(form.rows))), '半.docx')).code).toBe('document.truncated');
    expect((await refused(half(writePdf(printGrid(form))), '半.pdf')).code).toMatch(/^document\.(?:truncated|empty|broken-pdf)$/u);
    expect((await refused(workbookBytes({ 表: form }, 'xls').slice(0, 2_000), '半.xls')).code).toMatch(/^document\.(?:broken-workbook|empty|no-table-found)$/u);
  });

  it('bytes turned over inside an archive are found', async () => {
    const bytes = word(wordTable(form.rows)).slice();
    for (let at = 60; at < 400; at += 1) bytes[at] = (bytes[at] as number) ^ 0x5a;
    expect((await refused(bytes, '坏.docx')).code).toMatch(/^document\.(?:broken-part|lying-archive|broken-xml)$/u);
  });

  it.each([
    ['a text document under the name of a workbook', word(wordTable(form.rows)), '目标表.xlsx', '.docx'],
    ['a workbook under the name of a text document', workbookBytes({ 表: form }), '目标表.docx', '.xlsx'],
    ['a PDF under the name of a text document', writePdf(printGrid(form)), '目标表.docx', 'PDF'],
    ['a page under the name of a PDF', utf8('<html><body>x</body></html>'), '目标表.pdf', 'HTML / XML'],
    ['a page under the name of an old workbook', utf8('<html><table><tr><td>x</table></html>'), '导出.xls', 'HTML / XML'],
  ])('%s is told what it is', async (_, bytes, name, kind) => {
    expect(await refused(bytes, name)).toMatchObject({ code: 'document.kind-mismatch', params: { kind } });
  });

  it('a scan says which pages hold no text, and pages of text beside it are read', async () => {
    expect(await refused(writePdf([{ scan: true }, { scan: true }, {}, { scan: true }]), '扫描.pdf')).toMatchObject({ code: 'document.scan', params: { pages: '1-2, 4' } });
    const read = await accepted(writePdf([{ scan: true }, ...printGrid(form, { titleRows: 2 })]), '封面.pdf');
    expect(rowNames(read)).toEqual(expectedNames);
    expect(read.findings[0]).toMatchObject({ code: 'R-scanned-pages' });
  });
});

describe('files without end', () => {
  it('300 MB are refused by their size alone', () => {
    expect(refuseSize(300 * MEGABYTE, '大.pdf')).toMatchObject({ code: 'document.too-large', params: { size: '300', limit: '20' } });
    expect(refuseSize(20 * MEGABYTE, '大.pdf')).toBeNull();
  });

  it('of ten thousand columns two hundred are read, and the reader is told', async () => {
    const wide = form.rows.map((row, at) => (at === 9 ? [...row, ...Array.from({ length: 600 }, (_, column) => `列${column}`)] : row));
    const read = await accepted(rawWorkbook(sheetXml(wide)), '宽.xlsx');
    expect(read.tables[0]?.indicators).toHaveLength(14);
    expect(codes(read)).toEqual(['R-cut']);
    const csv = csvBytes([{ rows: form.rows.map((row) => [...row, ...Array.from({ length: 10_000 }, () => '')]), merges: [] }]);
    expect(rowNames(await accepted(csv, '宽.csv'))).toEqual(expectedNames);
  });

  it('a million empty rows cost a scan and no memory', async () => {
    const rows = Array.from({ length: 1_000_000 }, (_, at) => `<row r="${at + 100}" spans="1:9"/>`).join('');
    const read = await accepted(rawWorkbook(sheetXml(form.rows).replace('</sheetData>', `${rows}</sheetData>`)), '空行.xlsx');
    expect(rowNames(read)).toEqual(expectedNames);
    expect(read.parts[0]?.lines).toHaveLength(form.rows.length);
  });

  it('merges over everything, a thousand times, are looked at once', async () => {
    const merges = `<mergeCells>${'<mergeCell ref="K1:XFD1048576"/>'.repeat(20_000)}</mergeCells>`;
    const read = await accepted(rawWorkbook(sheetXml(form.rows).replace('</worksheet>', `${merges}</worksheet>`)), '合并.xlsx');
    expect(rowNames(read)).toEqual(expectedNames);
  });

  it('spans of a page do not multiply cells', async () => {
    const page = `<html><table>${'<tr><td rowspan=65534 colspan=1000>甲</td></tr>'.repeat(3_000)}</table>`;
    expect((await refused(utf8(page), '跨.html')).code).toBe('document.no-table-found');
  });
});

describe('signs nobody sees', () => {
  it('are taken out of every value, and the reader is told where', async () => {
    const rows = form.rows.map((row, at) => (at === 7 ? row.map((cell, column) => (column === 3 ? '\u202e≥\u200b 5\u202c 次\ufeff' : cell)) : row));
    const read = await accepted(rawWorkbook(sheetXml(rows)), '隐.xlsx');
    expect(read.tables[0]?.indicators[0]?.target).toMatchObject({ comparator: 'GE', magnitude: '5', unit: '次' });
    expect(JSON.stringify(read.parts)).not.toMatch(/[\u200b\u202c\u202e\ufeff]/u);
    expect(read.findings[0]).toMatchObject({ code: 'R-unseen', severity: 'WARN' });
    expect(read.findings[0]?.message).toContain('目标表!8');
  });
});
