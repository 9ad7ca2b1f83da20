import { normalizeText } from '../text';

/** One spelling for the words of a line: NFKC, no blanks, no numbering, no 其中:. */
export function lineWords(text: string): string {
  return normalizeText(text).replace(/\s+/gu, '').replace(/^其中:/u, '').replace(/^(?:[一二三四五六七八九十]+、|\d+[.、．])/u, '').replace(/^其中:/u, '');
}

const YEAR_LINES: readonly (readonly [string, RegExp])[] = [
  ['yearIncome', /^本年收入(?:合计)?$/u],
  ['general', /^一般公共预算(?:拨款)?(?:收入)?$/u], ['generalOwn', /^一般财力$/u], ['generalTransfer', /^上级一般公共预算安排的?转移支付$/u],
  ['fund', /^(?:政府性)?基金预算(?:拨款)?(?:收入)?$/u], ['fundOwn', /^政府性基金收入$/u], ['fundTransfer', /^上级政府性基金(?:预算)?安排的?转移支付$/u],
  ['capital', /^国有资本经营预算(?:拨款)?$/u], ['capitalOwn', /^国有资本经营(?:预算)?收入$/u], ['capitalTransfer', /^上级国有资本经营预算安排的?转移支付$/u],
  ['special', /^财政专户(?:核拨|管理资金)?(?:\(教育收费\))?$/u], ['own', /^单位资金$/u],
  ['ownService', /^事业收入$/u], ['ownHigher', /^上级补助收入$/u], ['ownAffiliates', /^附属单位上缴收入$/u], ['ownBusiness', /^事业单位经营收入$/u], ['ownOther', /^其他收入$/u],
];
const CARRIED_LINES: readonly (readonly [string, RegExp])[] = [
  ['carryOver', /^上年结转结?余?$/u], ['fiscalCarryOver', /^财政拨款结转(?:结余)?$/u], ['otherCarryOver', /^非财政拨款结转(?:结余)?$/u],
  ['carriedGeneral', /^一般公共预算(?:拨款)?$/u], ['carriedFund', /^(?:政府性)?基金预算(?:拨款)?$/u], ['carriedCapital', /^国有资本经营预算(?:拨款)?$/u],
  ['carriedSpecial', /^财政专户(?:核拨)?$/u], ['carriedOwn', /^单位资金$/u],
];
const FISCAL_LINES: readonly (readonly [string, RegExp])[] = [
  ['fiscal', /^财政拨款(?:\(补助\))?$/u], ['general', /^一般公共预算(?:拨款)?$/u], ['fund', /^政府性基金预算(?:拨款)?$/u], ['capital', /^国有资本经营预算(?:拨款)?$/u],
  ...CARRIED_LINES.slice(0, 3),
];
const THREE_PUBLIC_LINES: readonly (readonly [string, RegExp])[] = [
  ['abroad', /^因公出国(?:\(境\))?费?用?$/u], ['reception', /^公务接待费$/u], ['vehicles', /^公务用车购置及运行(?:维护)?费(?:\(小计\))?$/u],
  ['vehiclePurchase', /^公务用车购置费$/u], ['vehicleRunning', /^公务用车运行(?:维护)?费$/u],
];

function find(lines: readonly (readonly [string, RegExp])[], words: string): string | null {
  return lines.find(([, pattern]) => pattern.test(words))?.[0] ?? null;
}

/**
 * Key of an income line of table 1 (`general`, `own`, `carryOver` …); null when it is none. The words of the form repeat below
 * 上年结转结余, so the caller says whether that line stands above.
 */
export function incomeLine(text: string, isBelowCarryOver: boolean): string | null {
  const words = lineWords(text);
  const carried = find(CARRIED_LINES, words);
  return isBelowCarryOver || carried === 'carryOver' ? carried : find(YEAR_LINES, words);
}

/** Key of an income line of table 4: `fiscal`, `general`, `fund`, `capital`. */
export function fiscalLine(text: string): string | null {
  return find(FISCAL_LINES, lineWords(text));
}

/** Key of a line of table 10: `abroad`, `reception`, `vehicles`, `vehiclePurchase`, `vehicleRunning`. */
export function threePublicLine(text: string): string | null {
  return find(THREE_PUBLIC_LINES, lineWords(text));
}

/** Whether the words are those of a total: 合计, 总计, 收入总计, 支出总计. */
export function isTotalWords(text: string): boolean {
  return /^(?:收入|支出)?(?:合计|总计)$/u.test(normalizeText(text).replace(/\s+/gu, ''));
}
