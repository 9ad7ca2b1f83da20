import { randomBytes } from 'node:crypto';

let lastMs = 0;
let counter = 0;

/**
 * A new row's identity: UUID version 7 (RFC 9562), made in code so that a deed knows the ids it writes before it writes them.
 * Ids made by one process rise strictly (12 bits count within a millisecond), which keeps index pages warm and lists in order of making.
 */
export function newId(): string {
  let ms = Date.now();
  if (ms <= lastMs) {
    ms = lastMs;
    counter += 1;
    if (counter > 0xfff) { ms += 1; counter = 0; }
  } else counter = 0;
  lastMs = ms;
  const bytes = randomBytes(16);
  bytes.writeUIntBE(ms, 0, 6);
  bytes.writeUInt16BE(0x7000 | counter, 6);
  bytes.writeUInt8(0x80 | (bytes.readUInt8(8) & 0x3f), 8);
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
