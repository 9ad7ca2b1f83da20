// LibreOffice opens the workbook, which calculates every formula, and saves it: what somebody with a folder of sheets waits for.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cpuOfEnded } from '../read/cpu.mjs';
import { resultsIn, workbookOf } from './workbook.mjs';

const PROGRAMS = [process.env.SOFFICE, 'soffice', 'libreoffice'].filter(Boolean);

/** The program's name, or null where there is none. */
export function findLibreOffice() {
  for (const program of PROGRAMS) try { execFileSync(program, ['--version'], { stdio: 'pipe', timeout: 60_000 }); return program; } catch { /* not this one */ }
  return null;
}

/**
 * Answers `measure()`: milliseconds of opening, calculating and saving (the start of the program is taken off: that of a workbook of one row), the seconds
 * of processor of the same, and the results by row.
 */
export async function libreOffice(program, dir, rows) {
  const [all, one] = [join(dir, 'all.xlsx'), join(dir, 'one.xlsx')], out = join(dir, 'out');
  mkdirSync(out, { recursive: true });
  writeFileSync(all, await workbookOf(rows));
  writeFileSync(one, await workbookOf(rows.slice(0, 1)));
  const convert = (file) => {
    const begun = performance.now(), before = cpuOfEnded(process.pid);
    execFileSync(program, [`-env:UserInstallation=file://${join(dir, 'profile')}`, '--headless', '--norestore', '--convert-to', 'xlsx:Calc MS Excel 2007 XML', '--outdir', out, file], { stdio: 'pipe', timeout: 900_000 });
    return { ms: performance.now() - begun, cpu: cpuOfEnded(process.pid) - before };
  };
  convert(one); // makes the profile
  return async () => {
    rmSync(join(out, 'all.xlsx'), { force: true });
    // The start differs from time to time by more than a small workbook takes: the middle of three.
    const starts = [convert(one), convert(one), convert(one)], middle = (key) => starts.map((start) => start[key]).sort((a, b) => a - b)[1];
    const whole = convert(all);
    return { ms: whole.ms - middle('ms'), cpu: whole.cpu - middle('cpu'), results: await resultsIn(readFileSync(join(out, 'all.xlsx')), rows.length) };
  };
}
