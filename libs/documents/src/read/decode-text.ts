import { refuse, type Result, ok } from '@jiheng/domain';

/** Control characters that no text holds; tab, line feed, carriage return and form feed are welcome. */
function isBinaryByte(byte: number): boolean {
  return byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d && byte !== 0x0c;
}

/**
 * Bytes of a text file as text: UTF-8, UTF-16 with a mark, else GB18030 (what Chinese office programs write).
 * @returns refusal `document.not-text` naming the first binary byte (1-based)
 */
export function decodeText(bytes: Uint8Array, file: string): Result<string> {
  const [first = 0, second = 0] = bytes;
  if (first === 0xff && second === 0xfe) return ok(new TextDecoder('utf-16le').decode(bytes));
  if (first === 0xfe && second === 0xff) return ok(new TextDecoder('utf-16be').decode(bytes));
  const binary = bytes.findIndex(isBinaryByte);
  if (binary >= 0) return refuse('document.not-text', { file, place: String(binary + 1) });
  for (const encoding of ['utf-8', 'gb18030']) {
    try {
      return ok(new TextDecoder(encoding, { fatal: true }).decode(bytes));
    } catch {
      // A strict decoder throws for one reason only: these bytes are not of its encoding. The next one is tried.
    }
  }
  return refuse('document.not-text', { file, place: String(firstIllegalByte(bytes) + 1) });
}

/** The byte at which UTF-8 decoding breaks off: found by halving, since the decoder does not tell. */
function firstIllegalByte(bytes: Uint8Array): number {
  let legal = 0;
  let illegal = bytes.length;
  while (illegal - legal > 1) {
    const middle = (legal + illegal) >> 1;
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, middle), { stream: true });
      legal = middle;
    } catch {
      illegal = middle;
    }
  }
  return legal;
}
