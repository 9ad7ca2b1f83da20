import { aFinding, type Finding, ok, type Result } from '@jiheng/domain';
import type { SourcePart } from '../recognise/source-line';
import { Archive } from './archive';
import { convertOldFile } from './convert-old-file';
import { readCsvRows } from './csv.reader';
import { decodeHtml } from './decode-html';
import { decodeText } from './decode-text';
import { readDocxParts } from './docx.reader';
import { isArchive, type Reader, sniff } from './file-kind';
import { readHtmlParts } from './html.reader';
import { readOfdParts } from './ofd.reader';
import { readPdfParts } from './pdf.reader';
import { stripUnseen } from './strip-unseen';
import { readMarkdownLines, readTextLines } from './text.reader';
import { readWorkbookRows } from './workbook.reader';

/** The cells of a file, before anything is recognised in them. */
export interface FileParts {
  readonly parts: readonly SourcePart[];
  /** Another reading of the same file, where its cells are guessed: whichever tells more is taken. */
  readonly otherwise: readonly SourcePart[] | null;
  readonly findings: readonly Finding[];
}

interface RawParts {
  readonly parts: readonly SourcePart[];
  readonly otherwise?: readonly SourcePart[] | null;
  readonly findings?: readonly Finding[];
}

/**
 * The cells of a file by its reader; signs nobody sees are taken out.
 * Throws `UnfitFile`; refusals `document.not-text`, `document.broken-csv`.
 */
export async function readParts(bytes: Uint8Array, file: string, reader: Reader, extension: string): Promise<Result<FileParts>> {
  const raw = await readRaw(bytes, file, reader, extension);
  if (!raw.ok) return raw;
  const { parts, findings } = stripUnseen(raw.value.parts);
  const otherwise = raw.value.otherwise ?? null;
  return ok({
    parts,
    otherwise: otherwise === null ? null : stripUnseen(otherwise).parts,
    findings: [...(raw.value.findings ?? []), ...findings],
  });
}

async function readRaw(bytes: Uint8Array, file: string, reader: Reader, extension: string): Promise<Result<RawParts>> {
  switch (reader) {
    case 'workbook': {
      if (!isArchive(bytes)) return ok(await readWorkbookRows(bytes, null));
      const archive = new Archive(bytes);
      const { parts, findings } = await readWorkbookRows(bytes, archive);
      return ok({ parts, findings: [...containerFindings(archive), ...findings] });
    }
    case 'document': {
      const archive = new Archive(bytes);
      const { parts, findings } = readDocxParts(archive);
      return ok({ parts, findings: [...containerFindings(archive), ...findings] });
    }
    case 'convert-document':
    case 'convert-workbook': {
      const as = reader === 'convert-document' ? 'docx' : 'xlsx';
      const converted = await readRaw(await convertOldFile(bytes, nameToConvert(bytes, extension), as), file, as === 'docx' ? 'document' : 'workbook', as);
      if (!converted.ok) return converted;
      return ok({ ...converted.value, findings: [aFinding('R-converted', 'INFO', { kind: `.${extension}` }), ...(converted.value.findings ?? [])] });
    }
    case 'pdf': {
      const { parts, asText, findings } = await readPdfParts(bytes);
      return ok({ parts, otherwise: asText, findings });
    }
    case 'ofd': {
      const { parts, asText, findings } = readOfdParts(new Archive(bytes));
      return ok({ parts, otherwise: asText, findings });
    }
    case 'html':
      return ok({ parts: await readHtmlParts(decodeHtml(bytes)) });
    case 'csv':
    case 'markdown':
    case 'text': {
      const text = decodeText(bytes, file);
      if (!text.ok) return text;
      if (reader === 'text') return ok({ parts: readTextLines(text.value) });
      if (reader === 'markdown') return ok({ parts: await readMarkdownLines(text.value) });
      const rows = await readCsvRows(text.value, file, extension === 'tsv' ? '\t' : null);
      return rows.ok ? ok({ parts: rows.value }) : rows;
    }
  }
}

/** The extension under which the converter gets a file: what it is where its content says so, since the converter goes by names too. */
function nameToConvert(bytes: Uint8Array, extension: string): string {
  return sniff(bytes) === 'doc' ? 'doc' : extension;
}

/** Programs and links that a container carries. Nothing of them is opened. */
function containerFindings(archive: Archive): Finding[] {
  const names = archive.names();
  const findings: Finding[] = [];
  if (names.some((name) => name.endsWith('vbaproject.bin') || name.startsWith('xl/macrosheets/'))) findings.push(aFinding('R-macros', 'INFO', {}));
  if (names.some((name) => /^xl\/(?:externallinks\/|connections\.xml)/u.test(name))) findings.push(aFinding('R-external', 'INFO', {}));
  return findings;
}
