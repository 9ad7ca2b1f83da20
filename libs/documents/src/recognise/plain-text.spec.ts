import fc from 'fast-check';
import { zipFile } from '../fixtures/zip-file';
import { Archive } from '../read/archive';
import { readWorkbookRows } from '../read/workbook.reader';
import { stripUnseen } from '../read/strip-unseen';
import { contactsOf } from '../budget-tables/contacts-of';
import { arePlain, isPlainText } from './plain-text';
import type { SourcePart } from './source-line';

const SHARED = ['产出指标', '联系电话：0551-62812345', '数量\u200b指标'];

/** A workbook whose styles are general, two decimals with commas, five decimals, and a date, which only the library shows. */
function workbook(sheets: readonly string[], shared: readonly string[]): Uint8Array {
  const numbers = [...sheets.keys()].map((at) => at + 1);
  const files: Readonly<Record<string, string>> = {
    'xl/workbook.xml': `<workbook xmlns:r="r"><sheets>${numbers.map((at) => `<sheet name="表${String(at)}" sheetId="${String(at)}" r:id="rId${String(at)}"/>`).join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships>${numbers.map((at) => `<Relationship Id="rId${String(at)}" Target="worksheets/sheet${String(at)}.xml"/>`).join('')}</Relationships>`,
    'xl/styles.xml': '<styleSheet><numFmts><numFmt numFmtId="180" formatCode="0.00000"/><numFmt numFmtId="181" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="4"/><xf numFmtId="180"/><xf numFmtId="181"/></cellXfs></styleSheet>',
    'xl/sharedStrings.xml': `<sst>${shared.map((text) => `<si><t>${text}</t></si>`).join('')}</sst>`,
    ...Object.fromEntries(sheets.map((rows, at) => [`xl/worksheets/sheet${String(at + 1)}.xml`, `<worksheet><sheetData>${rows}</sheetData></worksheet>`])),
  };
  return zipFile(Object.entries(files).map(([name, content]) => ({ name, content })));
}

const word = fc.constantFrom('培训人次', '13856123456', '电话 13856123456', '60\u202e59', '≥', 'a&#x200b;b', '2025', '12345', '01234', '第1号');
const digits = fc.constantFrom('8', '12.5', '199.99', '2024', '12345', '48068150', '13856123456', '0.5');
const cell = (at: string): fc.Arbitrary<string> =>
  fc.oneof(
    word.map((text) => `<c r="${at}" t="inlineStr"><is><t>${text}</t></is></c>`),
    word.map((text) => `<c r="${at}" t="inlineStr"><is><r><t>甲</t></r><r><t>${text}</t></r></is></c>`),
    word.map((text) => `<c r="${at}" t="str"><f>A1</f><v>${text}</v></c>`),
    fc.nat(2).map((index) => `<c r="${at}" t="s"><v>${String(index)}</v></c>`),
    fc.tuple(fc.nat(3), digits).map(([style, raw]) => `<c r="${at}" s="${String(style)}"><v>${raw}</v></c>`),
    digits.map((raw) => `<c r="${at}"><f>${raw}</f><v>1</v></c>`),
    fc.constant(''),
  );
const row = fc.tuple(cell('A1'), cell('B1'), cell('C1')).map((cells) => `<row r="1">${cells.join('')}</row>`);

const read = async (bytes: Uint8Array): Promise<readonly SourcePart[]> => (await readWorkbookRows(bytes, new Archive(bytes))).parts;
const apart = (parts: readonly SourcePart[]): SourcePart[] => parts.map((part) => ({ ...part, lines: [...part.lines] }));

describe('what is said of the cells of a sheet while it is scanned', () => {
  it('holds of every one of them, and telephones and unseen signs are found as if nothing had been said', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 2, maxLength: 5 }), fc.boolean(), async (rows, hasOddWords) => {
        const parts = await read(workbook(rows, hasOddWords ? SHARED : ['产出指标', '数量指标', '%']));
        for (const { lines } of parts) if (arePlain(lines)) for (const { cells } of lines) expect(cells.filter((text) => !isPlainText(text))).toEqual([]);
        // Copies are lines of which nothing is known.
        expect(contactsOf(parts, () => null)).toEqual(contactsOf(apart(parts), () => null));
        expect(stripUnseen(parts)).toEqual(stripUnseen(apart(parts)));
      }),
      { numRuns: 150 },
    );
  });

  it('is said of sheets of ordinary words and amounts, and of the sheets before a telephone number', async () => {
    const plain = '<row r="1"><c r="A1" t="inlineStr"><is><t>培训人次</t></is></c><c r="B1" s="1"><v>48068150</v></c><c r="C1"><v>2024</v></c></row>';
    const long = '<row r="1"><c r="A1"><v>48068150</v></c></row>';
    const phone = '<row r="1"><c r="A1" t="inlineStr"><is><t>13856123456</t></is></c></row>';
    expect((await read(workbook([plain, long, plain, phone, phone], []))).map(({ lines }) => arePlain(lines))).toEqual([true, false, true, false, false]);
  });
});
