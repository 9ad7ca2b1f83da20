/**
 * The text of a page: by its byte order mark, by the character set it names, else UTF-8 and GB18030. Bytes that are of neither become
 * replacement signs, as a browser shows them.
 */
export function decodeHtml(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 2048));
  const named = /<meta[^>]{0,200}?charset\s*=\s*["']?\s*([a-z0-9_:-]{2,40})/iu.exec(head)?.[1]?.toLowerCase();
  // What names itself GB2312 is written in its successor.
  const own = named === undefined ? null : /^gb/u.test(named) ? 'gb18030' : named;
  for (const encoding of [own, 'utf-8', 'gb18030']) {
    if (encoding === null) continue;
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      // Not of this encoding, or no encoding of that name: the next one is tried.
    }
  }
  return new TextDecoder('utf-8').decode(bytes);
}
