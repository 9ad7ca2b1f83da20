import { jsonpath } from 'json-p3';
import { type SourceRow, boundRow } from '../../source-connector';

/** What JSON.parse tells a reviver about a number since Node 21: the digits as they were written. */
type SourceReviver = (key: string, value: unknown, context: { readonly source?: string }) => unknown;

/** Of Node 22 and newer; the types of the language do not know it yet. */
const RawJson = JSON as unknown as { rawJSON(text: string): unknown; isRawJSON(value: unknown): value is { readonly rawJSON: string } };

/** A document twice: to be searched, and with every number as it was written. */
export interface JsonDocument {
  readonly document: unknown;
  readonly asWritten: unknown;
}

/** Null for bytes that are no JSON in that character set. */
export function readJson(body: Buffer, charset: string): JsonDocument | null {
  try {
    const decoded = new TextDecoder(charset, { fatal: true }).decode(body);
    // Numbers as they were written: 26.10 must not become 26.1, nor a long number lose its end, in the value and in the row that is kept.
    const keepDigits: SourceReviver = (_key, value, context) => (typeof value === 'number' ? RawJson.rawJSON(context.source ?? String(value)) : value);
    return { document: JSON.parse(decoded), asWritten: JSON.parse(decoded, keepDigits as (key: string, value: unknown) => unknown) };
  } catch {
    return null;
  }
}

/** The nodes that a JSONPath (RFC 9535) meets, as they were written; null for a path that is none. */
export function nodesAt(path: string, { document, asWritten }: JsonDocument): readonly unknown[] | null {
  try {
    const nodes = [...jsonpath.query(path, document as never)] as readonly { readonly location: readonly (string | number)[] }[];
    return nodes.map((node) => node.location.reduce<unknown>((at, key) => memberOf(at, key), asWritten));
  } catch {
    return null;
  }
}

/** Whether a text is a JSONPath (RFC 9535). */
export function isJsonPath(path: string): boolean {
  try {
    jsonpath.compile(path);
    return true;
  } catch {
    return false;
  }
}

/** The single values (texts, numbers, truths) that a path meets, each as a row under the path's own name, with what stands around it. */
export function valuesAt(path: string, { document, asWritten }: JsonDocument): readonly SourceRow[] {
  const nodes = [...jsonpath.query(path, document as never)] as readonly { readonly location: readonly (string | number)[] }[];
  return nodes.flatMap(({ location }) => {
    const at = (keys: readonly (string | number)[]): unknown => keys.reduce<unknown>((within, key) => memberOf(within, key), asWritten);
    const value = at(location);
    const verbatim = nameOf(value) ?? (typeof value === 'boolean' ? String(value) : null);
    return verbatim === null ? [] : [{ key: path, verbatim, row: boundRow(JSON.stringify(at(location.slice(0, -1)))) }];
  });
}

/** A member of an object or list; undefined where there is none of its own. */
export function memberOf(container: unknown, key: string | number): unknown {
  return typeof container === 'object' && container !== null && Object.hasOwn(container, key) ? (container as Record<string | number, unknown>)[key] : undefined;
}

/** A text, or a number as it was written. */
export function nameOf(value: unknown): string | null {
  if (RawJson.isRawJSON(value)) return value.rawJSON;
  return typeof value === 'string' ? value : null;
}

/** A node as a row; null when it lacks key or value. */
export function rowOf(node: unknown, keyField: string, valueField: string): SourceRow | null {
  const key = nameOf(memberOf(node, keyField));
  const value = memberOf(node, valueField);
  if (key === null || value === null || value === undefined) return null;
  return { key, verbatim: typeof value === 'string' ? value : JSON.stringify(value), row: boundRow(JSON.stringify(node)) };
}

/** Whether a path to rows ends at a list that is there and empty: a period without data, and not a slip in the path. */
export function isEmptyList(rowsPath: string, read: JsonDocument): boolean {
  const list = rowsPath.replace(/\[\*\]$|\.\*$/u, '');
  return (nodesAt(list === '' ? '$' : list, read) ?? []).some((node) => Array.isArray(node) && node.length === 0);
}
