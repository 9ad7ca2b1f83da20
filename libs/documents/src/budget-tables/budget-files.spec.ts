import { Document, Packer, Paragraph, Table, TableCell, TableRow } from 'docx';
import { checkIdentities, readNarrative } from '@jiheng/domain';
import { printGrid } from '../fixtures/pdf-table';
import { writePdf } from '../fixtures/pdf-file';
import { workbookBytes } from '../fixtures/sheet-files';
import { sixForms } from '../fixtures/six-forms';
import { gridOf } from '../fixtures/form-grid';
import { readDocument } from '../read/read-document';
import type { ReadDocument } from '../recognise/recognise-tables';
import { countyBudget, madeUpBudget, prefectureBudget } from './fixtures/three-budgets';
import { gridsOf, type PrintedBudget, scannedBudget } from './fixtures/printed-budget';
import { readBudgetTables } from './read-budget-tables';
import { readTextLines } from '../read/text.reader';

/** A budget table with what is printed above it, as wide as its head. */
function sheetOf(budget: PrintedBudget, { number, title, head, rows }: ReturnType<typeof gridsOf>[number]): string[][] {
  const note = rows.length === 0 ? [[`${title}为空表。`]] : [];
  return [[`表 ${number}`], [title], [`编制${budget.word}：${budget.unit}`, '单位：万元'], head, ...rows, ...note].map((row) => [...row, ...Array.from({ length: Math.max(0, head.length - row.length) }, () => '')]);
}

/** A target table of the same unit: a file without one is no document for us. */
const target = (budget: PrintedBudget): ReturnType<typeof gridOf> => gridOf(sixForms.find(({ unit, subject }) => subject === 'UNIT' && (unit === budget.unit || budget === madeUpBudget)) ?? (sixForms[0] as (typeof sixForms)[number]));
const escape = (text: string): string => text.replace(/&/gu, '&amp;').replace(/</gu, '&lt;');
const htmlTable = (rows: readonly (readonly string[])[]): string => `<table>${rows.map((row) => `<tr>${row.map((cell) => `<td>${escape(cell)}</td>`).join('')}</tr>`).join('')}</table>`;

const wordTable = (rows: readonly (readonly string[])[]): Table => new Table({ rows: rows.map((row) => new TableRow({ children: row.map((cell) => new TableCell({ children: [new Paragraph(cell)] })) })) });

const FILES: readonly (readonly [string, string, (budget: PrintedBudget) => Uint8Array | Promise<Uint8Array>])[] = [
  ['a text document', 'docx', async (budget) => new Uint8Array(await Packer.toBuffer(new Document({ sections: [{ children: [...gridsOf(budget).flatMap((grid) => {
    const [number, title, unit, ...rows] = sheetOf(budget, grid);
    return [new Paragraph(number?.[0] ?? ''), new Paragraph(title?.[0] ?? ''), new Paragraph(`${unit?.[0]}  ${unit?.[1]}`), wordTable(rows)];
  }), wordTable(target(budget).rows)] }] })))],
  ['a workbook', 'xlsx', (budget) => workbookBytes({ ...Object.fromEntries(gridsOf(budget).map((grid) => [`表${grid.number}`, { rows: sheetOf(budget, grid), merges: [] }])), 目标: target(budget) })],
  ['a page of the web', 'html', (budget) => new TextEncoder().encode(`<html><body>${gridsOf(budget).map((grid) => {
    const [number, title, unit, ...rows] = sheetOf(budget, grid);
    return `<p>${number?.[0]}</p><p>${title?.[0]}</p><p>${unit?.[0]} ${unit?.[1]}</p>${htmlTable(rows)}`;
  }).join('')}${htmlTable(target(budget).rows)}</body></html>`)],
  ['ruled pages', 'pdf', (budget) => writePdf([...gridsOf(budget).flatMap((grid) => printGrid({ rows: sheetOf(budget, grid), merges: [] }, { titleRows: 3, repeatedRow: 3, size: 7 })), ...printGrid(target(budget), { titleRows: 2 })])],
  ['pages without rules', 'pdf', (budget) => writePdf([...gridsOf(budget).flatMap((grid) => printGrid({ rows: sheetOf(budget, grid), merges: [] }, { rules: 'none', titleRows: 3, repeatedRow: 3, size: 7 })), ...printGrid(target(budget), { titleRows: 2 })])],
];

async function read(bytes: Uint8Array, extension: string): Promise<ReadDocument> {
  const document = await readDocument(bytes, `预算公开.${extension}`);
  if (!document.ok) throw new Error(JSON.stringify(document.refusal));
  return document.value;
}

/** Every amount of every table, one a line: table, row, column, amount. */
function amountsOf(budget: ReadDocument['budget']): string[] {
  return (budget?.tables ?? []).flatMap(({ number, rows }) => rows.flatMap(({ side, code, line, kind, project, amounts }) =>
    Object.entries(amounts).flatMap(([column, amount]) => (amount === null ? [] : [`${number} ${[side, kind, code, line, project].map((one) => one ?? '').join('/')} ${column} ${amount}`])))).sort();
}

const CASES = FILES.flatMap(([kind, extension, print]) => [prefectureBudget, countyBudget, madeUpBudget].map((budget) => [kind, budget.unit, extension, print, budget] as const));

describe('the files budgets are published in', () => {
  it.each(CASES)('%s (%s) gives every amount in its column, as the scan does', async (kind, _, extension, print, budget) => {
    const expected = amountsOf(readBudgetTables(readTextLines(scannedBudget(budget))).budget);
    const document = await read(await print(budget), extension);
    const found = amountsOf(document.budget);
    if (kind === 'pages without rules') {
      // Heads grow together on such a page: what arithmetic cannot tell is left open, and nothing stands in a wrong column.
      // A name of table 11 that is broken right below the heads may lose its first line: rows without a code begin where nothing marks it.
      const unnamed = (amounts: readonly string[]): string[] => amounts.map((one) => (one.startsWith('11 /PROJECT') ? one.replace(/\/\/\/\S+/u, '') : one));
      expect(unnamed(found).filter((one) => !unnamed(expected).includes(one))).toEqual([]);
      expect(found.length * 10).toBeGreaterThan(expected.length * 8);
    } else {
      expect(found).toEqual(expected);
      expect(document.findings.filter(({ code }) => code === 'R-budget-undecided' || code === 'R-budget-head')).toEqual([]);
    }
    const wrong = checkIdentities({ budget: document.budget ?? { unit: null, tables: [] }, narrative: document.narrative ?? readNarrative([]), targets: [] }).filter(({ outcome, strict }) => outcome === 'DOES_NOT_HOLD' && strict);
    expect(wrong.map(({ number }) => number)).toEqual([]);
  }, 30_000);
});
