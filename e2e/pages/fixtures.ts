import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { root } from '../house.ts';

/** A target table as a form prints it. */
export interface Form {
  readonly year: number;
  readonly project: string | null;
  readonly rows: readonly { readonly name: string; readonly target: string; readonly previous: string }[];
}

/** The part of the project's own fixtures that makes documents out of forms. */
export interface Fixtures {
  readonly sixForms: readonly Form[];
  scannedText(form: Form, damage: object): string;
  gridOf(form: Form): object;
  printGrid(grid: object): readonly object[];
  writePdf(pages: readonly object[]): Uint8Array;
}

let loaded: Promise<Fixtures> | undefined;

/** Bundled once a run: the fixtures are TypeScript of a library. */
export function fixtures(): Promise<Fixtures> {
  return (loaded ??= load());
}

async function load(): Promise<Fixtures> {
  const folder = mkdtempSync(join(tmpdir(), 'jiheng-fixtures-'));
  try {
    const outfile = join(folder, 'fixtures.mjs');
    const parts = [['scannedText', 'scanned-text'], ['sixForms', 'six-forms'], ['gridOf', 'form-grid'], ['printGrid', 'pdf-table'], ['writePdf', 'pdf-file']] as const;
    const contents = parts.map(([name, file]) => `export { ${name} } from ${JSON.stringify(join(root, 'libs/documents/src/fixtures', file))};`).join('\n');
    await build({ stdin: { contents, resolveDir: root, loader: 'ts' }, bundle: true, format: 'esm', platform: 'node', outfile, logLevel: 'error' });
    return (await import(pathToFileURL(outfile).href)) as Fixtures;
  } finally { rmSync(folder, { recursive: true, force: true }); }
}

/** The published forms of the unit that brings them, for a year. The county's own whole-unit table belongs to another unit and stays out. */
export async function ownForms(year: number, change: (form: Form) => Form = (form) => form): Promise<Form[]> {
  return (await fixtures()).sixForms.filter((_, at) => at !== 3).map((form) => change({ ...form, year }));
}
