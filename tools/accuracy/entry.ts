// What run.mjs bundles: the product's reading, the corpus and the measures.
export { readDocument } from '@jiheng/documents';
export { LAYOUTS, makeCorpus } from '../corpus/make-documents';
export { judge } from './measure';
export { readPublished } from './published-documents';
export { sayConfidence, sayFields, sayGroups } from './say-accuracy';
export { byField, sayShare, shareOf } from './tally';
