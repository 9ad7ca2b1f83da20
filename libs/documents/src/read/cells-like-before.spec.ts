import fc from 'fast-check';
import { FormerCells } from './cells-like-before';
import { wordOf } from './archive';
import { quickFormat } from './number-format';
import { decodeText, scanSheet, type SheetContext, ShownNumbers } from './sheet-scan';

let asked = 0;
const contextOf = (former: FormerCells | null, shown = new ShownNumbers(3)): SheetContext => ({
  shown,
  sharedTexts: ['产出指标', '', '数量指标'],
  showNumber: (style, raw) => (style === 9 ? null : (quickFormat(style === 2 ? 4 : 0, undefined)?.(raw) ?? raw)),
  textOf: (stretch) => {
    asked += 1;
    return decodeText(wordOf(stretch)).trim();
  },
  decode: wordOf,
  meet: () => undefined,
  former,
});

const word = fc.constantFrom('产出指标', '培训人次', '≥', '%', '', ' ', 'a&amp;b', '总分', '项目 1', '按照完成比例赋分');
const digits = fc.oneof(fc.nat(99_999).map((n) => `${Math.floor(n / 100)}.${n % 100}`), fc.constantFrom('0', '00', '08', '8.0', '8.50', '.5', '199.99', '200', '0.07', '0.7', '10.1', '100', '1E-2', '0.57999999999999996', '', '12', '2024'));

/** A cell as programs write it, one and another way. */
const cell = (column: number, row: number): fc.Arbitrary<string> => {
  const at = `${String.fromCharCode(65 + column)}${String(row)}`;
  return fc.oneof(
    { weight: 10, arbitrary: word.map((text) => `<c r="${at}" s="1" t="inlineStr"><is><t>${text}</t></is></c>`) },
    { weight: 8, arbitrary: digits.map((raw) => `<c r="${at}" s="2"><v>${raw}</v></c>`) },
    { weight: 2, arbitrary: fc.constant(`<c r="${at}" s="1"/>`) },
    { weight: 2, arbitrary: fc.nat(4).map((index) => `<c r="${at}" t="s"><v>${String(index)}</v></c>`) },
    { weight: 1, arbitrary: digits.map((raw) => `<c s="2"><v>${raw}</v></c>`) },
    { weight: 1, arbitrary: digits.map((raw) => `<c r="${at}" s="2" t="n"><v>${raw}</v> </c>`) },
    { weight: 1, arbitrary: fc.constantFrom(`<c r="${at}"><f>100%</f><v>1</v></c>`, `<c r="B${String(row)}" t="inlineStr"><is><t></t></is></c>`, `<c r="${at}" t="str"><v>甲</v></c>`, `<c r="${at}" s="9"><v>1</v></c>`, `<c r="${at}" s="1" t="inlineStr"><is><r><t>甲</t></r><r><t>乙</t></r></is></c>`) },
  );
};

/** Sheets of one form: in each the rows before with now and then another cell. */
const sheets = fc.array(fc.array(fc.array(fc.nat(3), { minLength: 5, maxLength: 5 }), { minLength: 4, maxLength: 4 }), { minLength: 2, maxLength: 6 }).chain((choices) =>
  fc.tuple(...Array.from({ length: 4 }, (_, row) => fc.tuple(...Array.from({ length: 5 }, (__, column) => fc.array(cell(column, row + 1), { minLength: 4, maxLength: 4 }))))).map((written) =>
    choices.map((rows) => `<worksheet><sheetData>${rows.map((picked, row) => `<row r="${String(row + 1)}">${picked.map((choice, column) => written[row]?.[column]?.[choice] ?? '').join('')}</row>`).join('')}</sheetData></worksheet>`),
  ),
);

/** What a scan answers, or how it ends. */
function scanned(xml: string, former: FormerCells | null, shown = new ShownNumbers(3)): unknown {
  const bytes = Buffer.from(xml);
  try {
    return scanSheet(bytes.toString('latin1'), contextOf(former, shown), former === null ? null : new DataView(bytes.buffer, bytes.byteOffset, bytes.length));
  } catch (fault) {
    return String(fault);
  }
}

describe('sheets in which the cells of the sheet before come again', () => {
  it('are read as if each stood alone, cells written in unusual ways too', () => {
    fc.assert(
      fc.property(sheets, (written) => {
        const [former, shown] = [new FormerCells(), new ShownNumbers(3)];
        for (const xml of written) expect(scanned(xml, former, shown)).toEqual(scanned(xml, null));
      }),
      { numRuns: 300 },
    );
  });

  it('are taken apart once: of a thousand sheets only the first is asked what its words say', () => {
    const former = new FormerCells();
    asked = 0;
    for (let at = 0; at < 1_000; at += 1) scanned(`<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>产出指标</t></is></c><c r="B1" s="2"><v>${String(at)}</v></c></row></sheetData></worksheet>`, former);
    expect(asked).toBe(1);
  });
});
