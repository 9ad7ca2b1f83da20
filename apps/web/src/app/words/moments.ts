import type { Language } from './dictionary';

const ZONE = 'Asia/Shanghai';
const LOCALE: Readonly<Record<Language, string>> = { zh: 'zh-CN', en: 'en-GB' };

/** A calendar day `YYYY-MM-DD` as people write it: 2025年1月15日 / 15 January 2025. */
export function sayDay(day: string, language: Language): string {
  return new Intl.DateTimeFormat(LOCALE[language], { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));
}

/** A moment in ISO 8601 as the clock on the wall in the office shows it (Asia/Shanghai), to the minute. */
export function sayMoment(moment: string, language: Language): string {
  return new Intl.DateTimeFormat(LOCALE[language], { dateStyle: 'medium', timeStyle: 'short', timeZone: ZONE, hourCycle: 'h23' }).format(new Date(moment));
}

/** A span in the two largest units that say something: 40 秒, 3 分 20 秒, 2 小时 5 分. @param seconds whole, at least one */
export function saySpan(seconds: number, language: Language): string {
  const [s, min, h] = [seconds % 60, Math.floor(seconds / 60) % 60, Math.floor(seconds / 3600)];
  return ([[h, '小时', 'h'], [min, '分', 'min'], [h > 0 ? 0 : s, '秒', 's']] as const).filter(([n]) => n > 0).map(([n, zh, en]) => `${n} ${language === 'zh' ? zh : en}`).join(' ');
}

const QUARTERS: Readonly<Record<string, string>> = { 第一季度: 'Q1', 第二季度: 'Q2', 第三季度: 'Q3', 第四季度: 'Q4' };

/** A quarter by its number 1…4: 第四季度 / Q4. */
export function sayQuarter(ordinal: number, language: Language): string {
  return sayPeriod(Object.keys(QUARTERS)[ordinal - 1] ?? '', language);
}

/** The label of a reporting period, which is stored as the forms print it: 第四季度 / Q4. A label that is not a quarter stays as it is. */
export function sayPeriod(label: string, language: Language): string {
  return language === 'zh' ? label : (QUARTERS[label] ?? label);
}
