import { gridOf } from '../fixtures/form-grid';
import { pageText } from '../fixtures/page-text';
import { scannedText } from '../fixtures/scanned-text';
import { auditProject, lineRentalProject, pensionProject, sixForms, subsidyProject } from '../fixtures/six-forms';
import { readTextLines } from '../read/text.reader';
import { cellsOf, type ShownCells } from './packed-cells';
import { recogniseTables } from './recognise-tables';
import type { RecognisedCell, RecognisedTable } from './recognised-table';
import type { SourcePart } from './source-line';

function tableOf(parts: readonly SourcePart[]): RecognisedTable {
  const read = recogniseTables(parts, 'fixture');
  if (!read.ok) throw new Error(JSON.stringify(read.refusal));
  return read.value.tables[0] as RecognisedTable;
}

const sheetOf = (form: (typeof sixForms)[number]): SourcePart[] => [
  { sheet: '目标表', broken: false, lines: gridOf(form).rows.map((cells, at) => ({ cells, number: at + 1 })) },
];

/** The text of the source where a cell says it stands, piece by piece. */
function textAt(parts: readonly SourcePart[], cell: RecognisedCell): string[] {
  return cell.places.map((place) => parts[place.part]?.lines.find((line) => line.number === place.line)?.cells[place.cell] ?? '');
}

describe('every value knows the cells it was read from', () => {
  it.each(sixForms.map((form) => [form.project ?? form.unit, form] as const))('%s: each place holds the raw text, in a sheet', (_, form) => {
    const parts = sheetOf(form);
    const { indicators } = tableOf(parts);
    let seen = 0;
    for (const row of indicators) {
      for (const cell of Object.values(cellsOf(row))) {
        if (cell.places.length === 0) continue;
        expect(textAt(parts, cell).map((text) => text.trim())).toEqual(cell.raw.split('\n'));
        seen += 1;
      }
    }
    expect(seen).toBeGreaterThan(form.rows.length * 4);
  });

  it.each(sixForms.map((form) => [form.project ?? form.unit, form] as const))('%s: and on a page whose cells are broken over lines', (_, form) => {
    const parts = readTextLines(pageText(form, { splitOperators: true }));
    for (const row of tableOf(parts).indicators) {
      for (const cell of Object.values(cellsOf(row))) {
        const stretches = cell.places.length === 0 ? [] : cell.raw.split('\n');
        textAt(parts, cell).forEach((text, at) => {
          expect(text).toContain(stretches[at]);
        });
      }
    }
  });

  it('a level printed once holds for the rows below: its words are there, its place is not theirs', () => {
    const [first, second] = tableOf(sheetOf(auditProject)).indicators;
    expect(cellsOf(first ?? {}).level1).toEqual({ raw: '产出指标', confidence: '1.00', places: [{ part: 0, line: 8, cell: 0 }] });
    expect(cellsOf(second ?? {}).level1).toEqual({ raw: '产出指标', confidence: '1.00', places: [] });
    expect(cellsOf(second ?? {}).name?.places).toEqual([{ part: 0, line: 9, cell: 2 }]);
  });

  it('＞ / =239 / 人 on three lines are three places of one target', () => {
    const parts = readTextLines(pageText(subsidyProject, { splitOperators: true }));
    const target = cellsOf(tableOf(parts).indicators[0] ?? {}).target;
    expect(target?.raw).toBe('＞\n=239\n人');
    expect(target?.places).toHaveLength(3);
  });

  it('the head knows its cells too', () => {
    expect(tableOf(sheetOf(lineRentalProject)).head).toMatchObject({
      unit: { raw: lineRentalProject.unit, confidence: '1.00', places: [{ part: 0, line: 3, cell: 2 }] },
      project: { raw: '线路租赁费', places: [{ part: 0, line: 4, cell: 2 }] },
      year: { raw: '（2024 年）', places: [{ part: 0, line: 2, cell: 0 }] },
      total: { raw: '9.60', places: [{ part: 0, line: 5, cell: 3 }] },
      fiscal: { raw: '9.60', places: [{ part: 0, line: 5, cell: 5 }] },
      other: { raw: '0.00', places: [{ part: 0, line: 5, cell: 7 }] },
    });
    expect(tableOf(readTextLines(pageText(pensionProject))).head?.total).toMatchObject({ raw: '229.39', confidence: '0.97' });
  });
});

describe('the certainty of a cell says what happened to it', () => {
  const cellsOfRow = (text: string, row: number): ShownCells => cellsOf(tableOf(readTextLines(text)).indicators[row] ?? {});

  it('1.00 in its column with known words; 0.95 where it stood beside it', () => {
    const text = scannedText(lineRentalProject, { shiftedRows: [3] });
    expect(cellsOfRow(text, 2).name?.confidence).toBe('1.00');
    expect(cellsOfRow(text, 3).name?.confidence).toBe('0.95');
    expect(cellsOfRow(text, 3).target?.confidence).toBe('0.95');
  });

  it('only the cell that went on in the next row is trusted less', () => {
    const cells = cellsOfRow(scannedText(lineRentalProject, { continuedNames: [6] }), 6);
    expect(cells.name).toMatchObject({ confidence: '0.95', raw: '网络线路租赁标准\n(万元)' });
    expect(cells.target?.confidence).toBe('1.00');
  });

  it('a wording nobody knows 0.90, a number that cannot be read 0.60, a rule nobody knows 0.90', () => {
    const text = scannedText(auditProject)
      .replace('有效维护', '蓬勃之势')
      .replace('>=5 次', '5 次或 7 次左右不等')
      .replace('满意度赋分', '量子赋分');
    expect(cellsOfRow(text, 10).target?.confidence).toBe('0.90');
    expect(cellsOfRow(text, 0).target?.confidence).toBe('0.60');
    expect(cellsOfRow(text, 12).rule?.confidence).toBe('0.90');
    expect(cellsOfRow(text, 11).target?.confidence).toBe('1.00');
  });

  it('in running text the ends of every cell are inferred', () => {
    const cells = cellsOfRow(pageText(pensionProject), 1);
    expect(cells.name?.confidence).toBe('0.97');
    expect(cells.rule).toMatchObject({ confidence: '0.95', raw: '按照完成比例赋\n分' });
  });
});
