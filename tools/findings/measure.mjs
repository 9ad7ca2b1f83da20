// `npm run findings -- FOLDER` reads the published documents in a folder and compares what the checks find with what a careful reader found
// (expected.json: facts only). Prints, per code, what was expected, found, missed and found beyond, with precision and recall; --json for machines,
// --update writes the table into docs/findings.md. The documents are not part of the project: without a folder (argument or JIHENG_DOCUMENTS) it says so.
import { build } from 'esbuild';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const root = join(import.meta.dirname, '../..');
const page = join(root, 'docs/findings.md');

/** The reading half of the product as it runs, bundled for this process. */
async function loadDocuments() {
  const external = { name: 'external-packages', setup(b) {
    b.onResolve({ filter: /^[^./]/ }, ({ path, kind }) => (kind === 'entry-point' || path.startsWith('@jiheng/') ? undefined : { path, external: true }));
  } };
  const { outputFiles: [bundle] } = await build({
    stdin: { contents: "export * from './src/index'; export { checkIdentities, sayFinding } from '@jiheng/domain';", resolveDir: join(root, 'libs/documents'), loader: 'ts' },
    bundle: true, write: false, platform: 'node', format: 'esm', target: 'es2022', plugins: [external], logLevel: 'warning',
  });
  // Beside the packages, so that the readers' own packages are found.
  const folder = mkdtempSync(join(root, 'node_modules/.findings-'));
  try {
    const file = join(folder, 'documents.mjs');
    writeFileSync(file, bundle.contents);
    return await import(pathToFileURL(file).href);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Where a finding points, in the ids of expected.json. */
function idOf(finding, tables) {
  if (finding.table === null) return null;
  const table = tables[finding.table] ?? `table ${finding.table + 1}`;
  return finding.row === null ? table : `${table}${finding.row + 1}`;
}

const share = (part, whole) => (whole === 0 ? '—' : `${Math.round((part * 1000) / whole) / 10} %`);

/** Expected against found, finding by finding: one found finding answers one expected one. */
function compare(expected, found) {
  const left = [...found];
  const missed = [];
  for (const [code, id, basis, source] of expected) {
    const at = left.findIndex((one) => one.code === code && one.id === id);
    if (at < 0) missed.push({ code, id, basis, source });
    else left.splice(at, 1);
  }
  return { missed, beyond: left };
}

function tally(results) {
  const codes = [...new Set(results.flatMap(({ expected, found }) => [...expected.map(([code]) => code), ...found.map(({ code }) => code)]))]
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  const rows = codes.map((code) => {
    const expected = results.flatMap((one) => one.expected).filter((one) => one[0] === code);
    const byRule = expected.filter((one) => one[2] === 'rule').length;
    const found = results.flatMap((one) => one.found).filter((one) => one.code === code).length;
    const missed = results.flatMap((one) => one.missed).filter((one) => one.code === code).length;
    const beyond = results.flatMap((one) => one.beyond).filter((one) => one.code === code).length;
    return { code, expected: expected.length, byRule, found, missed, beyond };
  });
  const sum = (key) => rows.reduce((total, row) => total + row[key], 0);
  return [...rows, { code: 'all', expected: sum('expected'), byRule: sum('byRule'), found: sum('found'), missed: sum('missed'), beyond: sum('beyond') }];
}

function tableOf(rows) {
  const head = ['code', 'expected', 'of these by rule', 'found', 'missed', 'false alarms', 'precision', 'recall'];
  const lines = rows.map((row) => [row.code, row.expected, row.byRule, row.found, row.missed, row.beyond, share(row.found - row.beyond, row.found), share(row.expected - row.missed, row.expected)]);
  return [head, head.map((_, at) => (at === 0 ? '---' : '---:')), ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

const args = process.argv.slice(2);
const folder = args.find((one) => !one.startsWith('--')) ?? process.env.JIHENG_DOCUMENTS;
if (folder === undefined || !existsSync(folder)) {
  console.error('The published documents are not part of this project. Give the folder that holds them: npm run findings -- FOLDER (or JIHENG_DOCUMENTS=FOLDER).');
  process.exit(2);
}
const { documents } = JSON.parse(readFileSync(join(import.meta.dirname, 'expected.json'), 'utf8'));
const { readDocument, checkIdentities } = await loadDocuments();
const results = [];
for (const { file, tables, findings: expected } of documents) {
  const name = readdirSync(folder).find((one) => one.startsWith(file) && !one.endsWith('.json'));
  if (name === undefined) {
    console.error(`No file ${file}… in ${folder}.`);
    process.exit(2);
  }
  const read = await readDocument(readFileSync(join(folder, name)), name);
  if (!read.ok) throw new Error(`${name}: ${JSON.stringify(read.refusal)}`);
  // R- codes tell how a cell was read; the catalogue's codes are what a reader judges.
  const found = read.value.findings.filter(({ code }) => code.startsWith('Q-')).map((one) => ({ code: one.code, id: idOf(one, tables), message: one.message }));
  const { budget, narrative } = read.value;
  const identities = budget === null || budget === undefined ? [] : checkIdentities({ budget, narrative, targets: read.value.tables }).map(({ number, outcome }) => [`B${number}`, outcome]);
  results.push({ file: name, expected, found, identities: Object.fromEntries(identities), ...compare(expected, found) });
}
const rows = tally(results);
if (args.includes('--json')) console.log(JSON.stringify({ rows, results: results.map(({ file, missed, beyond, identities }) => ({ file, missed, beyond, identities })) }, null, 2));
else {
  console.log(tableOf(rows));
  for (const { file, missed, beyond } of results) {
    for (const { code, id, source } of missed) console.log(`missed in ${file}: ${code} ${id ?? 'document'} (${source})`);
    for (const { code, id, message } of beyond) console.log(`beyond in ${file}: ${code} ${id ?? 'document'}: ${message}`);
  }
}
if (args.includes('--update')) {
  const text = readFileSync(page, 'utf8');
  const marked = /(<!-- measured -->\n)[\s\S]*?(\n<!-- end -->)/u;
  writeFileSync(page, text.replace(marked, (_, from, to) => from + tableOf(rows) + to));
}
process.exitCode = rows.at(-1).missed + rows.at(-1).beyond === 0 ? 0 : 1;
