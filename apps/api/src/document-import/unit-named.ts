import { normalizeText } from '@jiheng/domain';

/** The unit a document names, blanks and brackets aside; null when none or several are called so. */
export function unitNamed<U extends { readonly name: string }>(units: readonly U[], name: string): U | null {
  const plain = (text: string): string => normalizeText(text).replace(/[\s()（）]/gu, '');
  const found = plain(name) === '' ? [] : units.filter((unit) => plain(unit.name) === plain(name));
  return found.length === 1 ? found[0] ?? null : null;
}
