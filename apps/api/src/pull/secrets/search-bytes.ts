/** A pattern longer than this is looked for by its beginning, of which so much is told apart from chance. */
const ANCHOR = 32;

/** Bytes that are looked for. */
export interface Sought {
  readonly bytes: Buffer;
  readonly anchor: Buffer;
  /** Fewest bytes that are the beginning of it, where a text breaks off. */
  readonly shortest: number;
  /** After how many bytes one may go on where the next one does not fit (Knuth, Morris and Pratt). */
  readonly back: Int32Array;
}

export function soughtFor(bytes: Buffer, shortest: number): Sought {
  const back = new Int32Array(bytes.length + 1);
  for (let at = 1, known = 0; at < bytes.length; at += 1) {
    while (known > 0 && bytes[at] !== bytes[known]) known = back[known] ?? 0;
    if (bytes[at] === bytes[known]) known += 1;
    back[at + 1] = known;
  }
  return { bytes, anchor: bytes.subarray(0, ANCHOR), shortest, back };
}

/**
 * Where the bytes stand, and where at least {@link ANCHOR} of their beginning do: of a long secret a part is one too. Each place of the text is looked at a bounded number of times, whatever the two are.
 * @returns beginnings and ends
 */
export function* placesOf({ bytes, anchor, back }: Sought, text: Buffer): Generator<readonly [number, number], void> {
  let at = text.indexOf(anchor);
  if (bytes.length <= ANCHOR) {
    for (; at >= 0; at = text.indexOf(anchor, at + anchor.length)) yield [at, at + anchor.length];
    return;
  }
  for (let known = 0; at >= 0 && at <= text.length;) {
    const byte = text[at];
    // Of the beginnings that end here the longest holds the others.
    if (known >= ANCHOR && byte !== bytes[known]) yield [at - known, at];
    while (known > 0 && byte !== bytes[known]) known = back[known] ?? 0;
    if (byte === bytes[known]) known += 1;
    at += 1;
    if (known === bytes.length) {
      yield [at - known, at];
      known = back[known] ?? 0;
    }
    // Between two beginnings the machine looks, which is quicker.
    if (known === 0) at = text.indexOf(anchor, at);
  }
}

/** How many bytes before `end` are the longest beginning of what is sought; 0 where fewer than its shortest are. */
export function beginningAtEnd({ bytes, back, shortest }: Sought, text: Buffer, end: number): number {
  let known = 0;
  for (let at = Math.max(0, end - bytes.length); at < end; at += 1) {
    if (known === bytes.length) known = back[known] ?? 0;
    while (known > 0 && text[at] !== bytes[known]) known = back[known] ?? 0;
    if (text[at] === bytes[known]) known += 1;
  }
  return known >= shortest ? known : 0;
}
