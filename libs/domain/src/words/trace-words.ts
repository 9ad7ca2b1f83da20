import { ACCUMULATION_WORDS } from './accumulation-words';
import type { Words } from './speak';

/** Every step of a score's derivation as a sentence in both languages. */
export const TRACE_WORDS = {
  ...ACCUMULATION_WORDS,
  met: { zh: '{actual} {sign} {target}，达成，得 {points} 分（权重 {weight}）', en: '{actual} {sign} {target}: met, {points} points (weight {weight})' },
} as const satisfies Record<string, Words>;

/** The closed union of trace steps. */
export type TraceCode = keyof typeof TRACE_WORDS;
