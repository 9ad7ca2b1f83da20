import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { RecognisedTable } from '../recognise/recognised-table';
import { readDocument } from './read-document';

// The published documents themselves are not part of this project; where a copy lies beside it, every field is compared.
const folder = resolve(__dirname, '../../../../../shared/seeds');
const expectations = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.expected.json')) : [];

interface ExpectedTable {
  readonly indicators: readonly Record<string, unknown>[];
}

/** What is expected, key by key, out of what was read: keys that were not checked by hand are left out. */
function reduceTo(expected: unknown, found: unknown): unknown {
  if (Array.isArray(expected))
    return Array.isArray(found) ? found.map((one, at) => (at < expected.length ? reduceTo(expected[at], one) : one)) : found;
  if (expected === null || typeof expected !== 'object' || found === null || typeof found !== 'object') return found;
  return Object.fromEntries(
    Object.keys(expected).map((key) => [
      key,
      reduceTo((expected as Record<string, unknown>)[key], (found as Record<string, unknown>)[key] ?? null),
    ]),
  );
}

const compare = expectations.length === 0 ? it.skip : it;

describe('the published documents beside the project', () => {
  compare('give all 50 indicators of their six tables, every field as read by hand', async () => {
    let rows = 0;
    for (const name of expectations) {
      const expected = JSON.parse(readFileSync(resolve(folder, name), 'utf8')) as ExpectedTable[];
      const file = name.replace('.expected.json', '.txt');
      const read = await readDocument(readFileSync(resolve(folder, file)), file);
      if (!read.ok) throw new Error(JSON.stringify(read.refusal));
      const tables: readonly RecognisedTable[] = read.value.tables;
      expect(reduceTo(expected, tables)).toEqual(expected);
      rows += tables.reduce((sum, table) => sum + table.indicators.length, 0);
    }
    expect(rows).toBe(50);
  });
});
