export { type ReportContent, contentDigestOf, reportContentOf } from '../self-evaluation/self-evaluation.public';

/** The layouts, by subject: they name the artifact, so that a later layout makes another file and not another version of this one. */
export const TEMPLATE_OF_SUBJECT = { PROJECT: 'F4', UNIT: 'F5' } as const;
