// HyperFormula builds the sheet and calculates it, in a process of its own: a hundred thousand rows take it gigabytes. Not a dependency of the
// product (its licence is not ours): `--hyperformula FOLDER` names a folder in which `npm install hyperformula` was done.
import { execFile } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { formula } from './rows.mjs';

/** Answers `measure()`: milliseconds and seconds of processor of building and calculating, the results by row, and most memory held (MB). */
export function hyperFormula(folder, dir, rows) {
  if (!existsSync(join(folder, 'node_modules/hyperformula'))) throw new Error(`${folder} has no node_modules/hyperformula: run npm install hyperformula there`);
  const [given, answer] = [join(dir, 'hyper-in.json'), join(dir, 'hyper-out.json')];
  writeFileSync(given, JSON.stringify(rows));
  return async () => {
    await promisify(execFile)(process.execPath, ['--max-old-space-size=8192', fileURLToPath(import.meta.url), folder, given, answer], { maxBuffer: 2 ** 24 });
    return JSON.parse(readFileSync(answer, 'utf8'));
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [, , folder, given, answer] = process.argv;
  const require = createRequire(join(folder, 'package.json'));
  const { HyperFormula } = require('hyperformula'), { version } = JSON.parse(readFileSync(join(folder, 'node_modules/hyperformula/package.json'), 'utf8'));
  const rows = JSON.parse(readFileSync(given, 'utf8'));
  const number = (text) => (text === null ? null : Number(text));
  const sheet = rows.map(([, rule, weight, target, high, actual], at) => [at + 1, rule, number(weight), number(target), number(high), number(actual), `=${formula(at + 1)}`]);
  const before = process.cpuUsage(), begun = performance.now();
  const engine = HyperFormula.buildFromArray(sheet, { licenseKey: 'gpl-v3', maxRows: 1_100_000, useColumnIndex: false });
  const results = rows.map((_, row) => engine.getCellValue({ sheet: 0, row, col: 6 }));
  const ms = performance.now() - begun, { user, system } = process.cpuUsage(before);
  writeFileSync(answer, JSON.stringify({ ms, cpu: (user + system) / 1e6, results, version, peakMb: Math.round(process.resourceUsage().maxRSS / 1024) }));
}
