import { CronExpressionParser } from 'cron-parser';

export const ZONE = 'Asia/Shanghai';
/** Occasions that are looked at to see how dense a rule is. */
const LOOKED_AT = 50;

/** The five parts of a rule, as the screen names them. */
const PARTS = [
  { zh: '分', en: 'minute', range: '0–59' }, { zh: '时', en: 'hour', range: '0–23' }, { zh: '日', en: 'day', range: '1–31' }, { zh: '月', en: 'month', range: '1–12' }, { zh: '周', en: 'weekday', range: '0–7' },
] as const;
const NAMES = /jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun/giu;

/** What is wrong with a rule, as a part of a sentence; null when it can be read. The library speaks English of an inner form of the rule: what it throws only says that something is wrong. */
export function faultOfCron(cron: string): { readonly what: string; readonly whatEn: string } | null {
  const parts = cron.trim() === '' ? [] : cron.trim().split(/\s+/u);
  if (parts.length !== PARTS.length) return { what: `应为五项，现有 ${parts.length} 项`, whatEn: `it has ${parts.length} parts instead of five` };
  for (const [at, { zh, en, range }] of PARTS.entries()) {
    const part = parts[at] ?? '';
    if (!isPlain(part) || !canBeRead(parts.map((_, other) => (other === at ? part : '*')).join(' '))) return { what: `“${zh}”一项“${part}”不对（应在 ${range} 之内）`, whatEn: `the ${en} “${part}” is not right (within ${range})` };
  }
  return canBeRead(cron) ? null : { what: '没有符合这条规则的日子', whatEn: 'no day fits it' };
}

/** The first occasions of a rule that can be read. */
export function occasionsOf(cron: string): readonly number[] {
  return CronExpressionParser.parse(cron, { currentDate: new Date('2024-01-01T00:00:00+08:00'), tz: ZONE }).take(LOOKED_AT).map((date) => date.getTime());
}

/** Digits, names, lists, ranges and steps; none of the signs only some programs know (H, L, W, #, ?). */
function isPlain(part: string): boolean {
  return /^[\d*/,\- a-z]+$/iu.test(part) && !/[hl#?w]/iu.test(part.replace(NAMES, ''));
}

function canBeRead(cron: string): boolean {
  try { return occasionsOf(cron).length > 0; } catch { return false; }
}
