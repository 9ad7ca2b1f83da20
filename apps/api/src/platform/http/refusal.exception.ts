import type { Refusal, Result } from '@jiheng/domain';

/** A refusal on its way to the problem body: thrown only at the edge, by {@link unwrap}. */
export class RefusalException extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.code);
    this.name = 'RefusalException';
  }
}

/** The value of a deed, in a controller; a refusal becomes the answer's problem body. */
export function unwrap<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new RefusalException(result.refusal);
}

/** A refusal that also shows what is there now (the body of a 409). */
export interface RefusalWithPresent extends Refusal {
  readonly present: unknown;
}

/** Adds what is there now to a refusal, so that the browser can show both. */
export function withPresent(refusal: Refusal, present: unknown): { readonly ok: false; readonly refusal: RefusalWithPresent } {
  return { ok: false, refusal: { ...refusal, present } };
}

/** What is there after a change. Where the change was refused as made from an older revision (`stale`), what is there goes along with the refusal; any other refusal goes alone. */
export async function presentAfter<T>(result: Result<void>, stale: Refusal['code'], present: () => Promise<T>): Promise<T> {
  if (!result.ok && result.refusal.code !== stale) return unwrap(result);
  const now = await present();
  return result.ok ? now : unwrap(withPresent(result.refusal, now));
}

/** A refusal that names the places it is about (`path`: a field or a row's id), each with its sentence. */
export interface RefusalWithFields extends Refusal {
  readonly fields: readonly { readonly path: string; readonly message: string; readonly messageEn?: string }[];
}

/** Adds the places a refusal is about, so that the browser can show each sentence where it belongs. */
export function withFields(refusal: Refusal, fields: RefusalWithFields['fields']): { readonly ok: false; readonly refusal: RefusalWithFields } {
  return { ok: false, refusal: { ...refusal, fields } };
}
