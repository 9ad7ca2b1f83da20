import { type DocumentContext, type Prose, proseOf } from './document-context';
import type { Finding } from './finding';
import { aFinding } from './findings';

/** Q-R4 what a goal text is about lies within the duties the document states for the unit. */
export function checkDuties(context: DocumentContext): readonly Finding[] {
  const prose = proseOf(context);
  const duties = insurancesIn(dutiesOf(prose));
  // Duties that name no single insurance say nothing about which ones are meant.
  if (duties.size < 2) return [];
  return prose.flatMap(({ text, place, table }) => {
    if (table === null || !/目标$/u.test(place)) return [];
    const foreign = [...insurancesIn(text)].filter((kind) => !duties.has(kind));
    return foreign.map((kind) => aFinding('Q-R4-duty', 'INFO', {}, { table, expected: [...duties].map((one) => `${one}保险`).join('、'), found: `${kind}保险` }));
  });
}

/** The paragraphs between 主要职能 and the next chapter. */
function dutiesOf(prose: readonly Prose[]): string {
  // The first one is the list of contents where there is one: the last holds the text.
  const from = prose.map(({ text }) => /^(?:[一二三四五六七八九十]+、)?(?:单位|部门)?主要职[能责]$/u.test(text)).lastIndexOf(true);
  if (from < 0) return '';
  const rest = prose.slice(from + 1);
  const to = rest.findIndex(({ text }) => /^(?:第[一二三四五六七八九十]+部分|[一二三四五六七八九十]+、)/u.test(text));
  return rest.slice(0, to < 0 ? 1 : to).map(({ text }) => text).join('');
}

/** The kinds of social insurance a text names: 养老, 工伤, 失业, 医疗, 生育. */
function insurancesIn(text: string): ReadonlySet<string> {
  return new Set([...text.matchAll(/(养老|工伤|失业|医疗|生育)(?:保险|、(?=[^,。;]{0,12}保险))/gu)].map(([, kind = '']) => kind));
}
