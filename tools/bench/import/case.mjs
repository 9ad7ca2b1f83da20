// One reader in a process of its own: `case.mjs <case> <path> <rounds> <bundle>`; prints {ms, cpu, rss, sums} as JSON, cpu the time of all threads of the process, on its last line. The product's own reader
// runs in a thread with the limits the product gives it (document-reader.ts).
import { readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';

const [, , name, path, rounds, bundle] = process.argv;
const hundredths = (value) => Math.round(Number(value) * 100);

/** The product's own way: the file's bytes to validated rows, findings and all. */
async function readOurs(file) {
  const { readDocument } = await import(pathToFileURL(bundle).href);
  const read = await readDocument(new Uint8Array(readFileSync(file)), basename(file), { fiscalYear: 2025 });
  if (!read.ok) throw new Error(JSON.stringify(read.refusal));
  return read.value;
}

const CASES = {
  floor: async () => (await import('./floor-reader.mjs')).readFloor(path),
  ours: async () => {
    const { tables } = await readOurs(path);
    let rows = 0, weight = 0, points = 0;
    for (const table of tables) for (const row of table.indicators) { rows++; weight += hundredths(row.weight); points += hundredths(row.pointsRaw ?? 0); }
    return `${rows}/${weight}/${points}`;
  },
  'ours, cells only': async () => {
    const { readWorkbookRows, Archive } = await import(pathToFileURL(bundle).href);
    const bytes = new Uint8Array(readFileSync(path));
    const { parts } = await readWorkbookRows(bytes, new Archive(bytes));
    let rows = 0, weight = 0, points = 0;
    for (const part of parts) for (const line of part.lines.slice(5, -1)) { rows++; weight += hundredths(line.cells[6].replaceAll(',', '')); points += hundredths(line.cells[9].replaceAll(',', '')); }
    return `${rows}/${weight}/${points}`;
  },
  exceljs: async () => {
    const { default: Excel } = await import('exceljs');
    const book = new Excel.Workbook();
    await book.xlsx.readFile(path);
    let rows = 0, weight = 0, points = 0;
    for (const sheet of book.worksheets) for (let at = 6; at < sheet.rowCount; at++) { rows++; weight += hundredths(sheet.getCell(at, 7).value); points += hundredths(sheet.getCell(at, 10).value); }
    return `${rows}/${weight}/${points}`;
  },
  sheetjs: async () => {
    const { read, utils } = await import('@e965/xlsx');
    const book = read(readFileSync(path), { dense: true });
    let rows = 0, weight = 0, points = 0;
    for (const sheet of book.SheetNames) for (const row of utils.sheet_to_json(book.Sheets[sheet], { header: 1 }).slice(5, -1)) { rows++; weight += hundredths(row[6]); points += hundredths(row[9]); }
    return `${rows}/${weight}/${points}`;
  },
  documents: async () => {
    let rows = 0, tables = 0;
    for (const file of readdirSync(path).sort()) {
      const read = await readOurs(join(path, file));
      tables += read.tables.length;
      for (const table of read.tables) rows += table.indicators.length;
    }
    return `${rows} rows in ${tables} tables`;
  },
};

async function run() {
  const ms = [], cpu = [];
  let sums;
  for (let round = 0; round < Number(rounds); round++) {
    const begin = performance.now(), before = process.cpuUsage();
    sums = await CASES[name]();
    const { user, system } = process.cpuUsage(before);
    ms.push(performance.now() - begin);
    cpu.push((user + system) / 1000);
  }
  return { ms, cpu, sums };
}

const isOurs = name.startsWith('ours') || name === 'documents';
if (isOurs && isMainThread) {
  const worker = new Worker(import.meta.filename, { argv: process.argv.slice(2), resourceLimits: { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 96 } });
  const done = await new Promise((resolve, reject) => { worker.once('message', resolve); worker.once('error', reject); });
  print(done);
} else if (isOurs) parentPort.postMessage(await run());
else print(await run());

function print(done) {
  console.log(JSON.stringify({ ...done, rss: Math.round(process.resourceUsage().maxRSS / 1024) }));
}
