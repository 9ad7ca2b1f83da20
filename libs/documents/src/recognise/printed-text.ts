import { squeezePrinted } from '@jiheng/domain';

const ENTITIES: Readonly<Record<string, string>> = {
  nbsp: ' ',
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  apos: "'",
  ldquo: '“',
  rdquo: '”',
  ge: '≥',
  le: '≤',
  mdash: '—',
  hellip: '…',
};
// A tag has a name: `<5` and `a<b` are comparisons, not markup.
const TAG_NAMES = [
  'p|br|div|span|b|i|u|em|strong|font|table|tbody|thead|tr|td|th|ul|ol|li|h[1-6]|a|img|script|style|iframe|svg|math|object|embed|form|input',
  'meta|link|body|html|head|title|o:p|st1:[a-z]+|!--|\\?xml',
].join('|');
const TAG = new RegExp(`</?(?:${TAG_NAMES})\\b[^<>]*>`, 'giu');

/** Whether the text still carries markup or character entities. */
export function hasMarkup(text: string): boolean {
  if (!text.includes('<') && !text.includes('&')) return false;
  TAG.lastIndex = 0;
  return TAG.test(text) || /&(?:nbsp|lt|gt|amp|quot|#\d+|#x[\da-f]+);/iu.test(text);
}

function decodeEntities(text: string): string {
  return text.replace(
    /&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]+));/giu,
    (mark, decimal: string | undefined, hex: string | undefined, name: string | undefined) => {
      if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? mark;
      const code = decimal !== undefined ? Number(decimal) : Number.parseInt(hex ?? '', 16);
      return code > 0x1f && code <= 0x10ffff ? String.fromCodePoint(code) : ' ';
    },
  );
}

/** Plain text of a cell that may hold HTML remains: block ends become line breaks, tags and scripts go, entities are decoded. */
export function stripMarkup(text: string): string {
  if (!hasMarkup(text)) return text;
  const plain = text
    .replace(/<!--[\s\S]*?-->/gu, '')
    .replace(/<(script|style)\b[^>]*>[\s\S]*?(?:<\/\1\s*>|$)/giu, '')
    .replace(/<\/?(?:p|div|tr|li|h[1-6]|br)\b[^<>]*>/giu, '\n')
    .replace(TAG, '');
  return decodeEntities(plain);
}

/** Prose of a cell as paragraphs, one a line: markup gone, blanks of broken cells gone, punctuation as printed. */
export function paragraphs(text: string): string {
  return stripMarkup(text)
    .split(/\r\n?|\n/u)
    .map((line) => squeezePrinted(line).trim())
    .filter((line) => line !== '')
    .join('\n');
}

/**
 * Lines of a page put together again. A line that ends a sentence and stops well short of the longest line ends a paragraph; every
 * other line break was made by the page.
 */
export function joinWrappedLines(lines: readonly string[]): string {
  const widest = lines.reduce((most, line) => Math.max(most, line.length), 0);
  let text = '';
  lines.forEach((line, at) => {
    text += line;
    if (at === lines.length - 1) return;
    text += /[。！!；;]$/u.test(line) && line.length < widest * 0.8 ? '\n' : ' ';
  });
  return paragraphs(text);
}

/** Whether quotation marks or brackets do not come in pairs. */
export function isUnbalanced(text: string): boolean {
  for (const [open, close] of ['“”', '（）', '()', '《》', '【】'].map((pair) => [...pair] as [string, string])) {
    let depth = 0;
    for (const sign of text) {
      if (sign === open) depth += 1;
      if (sign === close) depth -= 1;
      if (depth < 0) return true;
    }
    if (depth !== 0) return true;
  }
  return false;
}
