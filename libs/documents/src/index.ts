export * from './recognise/index';
export { secondsToRead } from './read/file-kind';
export { DOCUMENT_SIZE_LIMIT, readDocument, type ReadFile, refuseSize } from './read/read-document';
export { Archive } from './read/archive';
export { UnfitFile } from './read/unfit-file';
