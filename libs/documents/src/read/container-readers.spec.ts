import { Document, Packer, Paragraph, Table, TableCell, TableRow } from 'docx';
import mammoth from 'mammoth';
import { type FormGrid, gridOf } from '../fixtures/form-grid';
import type { PrintedForm } from '../fixtures/printed-form';
import { workbookBytes } from '../fixtures/sheet-files';
import { auditProject, countyUnit, pensionProject, sixForms } from '../fixtures/six-forms';
import { printGrid } from '../fixtures/pdf-table';
import { type PdfFrame, type PdfPage, type PdfText, writePdf } from '../fixtures/pdf-file';
import { rawWorkbook, zipFile } from '../fixtures/zip-file';
import type { SourceLine, SourcePart } from '../recognise/source-line';
import { Archive } from './archive';
import { readDocxParts } from './docx.reader';
import { readHtmlParts } from './html.reader';
import { quickFormat } from './number-format';
import { readPdfParts } from './pdf.reader';
import { readDocument } from './read-document';
import { readByLibrary, readWorkbookRows } from './workbook.reader';

function wordTable(grid: FormGrid): Table {
  const spans = new Map(grid.merges.map(({ s, e }) => [`${s.r}/${s.c}`, { columns: e.c - s.c + 1, rows: e.r - s.r + 1 }]));
  const covered = new Set(
    grid.merges.flatMap(({ s, e }) => {
      const cells: string[] = [];
      for (let r = s.r; r <= e.r; r += 1) for (let c = s.c; c <= e.c; c += 1) if (r !== s.r || c !== s.c) cells.push(`${r}/${c}`);
      return cells;
    }),
  );
  return new Table({
    rows: grid.rows.map(
      (row, r) =>
        new TableRow({
          children: row.flatMap((text, c) => {
            if (covered.has(`${r}/${c}`)) return [];
            const span = spans.get(`${r}/${c}`);
            return [
              new TableCell({
                children: text.split('\n').map((one) => new Paragraph(one)),
                ...(span === undefined ? {} : { columnSpan: span.columns, rowSpan: span.rows }),
              }),
            ];
          }),
        }),
    ),
  });
}

async function wordFile(forms: readonly PrintedForm[]): Promise<Uint8Array> {
  const children = forms.flatMap((form) => [new Paragraph('某单位 2024 年部门预算公开'), wordTable(gridOf(form)), new Paragraph('')]);
  return new Uint8Array(await Packer.toBuffer(new Document({ sections: [{ children }] })));
}

const htmlOf = (grid: FormGrid): string => {
  const spans = new Map(grid.merges.map(({ s, e }) => [`${s.r}/${s.c}`, ` colspan=${e.c - s.c + 1} rowspan="${e.r - s.r + 1}"`]));
  const covered = new Set(grid.merges.flatMap(({ s, e }) => range(s.r, e.r).flatMap((r) => range(s.c, e.c).map((c) => `${r}/${c}`))));
  const rows = grid.rows.map((row, r) =>
    row
      .map((text, c) => (spans.has(`${r}/${c}`) || !covered.has(`${r}/${c}`) ? `<td${spans.get(`${r}/${c}`) ?? ''}>${text.replace(/</gu, '&lt;').replace(/\n/gu, '<br>')}</td>` : ''))
      .join(''),
  );
  return `<table border=1>${rows.map((row) => `<tr>${row}</tr>`).join('')}</table>`;
};

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, at) => from + at);
}

/** Rows by their texts only, blank cells at the end and blank rows left out. */
function texts(parts: readonly SourcePart[]): string[] {
  return parts.flatMap((part) => part.lines.map((line) => line.cells.join('|').replace(/\|+$/u, ''))).filter((line) => line !== '');
}

async function names(bytes: Uint8Array, name: string): Promise<string[][]> {
  const read = await readDocument(bytes, name);
  if (!read.ok) throw new Error(JSON.stringify(read.refusal));
  return read.value.tables.map((table) => table.indicators.map((row) => row.name));
}

const expectedNames = sixForms.map((form) => form.rows.map((row) => row.expected.name));
const spanAt = (line: SourceLine | undefined, cell: number): unknown => line?.spans?.[cell] ?? null;

