import { parentPort } from 'node:worker_threads';
import { readDocument } from '@jiheng/documents';
import type { ReadingOrder } from './document-import/read-in-thread';

// Reads the documents it is handed, one after the other, and is ended from outside: a file that is slow or heavy costs its own thread and nobody else's time.
parentPort?.on('message', ({ bytes, name, options }: ReadingOrder) => {
  void readDocument(bytes, name, options).then((read) => parentPort?.postMessage(read));
});
