import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { sayRefusal } from '@jiheng/domain';
import { gridOf } from '../fixtures/form-grid';
import { auditProject } from '../fixtures/six-forms';
import { convertOldFile } from './convert-old-file';
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

describe('old files', () => {
  let folder: string;
  const before = process.env['SOFFICE'];
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
