import { createHash } from 'node:crypto';
import { setImmediate as letOthersIn } from 'node:timers/promises';
import type { SourceRow } from '../../source-connector';
import { RowRoom, TooHeavy } from '../reading/row-room';
import { type JsonDocument, isEmptyList, nameOf, nodesAt, readJson, valuesAt } from './json-rows';
import { JsonSearch, SearchBroke, type SearchBounds } from './json-search';
import { type RowShape, rowsOfNode, strayOf } from './row-shapes';

/** One page to be read, and what is looked for in it. */
export interface JsonOrder {
  readonly body: Uint8Array;
  /** As the answer names it, such as `utf-8`. */
  readonly charset: string;
  /** JSONPath to the rows. */
  readonly rowsPath: string;
  readonly shape: RowShape;
  /** Places of the document that are wanted by themselves. */
  readonly paths: readonly string[];
  /** An answer without the list means a period without data, and not a slip in the path. */
  readonly listMayBeAbsent: boolean;
  /** JSONPath to the address of the next page; null where none is looked for. */
  readonly linkPath: string | null;
  /** Rows to be made at most. */
  readonly most: number;
  readonly search: SearchBounds;
  /** Milliseconds of `search.totalMs` that pages before this one have used. */
  readonly searchedMs: number;
}

/** What one page gave, or why it gave nothing: no JSON, values of another period or organisation unit than was asked, a path that cannot be followed, or only beyond the bounds, something else where the next address should stand. */
export type ReadPage =
  | {
    readonly ok: true;
    readonly rows: readonly SourceRow[];
    /** Entries of its list, also those that are no rows. */
    readonly nodes: number;
    /** Its list is there, and holds nothing. */
    readonly isEmpty: boolean;
    /** SHA-256 of its rows, or of all of it where it has none: what is said beside the rows (a time, a count) may change although the page is the same. */
    readonly digest: string;
    /** What stands at `linkPath`. */
    readonly link: string | null;
    readonly searchedMs: number;
  }
  | { readonly ok: false; readonly why: 'NOT_JSON' }
  | { readonly ok: false; readonly why: 'STRAY'; readonly found: string }
  | { readonly ok: false; readonly why: 'TOO_HEAVY'; readonly limit: number }
  | { readonly ok: false; readonly why: 'PATH' | 'TOO_WIDE' | 'NO_LINK'; readonly path: string };

/** Reads one page. */
export async function readPage(order: JsonOrder): Promise<ReadPage> {
  try {
    const read = readJson(order.body, order.charset);
    if (read === null) return { ok: false, why: 'NOT_JSON' };
    const search = new JsonSearch(order.search, order.searchedMs);
    const taken = await take(read, order, search);
    if ('stray' in taken) return { ok: false, why: 'STRAY', found: taken.stray };
    const found = order.linkPath === null ? null : nodesAt(order.linkPath, read, search)[0] ?? null;
    const link = nameOf(found);
    // After the last page there is nothing, or `false`. An object with the address in it is no end: what stands on the pages behind would be missing in silence.
    if (order.linkPath !== null && link === null && found !== null && found !== false) return { ok: false, why: 'NO_LINK', path: order.linkPath };
    return { ok: true, ...taken, digest: digestOf(taken.rows, order.body), link, searchedMs: search.spentMs };
  } catch (cause) {
    if (cause instanceof TooHeavy) return { ok: false, why: 'TOO_HEAVY', limit: cause.limit };
    if (!(cause instanceof SearchBroke)) throw cause;
    return { ok: false, why: cause.kind === 'PATH' ? 'PATH' : 'TOO_WIDE', path: cause.path };
  }
}

/**
 * The rows of a page: of its list, then of the places wanted by themselves.
 * @throws SearchBroke, TooHeavy
 */
async function take(read: JsonDocument, { rowsPath, shape, paths, listMayBeAbsent, most }: JsonOrder, search: JsonSearch): Promise<{ readonly rows: readonly SourceRow[]; readonly nodes: number; readonly isEmpty: boolean } | { readonly stray: string }> {
  const nodes = nodesAt(rowsPath, read, search);
  const stray = strayOf(read.asWritten, nodes, shape);
  if (stray !== null) return { stray };
  const rows: SourceRow[] = [];
  const room = new RowRoom();
  const keep = (row: SourceRow): void => { room.add(row); rows.push(row); };
  for (const node of nodes) {
    if (rows.length >= most) break;
    rowsOfNode(node, shape).forEach(keep);
  }
  const isEmpty = rows.length === 0 && nodes.length === 0 && (listMayBeAbsent || isEmptyList(rowsPath, read, search));
  for (const path of paths) {
    if (rows.length >= most) break;
    // A small page is read where people are answered: between two paths they come in.
    await letOthersIn();
    valuesAt(path, read, search, most - rows.length).forEach(keep);
  }
  return { rows, nodes: nodes.length, isEmpty };
}

function digestOf(rows: readonly SourceRow[], body: Uint8Array): string {
  const hash = createHash('sha256');
  if (rows.length === 0) return hash.update(body).digest('hex');
  // Row by row: together they may be longer than any text can be.
  for (const row of rows) hash.update(JSON.stringify(row));
  return hash.digest('hex');
}
