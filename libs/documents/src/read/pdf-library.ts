import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';

export type PdfLibrary = typeof import('pdfjs-dist/legacy/build/pdf.mjs');

let loaded: Promise<PdfLibrary> | null = null;

/** The PDF library, loaded once. It draws nothing here. */
export function loadPdfLibrary(): Promise<PdfLibrary> {
  // Without these drawing classes the library prints a warning at every start; nothing here draws, so blank ones do.
  const world = globalThis as Record<string, unknown>;
  for (const name of ['DOMMatrix', 'ImageData', 'Path2D']) world[name] ??= class {};
  return (loaded ??= import('pdfjs-dist/legacy/build/pdf.mjs'));
}

/**
 * The folder of the character maps, with its last stroke: without it, Chinese text in fonts that are not part of the file comes out empty.
 */
export function characterMaps(): string {
  return join(dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json')), 'cmaps') + sep;
}
