import { gunzip } from 'node:zlib';
import { promisify } from 'node:util';

const gunzipped = promisify(gunzip);

/** A part as it lies in an archive, and what the directory promises of it. */
export interface PackedPart {
  readonly packed: Uint8Array;
  readonly checksum: number;
  readonly unpacked: number;
}

/** The head of a member of a gzip file: deflate, nothing told. */
const MEMBER_HEAD = Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3);

/**
 * Unpacks many small parts in one go, beside whatever else the thread does: packed alike, they are handed over as the members of one gzip file, which carries the
 * checksum and the size that the directory of the archive promises for each. Nothing is unpacked beyond these promises.
 * @returns beside each part its bytes; null when any of them does not keep its promise: then each is to be looked at by itself
 */
export async function unpackTogether(parts: readonly PackedPart[]): Promise<readonly Buffer[] | null> {
  const members: Uint8Array[] = [];
  let total = 0;
  for (const { packed, checksum, unpacked } of parts) {
    const tail = Buffer.allocUnsafe(8);
    tail.writeUInt32LE(checksum, 0);
    tail.writeUInt32LE(unpacked, 4);
    members.push(MEMBER_HEAD, packed, tail);
    total += unpacked;
  }
  let whole: Buffer;
  try {
    whole = await gunzipped(Buffer.concat(members), { maxOutputLength: Math.max(1, total), chunkSize: total + 64 });
  } catch {
    return null;
  }
  if (whole.length !== total) return null;
  let from = 0;
  return parts.map(({ unpacked }) => whole.subarray(from, (from += unpacked)));
}
