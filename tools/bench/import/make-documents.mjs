// 200 documents for the importer, in equal shares .docx, .pdf and .txt, and one PDF of 200 pages. Forms of fourteen rows, seeded; the numbers
// differ from document to document, so that nothing is read from memory.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stream } from '../score/rows.mjs';

/** Writes the documents; answers how many rows a right reader finds in each folder. */
export function makeDocuments(folder, fixtures, count) {
  const { auditProject, gridOf, pageText, printGrid, writePdf, zipFile } = fixtures;
  const next = stream(20260101);
  const number = (below) => 1 + Math.floor(next() * below);
  const form = (at) => ({
    ...auditProject,
    unit: `某县第${at + 1}中心`,
    project: `第${at + 1}号项目经费`,
    rows: auditProject.rows.map((row) => ({ ...row, target: row.target.replace(/\d+/u, String(number(95))) })),
  });
  const small = join(folder, 'documents'), large = join(folder, 'large');
  for (const one of [small, large]) mkdirSync(one, { recursive: true });
  const page = (at) => printGrid(gridOf(form(at)), { titleRows: 2, rules: at % 2 === 0 ? 'stroke' : 'thin', repeatedRow: 6, firstPageNumber: at + 1 });
  for (let at = 0; at < count; at++) {
    const name = String(at).padStart(3, '0');
    if (at % 3 === 0) writeFileSync(join(small, `${name}.docx`), zipFile([{ name: 'word/document.xml', content: wordXml(gridOf(form(at))) }]));
    else if (at % 3 === 1) writeFileSync(join(small, `${name}.pdf`), writePdf(page(at)));
    else writeFileSync(join(small, `${name}.txt`), pageText(form(at), { pageBreakBefore: 7 }));
  }
  const pages = [];
  for (let at = 0; pages.length < 200; at++) pages.push(...page(at));
  writeFileSync(join(large, 'pages.pdf'), writePdf(pages.slice(0, 200)));
  return { documents: `${count * 14} rows in ${count} tables`, large: `${200 * 14} rows in 200 tables` };
}

function wordXml({ rows, merges }) {
  const wide = new Map(), covered = new Map();
  for (const { s, e } of merges) {
    wide.set(`${s.r}/${s.c}`, [e.c - s.c + 1, e.r > s.r]);
    for (let r = s.r; r <= e.r; r++) for (let c = s.c; c <= e.c; c++) if (r !== s.r || c !== s.c) covered.set(`${r}/${c}`, c === s.c);
  }
  const safe = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const cell = (text, r, c) => {
    const [columns, isTall] = wide.get(`${r}/${c}`) ?? [1, false];
    const goesOn = covered.get(`${r}/${c}`);
    if (goesOn === false) return '';
    const merge = goesOn ? '<w:vMerge/>' : isTall ? '<w:vMerge w:val="restart"/>' : '';
    return `<w:tc><w:tcPr>${columns > 1 ? `<w:gridSpan w:val="${columns}"/>` : ''}${merge}</w:tcPr>${text.split('\n').map((one) => `<w:p><w:r><w:rPr><w:sz w:val="18"/></w:rPr><w:t xml:space="preserve">${safe(one)}</w:t></w:r></w:p>`).join('')}</w:tc>`;
  };
  return `<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:tbl>${rows.map((row, r) => `<w:tr>${row.map((text, c) => cell(text, r, c)).join('')}</w:tr>`).join('')}</w:tbl></w:body></w:document>`;
}
