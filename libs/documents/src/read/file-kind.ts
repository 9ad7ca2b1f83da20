/** What the first bytes of a file say it is. */
export type ContentKind = 'zip' | 'ole' | 'pdf' | 'image' | 'rtf' | 'html' | 'text';

/** How a file is read, by its extension. */
export type Reader = 'text' | 'csv' | 'workbook';

const READERS: Readonly<Record<string, Reader>> = {
  txt: 'text',
  md: 'text',
  text: 'text',
  tsv: 'text',
  csv: 'csv',
  xlsx: 'workbook',
  xlsm: 'workbook',
  xls: 'workbook',
};

/** Extensions that can be read, for sentences. */
export const READABLE_KINDS = '.txt .md .xlsx .xls .csv';

/** The extension without its dot, lower case; empty when there is none. */
export function extensionOf(fileName: string): string {
  return /\.([^./\\]+)$/u.exec(fileName)?.[1]?.toLowerCase() ?? '';
}

/** The reader for an extension; null when the kind is not supported. */
export function readerFor(extension: string): Reader | null {
  return READERS[extension] ?? null;
}

/** The kind of content, by its first bytes. */
export function sniff(bytes: Uint8Array): ContentKind {
  const starts = (...magic: readonly number[]): boolean => magic.every((byte, index) => bytes[index] === byte);
  if (starts(0x50, 0x4b, 0x03, 0x04) || starts(0x50, 0x4b, 0x05, 0x06)) return 'zip';
  if (starts(0xd0, 0xcf, 0x11, 0xe0)) return 'ole';
  if (starts(0x25, 0x50, 0x44, 0x46)) return 'pdf';
  if (starts(0x89, 0x50, 0x4e, 0x47) || starts(0xff, 0xd8, 0xff) || starts(0x47, 0x49, 0x46, 0x38)) return 'image';
  if (starts(0x7b, 0x5c, 0x72, 0x74, 0x66)) return 'rtf';
  return /^\s*<(?:!doctype html|html|\?xml)/iu.test(new TextDecoder('latin1').decode(bytes.subarray(0, 200))) ? 'html' : 'text';
}

/** What to call a kind of content in a sentence of either language. */
export const KIND_NAMES: Readonly<Record<ContentKind, string>> = {
  zip: 'ZIP / .xlsx / .docx',
  ole: '.xls / .doc',
  pdf: 'PDF',
  image: 'JPEG / PNG / GIF',
  rtf: 'RTF',
  html: 'HTML / XML',
  text: 'TXT',
};

/** Whether content of this kind is what the reader expects. */
export function suits(reader: Reader, kind: ContentKind): boolean {
  return reader === 'workbook' ? kind === 'zip' || kind === 'ole' : kind === 'text';
}
