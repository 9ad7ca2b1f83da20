import type { Readable } from 'node:stream';

/** Bytes by their digest: written once, never changed, so a signed document's evidence is what it was. */
export abstract class FileStore {
  /** Stores the bytes and answers their SHA-256 (hex) and size. The same bytes twice are stored once. */
  abstract put(content: Readable | Buffer): Promise<{ sha256: string; size: number }>;
  /** A stream of the bytes; fails with ENOENT when they are not there. */
  abstract open(sha256: string): Readable;
  abstract exists(sha256: string): Promise<boolean>;
}
