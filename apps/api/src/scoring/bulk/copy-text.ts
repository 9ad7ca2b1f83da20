import type { Client } from 'pg';
import { CopyReader } from './copy-bytes';

/** One row of PostgreSQL's COPY text: columns in order, null for `\N`. */
export type CopyRow = readonly (string | null)[];

const ESCAPES: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };

/** Reads a small query as COPY text: a third of the cost of rows as objects. The query takes no parameters; what goes into it must be made of ids. */
export async function copyOut(client: Client, query: string): Promise<CopyRow[]> {
  const reader = new CopyReader(`copy (${query}) to stdout`);
  client.query(reader);
  const bytes = await reader.ended;
  return parseCopy(bytes.toString('utf8', 0, reader.length));
}

/** COPY text as rows. */
export function parseCopy(text: string): CopyRow[] {
  if (text === '') return [];
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  // A tab or line break inside a value is written with a backslash, so the raw ones are always separators. Most texts hold no other backslash than that of `\N`.
  const read = /\\[^N]/.test(text) ? unescaped : plain;
  return lines.map((line) => {
    const fields: (string | null)[] = line.split('\t');
    for (let at = 0; at < fields.length; at += 1) fields[at] = read(fields[at] as string);
    return fields;
  });
}

function plain(field: string): string | null {
  return field === '\\N' ? null : field;
}

function unescaped(field: string): string | null {
  if (!field.includes('\\')) return field;
  if (field === '\\N') return null;
  return field.replace(/\\(.)/g, (_, letter: string) => ESCAPES[letter] ?? letter);
}
