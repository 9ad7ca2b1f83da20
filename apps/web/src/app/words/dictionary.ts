/** The two languages of the product. Chinese is the first one: it is what the forms are written in. */
export type Language = 'zh' | 'en';

/** Sentences of one page in both languages; a key missing in one of them does not compile. */
export interface Dictionary<K extends string> {
  readonly zh: Readonly<Record<K, string>>;
  readonly en: Readonly<Record<K, string>>;
}

/** What fills the `{name}` places of a sentence. */
export type Params = Readonly<Record<string, string | number>>;

/** Says the sentence of a key in the language of the moment; called in a template it follows the language switch. */
export type Say<K extends string> = (key: K, params?: Params) => string;

/** Binds the Chinese sentences to their English ones. Pages keep theirs beside them, so that they load with the page. */
export function dictionary<const Zh extends Readonly<Record<string, string>>>(
  zh: Zh,
  en: Readonly<Record<keyof Zh & string, string>>,
): Dictionary<keyof Zh & string> {
  return { zh, en };
}

/** Fills `{name}` places; a place without a value stays visible, so that the gap is seen and not printed as "undefined". */
export function fill(sentence: string, params: Params = {}): string {
  return sentence.replace(/\{(\w+)\}/g, (place, name: string) => (name in params ? String(params[name]) : place));
}
