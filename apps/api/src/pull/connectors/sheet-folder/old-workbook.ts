import { CFB } from '@e965/xlsx';
import { TooHeavy } from '../reading/row-room';

/** What of the sheet library's containers is used here; its own types say nothing. */
const containers = CFB as { read(body: Buffer, options: { type: 'buffer' }): object; find(box: object, name: string): { readonly content: Uint8Array } | null };

/** Records of BIFF that hold sheets, values, and the formats of values. */
const KEPT = new Set([
  0x0009, 0x0209, 0x0409, 0x0809, 0x000a, 0x0085, 0x0022, 0x002f, 0x0042, 0x0000, 0x0200, 0x0208, // beginning and end, sheets, 1904, password, code page, size, rows
  0x00fc, 0x003c, 0x00fd, 0x0004, 0x0204, 0x00d6, 0x0007, 0x0207, // texts
  0x0002, 0x0003, 0x0203, 0x027e, 0x00bd, 0x0005, 0x0205, 0x0006, 0x0206, 0x0406, // numbers, yes and no, results of formulas
  0x0043, 0x0243, 0x0443, 0x00e0, 0x001e, 0x041e, // formats
]);
/** A record that says nothing. */
const NOTHING = 0x005e;
const FORMAT_OF_CELL = 0x00e0;
/** Many numbers of one row, six bytes each. */
const NUMBERS = 0x00bd;
/** Values that a workbook may hold: all rows of a sheet with fifteen columns. The library takes some 600 bytes for each. */
const MOST_VALUES = 1_000_000;
const HEAVIEST_MB = 600;
/** As in `lean-workbook.ts`: dates that the library knows no format of. */
const EASTERN_DATES = new Set([27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58]);
const PLAIN_DATE = 14;

/** Whether these bytes begin as the container of an old Office file. */
export function isOldWorkbook(body: Buffer): boolean {
  return body.subarray(0, 8).equals(Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]));
}

/**
 * The records of an old .xls, of which only those that hold values still say something: over each cell of a link or a merge the sheet library
 * takes a step, and forty bytes can name millions of cells. Throws `TooHeavy`, and for a container without a workbook, such as one with a password.
 */
export function oldWorkbook(body: Buffer): Buffer {
  const box = containers.read(body, { type: 'buffer' });
  const found = containers.find(box, '/Workbook') ?? containers.find(box, '/Book');
  if (found === null) throw new Error('no workbook inside');
  // In place: sheets are found by where they stand.
  const records = Buffer.from(found.content);
  let values = 0;
  for (let at = 0; at + 4 <= records.length; at += 4 + records.readUInt16LE(at + 2)) {
    const type = records.readUInt16LE(at);
    values += type === NUMBERS ? records.readUInt16LE(at + 2) / 6 : KEPT.has(type) ? 1 : 0;
    if (values > MOST_VALUES) throw new TooHeavy(HEAVIEST_MB);
    if (!KEPT.has(type)) records.writeUInt16LE(NOTHING, at);
    else if (type === FORMAT_OF_CELL && at + 8 <= records.length && EASTERN_DATES.has(records.readUInt16LE(at + 6))) records.writeUInt16LE(PLAIN_DATE, at + 6);
  }
  return records;
}
