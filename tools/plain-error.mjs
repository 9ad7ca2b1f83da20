/** A failure that its reader can mend: one sentence in each language, shown without a stack. */
export class PlainError extends Error {
  constructor(zh, en) {
    super(`${zh}\n${en}`);
    this.name = 'PlainError';
    this.zh = zh;
    this.en = en;
  }
}

/** A sentence in the language that was chosen, `zh` or `en`; in both, one line each, where none was. */
export function inTongue({ zh, en }, language) {
  return language === 'zh' ? zh : language === 'en' ? en : `${zh}\n${en}`;
}

/** Ends the process with the sentence of a plain error, or with the whole stack of anything else. */
export function endWith(error) {
  console.error(`\n${error?.name === 'PlainError' ? error.message : (error?.stack ?? error)}\n`);
  process.exit(1);
}
