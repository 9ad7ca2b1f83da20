// Zero-width marks, soft hyphen, byte order mark and bidirectional controls: invisible when pasted, deadly in comparisons.
const INVISIBLE = /[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]/gu;
const CJK = '\\u2014\\u2018\\u2019\\u201c\\u201d\\u2026\\u2e80-\\u2fdf\\u3001-\\u303f\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\uff01-\\uff60\\uffe0-\\uffe6';
const PLAIN = '0-9A-Za-z()\\[\\]%‰"<>=≥≤≧≦';
const BLANK_AFTER_CJK = new RegExp(`(?<=[${CJK}])\\s+(?=[${CJK}${PLAIN}])`, 'gu');
const BLANK_BEFORE_CJK = new RegExp(`(?<=[${PLAIN}])\\s+(?=[${CJK}])`, 'gu');
const BLANK_ROUND_SIGNS = /\s*([<>=≥≤≧≦~%‰()[\]/])\s*/gu;

// Most cells hold nothing that could be folded or squeezed: common ideographs, plain digits, letters and signs, not one blank.
const UNCHANGED = /^[\u4e00-\u9fff0-9A-Za-z.,%=≥≤<>()[\]/+:;_-]*$/u;

// The same for what stays as it is printed: signs in full width and of the language besides.
const UNCHANGED_PRINT = /^[\u4e00-\u9fff\u3001-\u303f\uff01-\uff5e\u2014\u2018\u2019\u201c\u201d\u20260-9A-Za-z.,%=≥≤<>()[\]/+:;_-]*$/u;

function withoutInvisible(text: string): string {
  return text.replace(INVISIBLE, '').replace(/\s+/gu, ' ').trim();
}

function withoutBrokenBlanks(text: string): string {
  return text.replace(BLANK_AFTER_CJK, '').replace(BLANK_BEFORE_CJK, '').replace(BLANK_ROUND_SIGNS, '$1');
}

/**
 * One spelling for what looks the same: NFKC (full-width digits, letters and signs become plain ones), invisible marks removed,
 * every kind of blank and line break turned into one blank, ends trimmed.
 */
export function normalizeText(text: string): string {
  if (UNCHANGED.test(text)) return text;
  return withoutInvisible(withoutInvisible(text).normalize('NFKC'));
}

// Everything that a number is usually written with; what is none of this is looked at one by one.
const USUAL_OF_NUMBERS = /^[\u0020-\u007e\u4e00-\u9fff\u3001\u3002\uff01-\uff5e]*$/u;

/**
 * A character that {@link normalizeText} would turn into a digit although nobody wrote one: a mark of a footnote (`6.43²`, `6.43①`), a fraction (`6½`), the day of a calendar (`㏠`). Digits in
 * full width are digits, and so are those of `m²` and `㎡`, which belong to their unit. @returns the first one, or null
 */
export function markOfDigit(text: string): string | null {
  if (USUAL_OF_NUMBERS.test(text)) return null;
  for (const sign of text.replace(/(?<=m)[²³]/giu, '')) {
    if (/\P{Nd}/u.test(sign) && /\d/u.test(sign.normalize('NFKC')) && !/^[a-z]+[23]$/iu.test(sign.normalize('NFKC'))) return sign;
  }
  return null;
}

/**
 * {@link normalizeText}, and the blanks that a broken table cell left behind are gone: between Chinese characters, between these and
 * digits or brackets, and round operators (`产出指 标`, `＞ =239 人`, `审计 (次)`). Blanks between two Latin words or two numbers stay.
 */
export function squeezeCjk(text: string): string {
  if (UNCHANGED.test(text)) return text;
  return withoutBrokenBlanks(normalizeText(text));
}

/** Like {@link squeezeCjk}, but the characters stay as printed: full-width brackets and commas are not folded. For names and prose. */
export function squeezePrinted(text: string): string {
  if (UNCHANGED_PRINT.test(text)) return text;
  return withoutBrokenBlanks(withoutInvisible(text));
}

/** The cell as a form prints it, for columns such as 依据 and 上年完成值: blanks removed; null when it means "empty" (`—`, `-`, `*`, `/`, 空). */
export function printedOrNull(text: string): string | null {
  const squeezed = squeezePrinted(text).replace(/\s+/gu, '');
  return meansEmpty(squeezed) ? null : squeezed;
}

/** 空 */
const VACANT = 0x7a7a;
/** 无 */
const NONE = 0x65e0;

/** Whether a cell says nothing: blank, dashes, strokes, stars, 空, 无. */
export function meansEmpty(text: string): boolean {
  const first = text.charCodeAt(0);
  // Most cells begin with a digit or a character that says something.
  if ((first >= 0x30 && first <= 0x39) || (first >= 0x4e00 && first <= 0x9fff && first !== VACANT && first !== NONE)) return false;
  return /^(?:[-–—―/*_]+|空|\(空\)|无)?$/u.test(normalizeText(text));
}
