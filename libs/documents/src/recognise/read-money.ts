import { divideDecimal, meansEmpty, normalizeText } from '@jiheng/domain';
import { beginsWithIdeograph } from './form-words';

/** The number of a row that adds up, 分 behind it or not; null when it is none. Printed digits are kept. */
export function readSumNumber(text: string): string | null {
  // No folding makes a digit of a common ideograph or anything else of plain digits.
  if (beginsWithIdeograph(text) || text === '') return null;
  if (isShortDecimal(text)) return text;
  return /^(\d{1,4}(?:\.\d{1,6})?)分?$/u.exec(normalizeText(text).replace(/\s+/gu, ''))?.[1] ?? null;
}

/** One to four digits, and behind a point one to six. */
function isShortDecimal(text: string): boolean {
  const { length } = text;
  let point = -1;
  for (let at = 0; at < length; at += 1) {
    const code = text.charCodeAt(at);
    if (code >= 0x30 && code <= 0x39) continue;
    if (code !== 0x2e || point >= 0) return false;
    point = at;
  }
  return point < 0 ? length <= 4 : point > 0 && point <= 4 && length - point > 1 && length - point <= 7;
}

/** An amount in 万元: null when the cell is blank, undefined when it holds something that is no amount. Printed digits are kept. */
export function readMoney(text: string, labelledIn: '万元' | '元'): string | null | undefined {
  if (meansEmpty(text)) return null;
  const found = /^[¥￥]?(-?\d[\d,]*(?:\.\d+)?)(万元|元)?$/u.exec(normalizeText(text).replace(/\s+/gu, ''));
  const digits = found?.[1]?.replace(/,/gu, '');
  if (digits === undefined) return undefined;
  return (found?.[2] ?? labelledIn) === '元' ? divideDecimal(digits, '10000', 6) : digits;
}
