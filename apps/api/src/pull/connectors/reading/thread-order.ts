import type { PackedRows } from './packed-rows';
import type { Form, Found, ReadingOrder } from './readers';

/** What the reading thread is told: one answer to read. */
export interface ThreadOrder {
  readonly form: Form;
  readonly order: ReadingOrder;
}

/** What it says: what was found, its rows packed. */
export type ThreadFound = Extract<Found, { ok: false }> | (Omit<Extract<Found, { ok: true }>, 'rows'> & { readonly rows: PackedRows });