describe('a Word document', () => {
  it('gives the six tables with all 50 rows', async () => {
    expect(await names(await wordFile(sixForms), '公开.docx')).toEqual(expectedNames);
  });

  it('keeps merged cells, and every row has a cell for every column', async () => {
    const { parts } = readDocxParts(new Archive(await wordFile([auditProject])));
    const lines = parts[0]?.lines ?? [];
    const first = lines.find((line) => line.cells[0] === '产出指标');
    expect(parts[0]?.broken).toBe(false);
    expect(spanAt(first, 0)).toEqual({ columns: 1, rows: 8 });
    expect(lines.find((line) => line.cells[2] === '内部审计培训次数(次)')?.cells.slice(0, 4)).toEqual(['', '', '内部审计培训次数(次)', '≥3次']);
  });

  it('reads the same cells as mammoth does', async () => {
    const bytes = await wordFile([auditProject, countyUnit]);
    const { value } = await mammoth.convertToHtml({ buffer: Buffer.from(bytes) });
    expect(texts(readDocxParts(new Archive(bytes)).parts)).toEqual(texts(await readHtmlParts(value)));
  });

  it('leaves out what a tracked change deleted and keeps what it inserted; fields show their last value', () => {
    const run = (text: string): string => `<w:r><w:t xml:space="preserve">${text}</w:t></w:r>`;
    const field = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>DDEAUTO excel "C:\\\\x" r1c1</w:instrText></w:r>';
    const xml = `<w:document xmlns:w="w"><w:body><w:p><w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:ins>${run('2024 年')}</w:ins>${run('&#8805;95%')}<w:r><w:tab/></w:r>${field}${run('79')}</w:p></w:body></w:document>`;
    const { parts, findings } = readDocxParts(new Archive(zipFile([{ name: 'word/document.xml', content: xml }])));
    expect(parts[0]?.lines[0]?.cells).toEqual(['2024 年≥95%', '79']);
    expect(findings.map((one) => one.code)).toEqual(['R-external']);
  });
});

describe('a page', () => {
  it('gives the six tables with all 50 rows', async () => {
    const page = `<!DOCTYPE html><html><head><meta charset="utf-8"><title>x</title></head><body>${sixForms.map((form) => htmlOf(gridOf(form))).join('<p>附表</p>')}</body></html>`;
    expect(await names(new TextEncoder().encode(page), '公开.html')).toEqual(expectedNames);
  });

  it('a table inside the one cell of a layout table is read as a table', async () => {
    const page = `<table><tr><td>${htmlOf(gridOf(pensionProject))}</td></tr></table>`;
    expect(await names(new TextEncoder().encode(page), '布局.htm')).toEqual([pensionProject.rows.map((row) => row.expected.name)]);
  });

  it('runs no script, fetches no picture, and shows only what is seen', async () => {
    const page =
      '<p>甲<script>document.write("乙")</script><img src="http://127.0.0.1:1/x.png" onerror="x()"><span style="display:none">丙</span></p><table><tr><td rowspan=2>A<td>B<tr><td>C<tr><td colspan=0>D</table>';
    const [part] = await readHtmlParts(page);
    expect(part?.lines.map((line) => line.cells)).toEqual([['甲'], ['A', 'B'], ['', 'C'], ['D']]);
  });

  it('GB2312 by its own word', async () => {
    const gb = Buffer.concat([Buffer.from('<meta charset=gb2312><p>'), Buffer.from([0xcf, 0xee, 0xc4, 0xbf]), Buffer.from('</p>')]);
    expect((await readDocument(gb, '页.html')).ok).toBe(false);
  });
});

describe('a workbook', () => {
  it('is scanned as the sheet library reads it', async () => {
    const bytes = workbookBytes(Object.fromEntries(sixForms.map((form, at) => [`表${at + 1}`, gridOf(form)])));
    const scanned = await readWorkbookRows(bytes, new Archive(bytes));
    expect(scanned).toEqual(await readByLibrary(bytes));
    expect(spanAt(scanned.parts[1]?.lines.find((line) => line.cells[0] === '产出指标'), 0)).toEqual({ columns: 1, rows: 8 });
  });
});

