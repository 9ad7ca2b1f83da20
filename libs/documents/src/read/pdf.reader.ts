import { aFinding, type Finding } from '@jiheng/domain';
import type { SourcePart } from '../recognise/source-line';
import { PAGE_LIMIT } from './limits';
import { PartBuilder } from './page-rows';
import { characterMaps, loadPdfLibrary, type PdfLibrary } from './pdf-library';
import { readPage } from './pdf-page';
import { UnfitFile } from './unfit-file';

/** What was read of a PDF. */
export interface PdfRows {
  readonly parts: SourcePart[];
  /** The same as running text, where tables have no rules and the columns are only guessed; null where every cell is certain. */
  readonly asText: SourcePart[] | null;
  readonly findings: Finding[];
}

type PdfDocument = Awaited<ReturnType<PdfLibrary['getDocument']>['promise']>;

/**
 * Lines and cells of a PDF by the places of its texts and by its rules. Between rules a cell is a cell, its broken lines put together;
 * without rules columns are the gaps between the texts. Scripts, forms and attachments of the file are not opened.
 * Throws `UnfitFile` `document.password`, `document.broken-pdf`, `document.truncated`, `document.scan`.
 */
export async function readPdfParts(bytes: Uint8Array): Promise<PdfRows> {
  const library = await loadPdfLibrary();
  const document = await openPdf(bytes, library);
  try {
    const builder = new PartBuilder();
    const scanned: number[] = [];
    const count = Math.min(document.numPages, PAGE_LIMIT);
    for (let number = 1; number <= count; number += 1) {
      const page = await document.getPage(number);
      const drawn = await readPage(page, library);
      page.cleanup();
      if (drawn.texts.length === 0 && drawn.hasPicture) scanned.push(number);
      builder.addPage(drawn, number);
    }
    if (!builder.hasText) throw scanned.length > 0 ? new UnfitFile('document.scan', { pages: sayPages(scanned) }) : new UnfitFile('document.empty');
    const findings: Finding[] = [];
    if (scanned.length > 0) findings.push(aFinding('R-scanned-pages', 'WARN', { pages: sayPages(scanned) }));
    if (document.numPages > count) findings.push(aFinding('R-pages-cut', 'WARN', { count: String(document.numPages), limit: String(count) }));
    return { ...builder.parts(), findings };
  } finally {
    await document.loadingTask.destroy();
  }
}

async function openPdf(bytes: Uint8Array, library: PdfLibrary): Promise<PdfDocument> {
  try {
    return await library.getDocument({
      // The library takes the bytes for its own, and refuses the buffers that Node reads files into (whose slice is the same memory besides).
      data: new Uint8Array(bytes),
      cMapUrl: characterMaps(),
      cMapPacked: true,
      verbosity: library.VerbosityLevel.ERRORS,
      useSystemFonts: false,
      disableFontFace: true,
      useWorkerFetch: false,
      enableXfa: false,
      stopAtErrors: false,
      // Pictures are looked at for their being there, not for what they show.
      maxImageSize: 64_000_000,
    }).promise;
  } catch (fault) {
    const name = fault instanceof Error ? fault.name : '';
    if (name === 'PasswordException') throw new UnfitFile('document.password');
    const tail = new TextDecoder('latin1').decode(bytes.subarray(-1024));
    if (!tail.includes('%%EOF')) throw new UnfitFile('document.truncated');
    throw new UnfitFile('document.broken-pdf');
  }
}

/** `1-3, 7`. */
export function sayPages(pages: readonly number[]): string {
  const runs: string[] = [];
  for (let at = 0; at < pages.length; at += 1) {
    const from = pages[at] as number;
    let to = from;
    while (pages[at + 1] === to + 1) {
      at += 1;
      to = pages[at] as number;
    }
    runs.push(from === to ? String(from) : `${from}-${to}`);
  }
  return runs.join(', ');
}
