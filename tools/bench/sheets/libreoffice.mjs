// LibreOffice opens the workbook, which calculates every formula, and saves it: what somebody with a folder of sheets waits for.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { resultsIn, workbookOf } from './workbook.mjs';

const PROGRAMS = [process.env.SOFFICE, 'soffice', 'libreoffice'].filter(Boolean);

/** The program's name, or null where there is none. */
export function findLibreOffice() {
  for (const program of PROGRAMS) try { execFileSync(program, ['--version'], { stdio: 'pipe', timeout: 60_000 }); return program; } catch { /* not this one */ }
  return null;
}

/**
 * Answers `measure()`: milliseconds of opening, calculating and saving (the start of the program is taken off: that of a workbook of one row) and the
 * results by row.
 */
export async function libreOffice(program, dir, rows) {
  const [all, one] = [join(dir, 'all.xlsx'), join(dir, 'one.xlsx')], out = join(dir, 'out');
  mkdirSync(out, { recursive: true });
  writeFileSync(all, await workbookOf(rows));
  writeFileSync(one, await workbookOf(rows.slice(0, 1)));
  const convert = (file) => {
    const begun = performance.now();
    execFileSync(program, [`-env:UserInstallation=file://${join(dir, 'profile')}`, '--headless', '--norestore', '--convert-to', 'xlsx:Calc MS Excel 2007 XML', '--outdir', out, file], { stdio: 'pipe', timeout: 900_000 });
    return performance.now() - begun;
  };
  convert(one); // makes the profile
  return async () => {
    rmSync(join(out, 'all.xlsx'), { force: true });
    const start = convert(one), whole = convert(all);
    return { ms: whole - start, startMs: start, results: await resultsIn(readFileSync(join(out, 'all.xlsx')), rows.length) };
  };
}
