// What others need of the reading of documents; no framework, so that the command line may carry it.
export { ReadingThread, readingThread } from './read-in-thread';
