import { type Finding, ok, refuse, type Result } from '@jiheng/domain';
import { type ReadDocument, type RecogniseOptions, recogniseTables } from '../recognise/recognise-tables';
import type { SourcePart } from '../recognise/source-line';
import { readCsvRows } from './csv.reader';
import { decodeText } from './decode-text';
import { extensionOf, KIND_NAMES, READABLE_KINDS, type Reader, readerFor, sniff, suits } from './file-kind';
import { readTextLines } from './text.reader';
import { readWorkbookRows } from './workbook.reader';

/** What was read of a file, and the cells it was read from: the places of the cells point into the parts. */
export interface ReadFile extends ReadDocument {
  readonly parts: readonly SourcePart[];
}

/** Megabytes of a document at most. */
export const DOCUMENT_SIZE_LIMIT = 20;

/**
 * Reads the target tables of a document: `.txt` and `.md` (cells between tabs, or the text layer of a page), `.xlsx`, `.xls` and `.csv`
 * in the official layout. What is doubtful is said as a finding; a file that cannot be read is refused, and nothing is half taken.
 * @param bytes the file, at most {@link DOCUMENT_SIZE_LIMIT} MB
 * @param fileName its name; the extension decides how it is read, the first bytes must agree
 * @returns refusals `document.*`, each naming the file, the place and the cause
 */
export async function readDocument(bytes: Uint8Array, fileName: string, options: RecogniseOptions = {}): Promise<Result<ReadFile>> {
  const limits = refuseBySize(bytes, fileName);
  if (limits !== null) return limits;
  const extension = extensionOf(fileName);
  const reader = readerFor(extension);
  if (reader === null)
    return refuse('document.kind-unsupported', {
      file: fileName,
      kind: extension === '' ? KIND_NAMES[sniff(bytes)] : `.${extension}`,
      known: READABLE_KINDS,
    });
  const kind = sniff(bytes);
  if (!suits(reader, kind)) return refuse('document.kind-mismatch', { file: fileName, extension: `.${extension}`, kind: KIND_NAMES[kind] });
  const rows = await readRows(bytes, fileName, reader);
  if (!rows.ok) return rows;
  const { parts, findings } = rows.value;
  if (parts.every((part) => part.lines.every((line) => line.cells.every((cell) => cell.trim() === ''))))
    return refuse('document.empty', { file: fileName });
  const read = recogniseTables(parts, fileName, options);
  return read.ok ? ok({ ...read.value, parts, findings: [...findings, ...read.value.findings] }) : read;
}

function refuseBySize(bytes: Uint8Array, file: string): ReturnType<typeof refuse> | null {
  if (bytes.length === 0) return refuse('document.empty', { file });
  const megabytes = Math.ceil(bytes.length / 1_048_576);
  return bytes.length > DOCUMENT_SIZE_LIMIT * 1_048_576
    ? refuse('document.too-large', { file, size: String(megabytes), limit: String(DOCUMENT_SIZE_LIMIT) })
    : null;
}

async function readRows(bytes: Uint8Array, file: string, reader: Reader): Promise<Result<{ parts: SourcePart[]; findings: Finding[] }>> {
  if (reader === 'workbook') return readWorkbookRows(bytes, file);
  const text = decodeText(bytes, file);
  if (!text.ok) return text;
  if (reader === 'text') return ok({ parts: readTextLines(text.value), findings: [] });
  const rows = await readCsvRows(text.value, file);
  return rows.ok ? ok({ parts: rows.value, findings: [] }) : rows;
}
