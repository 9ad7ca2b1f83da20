import { normalizeText } from '../text';
import { headingOf } from '../budget-document/read-narrative';
import { type DocumentContext, plainText, type Prose, proseOf } from './document-context';
import type { Finding } from './finding';
import { aFinding } from './findings';

/** Q-X1 one thing has one name: the unit, its subordinates, subjects by their code, headings, and groups that a number marks. */
export function checkTerms(context: DocumentContext): readonly Finding[] {
  const prose = proseOf(context);
  return [...checkUnitName(context, prose), ...checkSubordinates(prose), ...checkHeadings(prose), ...checkSubjects(context), ...checkGroups(prose)];
}

const BODY = '(?:管理局|服务局|管理中心|服务中心|管理处|中心|委员会|办公室|局|处|站|所)';

/** Another body under the unit's own stem: 某州社会保险管理局 beside 某州社会保险中心. */
function checkUnitName({ budget, targets }: DocumentContext, prose: readonly Prose[]): Finding[] {
  const unit = plainText(budget.unit ?? targets[0]?.budgetUnit ?? '');
  const stem = unit.replace(new RegExp(`${BODY}$`, 'u'), '');
  if (stem.length < 5 || stem === unit) return [];
  const seen = new Set<string>();
  return prose.flatMap(({ text, place, table }) => [...text.matchAll(new RegExp(`${stem}[\\u4e00-\\u9fff]{0,2}?${BODY}`, 'gu'))].flatMap(([found]) => {
    if (found === unit || unit.startsWith(found) || seen.has(found)) return [];
    seen.add(found);
    return [aFinding('Q-X1', 'INFO', { place }, { table, expected: unit, found })];
  }));
}

/** 无下属预算单位 here, 及下属各预算单位 there. */
function checkSubordinates(prose: readonly Prose[]): Finding[] {
  const none = prose.map(({ text }) => /无下属(?:预算)?单位/u.exec(text)?.[0]).find((found) => found !== undefined);
  if (none === undefined) return [];
  return prose.flatMap(({ text, place, table }) => {
    const found = /(?:及|和|与)(?:所属|下属)各?(?:级)?(?:预算)?单位/u.exec(text);
    return found === null ? [] : [aFinding('Q-X1-subordinate', 'INFO', { place }, { table, expected: none, found: found[0] })];
  });
}

/** Headings of part three as prescribed, without 的. */
const HEADINGS = [
  '收支预算情况总体说明', '收入预算情况说明', '支出预算情况说明', '财政拨款收支预算情况总体说明', '一般公共预算当年拨款情况说明', '一般公共预算基本支出情况说明', '一般公共预算项目支出情况说明',
  '政府性基金预算拨款情况说明', '国有资本经营预算拨款情况说明', '财政拨款“三公”经费预算情况说明', '上年结转结余预算情况说明', '其他重要事项情况说明',
].map((heading) => normalizeText(heading));

/** Letters that have to be put in, taken out or changed. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  [...a].forEach((letter, i) => {
    const next = [i + 1];
    [...b].forEach((other, j) => next.push(Math.min((next[j] ?? 0) + 1, (row[j + 1] ?? 0) + 1, (row[j] ?? 0) + (letter === other ? 0 : 1))));
    row = next;
  });
  return row.at(-1) ?? 0;
}

function checkHeadings(prose: readonly Prose[]): Finding[] {
  const seen = new Set<string>();
  return prose.flatMap(({ text, place }) => {
    const heading = headingOf(text);
    const words = heading?.replace(/的/gu, '') ?? '';
    if (!words.endsWith('说明') || HEADINGS.includes(words) || seen.has(words)) return [];
    const meant = HEADINGS.find((one) => distance(one, words) === 1);
    if (meant === undefined) return [];
    seen.add(words);
    return [aFinding('Q-X1-heading', 'INFO', { place }, { expected: meant, found: heading })];
  });
}

/** One code, two names, in different tables of one document. */
function checkSubjects({ budget }: DocumentContext): Finding[] {
  const names = new Map<string, { readonly name: string; readonly place: string }[]>();
  for (const { number, rows } of budget.tables) {
    // The economic classification of table 6 has codes of its own.
    if (number === 6) continue;
    for (const { code, name, place } of rows) {
      if (code === null || name === '') continue;
      const word = plainText(name);
      const known = names.get(code) ?? [];
      if (!known.some((one) => one.name === word)) names.set(code, [...known, { name: word, place: `表${number}（${place}）` }]);
    }
  }
  return [...names].flatMap(([code, [first, ...others]]) => others.map(({ name, place }) => aFinding('Q-X1-subject', 'INFO', { code, place }, { expected: first?.name ?? '', found: name })));
}

const GROUP_END = '(?=退休|在职|两类|类|人员|等|的|工资|补贴|补助|职工|经费|[^\\u4e00-\\u9fff、])';

/** A group that a number marks (“8794”…): the words behind the number are its name. */
function checkGroups(prose: readonly Prose[]): Finding[] {
  const variants = new Map<string, Map<string, { count: number; place: string }>>();
  const name = new RegExp(`(?<![\\d.年〔[【第])(\\d{3,5})["“”]?([\\u4e00-\\u9fff]{2}[\\u4e00-\\u9fff、]{1,9}?)${GROUP_END}`, 'gu');
  for (const { text, place } of prose) {
    if (!/\d{3}/u.test(text)) continue;
    for (const [, anchor = '', group = ''] of text.matchAll(name)) {
      if (/^(?:年|月|日|万|亿|元|人|号|个|条|项|次|户|台|辆|平方|公里|余|多|以|至|到)/u.test(group)) continue;
      const known = variants.get(anchor) ?? new Map<string, { count: number; place: string }>();
      const one = known.get(group) ?? { count: 0, place };
      known.set(group, { ...one, count: one.count + 1 });
      variants.set(anchor, known);
    }
  }
  return [...variants].flatMap(([anchor, known]) => {
    const sorted = [...known].sort(([, a], [, b]) => b.count - a.count);
    const [usual] = sorted;
    if (usual === undefined) return [];
    // A variant begins alike; other words behind the same number are another matter.
    const alike = sorted.filter(([group]) => group.slice(0, 2) === usual[0].slice(0, 2));
    if (alike.length < 2) return [];
    return [aFinding('Q-X1-group', 'INFO', { anchor, place: alike[1]?.[1].place ?? '' }, { expected: usual[0], found: alike.map(([group]) => group).join('／') })];
  });
}
