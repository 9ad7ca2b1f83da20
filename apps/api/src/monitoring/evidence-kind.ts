import { ok, refuse, type Result } from '@jiheng/domain';
import { fileTypeFromBuffer } from 'file-type';

/** What may stand behind a value: paper, sheets, pictures, plain lists. No archives, pages or programs: nobody can see what they hold. */
const KINDS: Readonly<Record<string, { readonly mediaType: string; readonly found: readonly string[] }>> = {
  pdf: { mediaType: 'application/pdf', found: ['application/pdf'] },
  docx: { mediaType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', found: ['application/vnd.openxmlformats-officedocument.wordprocessingml.document'] },
  xlsx: { mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', found: ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'] },
  // The older Office formats are one kind of container; units still keep their ledgers in them.
  doc: { mediaType: 'application/msword', found: ['application/x-cfb'] },
  xls: { mediaType: 'application/vnd.ms-excel', found: ['application/x-cfb'] },
  png: { mediaType: 'image/png', found: ['image/png'] },
  jpg: { mediaType: 'image/jpeg', found: ['image/jpeg'] },
  jpeg: { mediaType: 'image/jpeg', found: ['image/jpeg'] },
  csv: { mediaType: 'text/csv', found: [] },
  txt: { mediaType: 'text/plain', found: [] },
};

/** For people, in the order of {@link KINDS}. */
export const ALLOWED_KINDS = Object.keys(KINDS).join(' ');

/**
 * The media type of an upload, from its content and its name together: the two must agree, so that nothing runs under another name.
 * Refusals: `evidence.empty`, `.kind-not-allowed`, `.disguised`.
 */
export async function evidenceMediaType(fileName: string, bytes: Uint8Array): Promise<Result<string>> {
  if (bytes.length === 0) return refuse('evidence.empty', { file: fileName });
  const extension = /\.([a-z0-9]+)$/iu.exec(fileName)?.[1]?.toLowerCase() ?? '';
  const kind = Object.hasOwn(KINDS, extension) ? KINDS[extension] : undefined;
  if (kind === undefined) return refuse('evidence.kind-not-allowed', { file: fileName, allowed: ALLOWED_KINDS });
  const sniffed = await fileTypeFromBuffer(bytes);
  if (kind.found.length > 0) {
    return sniffed !== undefined && kind.found.includes(sniffed.mime) ? ok(kind.mediaType) : refuse('evidence.disguised', { file: fileName, found: sniffed?.ext ?? '未知格式', foundEn: sniffed?.ext ?? 'of no known kind' });
  }
  // Text has no mark of its own: it must be none of the known kinds and hold no control characters.
  if (sniffed !== undefined) return refuse('evidence.disguised', { file: fileName, found: sniffed.ext });
  return looksLikeText(bytes) ? ok(kind.mediaType) : refuse('evidence.disguised', { file: fileName, found: '二进制内容', foundEn: 'binary' });
}

/** GBK and UTF-8 alike have no bytes below blank apart from tab and line ends. */
function looksLikeText(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte >= 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d || byte === 0x0c);
}

/** The name a file keeps: no folders, no control or direction characters, at most 200 characters with its extension. */
export function plainFileName(given: string): string {
  const last = given.normalize('NFC').split(/[\\/]/u).pop() ?? '';
  const plain = [...last].filter((sign) => !/[\p{Cc}\p{Cf}<>:"|?*]/u.test(sign)).join('').trim().replace(/^\.+/u, '');
  const dot = plain.lastIndexOf('.');
  const extension = dot > 0 ? plain.slice(dot) : '';
  return plain.length <= 200 ? plain || 'file' : plain.slice(0, 200 - extension.length) + extension;
}
