import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gridOf } from '../fixtures/form-grid';
import { pageText } from '../fixtures/page-text';
import { writePdf } from '../fixtures/pdf-file';
import { printGrid } from '../fixtures/pdf-table';
import { scannedText } from '../fixtures/scanned-text';
import { csvBytes, workbookBytes } from '../fixtures/sheet-files';
import { auditProject } from '../fixtures/six-forms';
import { readDocument } from './read-document';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const FILES: readonly (readonly [string, Uint8Array])[] = [
  ['ruled.pdf', writePdf(printGrid(gridOf(auditProject), { titleRows: 2, rules: 'stroke' }))],
  ['表.xlsx', workbookBytes({ 表: gridOf(auditProject) })],
  ['表.csv', csvBytes([gridOf(auditProject)])],
  ['scan.txt', utf8(scannedText(auditProject, { innerBlanks: true }))],
  ['page.txt', utf8(pageText(auditProject))],
];

describe('a file read from the disk, as the command line and the worker get it', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'jiheng-files-'));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(FILES)('%s: Node hands out a Buffer; it is read like any bytes and left as it was', async (name, bytes) => {
    writeFileSync(join(folder, name), bytes);
    const buffer = readFileSync(join(folder, name));
    const read = await readDocument(buffer, name);
    if (!read.ok) throw new Error(JSON.stringify(read.refusal));
    expect(read.value.tables.map((table) => table.indicators.length)).toEqual([14]);
    expect(Buffer.compare(buffer, Buffer.from(bytes))).toBe(0);
  });
});
