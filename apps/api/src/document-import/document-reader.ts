import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { readDocument, type ReadFile, secondsToRead } from '@jiheng/documents';
import { refuse, type Result } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import type { ArrivedFile } from '../platform/http/receive-file';

/** Memory a file may take to be read, in megabytes. */
const MEMORY_MB = 512;
/** Of which so much for what was just made: a small nursery keeps a thousand sheets below 300 MB in all, for a little more work. */
const YOUNG_MB = 16;

/** Reads uploaded documents apart from the requests of everybody else. */
@Injectable()
export class DocumentReader {
  /** The thread's program lies beside the server's; where the sources run without being built (tests), there is none. */
  private readonly thread = join(dirname(process.argv[1] ?? '.'), 'read-document.thread.mjs');

  /** Refusals: `document.*` of the reader, `import.too-slow`, `import.too-heavy`. */
  read(file: ArrivedFile, fiscalYear: number | null = null): Promise<Result<ReadFile>> {
    return existsSync(this.thread) ? readInThread(this.thread, file, secondsToRead(file.name), fiscalYear) : readDocument(file.bytes, file.name, fiscalYear === null ? {} : { fiscalYear });
  }
}

/** Reads a file in a thread of its own, which is ended when it takes too long or too much memory. */
export function readInThread(thread: string, file: ArrivedFile, patienceSeconds: number, fiscalYear: number | null = null): Promise<Result<ReadFile>> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(thread, { workerData: { bytes: new Uint8Array(file.bytes), name: file.name, fiscalYear }, resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB, maxYoungGenerationSizeMb: YOUNG_MB } });
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
