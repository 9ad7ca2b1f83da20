import { compareDecimal } from '../decimal';
import { unitOf } from '../quantity/unit';
import { type DocumentContext, plainText, type Prose, proseOf, statementOf } from './document-context';
import type { Finding } from './finding';
import { aFinding } from './findings';

/** Q-C2 one quantity has one number: in the rows, in the statement of the project, before and after a year, in counted lists, in one unit. */
export function checkSameQuantity(context: DocumentContext): readonly Finding[] {
  const prose = proseOf(context);
  return [...checkHeads(context), ...checkMoney(context), ...checkOpposites(prose), ...checkLists(prose), ...checkCountedUnits(prose)];
}

/** The number that stands most often; of several, the first. */
function mostFrequent(numbers: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const number of numbers) counts.set(number, (counts.get(number) ?? 0) + 1);
  return [...counts].reduce<readonly [string, number]>((best, one) => (one[1] > best[1] ? one : best), ['', 0])[0];
}

/** Heads a project counts: the statement names them too, so one of its numbers must be the row's. */
function checkHeads(context: DocumentContext): Finding[] {
  return context.targets.flatMap((target, table) => {
    const statement = statementOf(context, target);
    if (statement === null) return [];
    const counts = statement.fields.flatMap(({ text, place }) => [...plainText(text).matchAll(/(?<![\d.])(\d+)(人|户)(?!次|\/|均)/gu)].map(([, number = '', unit = '']) => ({ number, unit, place })));
    return target.indicators.flatMap(({ name, target: { kind, magnitude, unit } }, row) => {
      if (kind !== 'QUANT' || magnitude === null || unit === null || !/^(?:人|户)$/u.test(unitOf(unit).symbol)) return [];
      const alike = counts.filter((count) => count.unit === unitOf(unit).symbol);
      if (alike.length === 0 || alike.some(({ number }) => compareDecimal(number, magnitude) === 0)) return [];
      const expected = mostFrequent(alike.map(({ number }) => number));
      const place = alike.find(({ number }) => number === expected)?.place ?? statement.place;
      return [aFinding('Q-C2', 'WARN', { name, place }, { table, row, expected: `${expected}${unit}`, found: `${magnitude}${unit}` })];
    });
  });
}

function checkMoney(context: DocumentContext): Finding[] {
  return context.targets.flatMap((target, table) => {
    const planned = statementOf(context, target)?.fields.find(({ label }) => /预算安排规模|预算金额|项目预算/u.test(label));
    const stated = planned === undefined ? null : /^(\d+(?:\.\d+)?)万元/u.exec(plainText(planned.text));
    if (planned === undefined || stated === null || target.budget.total === null || compareDecimal(stated[1] ?? '0', target.budget.total) === 0) return [];
    return [aFinding('Q-C2-money', 'WARN', { name: target.project ?? '', place: planned.place }, { table, expected: stated[1] ?? '', found: target.budget.total })];
  });
}

/** 95年以前破产企业 here, 95年以后破产企业 there. */
function checkOpposites(prose: readonly Prose[]): Finding[] {
  const seen = prose.flatMap(({ text, place, table }) => [...text.matchAll(/(?<!\d)((?:19|20)?\d{2})年(以前|之前|前|以后|之后|后)([\u4e00-\u9fff]{4})/gu)]
    .map(([whole, year = '', word = '', noun = '']) => ({ whole, key: `${year.slice(-2)} ${noun}`, isBefore: word.endsWith('前'), place, table })));
  return [...new Set(seen.map(({ key }) => key))].flatMap((key) => {
    const alike = seen.filter((one) => one.key === key);
    const [before, after] = [alike.filter(({ isBefore }) => isBefore), alike.filter(({ isBefore }) => !isBefore)];
    if (before.length === 0 || after.length === 0) return [];
    const [few, many] = before.length < after.length ? [before, after] : [after, before];
    return few.map(({ whole, place, table }) => aFinding('Q-C2-opposite', 'WARN', { place }, { table, expected: many[0]?.whole ?? '', found: whole }));
  });
}

const DIGITS: Readonly<Record<string, number>> = { 一: 1, 二: 2, 两: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9, 十: 10 };

/** 五项社会保险（三项 listed）. */
function checkLists(prose: readonly Prose[]): Finding[] {
  return prose.flatMap(({ text, place, table }) => [...text.matchAll(/(?<![\d第])([一二两三四五六七八九十]|\d{1,2})(?:项|类|种|大)([^(),。;:、\d]{1,10})\(([^()]*、[^()]*)\)/gu)].flatMap(([whole, count = '', , list = '']) => {
    const stated = DIGITS[count] ?? Number(count);
    const listed = list.split(/[、,]|以及|和(?=[^、]*$)/u).filter((item) => item !== '').length;
    if (/等|…/u.test(list) || listed === stated) return [];
    return [aFinding('Q-C2-list', 'WARN', { place, count: String(listed) }, { table, expected: String(stated), found: whole })];
  }));
}

/** 80万人次的五项社会保险 here, 80万人的5项社会保险 there. */
function checkCountedUnits(prose: readonly Prose[]): Finding[] {
  const seen = prose.flatMap(({ text, place, table }) => [...text.matchAll(/(?<![\d.])(\d[\d.]*[万亿]?)余?(人次|户次|人|户)的([^(),。;、]{2,12})/gu)]
    .map(([whole, number = '', unit = '', noun = '']) => ({ whole, key: `${number} ${noun.slice(-4)}`, unit, place, table })));
  return seen.flatMap((one, at) => {
    const earlier = seen.slice(0, at).find((other) => other.key === one.key && other.unit !== one.unit);
    return earlier === undefined ? [] : [aFinding('Q-C2-unit', 'WARN', { place: one.place }, { table: one.table, expected: earlier.whole, found: one.whole })];
  });
}
