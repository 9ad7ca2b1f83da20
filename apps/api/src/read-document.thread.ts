import { parentPort, workerData } from 'node:worker_threads';
import { readDocument, type RecogniseOptions } from '@jiheng/documents';

// Reads one document and ends: a file that is slow or heavy costs its own thread and nobody else's time.
const { bytes, name, options } = workerData as { readonly bytes: Uint8Array; readonly name: string; readonly options: RecogniseOptions };
parentPort?.postMessage(await readDocument(bytes, name, options));
