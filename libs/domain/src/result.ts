import type { RefusalCode } from './words/refusal-words';

/**
 * An expected "no": a closed code and the facts of the case as text. The sentence a person reads is made from
 * `words/refusal-words.ts`, so a code without a sentence does not compile.
 */
export interface Refusal {
  readonly code: RefusalCode;
  readonly params: Readonly<Record<string, string>>;
}

/** Outcome of a deed that may be refused. Faults (bugs, broken infrastructure) are thrown, never returned. */
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: Refusal };

/** The deed is done; `value` is what came of it. */
export function ok<T>(value: T): Result<T> {
  return { ok: true, value };
}

/** The deed is refused, with the facts that the sentence names. */
export function refuse(code: RefusalCode, params: Readonly<Record<string, string>> = {}): { readonly ok: false; readonly refusal: Refusal } {
  return { ok: false, refusal: { code, params } };
}
