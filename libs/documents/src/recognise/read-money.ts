import { divideDecimal, meansEmpty, normalizeText } from '@jiheng/domain';

/** An amount in 万元: null when the cell is blank, undefined when it holds something that is no amount. Printed digits are kept. */
export function readMoney(text: string, labelledIn: '万元' | '元'): string | null | undefined {
  if (meansEmpty(text)) return null;
  const found = /^[¥￥]?(-?\d[\d,]*(?:\.\d+)?)(万元|元)?$/u.exec(normalizeText(text).replace(/\s+/gu, ''));
  const digits = found?.[1]?.replace(/,/gu, '');
  if (digits === undefined) return undefined;
  return (found?.[2] ?? labelledIn) === '元' ? divideDecimal(digits, '10000', 6) : digits;
}
