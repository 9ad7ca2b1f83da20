import { gridOf } from '../fixtures/form-grid';
import { writeOfd } from '../fixtures/ofd-file';
import { writePdf } from '../fixtures/pdf-file';
import { printGrid } from '../fixtures/pdf-table';
import { auditProject, lineRentalProject } from '../fixtures/six-forms';
import { zipFile } from '../fixtures/zip-file';
import { readDocument } from './read-document';

/** Milliseconds a test may take on a machine that others use too. */
const PATIENCE = 60_000;
const XML = '<?xml version="1.0" encoding="UTF-8"?>';
const root = { name: 'OFD.xml', content: `${XML}<ofd:OFD><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>` };
const document = { name: 'Doc_0/Document.xml', content: `${XML}<ofd:Document><ofd:Pages><ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/></ofd:Pages></ofd:Document>` };
const page = (content: string): { name: string; content: string } => ({ name: 'Doc_0/Pages/Page_0/Content.xml', content });

async function codeOf(bytes: Uint8Array, name = '目标.ofd'): Promise<string> {
  const read = await readDocument(bytes, name);
  return read.ok ? 'read' : read.refusal.code;
}

describe('a table in an .ofd file', () => {
  it.each([['with rules', 'stroke'], ['without rules', 'none']] as const)('%s comes back row by row, with its pages and places', async (_, rules) => {
    const pages = [auditProject, lineRentalProject].flatMap((form) => printGrid(gridOf(form), { rules, titleRows: 2 }));
    const read = await readDocument(writeOfd(pages), '目标.ofd');
    if (!read.ok) throw new Error(JSON.stringify(read.refusal));
    expect(read.value.tables.map(({ project, indicators }) => [project, indicators.map(({ name, weight }) => [name, weight])])).toEqual(
      [auditProject, lineRentalProject].map(({ project, rows }) => [project, rows.map(({ expected, weight }) => [expected.name, weight])]),
    );
    const [part] = read.value.parts;
    expect(part?.pages?.length).toBe(pages.length);
    expect(part?.lines.every(({ boxes }) => boxes?.every((box) => box === null || (box.x >= 0 && box.x < 842)) === true)).toBe(true);
  }, PATIENCE);

  it('is read the same as from a PDF of the same pages', async () => {
    const pages = printGrid(gridOf(auditProject), { rules: 'stroke', titleRows: 2 });
    const cells = async (bytes: Uint8Array, name: string): Promise<unknown> => {
      const read = await readDocument(bytes, name);
      return read.ok ? read.value.parts[0]?.lines.map((line) => line.cells) : read.refusal;
    };
    expect(await cells(writeOfd(pages), '目标.ofd')).toEqual(await cells(writePdf(pages), '目标.pdf'));
  }, PATIENCE);
});

describe('an .ofd file that is not as it should be', () => {
  it('without its parts, cut short, or of another kind is refused with the cause', async () => {
    expect(await codeOf(zipFile([root]))).toBe('document.broken-part');
    expect(await codeOf(zipFile([root, document]))).toBe('document.broken-part');
    expect(await codeOf(writeOfd(printGrid(gridOf(auditProject))).subarray(0, 900))).toBe('document.truncated');
    expect(await codeOf(writePdf([{}]))).toBe('document.kind-mismatch');
    expect(await codeOf(writeOfd([{}]), '目标.docx')).toBe('document.kind-mismatch');
  }, PATIENCE);

  it('that holds nothing but pictures says which pages are scanned; a blank one says so', async () => {
    const read = await readDocument(writeOfd([{ scan: true }, { scan: true }]), '目标.ofd');
    expect(read.ok ? null : [read.refusal.code, read.refusal.params['pages']]).toEqual(['document.scan', '1-2']);
    expect(await codeOf(writeOfd([{}]))).toBe('document.empty');
  }, PATIENCE);

  it('with entities, endless nesting or endless steps is refused or read in bounded time', async () => {
    const bomb = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "&c;&c;">]><ofd:Page/>';
    expect(await codeOf(zipFile([root, document, page(bomb)]))).toBe('document.dangerous-xml');
    expect(await codeOf(zipFile([root, document, page(`${XML}${'<a>'.repeat(3000)}`)]))).toBe('document.too-deep');
    const text = '<ofd:TextObject Boundary="10 10 50 4" Size="3"><ofd:TextCode X="0" Y="3" DeltaX="g 999999999999 1">项目</ofd:TextCode></ofd:TextObject>';
    const path = '<ofd:PathObject Boundary="0 0 x NaN"><ofd:AbbreviatedData>M 0 0 L 1e999 0 Z L</ofd:AbbreviatedData></ofd:PathObject>';
    const started = Date.now();
    expect(await codeOf(zipFile([root, document, page(`${XML}<ofd:Page>${text.repeat(50)}${path}</ofd:Page>`)]))).toBe('document.no-table-found');
    expect(Date.now() - started).toBeLessThan(20_000);
  }, PATIENCE);

  it('whose parts point outside itself finds nothing there', async () => {
    const away = { name: 'Doc_0/Document.xml', content: `${XML}<ofd:Document><ofd:Pages><ofd:Page ID="1" BaseLoc="../../../../etc/passwd"/></ofd:Pages></ofd:Document>` };
    expect(await codeOf(zipFile([root, away]))).toBe('document.broken-part');
  }, PATIENCE);
});
