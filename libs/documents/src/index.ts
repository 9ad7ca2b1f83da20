export * from './recognise/index';
export { DOCUMENT_SIZE_LIMIT, readDocument } from './read/read-document';
