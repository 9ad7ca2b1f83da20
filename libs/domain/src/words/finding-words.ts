import type { Words } from './speak';

/** Every finding of domain.md §5.2 the product makes, with its sentence in both languages. */
export const FINDING_WORDS = {
  'Q-W1': { zh: '分值权重合计为 {found}，应为 {expected}。', en: 'Weights add up to {found}; {expected} is required.' },
} as const satisfies Record<string, Words>;

/** The closed union of finding codes. */
export type FindingCode = keyof typeof FINDING_WORDS;
