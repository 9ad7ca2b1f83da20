import type { DecimalText } from '../decimal';
import { parseMagnitude } from '../quantity/parse-quantity';
import { toBaseMagnitude } from '../quantity/quantity';
import { findUnit } from '../quantity/unit';
import { normalizeText } from '../text';

/** A result the goal text promises as a number. */
export interface PromisedNumber {
  /** The clause up to and with the number, for the sentence. */
  readonly clause: string;
  /** The clause before the number. */
  readonly phrase: string;
  readonly base: DecimalText;
  readonly root: string;
}

const NUMBER_WITH_UNIT = /(\d[\d,]*(?:\.\d+)?)(%|‰|[万亿千]?(?:元(?:\/[人户月年]+)*|人次|人|户|家|场次|次|条|项|个月|月|个|件|份|台|辆|套|篇|批|期|班|亩|公里|平方米|吨|天|小时))/gu;
const PROMISING = /(?:达到|不少于|不低于|不超过|不高于|控制在|至少|完成|实现|新增|[≥≤<>=]=?|率|度|为)$/u;

/** Numbers the goal text promises: a percentage, or a number behind words such as 达到 and 不少于, or before 以上 and 以内. Dates and years are none. */
export function promisesOf(goalText: string): PromisedNumber[] {
  const text = normalizeText(goalText).replace(/\s+/gu, '').replace(/(?:19|20)\d{2}年(?:度|\d{1,2}月(?:\d{1,2}日)?(?:前|底)?)?/gu, '');
  return text.split(/[,，。;；！!?？]|(?<=[:：])/u).flatMap((clause) => [...clause.matchAll(NUMBER_WITH_UNIT)].flatMap((found) => {
    const magnitude = parseMagnitude(found[1] ?? '');
    const unit = findUnit(found[2] ?? '');
    const before = clause.slice(0, found.index);
    const after = clause.slice(found.index + found[0].length);
    if (!magnitude.ok || unit === null) return [];
    if (unit.dimension !== 'ratio' && !PROMISING.test(before) && !/^(?:及?以上|以内|之内|以下)/u.test(after)) return [];
    const base = toBaseMagnitude(magnitude.value, unit.symbol);
    return [{ clause: before + found[0], phrase: before.replace(PROMISING, '').replace(/(?:达|要|均)$/u, ''), base, root: unit.dimension.split('/')[0] ?? '' }];
  }));
}

/** Whether a row's name and the words before a number mean one thing: one holds the other, or three quarters of their letter pairs are shared. */
export function sameThing(name: string, phrase: string): boolean {
  const plain = (text: string): string => text.replace(/[“”"'‘’\s、()]/gu, '');
  const [a, b] = [plain(name), plain(phrase)];
  if (a === '' || b === '') return false;
  if (b.endsWith(a) || a.includes(b) || b.includes(a)) return true;
  const pairs = (text: string): Set<string> => new Set([...text].slice(1).map((letter, at) => [...text][at] + letter));
  const [left, right] = [pairs(a), pairs(b)];
  const shared = [...left].filter((pair) => right.has(pair)).length;
  return shared * 8 >= (left.size + right.size) * 3;
}
