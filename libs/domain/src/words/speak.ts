/** The two languages of the product; Chinese comes first (decision 8). */
export type Language = 'zh' | 'en';

/** One sentence in both languages; `{name}` marks a parameter. */
export interface Words {
  readonly zh: string;
  readonly en: string;
}

/**
 * Fills the `{name}` marks of a sentence; in English `nameEn` comes before `name`, for what is itself a word of the product (a state, a period,
 * a kind of file). A mark without a parameter stays visible, so that a slip is seen and not hidden.
 */
export function speak(words: Words, params: Readonly<Record<string, string>>, language: Language): string {
  return words[language].replace(/\{([a-zA-Z0-9]+)\}/g, (mark, name: string) => (language === 'en' ? params[`${name}En`] : undefined) ?? params[name] ?? mark);
}
