import { AnnotationMode, getDocument, PDFWorker, type PDFPageProxy, VerbosityLevel } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { Drawing, PageDrawer } from './page-drawer';

/** Where the build puts what the library fetches while it draws (apps/web/project.json). */
const ASSETS = '/pdfjs';
/** Larger pictures inside a page are left out, pixels: a page is looked at, not printed. */
const LARGEST_PICTURE = 64_000_000;

/**
 * Opens a PDF in a thread of its own. Nothing of it runs: no script, no form, no link, and the library makes no code at run time, so that the
 * page's content security policy stays as it is. What a font lacks is drawn with the fonts of the machine, by character maps of our own.
 * Throws what the library throws where it is no PDF or wants a password. Loaded late: the library weighs more than all pages together.
 */
export async function openPdf(bytes: Uint8Array): Promise<PageDrawer> {
  const thread = new Worker(new URL('./pdf.worker', import.meta.url), { type: 'module' });
  const worker = PDFWorker.create({ port: thread, verbosity: VerbosityLevel.ERRORS });
  const task = getDocument({
    data: bytes, worker, verbosity: VerbosityLevel.ERRORS, cMapUrl: `${ASSETS}/cmaps/`, cMapPacked: true, standardFontDataUrl: `${ASSETS}/standard_fonts/`, wasmUrl: `${ASSETS}/decoders/`,
    // The policy lets nothing be compiled; pictures that need a decoder have one in plain script.
    useWasm: false, enableXfa: false, stopAtErrors: false, maxImageSize: LARGEST_PICTURE,
  });
  const close = (): void => {
    void task.destroy().catch(() => undefined).finally(() => {
      worker.destroy();
      thread.terminate();
    });
  };
  // A thread that cannot start would leave everybody waiting.
  const broken = new Promise<never>((_, fail) => { thread.addEventListener('error', () => fail(new Error('the thread that reads the file did not start'))); });
  try {
    const document = await Promise.race([task.promise, broken]);
    return { pages: document.numPages, draw: (page, canvas, pixelsPerPoint) => draw(document.getPage(page), canvas, pixelsPerPoint), close };
  } catch (fault) {
    close();
    throw fault;
  }
}

function draw(page: Promise<PDFPageProxy>, canvas: HTMLCanvasElement, pixelsPerPoint: number): Drawing {
  let cancel: (() => void) | null = null;
  let isCancelled = false;
  const run = async (): Promise<boolean> => {
    const proxy = await page;
    if (isCancelled) return false;
    const viewport = proxy.getViewport({ scale: pixelsPerPoint });
    canvas.width = Math.max(1, Math.round(viewport.width));
    canvas.height = Math.max(1, Math.round(viewport.height));
    const rendering = proxy.render({ canvas, viewport, annotationMode: AnnotationMode.ENABLE });
    cancel = () => rendering.cancel();
    await rendering.promise;
    proxy.cleanup();
    return true;
  };
  return { done: run().catch(() => false), cancel: () => { isCancelled = true; cancel?.(); } };
}
