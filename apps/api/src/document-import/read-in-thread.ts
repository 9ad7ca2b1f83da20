import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { ReadFile, RecogniseOptions } from '@jiheng/documents';
import { refuse, type Result } from '@jiheng/domain';

/** Memory a file may take to be read, in megabytes. */
const MEMORY_MB = 512;
/** Of which so much for what was just made: a small nursery keeps a thousand sheets below 300 MB in all, for a little more work. */
const YOUNG_MB = 64;

/** The program of the thread, built beside the server and the command line; null where the sources run without being built (tests). */
export function readingThread(): string | null {
  const path = join(dirname(process.argv[1] ?? '.'), 'read-document.thread.mjs');
  return existsSync(path) ? path : null;
}

/**
 * Reads a file in a thread of its own, which is ended when it takes too long or too much memory.
 * @param patienceSeconds how long it may take (`secondsToRead`)
 * @returns refusals `document.*` of the reader, `import.too-slow`, `import.too-heavy`
 */
export function readInThread(thread: string, file: { readonly name: string; readonly bytes: Uint8Array }, patienceSeconds: number, options: RecogniseOptions = {}): Promise<Result<ReadFile>> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(thread, { workerData: { bytes: new Uint8Array(file.bytes), name: file.name, options }, resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB, maxYoungGenerationSizeMb: YOUNG_MB } });
    const timer = setTimeout(() => end(refuse('import.too-slow', { file: file.name, seconds: String(patienceSeconds) })), patienceSeconds * 1000);
    const end = (result: Result<ReadFile>): void => {
      clearTimeout(timer);
      resolve(result);
      void worker.terminate();
    };
    worker.once('message', end);
    worker.once('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') resolve(refuse('import.too-heavy', { file: file.name }));
      else reject(error);
    });
    worker.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`the thread that read a document ended with ${code} and said nothing`));
    });
  });
}
