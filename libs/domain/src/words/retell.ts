import { FINDING_WORDS } from './finding-words';
import type { Language } from './speak';

/** What is said of a pulled value when it is kept (`plausibility`, `besideEarlierQuarters`, `outsideLastYear`, `zeroOfSource`): kept as the sentence it was then, in Chinese. */
const KEPT_SENTENCES = [
  'Q-U1', 'looks-like-fraction', 'about-one-hundredth', 'hundred-times', 'hundredth-of-quarter', 'hundred-times-quarter', 'less-than-quarter', 'far-below-quarter', 'outside-last-year',
  'negative-count', 'zero-of-source',
] as const;

/**
 * A kept warning in the language of the reader: the sentence is known by its fixed words, and what stands between them is said again. One that
 * is not known (an older wording) stays as it was kept.
 */
export function retell(kept: string, language: Language): string {
  if (language === 'zh') return kept;
  for (const code of KEPT_SENTENCES) {
    const { zh, en } = FINDING_WORDS[code];
    const found = patternOf(zh).exec(kept)?.groups;
    if (found !== undefined) return en.replace(/\{(\w+)\}/gu, (mark, name: string) => found[name] ?? mark);
  }
  return kept;
}

/** The sentence as a pattern: a parameter is what stands in its place, and the same wherever it stands again. */
export function patternOf(sentence: string): RegExp {
  const seen = new Set<string>();
  const pieces = sentence.split(/\{(\w+)\}/u).map((piece, at) => {
    if (at % 2 === 0) return piece.replace(/[.*+?^${}()|[\]\\/]/gu, '\\$&');
    if (seen.has(piece)) return `\\k<${piece}>`;
    seen.add(piece);
    return `(?<${piece}>.+?)`;
  });
  return new RegExp(`^${pieces.join('')}$`, 'u');
}