describe('numbers in a sheet', () => {
  const formats = ['General', '0', '0.00', '#,##0', '#,##0.00', '0%', '0.00%', '0.0', '0.0%', '0.000', '#,##0.0', '@', '0.00_ ', '0.00_);\\(0.00\\)', 'yyyy"年"m"月"', '"≥"0"次"', '# ?/?'];
  const numbers = ['0', '5', '-5', '95', '9.6', '0.58', '0.57999999999999996', '95.230000000000004', '1234567.125', '0.005', '12345678901', '123456789012', '0.1', '1E-2', '45000', '0.995', '2.5', '1234567890.12345'];

  it('are shown as the sheet library shows them, by every format the forms use', async () => {
    const escape = (code: string): string => code.replace(/&/gu, '&amp;').replace(/"/gu, '&quot;');
    const styles = `<styleSheet><numFmts>${formats.map((code, at) => `<numFmt numFmtId="${170 + at}" formatCode="${escape(code)}"/>`).join('')}</numFmts><fonts><font/></fonts><fills><fill/></fills><borders><border/></borders><cellStyleXfs><xf/></cellStyleXfs><cellXfs>${formats.map((_, at) => `<xf numFmtId="${170 + at}"/>`).join('')}</cellXfs></styleSheet>`;
    const rows = numbers.map((number, r) => `<row r="${r + 1}">${formats.map((_, c) => `<c r="${String.fromCharCode(65 + c)}${r + 1}" s="${c}"><v>${number}</v></c>`).join('')}</row>`);
    const bytes = rawWorkbook(`<worksheet><sheetData>${rows.join('')}</sheetData></worksheet>`, [{ name: 'xl/styles.xml', content: styles }]);
    const scanned = await readWorkbookRows(bytes, new Archive(bytes));
    const library = await readByLibrary(bytes);
    const table = (parts: readonly SourcePart[]): string[] => parts[0]?.lines.flatMap((line, r) => line.cells.map((cell, c) => `${numbers[r] ?? ''} as ${formats[c] ?? ''}: ${cell}`)) ?? [];
    expect(table(scanned.parts)).toEqual(table(library.parts));
  });
});

describe('halves in a sheet', () => {
  it.each([
    [2, '1.005', '1.01'],
    [4, '99999.995', '100,000.00'],
    [4, '-0.005', '-0.01'],
    [9, '0.995', '100%'],
    [3, '-0.4', '0'],
  ])('format %i shows %s as %s, as Excel does and binary rounding does not', (format, raw, shown) => {
    expect(quickFormat(format, undefined)?.(raw)).toBe(shown);
  });
});

describe('a PDF with rules', () => {
  it.each(['stroke', 'thin'] as const)('(%s) gives the six tables with all 50 rows', async (rules) => {
    const pages = sixForms.flatMap((form) => printGrid(gridOf(form), { rules, titleRows: 2, firstPageNumber: 7 }));
    expect(await names(writePdf(pages), '公开.pdf')).toEqual(expectedNames);
  }, 60_000);

  it('a table goes on over pages; each cell says where it is drawn', async () => {
    const pages = printGrid(gridOf(auditProject), { titleRows: 2, repeatedRow: 6, page: { width: 842, height: 300 } });
    expect(pages.length).toBeGreaterThan(1);
    expect(await names(writePdf(pages), '长.pdf')).toEqual([auditProject.rows.map((row) => row.expected.name)]);
    const { parts } = await readPdfParts(writePdf(pages));
    const row = parts[0]?.lines.find((line) => line.cells.includes('审计报告出具及时性'));
    expect(row?.boxes?.[2]).toMatchObject({ page: 2 });
    expect(parts[0]?.pages).toEqual(pages.map(() => ({ width: 842, height: 300 })));
    expect(parts[0]?.broken).toBe(false);
  });

  it('a row that the page cut in two is one row again, and a row that begins a page stays a row', async () => {
    const widths = [60, 60, 40];
    const page = (rows: readonly (readonly string[])[]): PdfPage => {
      const frames: PdfFrame[] = [];
      const runs: PdfText[] = [];
      rows.forEach((row, r) =>
        row.forEach((text, c) => {
          const x = 40 + widths.slice(0, c).reduce((sum, width) => sum + width, 0);
          frames.push({ x, y: 40 + r * 30, width: widths[c] as number, height: 30 });
          text.split('/').forEach((line, at) => line !== '' && runs.push({ text: line, x: x + 2, y: 52 + r * 30 + at * 12 }));
        }),
      );
      return { width: 300, height: 200, frames, texts: runs };
    };
    const cut = [page([['一级指标', '三级指标', '分值'], ['产出指标/', '审计建议采/纳率及整改', '5']]), page([['', '及时率', ''], ['', '培训次数', '5']])];
    const whole = [page([['一级指标', '三级指标', '分值'], ['产出指标', '采纳率', '5']]), page([['', '培训次数', '5']])];
    const rowsOf = async (pages: readonly PdfPage[]): Promise<unknown> => (await readPdfParts(writePdf(pages))).parts[0]?.lines.map((line) => line.cells);
    // The head row printed again stands between the two halves.
    const head = ['一级指标', '三级指标', '分值'];
    const torn = [page([head, ['产出指标', '审计建议采/纳率及整改', '5']]), page([head, ['', '及时率', '']])];
    expect(await rowsOf(torn)).toEqual([head, ['产出指标', '审计建议采纳率及整改及时率', '5'], head]);
    expect(await rowsOf(cut)).toEqual([['一级指标', '三级指标', '分值'], ['产出指标', '审计建议采纳率及整改及时率', '5'], ['', '培训次数', '5']]);
    expect(await rowsOf(whole)).toEqual([['一级指标', '三级指标', '分值'], ['产出指标', '采纳率', '5'], ['', '培训次数', '5']]);
  });

  it('without rules the columns are the gaps between the texts', async () => {
    const { rows } = gridOf(auditProject);
    // Levels printed again in every row, as programs do that draw no rules.
    const repeated = rows.map((row, at) => (at < 7 ? row : [auditProject.rows[at - 7]?.level1 ?? '', auditProject.rows[at - 7]?.level2 ?? '', ...row.slice(2)]));
    const pages = printGrid({ rows: repeated, merges: [] }, { rules: 'none', titleRows: 2 });
    expect(await names(writePdf(pages), '无线.pdf')).toEqual([auditProject.rows.map((row) => row.expected.name)]);
    const read = await readPdfParts(writePdf(pages));
    // Everything stands where the reading puts it: no other reading need compete.
    expect([read.parts[0]?.broken, read.asText]).toEqual([false, null]);
  });
});
