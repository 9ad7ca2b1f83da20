import { CONVERSION_SECONDS } from './limits';

/** What the first bytes of a file say it is; for archives and old office files also what lies in them. */
export type ContentKind = 'docx' | 'xlsx' | 'zip' | 'locked' | 'doc' | 'xls' | 'ole' | 'pdf' | 'ofd' | 'image' | 'rtf' | 'html' | 'text';

/** How a file is read, by its extension. */
export type Reader = 'text' | 'markdown' | 'csv' | 'workbook' | 'document' | 'html' | 'pdf' | 'ofd' | 'convert-document' | 'convert-workbook';

const READERS: Readonly<Record<string, Reader>> = {
  txt: 'text',
  text: 'text',
  md: 'markdown',
  markdown: 'markdown',
  tsv: 'csv',
  csv: 'csv',
  xlsx: 'workbook',
  xlsm: 'workbook',
  xls: 'workbook',
  et: 'workbook',
  docx: 'document',
  docm: 'document',
  html: 'html',
  htm: 'html',
  pdf: 'pdf',
  ofd: 'ofd',
  doc: 'convert-document',
  wps: 'convert-document',
  rtf: 'convert-document',
  odt: 'convert-document',
  ods: 'convert-workbook',
};

/** Extensions that can be read, for sentences. */
export const READABLE_KINDS = '.docx .xlsx .pdf .ofd .csv .txt .html .md .xls';

/** The extension without its dot, lower case; empty when there is none. */
export function extensionOf(fileName: string): string {
  return /\.([^./\\]+)$/u.exec(fileName)?.[1]?.toLowerCase() ?? '';
}

/**
 * The reader for an extension; null when the kind is not supported. Text processors save one another's kinds under their own names (a `.wps` is a `.doc` or a `.docx`, whatever
 * WPS was told to save): which of the two it is, its content says. Workbooks have one reader for all of theirs.
 */
export function readerFor(extension: string, kind: ContentKind): Reader | null {
  const reader = READERS[extension] ?? null;
  if (reader === 'convert-document' && kind === 'docx') return 'document';
  return reader === 'document' && kind === 'doc' ? 'convert-document' : reader;
}

/** Longest a file may take to be read, in seconds. */
const PATIENCE_SECONDS = 20;

/** How long whoever reads a file in a thread of its own should wait, in seconds: longer for old kinds, by their name or by their content, which are converted first. */
export function secondsToRead(fileName: string, bytes: Uint8Array): number {
  const reader = READERS[extensionOf(fileName)];
  const isConverted = reader?.startsWith('convert-') === true || (reader === 'document' && isOldOffice(bytes));
  // More than the conversion may take: it ends itself and what it has started, which a thread that is ended from outside cannot.
  return isConverted ? CONVERSION_SECONDS + PATIENCE_SECONDS : PATIENCE_SECONDS;
}

/** The kind of content, by its first bytes and, inside containers, by the names of their parts. */
export function sniff(bytes: Uint8Array): ContentKind {
  const starts = (...magic: readonly number[]): boolean => magic.every((byte, index) => bytes[index] === byte);
  if (isArchive(bytes)) return sniffArchive(bytes);
  if (isOldOffice(bytes)) return sniffOldOffice(bytes);
  if (starts(0x25, 0x50, 0x44, 0x46)) return 'pdf';
  if (starts(0x89, 0x50, 0x4e, 0x47) || starts(0xff, 0xd8, 0xff) || starts(0x47, 0x49, 0x46, 0x38)) return 'image';
  if (starts(0x7b, 0x5c, 0x72, 0x74, 0x66)) return 'rtf';
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 1024));
  // Some programs put bytes of their own before the sign of the format; readers allow for a kilobyte.
  if (/%PDF-\d\.\d/u.test(head)) return 'pdf';
  return /^(?:\u00ef\u00bb\u00bf)?\s*(?:<!--[^]*?-->\s*)*<(?:!doctype html|html|\?xml)/iu.test(head) ? 'html' : 'text';
}

const ARCHIVE_OPENINGS: readonly (readonly number[])[] = [[0x50, 0x4b, 0x03, 0x04], [0x50, 0x4b, 0x05, 0x06]];

/** Whether a file is a zip archive of any kind. */
export function isArchive(bytes: Uint8Array): boolean {
  return ARCHIVE_OPENINGS.some((opening) => opening.every((byte, at) => bytes[at] === byte));
}

const OLD_OFFICE = [0xd0, 0xcf, 0x11, 0xe0];

/** Whether a file is a compound file of the old office programs. */
function isOldOffice(bytes: Uint8Array): boolean {
  return OLD_OFFICE.every((byte, at) => bytes[at] === byte);
}

/** The names of the parts stand in the clear, in front of each part and once more at the end. */
function sniffArchive(bytes: Uint8Array): ContentKind {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (text.includes('word/document.xml') || text.includes('word\\document.xml')) return 'docx';
  if (text.includes('OFD.xml')) return 'ofd';
  return text.includes('xl/workbook.') || text.includes('xl\\workbook.') ? 'xlsx' : 'zip';
}

/** The names of the streams stand in the clear, in 16-bit letters. */
function sniffOldOffice(bytes: Uint8Array): ContentKind {
  const content = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const has = (stream: string): boolean => content.includes(Buffer.from(`${stream}\0`, 'utf16le'));
  if (has('EncryptedPackage')) return 'locked';
  if (has('WordDocument')) return 'doc';
  return has('Workbook') || has('Book') ? 'xls' : 'ole';
}

/** What to call a kind of content in a sentence of either language. */
export const KIND_NAMES: Readonly<Record<ContentKind, string>> = {
  docx: '.docx',
  xlsx: '.xlsx',
  zip: 'ZIP',
  locked: '.docx / .xlsx',
  doc: '.doc',
  xls: '.xls',
  ole: '.xls / .doc',
  pdf: 'PDF',
  ofd: '.ofd',
  image: 'JPEG / PNG / GIF',
  rtf: 'RTF',
  html: 'HTML / XML',
  text: 'TXT',
};

const FITTING: Readonly<Record<Reader, readonly ContentKind[]>> = {
  text: ['text'],
  markdown: ['text', 'html'],
  csv: ['text'],
  workbook: ['xlsx', 'xls', 'ole'],
  document: ['docx'],
  html: ['html', 'text'],
  pdf: ['pdf'],
  ofd: ['ofd'],
  'convert-document': ['doc', 'ole', 'rtf', 'zip'],
  'convert-workbook': ['zip'],
};

/** Whether content of this kind is what the reader expects. */
export function suits(reader: Reader, kind: ContentKind): boolean {
  return FITTING[reader].includes(kind);
}
