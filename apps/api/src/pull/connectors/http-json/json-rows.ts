import { jsonpath } from 'json-p3';
import { ROW_LIMIT, type SourceRow, boundRow } from '../../source-connector';
import { TooHeavy } from '../reading/row-room';
import type { JsonSearch } from './json-search';
import { weighJson } from './weigh-json';

/** What JSON.parse tells a reviver about a number since Node 21: the digits as they were written. */
type SourceReviver = (key: string, value: unknown, context: { readonly source?: string }) => unknown;

/** Of Node 22 and newer; the types of the language do not know it yet. */
const RawJson = JSON as unknown as { rawJSON(text: string): unknown; isRawJSON(value: unknown): value is { readonly rawJSON: string } };

/** A document twice: to be searched, and with every number as it was written. */
export interface JsonDocument {
  readonly document: unknown;
  readonly asWritten: unknown;
}

/** Memory that reading a document may take, in megabytes: fifty thousand rows of thirty short numbers take less. */
export const HEAVIEST_MB = 600;

/**
 * Null for bytes that are no JSON in that character set.
 * @throws TooHeavy before anything is parsed
 */
export function readJson(body: Uint8Array, charset: string): JsonDocument | null {
  try {
    const decoded = new TextDecoder(charset, { fatal: true }).decode(body);
    const { megabytes, isPlain } = weighJson(decoded);
    if (megabytes > HEAVIEST_MB) throw new TooHeavy(HEAVIEST_MB);
    const document: unknown = JSON.parse(decoded);
    if (isPlain) return { document, asWritten: document };
    // Numbers as they were written: 26.10 must not become 26.1, nor a long number lose its end, in the value and in the row that is kept.
    // A number that is written the shortest way needs no text beside it: a list of five million of them must not hold five million texts.
    const keepDigits: SourceReviver = (_key, value, context) => (typeof value === 'number' && context.source !== String(value) ? RawJson.rawJSON(context.source ?? String(value)) : value);
    return { document, asWritten: JSON.parse(decoded, keepDigits as (key: string, value: unknown) => unknown) };
  } catch (cause) {
    if (cause instanceof TooHeavy) throw cause;
    return null;
  }
}

/**
 * The nodes that a JSONPath (RFC 9535) meets, as they were written.
 * @throws SearchBroke
 */
export function nodesAt(path: string, { document, asWritten }: JsonDocument, search: JsonSearch): readonly unknown[] {
  const nodes: unknown[] = [];
  search.each(path, document, ({ location }) => nodes.push(placeIn(asWritten, location)) > 0);
  return nodes;
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

/** Whether a path goes down from level to level, without filters and without looking everywhere: it meets each node of a document once at most. A path that is none meets nothing. */
export function isPlainPath(path: string): boolean {
  if (!isJsonPath(path)) return true;
  return !path.includes('..') && jsonpath.compile(path).segments.every(({ selectors }) => selectors.length === 1 && !(selectors[0] instanceof jsonpath.selectors.FilterSelector));
}

/**
 * The single values (texts, numbers, truths, null as a value that is not there yet) that a path meets, each as a row under the path's own name, with what stands around it. Stops after `most` rows.
 * @throws SearchBroke
 */
export function valuesAt(path: string, { document, asWritten }: JsonDocument, search: JsonSearch, most: number): readonly SourceRow[] {
  const rows: SourceRow[] = [];
  const surroundings = new Surroundings();
  // A path may come to one place by two ways (`$['a','a']`): that is one value.
  const met = isPlainPath(path) ? null : new Set<string>();
  search.each(path, document, (node) => {
    const value = placeIn(asWritten, node.location);
    const verbatim = nameOf(value) ?? (typeof value === 'boolean' ? String(value) : value === null ? '' : null);
    if (verbatim !== null && isNew(met, node.location)) {
      const placed = (): string => JSON.stringify({ [node.getPath({ form: 'pretty' })]: value });
      rows.push({ key: path, verbatim, row: surroundings.of(placeIn(asWritten, node.location.slice(0, -1)), placed) });
    }
    return rows.length < most;
  });
  return rows;
}

/** How much is shown of an object that is too long to be shown whole. */
const GLIMPSE = 400;

/**
 * What is kept beside a single value. Of an object that fits into a row: all of it. Of a longer one: the value with its place, and how the object begins. Of a list: the
 * value with its place alone. An object is written out once, however many of its values are taken.
 */
class Surroundings {
  private readonly texts = new Map<unknown, { readonly text: string; readonly isWhole: boolean }>();

  of(parent: unknown, placed: () => string): string {
    if (typeof parent !== 'object' || parent === null || Array.isArray(parent) || RawJson.isRawJSON(parent)) return boundRow(placed());
    let known = this.texts.get(parent);
    if (known === undefined) {
      const text = JSON.stringify(parent);
      known = text.length <= ROW_LIMIT ? { text, isWhole: true } : { text: boundRow(text, GLIMPSE), isWhole: false };
      this.texts.set(parent, known);
    }
    return known.isWhole ? known.text : `${boundRow(placed(), ROW_LIMIT - GLIMPSE)}\n${known.text}`;
  }
}

/** Whether a place is met for the first time; `met` is null where none can be met twice. */
function isNew(met: Set<string> | null, location: readonly (string | number)[]): boolean {
  if (met === null) return true;
  const place = JSON.stringify(location);
  if (met.has(place)) return false;
  met.add(place);
  return true;
}

function placeIn(asWritten: unknown, location: readonly (string | number)[]): unknown {
  return location.reduce<unknown>((within, key) => memberOf(within, key), asWritten);
}

/** A member of an object or list; undefined where there is none of its own. */
export function memberOf(container: unknown, key: string | number): unknown {
  return typeof container === 'object' && container !== null && Object.hasOwn(container, key) ? (container as Record<string | number, unknown>)[key] : undefined;
}

/** A text, or a number as it was written. */
export function nameOf(value: unknown): string | null {
  if (RawJson.isRawJSON(value)) return value.rawJSON;
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' ? value : null;
}

/** A node as a row; null when it lacks the members of key or value. A value that is null is a row that says nothing yet. */
export function rowOf(node: unknown, keyField: string, valueField: string): SourceRow | null {
  const key = nameOf(memberOf(node, keyField));
  const value = memberOf(node, valueField);
  if (key === null || value === undefined) return null;
  // What is no single value cannot be read as one; that it is none can be seen from its beginning.
  return { key, verbatim: value === null ? '' : nameOf(value) ?? boundRow(JSON.stringify(value)), row: boundRow(JSON.stringify(node)) };
}

/** Whether a path to rows ends at a list that is there and empty: a period without data, and not a slip in the path. */
export function isEmptyList(rowsPath: string, read: JsonDocument, search: JsonSearch): boolean {
  const list = rowsPath.replace(/\[\*\]$|\.\*$/u, '');
  return nodesAt(list === '' ? '$' : list, read, search).some((node) => Array.isArray(node) && node.length === 0);
}
