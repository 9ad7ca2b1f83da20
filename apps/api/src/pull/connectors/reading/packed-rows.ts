import type { SourceRow } from '../../source-connector';

/** Rows on their way out of a thread: each text once, and of each row which texts it is made of. */
export interface PackedRows {
  readonly texts: readonly string[];
  /** Of each row the places in `texts` of what {@link PARTS} names; {@link NOTHING} for a part that it has not. */
  readonly places: Uint32Array<ArrayBuffer>;
}

/** Every part of a row: one that were missing here would be lost on the way. */
const PARTS = Object.keys({ key: 0, verbatim: 0, row: 0, file: 0, line: 0 } satisfies Record<keyof SourceRow, 0>) as (keyof SourceRow)[];
const NOTHING = 0xffff_ffff;

/** Rows that share texts (many values of one object have that object beside them) share them again on the other side: a thread's border copies a text each time it meets it. */
export function packRows(rows: readonly SourceRow[]): PackedRows {
  const texts: string[] = [];
  const known = new Map<string, number>();
  const placeOf = (text: string): number => {
    let place = known.get(text);
    if (place === undefined) {
      known.set(text, (place = texts.length));
      texts.push(text);
    }
    return place;
  };
  const places = new Uint32Array(rows.length * PARTS.length).fill(NOTHING);
  for (const [at, row] of rows.entries()) {
    for (const [part, name] of PARTS.entries()) {
      const text = row[name];
      if (text !== undefined) places[at * PARTS.length + part] = placeOf(text);
    }
  }
  return { texts, places };
}

/** The rows as they were packed. */
export function unpackRows({ texts, places }: PackedRows): SourceRow[] {
  const rows: SourceRow[] = [];
  for (let at = 0; at < places.length; at += PARTS.length) {
    const row: Partial<Record<keyof SourceRow, string>> = {};
    for (const [part, name] of PARTS.entries()) {
      const text = texts[places[at + part] ?? NOTHING];
      if (text !== undefined) row[name] = text;
    }
    rows.push(row as SourceRow);
  }
  return rows;
}
