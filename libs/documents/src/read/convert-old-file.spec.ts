import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { sayRefusal } from '@jiheng/domain';
import { gridOf } from '../fixtures/form-grid';
import { workbookBytes } from '../fixtures/sheet-files';
import { auditProject } from '../fixtures/six-forms';
import { zipFile } from '../fixtures/zip-file';
import { convertOldFile } from './convert-old-file';
import { secondsToRead, sniff } from './file-kind';
import { readDocument } from './read-document';

/** A table in Rich Text Format, as an old word processor saves it. */
function richText(rows: readonly (readonly string[])[]): Uint8Array {
  const coded = (text: string): string => Array.from({ length: text.length }, (_, at) => `\\u${String((text.charCodeAt(at) << 16) >> 16)}?`).join('');
  const row = (cells: readonly string[]): string =>
    `\\trowd${cells.map((_, at) => `\\cellx${String((at + 1) * 1200)}`).join('')}${cells.map((cell) => `\\pard\\intbl ${coded(cell)}\\cell`).join('')}\\row\n`;
  return new TextEncoder().encode(`{\\rtf1\\ansi\\uc1 ${rows.map(row).join('')}\\pard 1\\par}`);
}

const isThere = [...(process.env['PATH'] ?? '').split(delimiter), '/opt/libreoffice/program'].some((folder) => existsSync(join(folder, 'soffice')));
const rtf = richText(gridOf(auditProject).rows);

/** The same table as a new file of a text processor. */
const docx = zipFile([
  {
    name: 'word/document.xml',
    content: `<w:document xmlns:w="w"><w:body><w:tbl>${gridOf(auditProject)
      .rows.map((row) => `<w:tr>${row.map((text) => `<w:tc><w:p><w:r><w:t>${text.replace(/</gu, '&lt;')}</w:t></w:r></w:p></w:tc>`).join('')}</w:tr>`)
      .join('')}</w:tbl></w:body></w:document>`,
  },
]);
const names = auditProject.rows.map((row) => row.expected.name);

/** What is read of a file: the names of its indicators, and the first finding. */
async function rowsOf(bytes: Uint8Array, name: string): Promise<{ readonly rows: readonly string[]; readonly first: string | undefined }> {
  const read = await readDocument(bytes, name);
  if (!read.ok) throw new Error(sayRefusal(read.refusal));
  return { rows: read.value.tables[0]?.indicators.map((row) => row.name) ?? [], first: read.value.findings[0]?.code };
}

describe('old files', () => {
  let folder: string;
  const before = process.env['SOFFICE'];

  /** Has LibreOffice save a file under the names WPS uses: it writes into them what WPS writes, the binary kinds of 1997. */
  function savedAs(kind: 'wps' | 'et', source: string, bytes: Uint8Array): Uint8Array {
    const path = join(folder, source);
    writeFileSync(path, bytes);
    spawnSync('soffice', [`-env:UserInstallation=${pathToFileURL(join(folder, 'profile')).href}`, '--headless', '--norestore', '--convert-to', kind, '--outdir', folder, path], { timeout: 90_000, stdio: 'ignore' });
    return new Uint8Array(readFileSync(join(folder, `${source.replace(/\.[^.]+$/u, '')}.${kind}`)));
  }
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'jiheng-old-'));
  });
  afterEach(() => {
    if (before === undefined) delete process.env['SOFFICE'];
    else process.env['SOFFICE'] = before;
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  (isThere ? it : it.skip)(
    'are converted and read where LibreOffice is on the machine, and the reader is told',
    async () => {
      const read = await readDocument(rtf, '旧格式.rtf');
      if (!read.ok) throw new Error(sayRefusal(read.refusal));
      expect(read.value.tables[0]?.indicators.map((row) => row.name)).toEqual(auditProject.rows.map((row) => row.expected.name));
      expect(read.value.findings[0]).toMatchObject({ code: 'R-converted' });
    },
    120_000,
  );

  (isThere ? it : it.skip)(
    'that WPS saved are told by their content: a .wps is converted, also where somebody named it .docx, and an .et is read as the workbook it is',
    async () => {
      const wps = savedAs('wps', '目标.rtf', rtf);
      expect(sniff(wps)).toBe('doc');
      expect(await rowsOf(wps, '目标.wps')).toEqual({ rows: names, first: 'R-converted' });
      expect(await rowsOf(wps, '目标.docx')).toEqual({ rows: names, first: 'R-converted' });
      expect(secondsToRead('目标.docx', wps)).toBe(secondsToRead('目标.wps', wps));
      const et = savedAs('et', '目标.xlsx', workbookBytes({ 表: gridOf(auditProject) }));
      expect(sniff(et)).toBe('xls');
      expect((await rowsOf(et, '目标.et')).rows).toEqual(names);
    },
    300_000,
  );

  it('in name only need no converter: a .docx that WPS saved as .wps, a .docx named .doc, an .xls and an .xlsx named .et', async () => {
    process.env['SOFFICE'] = '';
    const form = { 表: gridOf(auditProject) };
    for (const [bytes, name] of [[docx, '目标.wps'], [docx, '目标.doc'], [workbookBytes(form, 'xls'), '目标.et'], [workbookBytes(form), '目标.et']] as const) {
      const read = await rowsOf(bytes, name);
      expect(read.rows).toEqual(names);
      expect(read.first).not.toBe('R-converted');
    }
    expect(secondsToRead('目标.docx', docx)).toBeLessThan(secondsToRead('目标.wps', docx));
  });

  it('are still told what they are where a workbook is named like a text', async () => {
    process.env['SOFFICE'] = '';
    expect(await readDocument(workbookBytes({ 表: gridOf(auditProject) }), '目标.wps')).toMatchObject({ ok: false, refusal: { code: 'document.kind-mismatch', params: { extension: '.wps', kind: '.xlsx' } } });
  });

  it('are refused with how to save them where it is not', async () => {
    process.env['SOFFICE'] = '';
    const read = await readDocument(rtf, '旧格式.rtf');
    expect(read).toMatchObject({ ok: false, refusal: { code: 'document.no-converter', params: { kind: '.rtf', as: '.docx' } } });
    if (!read.ok) for (const language of ['zh', 'en'] as const) expect(sayRefusal(read.refusal, language)).toContain('.docx');
  });

  (process.platform === 'win32' ? it.skip : it)('a converter that hangs is ended together with what it has started', async () => {
    const program = join(folder, 'hangs');
    const note = join(folder, 'child.pid');
    writeFileSync(program, `#!/bin/sh\nsleep 300 &\necho $! > ${note}\nwait\n`);
    chmodSync(program, 0o755);
    process.env['SOFFICE'] = program;
    await expect(convertOldFile(rtf, 'rtf', 'docx', 1)).rejects.toMatchObject({ code: 'document.not-converted', params: { seconds: '1' } });
    const child = readFileSync(note, 'utf8').trim();
    const alive = spawnSync('ps', ['-o', 'stat=', '-p', child], { encoding: 'utf8' }).stdout.trim();
    expect(alive).toMatch(/^(?:Z.*)?$/u);
  });
});
