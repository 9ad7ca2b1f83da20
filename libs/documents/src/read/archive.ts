import { createInflateRaw, inflateRawSync } from 'node:zlib';
import { ENTRY_LIMIT, MEGABYTE, PART_LIMIT, RATIO_LIMIT, UNPACKED_LIMIT } from './limits';
import { UnfitFile } from './unfit-file';

const LOCAL_ENTRY = 0x04034b50;
const CENTRAL_ENTRY = 0x02014b50;
const END_OF_DIRECTORY = 0x06054b50;
/** Below this size a high ratio harms nobody: blank sheets compress a thousand times. */
const SMALL = 16 * MEGABYTE;

/** Bytes set aside at once for a part that is being unpacked. */
const LARGEST_CHUNK = 262_144;

interface Entry {
  readonly method: number;
  readonly packed: number;
  readonly unpacked: number;
  readonly at: number;
}

/** The text of a part. */
export interface Letters {
  readonly text: string;
  /** The bytes of the part where each character of the text is one of them; null where it is decoded. */
  readonly bytes: DataView | null;
}

/**
 * A zip archive (.docx, .xlsx) whose parts are unpacked one at a time, each no further than its directory promised: an archive that lies
 * about a size is found out while it inflates, not after. Throws {@link UnfitFile} `document.truncated`, `document.broken-archive`,
 * `document.password`, `document.inflates-too-much`.
 */
export class Archive {
  private readonly entries = new Map<string, Entry>();
  private readonly view: DataView;
  private spent = 0;

  constructor(private readonly bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.readDirectory();
  }

  /** Names of the parts as the archive spells them, in lower case: part names do not tell cases apart. */
  names(): string[] {
    return [...this.entries.keys()];
  }

  has(name: string): boolean {
    return this.entries.has(name.toLowerCase());
  }

  /** Bytes a part says it unpacks to; 0 when there is none. */
  size(name: string): number {
    return this.entries.get(name.toLowerCase())?.unpacked ?? 0;
  }

  /** The text of a part; null when there is none. */
  text(name: string): string | null {
    const part = this.part(name);
    return part === null ? null : decodePart(part);
  }

  /**
   * The text of a part for whoever looks for its markup: with a character for each byte of its UTF-8, which needs no decoding of what stands
   * between the tags ({@link wordOf} decodes a stretch of it); null when there is none.
   */
  letters(name: string): Letters | null {
    const part = this.part(name);
    if (part === null) return null;
    return hasWideMark(part) ? { text: decodePart(part), bytes: null } : { text: part.toString('latin1'), bytes: new DataView(part.buffer, part.byteOffset, part.length) };
  }

  /** The unpacked bytes of a part; null when there is none. */
  part(name: string): Buffer | null {
    const entry = this.entries.get(name.toLowerCase());
    if (entry === undefined) return null;
    if (entry.unpacked > PART_LIMIT * MEGABYTE) throw swollen(entry.unpacked, PART_LIMIT);
    const packed = this.packedOf(entry);
    if (entry.method === 0) return packed;
    let part: Buffer;
    try {
      // A part of ordinary size is unpacked into one piece; what it promises is not believed beyond that.
      part = inflateRawSync(packed, { maxOutputLength: Math.max(1, entry.unpacked), chunkSize: Math.min(LARGEST_CHUNK, entry.unpacked + 64) });
    } catch (fault) {
      throw unfitBy(fault, name);
    }
    this.spend(part.length);
    return part;
  }

  /** The first {@link PART_LIMIT} megabytes of a part, and whether there was more; null when there is none. */
  async head(name: string): Promise<{ readonly text: string; readonly isWhole: boolean } | null> {
    const entry = this.entries.get(name.toLowerCase());
    if (entry === undefined) return null;
    if (entry.unpacked <= PART_LIMIT * MEGABYTE) return { text: this.text(name) ?? '', isWhole: true };
    const limit = PART_LIMIT * MEGABYTE;
    const inflate = createInflateRaw();
    inflate.end(this.packedOf(entry));
    const chunks: Buffer[] = [];
    let length = 0;
    try {
      for await (const chunk of inflate as AsyncIterable<Buffer>) {
        chunks.push(chunk);
        length += chunk.length;
        if (length >= limit) break;
      }
    } catch (fault) {
      throw unfitBy(fault, name);
    }
    this.spend(length);
    return { text: decodePart(Buffer.concat(chunks)), isWhole: false };
  }

