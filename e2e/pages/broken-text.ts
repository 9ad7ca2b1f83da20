import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { root } from '../house.ts';

/** The part of the project's own fixtures that makes a published table out of a form, as a scan gives it. */
interface Fixtures {
  readonly sixForms: readonly Form[];
  scannedText(form: Form, damage: object): string;
}
interface Form { readonly year: number; readonly project: string | null; readonly rows: readonly { readonly name: string; readonly target: string }[] }

/** The six tables as one broken text: blanks inside words, shifted rows, bracketed units on lines of their own, a page break inside a table. */
export async function brokenText(year: number, change: (form: Form) => Form = (form) => form): Promise<Buffer> {
  const folder = mkdtempSync(join(tmpdir(), 'jiheng-fixtures-'));
  try {
    const outfile = join(folder, 'fixtures.mjs');
    const from = (name: string): string => JSON.stringify(join(root, 'libs/documents/src/fixtures', name));
    await build({ stdin: { contents: `export { scannedText } from ${from('scanned-text')}; export { sixForms } from ${from('six-forms')};`, resolveDir: root, loader: 'ts' }, bundle: true, format: 'esm', platform: 'node', outfile, logLevel: 'error' });
    const { sixForms, scannedText } = (await import(pathToFileURL(outfile).href)) as Fixtures;
    // The county's own whole-unit table belongs to another unit and stays out.
    const own = sixForms.filter((form, at) => at !== 3).map((form) => change({ ...form, year }));
    return Buffer.from(own.map((form) => scannedText(form, { innerBlanks: true, shiftedRows: [2], continuedNames: [1], pageBreakBefore: 4 })).join('\n\n'));
  } finally { rmSync(folder, { recursive: true, force: true }); }
}
