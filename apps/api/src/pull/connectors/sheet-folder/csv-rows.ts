import { type InfoRecord, parse } from 'csv-parse/sync';
import type { FilledRow } from './pick-values';

/** What parts the cells of a line: commas, and what programs write where a comma is the decimal sign or a table was copied. */
const PARTED_BY = [',', '\t', ';'] as const;

/** Bytes at the beginning that say in which order those of a letter stand. */
const UTF_16 = [{ mark: Buffer.from([0xff, 0xfe]), name: 'utf-16le' }, { mark: Buffer.from([0xfe, 0xff]), name: 'utf-16be' }] as const;

/** Excel's „Unicode text“ is UTF-16; Chinese offices still write GB18030: bytes that are no UTF-8 are read as that. */
function decode(body: Buffer): string {
  const wide = UTF_16.find(({ mark }) => body.subarray(0, 2).equals(mark));
  if (wide !== undefined) return new TextDecoder(wide.name, { fatal: true }).decode(body);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    return new TextDecoder('gb18030', { fatal: true }).decode(body);
  }
}

/**
 * The lines of a text, blank ones left out but counted. Commas part the cells, unless only tabs or semicolons give a line with all these columns. Throws what the parser throws for a text that is none.
 * @param most lines that are read
 */
export function csvRows(body: Buffer, columns: readonly string[], most: number): readonly FilledRow[] {
  const text = decode(body);
  const read = (delimiter: string): FilledRow[] => {
    const places: number[] = [];
    // A cell with a line break in it is one row to whoever opens the file, and a blank line is one too.
    const onRecord = (cells: string[], { records, empty_lines: blank }: InfoRecord): string[] => { places.push(records + blank - 1); return cells; };
    const lines = parse(text, { bom: true, skip_empty_lines: true, trim: true, relax_column_count: true, delimiter, to: most, on_record: onRecord });
    return lines.map((cells, nth) => ({ at: places[nth] ?? nth, cells }));
  };
  let first: FilledRow[] | null = null;
  for (const delimiter of PARTED_BY) {
    if (first !== null && !text.includes(delimiter)) continue;
    const rows = read(delimiter);
    if (rows.some(({ cells }) => columns.every((column) => cells.includes(column)))) return rows;
    first ??= rows;
  }
  return first ?? [];
}