  /** Unpacks every part once and keeps none: proof, for a library that unpacks by itself, that the archive keeps its promises. */
  proveSizes(): void {
    for (const name of this.entries.keys()) this.part(name);
  }

  private spend(bytes: number): void {
    this.spent += bytes;
    // Parts may lie over one another, so that a small archive unpacks the same bytes under many names.
    if (this.spent > UNPACKED_LIMIT * MEGABYTE) throw swollen(this.spent, UNPACKED_LIMIT);
  }

  private packedOf(entry: Entry): Buffer {
    const { view } = this;
    if (entry.at + 30 > view.byteLength || view.getUint32(entry.at, true) !== LOCAL_ENTRY) throw new UnfitFile('document.broken-archive');
    const from = entry.at + 30 + view.getUint16(entry.at + 26, true) + view.getUint16(entry.at + 28, true);
    if (from + entry.packed > view.byteLength) throw new UnfitFile('document.truncated');
    return Buffer.from(this.bytes.buffer, this.bytes.byteOffset + from, entry.packed);
  }

  private readDirectory(): void {
    const { view, bytes } = this;
    const end = findEnd(view);
    if (end === null) throw new UnfitFile('document.truncated');
    const count = view.getUint16(end + 10, true);
    if (count > ENTRY_LIMIT) throw new UnfitFile('document.broken-archive');
    let at = view.getUint32(end + 16, true);
    let total = 0;
    for (let index = 0; index < count; index += 1) {
      if (at + 46 > view.byteLength || view.getUint32(at, true) !== CENTRAL_ENTRY) throw new UnfitFile('document.broken-archive');
      const [flags, method] = [view.getUint16(at + 8, true), view.getUint16(at + 10, true)];
      const [packed, unpacked] = [view.getUint32(at + 20, true), view.getUint32(at + 24, true)];
      const nameLength = view.getUint16(at + 28, true);
      const name = Buffer.from(bytes.buffer, bytes.byteOffset + at + 46, nameLength).toString('utf8');
      if ((flags & 1) !== 0) throw new UnfitFile('document.password');
      if (method !== 0 && method !== 8) throw new UnfitFile('document.broken-archive');
      total += unpacked;
      if (total > UNPACKED_LIMIT * MEGABYTE) throw swollen(total, UNPACKED_LIMIT);
      if (unpacked > SMALL && unpacked > packed * RATIO_LIMIT) throw swollen(unpacked, Math.ceil((packed * RATIO_LIMIT) / MEGABYTE));
      this.entries.set(name.replaceAll('\\', '/').replace(/^\/+/u, '').toLowerCase(), { method, packed, unpacked, at: view.getUint32(at + 42, true) });
      at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    }
  }
}

function findEnd(view: DataView): number | null {
  // The record may be followed by a comment of at most 65535 bytes.
  for (let at = view.byteLength - 22; at >= Math.max(0, view.byteLength - 22 - 0xffff); at -= 1) {
    if (view.getUint32(at, true) === END_OF_DIRECTORY) return at;
  }
  return null;
}

function swollen(bytes: number, limit: number): UnfitFile {
  return new UnfitFile('document.inflates-too-much', { size: String(Math.ceil(bytes / MEGABYTE)), limit: String(limit) });
}

function unfitBy(fault: unknown, name: string): UnfitFile {
  const code = (fault as NodeJS.ErrnoException).code;
  if (code === 'ERR_BUFFER_TOO_LARGE') return new UnfitFile('document.lying-archive', { part: name });
  if (code?.startsWith('Z_') === true) return new UnfitFile('document.broken-part', { part: name });
  throw fault;
}

function hasWideMark(part: Buffer): boolean {
  return (part[0] === 0xff && part[1] === 0xfe) || (part[0] === 0xfe && part[1] === 0xff);
}

/** What a stretch of {@link Letters} that are bytes says; it holds nothing of the part it was cut from. */
export function wordOf(stretch: string): string {
  return Buffer.from(stretch, 'latin1').toString('utf8');
}

/** XML parts are UTF-8 or, seldom, UTF-16 with a mark. */
function decodePart(part: Buffer): string {
  if (part[0] === 0xff && part[1] === 0xfe) return new TextDecoder('utf-16le').decode(part);
  if (part[0] === 0xfe && part[1] === 0xff) return new TextDecoder('utf-16be').decode(part);
  const text = part.toString('utf8');
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}
