import { type ExplanationGap, type Refusal, refuse } from '@jiheng/domain';

const WORDS: Readonly<Record<ExplanationGap, { readonly zh: string; readonly en: string }>> = {
  CAUSES: { zh: '偏差原因', en: 'causes' }, SENTENCE: { zh: '原因说明', en: 'the account of the cause' },
  MEASURES: { zh: '改进措施', en: 'measures' }, FORECAST: { zh: '全年预计完成情况', en: 'a forecast for the year' },
};

/** What an explanation still lacks, in one sentence. */
export function explanationOwed(name: string, gaps: readonly ExplanationGap[]): Refusal {
  return refuse('open.explanation-owed', { name, missing: gaps.map((gap) => WORDS[gap].zh).join('、'), missingEn: gaps.map((gap) => WORDS[gap].en).join(', ') }).refusal;
}
