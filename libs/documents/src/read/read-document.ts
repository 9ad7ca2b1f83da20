import { ok, type Refusal, refuse, type Result } from '@jiheng/domain';
import { type ReadDocument, type RecogniseOptions, recogniseTables } from '../recognise/recognise-tables';
import type { SourcePart } from '../recognise/source-line';
import { type ContentKind, extensionOf, KIND_NAMES, READABLE_KINDS, type Reader, readerFor, sniff, suits } from './file-kind';
import { DOCUMENT_SIZE_LIMIT, MEGABYTE } from './limits';
import { readParts } from './read-parts';
import { refusalOf } from './unfit-file';

export { DOCUMENT_SIZE_LIMIT } from './limits';

/** What was read of a file, and the cells it was read from: the places of the cells point into the parts. */
export interface ReadFile extends ReadDocument {
  readonly parts: readonly SourcePart[];
}

/**
 * Reads the target tables of a document: `.docx`, `.xlsx`, `.xls`, `.et`, `.pdf` with a text layer, `.html`, `.md`, `.csv`, `.tsv` and `.txt` (cells
 * between tabs, or the text layer of a page); `.doc`, `.wps`, `.rtf`, `.odt` and `.ods` where LibreOffice is on the machine. What is doubtful is
 * said as a finding; a file that cannot be read is refused, and nothing is half taken. Nothing in the file is run, computed or fetched.
 * @param bytes the file, at most {@link DOCUMENT_SIZE_LIMIT} MB
 * @param fileName its name; the extension decides how it is read, the first bytes must agree. Of the kinds of text processors the content decides
 * @returns refusals `document.*`, each naming the file, the place and the cause
 */
export async function readDocument(bytes: Uint8Array, fileName: string, options: RecogniseOptions = {}): Promise<Result<ReadFile>> {
  if (bytes.length === 0) return refuse('document.empty', { file: fileName });
  const tooLarge = refuseSize(bytes.length, fileName);
  if (tooLarge !== null) return { ok: false, refusal: tooLarge };
  const extension = extensionOf(fileName);
  const kind = sniff(bytes);
  const reader = readerFor(extension, kind);
  if (reader === null) {
    const named = extension === '' ? KIND_NAMES[kind] : `.${extension}`;
    return refuse('document.kind-unsupported', { file: fileName, kind: named, known: READABLE_KINDS });
  }
  const unfit = refuseKind(reader, kind, fileName, extension);
  if (unfit !== null) return unfit;
  try {
    const read = await readParts(bytes, fileName, reader, extension);
    if (!read.ok) return read;
    const { parts, otherwise, findings } = read.value;
    if (parts.every(isBlank)) return refuse('document.empty', { file: fileName });
    const taken = takeBetter(recognised(parts, fileName, options), otherwise === null ? null : recognised(otherwise, fileName, options));
    return taken.ok ? ok({ ...taken.value, findings: [...findings, ...taken.value.findings] }) : taken;
  } catch (fault) {
    return refusalOf(fault, fileName);
  }
}

/** Whether a file is too large to be opened at all; to be asked before it is read into memory. */
export function refuseSize(size: number, file: string): Refusal | null {
  if (size <= DOCUMENT_SIZE_LIMIT * MEGABYTE) return null;
  const refused = refuse('document.too-large', { file, size: String(Math.ceil(size / MEGABYTE)), limit: String(DOCUMENT_SIZE_LIMIT) });
  return refused.ok ? null : refused.refusal;
}

function refuseKind(reader: Reader, kind: ContentKind, file: string, extension: string): ReturnType<typeof refuse> | null {
  if (suits(reader, kind)) return null;
  if (kind === 'locked' && (reader === 'workbook' || reader === 'document' || reader === 'convert-document')) return refuse('document.password', { file });
  // An archive whose end is missing may hold no name of a part yet.
  if (kind === 'zip' && (reader === 'workbook' || reader === 'document' || reader === 'ofd')) return refuse('document.truncated', { file });
  return refuse('document.kind-mismatch', { file, extension: `.${extension}`, kind: KIND_NAMES[kind] });
}

function isBlank(part: SourcePart): boolean {
  return part.lines.every((line) => line.cells.every((cell) => cell.trim() === ''));
}

function recognised(parts: readonly SourcePart[], file: string, options: RecogniseOptions): Result<ReadFile> {
  const read = recogniseTables(parts, file, options);
  return read.ok ? ok({ ...read.value, parts }) : read;
}

/**
 * By how many hundredths the second reading must be surer. It is of running text, which does not know what it does not see: where a column ends, which of two rows a level stands
 * in the middle of. The first says of each row that its cells were told apart by words, and is more often right than it says.
 */
const SURER = 106;

/** Of two readings of one file the one that tells more: more rows, then fewer doubts. The first where both tell about the same. */
function takeBetter(first: Result<ReadFile>, second: Result<ReadFile> | null): Result<ReadFile> {
  if (second === null || !second.ok) return first;
  if (!first.ok) return second;
  const [one, other] = [worthOf(first.value), worthOf(second.value)];
  return other * 100 > one * SURER ? second : first;
}

/** Sure cells count, doubtful rows count less. In hundredths, so that whole numbers compare. */
function worthOf({ tables }: ReadFile): number {
  return tables.flatMap((table) => table.indicators).reduce((sum, row) => sum + worthOfRow(row.confidence, row.weight), 0);
}

function worthOfRow(confidence: string, weight: string): number {
  const sure = Number(confidence.replace('.', ''));
  return weight === '0' ? sure - 50 : sure;
}
