export * from './recognise/index';
export { DOCUMENT_SIZE_LIMIT, readDocument, type ReadFile } from './read/read-document';
