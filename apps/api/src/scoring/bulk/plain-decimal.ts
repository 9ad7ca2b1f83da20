import type { CopyRows } from './copy-bytes';

const [MINUS, POINT, ZERO, NINE] = [0x2d, 0x2e, 0x30, 0x39] as const;

/** Whether a field is a decimal of so many digits before and behind its point at most, with nothing unusual about it. */
export function isPlain(rows: CopyRows, row: number, column: number, digits: number, places: number): boolean {
  const { bytes } = rows;
  const end = rows.end(row, column);
  let at = rows.start(row, column);
  if (bytes[at] === MINUS) at += 1;
  const whole = at;
  while (at < end && isDigit(bytes[at] as number)) at += 1;
  if (at === whole || at - whole > digits) return false;
  if (at === end) return true;
  if (bytes[at] !== POINT) return false;
  const fraction = at + 1;
  at = fraction;
  while (at < end && isDigit(bytes[at] as number)) at += 1;
  return at === end && at > fraction && at - fraction <= places;
}

function isDigit(byte: number): boolean {
  return byte >= ZERO && byte <= NINE;
}

/** A plain decimal as a count of 10^−places. */
export function scaled(rows: CopyRows, row: number, column: number, places: number): number {
  const { bytes } = rows;
  const start = rows.start(row, column);
  let value = 0;
  let left = places;
  let isFraction = false;
  for (let at = bytes[start] === MINUS ? start + 1 : start, end = rows.end(row, column); at < end; at += 1) {
    const byte = bytes[at] as number;
    if (byte === POINT) { isFraction = true; continue; }
    value = value * 10 + byte - ZERO;
    if (isFraction) left -= 1;
  }
  for (; left > 0; left -= 1) value *= 10;
  return bytes[start] === MINUS && value !== 0 ? -value : value;
}
