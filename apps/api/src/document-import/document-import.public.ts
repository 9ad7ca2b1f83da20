// What others need of the reading of documents; no framework, so that the command line may carry it.
export { readingThread, readInThread } from './read-in-thread';
