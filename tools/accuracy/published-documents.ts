import { readDocument } from '@jiheng/documents';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** How the published documents beside their expectations were read. */
export interface PublishedReading {
  readonly documents: number;
  readonly indicators: number;
  /** Indicators equal in every field that was checked by hand. */
  readonly exact: number;
  /** Heads equal in every field. */
  readonly tables: number;
  readonly exactTables: number;
  readonly differences: readonly string[];
}

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Paths at which what was found differs from what was expected; keys beyond the expected ones are not looked at. */
function differences(expected: Json, found: Json | undefined, path: string): string[] {
  if (Array.isArray(expected)) {
    const list = Array.isArray(found) ? found : [];
    return [...(list.length === expected.length ? [] : [`${path}: ${list.length} instead of ${expected.length}`]), ...expected.flatMap((one: Json, at) => differences(one, list[at], `${path}[${at}]`))];
  }
  if (expected !== null && typeof expected === 'object') {
    const object = found !== null && typeof found === 'object' && !Array.isArray(found) ? (found as { readonly [key: string]: Json }) : {};
    return Object.entries(expected).flatMap(([key, value]) => differences(value as Json, object[key], `${path}.${key}`));
  }
  return expected === (found ?? null) ? [] : [`${path}: ${JSON.stringify(found ?? null)} instead of ${JSON.stringify(expected)}`];
}

/** Reads every document of a folder that has its expectation (`*.expected.json`) beside it; null when the folder holds none. */
export async function readPublished(folder: string): Promise<PublishedReading | null> {
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.expected.json')) : [];
  if (names.length === 0) return null;
  const told: string[] = [];
  let [indicators, exact, tables, exactTables] = [0, 0, 0, 0];
  for (const name of names) {
    const base = name.replace('.expected.json', '');
    const file = readdirSync(folder).find((one) => one.startsWith(base) && one !== name);
    if (file === undefined) continue;
    const read = await readDocument(readFileSync(join(folder, file)), file);
    const found = JSON.parse(JSON.stringify(read.ok ? read.value.tables : [])) as readonly { readonly [key: string]: Json }[];
    const expected = JSON.parse(readFileSync(join(folder, name), 'utf8')) as readonly { readonly indicators: readonly Json[] }[];
    expected.forEach(({ indicators: rows, ...head }, table) => {
      const beside = found[table];
      const own = differences(head as Json, beside, `${file} table ${table + 1}`);
      tables += 1;
      if (own.length === 0) exactTables += 1;
      told.push(...own);
      const others = Array.isArray(beside?.['indicators']) ? (beside['indicators'] as readonly Json[]) : [];
      if (others.length !== rows.length) told.push(`${file} table ${table + 1}: ${others.length} rows instead of ${rows.length}`);
      rows.forEach((row, at) => {
        const wrong = differences(row, others[at], `${file} table ${table + 1} row ${at + 1}`);
        indicators += 1;
        if (wrong.length === 0) exact += 1;
        told.push(...wrong);
      });
    });
  }
  return { documents: names.length, indicators, exact, tables, exactTables, differences: told };
}
