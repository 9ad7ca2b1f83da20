// `npm run bench:import` (B9, P15): 1,000 sheets × 14 indicators in one .xlsx, 200 documents (.docx, .pdf, .txt) and a PDF of 200 pages, through the
// product's own reader up to validated rows, beside a floor reader, exceljs and the sheet library in the same run. Every case has a process of its
// own, rounds take turns; the sums of all readers must be equal. -- --write writes docs/bench/import.md; --file <path> measures another workbook of
// the same layout. TABLES (1000) ROUNDS (5)
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { ensureInstalled, productNode, root } from '../../installed.mjs';
import { endWith } from '../../plain-error.mjs';
import { makeDocuments } from './make-documents.mjs';
import { makeWorkbook } from './make-workbook.mjs';

try { ensureInstalled(); } catch (error) { endWith(error); }
const tables = Number(process.env.TABLES ?? 1000), rounds = Number(process.env.ROUNDS ?? 5);
const argv = process.argv.slice(2), other = argv.includes('--file') ? argv[argv.indexOf('--file') + 1] : null;
const base = join(root, 'dist/bench');
mkdirSync(base, { recursive: true });
const folder = mkdtempSync(join(base, 'import-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

// Packages stay outside, as in the product; the product's own sources become one file.
const bundle = async (from, to) => {
  await build({ stdin: { contents: from, resolveDir: root, loader: 'ts' }, outfile: join(folder, to), bundle: true, format: 'esm', platform: 'node', target: 'node24', logLevel: 'warning',
    plugins: [{ name: 'packages-outside', setup: (b) => b.onResolve({ filter: /^[^./]/ }, ({ path }) => (path.startsWith('@jiheng/') ? undefined : { path, external: true })) }] });
  return join(folder, to);
};
const reader = await bundle("export { readDocument } from './libs/documents/src/index'; export { readWorkbookRows } from './libs/documents/src/read/workbook.reader'; export { Archive } from './libs/documents/src/read/archive';", 'reader.mjs');
const fixtures = await import(pathToFileURL(await bundle("export * from './libs/documents/src/fixtures/index';", 'fixtures.mjs')).href);

const workbook = join(folder, 'tables.xlsx');
const made = other === null ? makeWorkbook(tables, 14) : { bytes: readFileSync(other), sums: null };
writeFileSync(workbook, made.bytes);
const expected = makeDocuments(folder, fixtures, 200);

/** Readings of one process after its first: as everywhere in these measurements, the first warms up and the median of five counts (performance.md, §8). The first and the second are told beside it. */
const WARM = 5;

/** One process: each of its readings, its peak memory. */
function measure(name, path, warm) {
  const out = execFileSync(productNode(), [join(import.meta.dirname, 'case.mjs'), name, path, String(1 + warm), reader], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 1 << 26 });
  return JSON.parse(out.toString().trim().split('\n').at(-1));
}
const median = (list) => [...list].sort((a, b) => a - b)[list.length >> 1];
const cases = ['floor', 'ours', 'ours, cells only', 'exceljs', 'sheetjs'];
const seen = Object.fromEntries(cases.map((name) => [name, { cold: [], warm: [], cpu: [], coldCpu: [], secondCpu: [], rss: [], sums: new Set() }]));
for (let round = 0; round < rounds; round++) {
  for (const name of round % 2 ? [...cases].reverse() : cases) {
    const { ms, cpu, rss, sums } = measure(name, workbook, WARM);
    seen[name].cold.push(ms[0]); seen[name].warm.push(median(ms.slice(1))); seen[name].coldCpu.push(cpu[0]); seen[name].secondCpu.push(cpu[1]); seen[name].cpu.push(median(cpu.slice(1))); seen[name].rss.push(rss); seen[name].sums.add(sums);
  }
}
const all = new Set(cases.flatMap((name) => [...seen[name].sums]));
const isEqual = all.size === 1 && (made.sums === null || all.has(made.sums));
const [documents, large] = [measure('documents', join(folder, 'documents'), 0), measure('documents', join(folder, 'large'), 0)];

const rowCount = Number([...seen.floor.sums][0].split('/')[0]);
const ratio = (name, kind = 'warm') => median(seen[name][kind]) / median(seen.floor[kind]);
const range = (list) => `${median(list).toFixed(0)} [${Math.min(...list).toFixed(0)}..${Math.max(...list).toFixed(0)}]`;
const table = [
  '| reader | first file ms | warm ms | × floor, warm | warm CPU ms | × floor, CPU | CPU ms of the first and the second | × floor | rows/s, warm | peak MB | rows / Σ weight / Σ points |', '| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |',
  ...cases.map((name) => `| ${name} | ${range(seen[name].cold)} | ${range(seen[name].warm)} | ${ratio(name).toFixed(2)} | ${range(seen[name].cpu)} | ${ratio(name, 'cpu').toFixed(2)} | ${median(seen[name].coldCpu).toFixed(0)}, ${median(seen[name].secondCpu).toFixed(0)} | ${ratio(name, 'coldCpu').toFixed(2)}, ${ratio(name, 'secondCpu').toFixed(2)} | ${Math.round((rowCount / median(seen[name].warm)) * 1000).toLocaleString('en')} | ${Math.max(...seen[name].rss)} | ${[...seen[name].sums].join(' ')} |`),
].join('\n');
const documentTable = [
  '| documents | ms, one process, cold | CPU ms | rows/s | peak MB | read | right |', '| --- | --- | --- | --- | --- | --- | --- |',
  ...[['200: .docx, .pdf, .txt', documents, expected.documents], ['one PDF of 200 pages', large, expected.large]].map(([name, one, right]) =>
    `| ${name} | ${one.ms[0].toFixed(0)} | ${one.cpu[0].toFixed(0)} | ${Math.round((Number.parseInt(one.sums, 10) / one.ms[0]) * 1000).toLocaleString('en')} | ${one.rss} | ${one.sums} | ${one.sums === right ? 'yes' : `no: ${right}`} |`),
].join('\n');
const faster = (kind) => median(seen.exceljs[kind]) / median(seen.ours[kind]);
const verdicts = [
  [isEqual, `sums of all readers ${isEqual ? 'equal' : 'DIFFER'}: ${[...all].join(' ')}`],
  // On a shared machine the clock also counts what others do: the processor's time decides, the clock is told beside it.
  [ratio('ours', 'cpu') <= 6, `at most 6 times the floor: ${ratio('ours', 'cpu').toFixed(2)} in processor time, ${ratio('ours').toFixed(2)} by the clock; on the first file ${ratio('ours', 'coldCpu').toFixed(2)} and ${ratio('ours', 'cold').toFixed(2)}`],
  [ratio('ours', 'cpu') <= 2, `the aim in the end, at most twice the floor: ${ratio('ours', 'cpu').toFixed(2)} in processor time, ${ratio('ours').toFixed(2)} by the clock`],
  [faster('cpu') >= 6, `at least 6 times as quick as exceljs: ${faster('cpu').toFixed(1)} in processor time, ${faster('warm').toFixed(1)} by the clock; on the first file ${faster('coldCpu').toFixed(1)} and ${faster('cold').toFixed(1)}`],
  [Math.max(...seen.ours.rss) < 300, `below 300 MB: ${Math.max(...seen.ours.rss)} MB (workbook), ${documents.rss} MB (documents), ${large.rss} MB (200 pages)`],
  [large.ms[0] < 10_000, `a PDF of 200 pages below 10 s: ${(large.ms[0] / 1000).toFixed(1)} s`],
];
const load = loadavg()[0];
const heading = `Node ${process.version}, ${cpus().length} cores, load ${load.toFixed(1)} while it ran, ${rounds} processes a reader, ${1 + WARM} readings each; warm: the median of those after the first; medians of the processes [lowest..highest].`;
const text = `${heading}\n\n${table}\n\n${documentTable}\n\n${verdicts.map(([holds, said]) => `- ${holds ? 'holds' : 'does not hold'}: ${said}`).join('\n')}\n`;
console.log(text);
if (argv.includes('--write')) {
  const page = join(root, 'docs/bench/import.md');
  const [head, rest] = readFileSync(page, 'utf8').split('<!-- figures -->\n');
  writeFileSync(page, `${head}<!-- figures -->\n${text}<!-- end -->\n${rest.split('<!-- end -->\n')[1] ?? ''}`);
}
process.exit(isEqual ? 0 : 1);
