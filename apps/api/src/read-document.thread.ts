import { parentPort } from 'node:worker_threads';
import { readDocument, type RecogniseOptions } from '@jiheng/documents';

interface Asked { readonly bytes: Uint8Array; readonly name: string; readonly options: RecogniseOptions }

// Reads the documents it is handed, one after the other, and is ended from outside: a file that is slow or heavy costs its own thread and nobody else's time.
parentPort?.on('message', ({ bytes, name, options }: Asked) => {
  void readDocument(bytes, name, options).then((read) => parentPort?.postMessage(read));
});
