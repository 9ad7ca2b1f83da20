// The rows as a workbook with formulas and without results: whoever opens it must calculate.
import JSZip from 'jszip';
import { formula } from './rows.mjs';

const HEAD = '<?xml version="1.0" encoding="UTF-8"?>';
const PARTS = {
  '[Content_Types].xml': `${HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`,
  '_rels/.rels': `${HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  'xl/workbook.xml': `${HEAD}<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  'xl/_rels/workbook.xml.rels': `${HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
};

/** Bytes of the workbook; the points are asked for in column G. */
export async function workbookOf(rows) {
  const said = [`${HEAD}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>`];
  rows.forEach(([, ...values], at) => {
    const r = at + 1;
    const cells = [r, ...values].map((value, column) => (value === null ? '' : `<c r="${'ABCDEF'[column]}${r}"><v>${value}</v></c>`)).join('');
    said.push(`<row r="${r}">${cells}<c r="G${r}"><f>${formula(r).replaceAll('<', '&lt;').replaceAll('>', '&gt;')}</f></c></row>`);
  });
  said.push('</sheetData></worksheet>');
  const zip = new JSZip();
  for (const [name, text] of Object.entries(PARTS)) zip.file(name, text);
  zip.file('xl/worksheets/sheet1.xml', said.join(''));
  return zip.generateAsync({ type: 'nodebuffer', compression: 'DEFLATE', compressionOptions: { level: 1 } });
}

/** Column G of a saved workbook, by row. */
export async function resultsIn(bytes, count) {
  const zip = await JSZip.loadAsync(bytes);
  const sheet = await zip.file('xl/worksheets/sheet1.xml').async('string');
  const results = new Array(count).fill(NaN);
  for (const [, row, value] of sheet.matchAll(/<c r="G(\d+)"[^>]*>(?:<f[^>]*>[^<]*<\/f>)?<v>([^<]*)<\/v>/g)) results[Number(row) - 1] = Number(value);
  return results;
}
