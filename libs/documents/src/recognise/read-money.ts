import { divideDecimal, meansEmpty, normalizeText } from '@jiheng/domain';

/** The number of a row that adds up, 分 behind it or not; null when it is none. Printed digits are kept. */
export function readSumNumber(text: string): string | null {
  return /^(\d{1,4}(?:\.\d{1,6})?)分?$/u.exec(normalizeText(text).replace(/\s+/gu, ''))?.[1] ?? null;
}

/** An amount in 万元: null when the cell is blank, undefined when it holds something that is no amount. Printed digits are kept. */
export function readMoney(text: string, labelledIn: '万元' | '元'): string | null | undefined {
  if (meansEmpty(text)) return null;
  const found = /^[¥￥]?(-?\d[\d,]*(?:\.\d+)?)(万元|元)?$/u.exec(normalizeText(text).replace(/\s+/gu, ''));
  const digits = found?.[1]?.replace(/,/gu, '');
  if (digits === undefined) return undefined;
  return (found?.[2] ?? labelledIn) === '元' ? divideDecimal(digits, '10000', 6) : digits;
}
