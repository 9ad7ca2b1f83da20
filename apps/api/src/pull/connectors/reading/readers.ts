import type { SourceRow } from '../../source-connector';
import type { JsonOrder, ReadPage } from '../http-json/read-page';
import { isPlainPath } from '../http-json/json-rows';
import type { ReadSheet, SheetOrder } from '../sheet-folder/read-sheet';
import { isCsv } from '../sheet-folder/sheet-names';

/** What a reader is handed: the bytes of an answer, and beside them, in plain data, what is looked for. It may cross the border of a thread: no functions, no secrets. */
export interface ReadingOrder {
  readonly body: Uint8Array;
}

/** What a reader answers: rows and whatever else its connector asked for, or why there are none. Plain data as well. */
export type Found = { readonly ok: true; readonly rows: readonly SourceRow[] } | { readonly ok: false; readonly why: string };

/** Who reads one form of answer. */
export interface Reader<O extends ReadingOrder, F extends Found> {
  /** Whether reading takes some tens of milliseconds at most, whatever the bytes say: then it is done on the spot, where people are answered too. */
  isLight(order: O): boolean;
  /** Failures are values; only bugs are thrown. */
  read(order: O): Promise<F>;
}

/** Bytes of which even the worst, numbers of one digit and empty cells, are read in some tens of milliseconds. */
const SMALL = 65_536;

/** Forms of answers: what a reader of each is told and what it answers. A new form gets a line here and one below (README.md). */
export interface Forms {
  readonly JSON: { readonly order: JsonOrder; readonly found: ReadPage };
  readonly SHEET: { readonly order: SheetOrder; readonly found: ReadSheet };
}
export type Form = keyof Forms;

/** Who reads which form. What a reader needs is loaded when it first reads. */
export const READERS: { readonly [K in Form]: Reader<Forms[K]['order'], Forms[K]['found']> } = {
  JSON: {
    isLight: ({ body, rowsPath, paths, linkPath }) => body.length <= SMALL && [rowsPath, ...paths, ...(linkPath === null ? [] : [linkPath])].every(isPlainPath),
    read: async (order) => (await import('../http-json/read-page')).readPage(order),
  },
  SHEET: {
    // A workbook of this size may unpack to many times as much.
    isLight: ({ body, name }) => body.length <= SMALL && isCsv(name),
    read: async (order) => (await import('../sheet-folder/read-sheet')).readSheet(order),
  },
};
