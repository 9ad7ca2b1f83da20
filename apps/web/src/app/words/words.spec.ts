import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fill, type Dictionary } from './dictionary';
import { sayDay, sayMoment, sayPeriod, saySpan } from './moments';
import { sayRating } from './ratings';
import { Words } from './words';
import { dictionary } from './dictionary';

const APP = join(__dirname, '..');

/** Every dictionary of the product, found by its file name, with the name it is exported under. */
function allDictionaries(): [string, Dictionary<string>][] {
  const files = readdirSync(APP, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('-words.ts'));
  return files.flatMap((file) => {
    const exported = jest.requireActual<Record<string, unknown>>(join(APP, file));
    return Object.entries(exported)
      .filter((entry): entry is [string, Dictionary<string>] => typeof entry[1] === 'object' && entry[1] !== null && 'zh' in entry[1] && 'en' in entry[1])
      .map(([name, words]): [string, Dictionary<string>] => [`${relative(APP, join(APP, file))}: ${name}`, words]);
  });
}
const places = (sentence: string) => [...sentence.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();

describe('the words of the pages', () => {
  const dictionaries = allDictionaries();

  it('are found in every folder that speaks', () => {
    expect(dictionaries.length).toBeGreaterThanOrEqual(7);
  });

  describe.each(dictionaries)('%s', (_name, { zh, en }) => {
    it('has the same keys in both languages, and no empty sentence', () => {
      expect(Object.keys(en).sort()).toEqual(Object.keys(zh).sort());
      expect(Object.entries({ ...zh, ...en }).filter(([, sentence]) => !sentence.trim())).toEqual([]);
    });
    it('has the same places to fill in both languages', () => {
      const different = Object.keys(zh).filter((key) => {
        const english = new Set(places(en[key] ?? ''));
        return places(zh[key] ?? '').some((place) => !english.has(place));
      });
      expect(different).toEqual([]);
    });
    it('speaks no Chinese in English, but for words of the forms in brackets and quantities with their unit', () => {
      const chinese = Object.entries(en).filter(([, sentence]) => /\p{Script=Han}/u.test(sentence.replace(/[（(“"][^）)”"]*[）)”"]|[\d.]+\p{Script=Han}+/gu, '')));
      expect(chinese).toEqual([]);
    });
  });
});

describe('a sentence', () => {
  it('takes its places', () => expect(fill('{name}，还剩 {n} 天', { name: '填报人', n: 6 })).toBe('填报人，还剩 6 天'));
  it('shows a place that nobody filled', () => expect(fill('还剩 {n} 天')).toBe('还剩 {n} 天'));
});

describe('Words', () => {
  const greeting = dictionary({ hello: '{name}，您好' }, { hello: 'Good day, {name}' });
  beforeEach(() => localStorage.clear());

  it('speaks Chinese until someone chooses', () => expect(new Words().of(greeting)('hello', { name: '审核人' })).toBe('审核人，您好'));
  it('keeps the choice for the next visit and tells the document', () => {
    new Words().setLanguage('en');
    expect(document.documentElement.lang).toBe('en');
    const next = new Words();
    expect(next.of(greeting)('hello', { name: 'reviewer' })).toBe('Good day, reviewer');
    expect(next.pick({ zh: '拒绝', en: 'refused' })).toBe('refused');
  });
});

describe('days, moments and ratings', () => {
  it('says the deadline of the fourth quarter in both languages', () => {
    expect(sayDay('2025-01-15', 'zh')).toBe('2025年1月15日');
    expect(sayDay('2025-01-15', 'en')).toBe('15 January 2025');
  });
  it('says a span in the units that matter', () => {
    expect([1, 59, 60, 200, 3_600, 7_530, 90_000].map((seconds) => saySpan(seconds, 'zh'))).toEqual(['1 秒', '59 秒', '1 分', '3 分 20 秒', '1 小时', '2 小时 5 分', '25 小时']);
    expect([61, 7_500].map((seconds) => saySpan(seconds, 'en'))).toEqual(['1 min 1 s', '2 h 5 min']);
  });
  it('shows the clock of the office, not the one of the browser', () => expect(sayMoment('2025-01-08T16:05:00Z', 'zh')).toMatch(/2025年1月9日\s*00:05/));
  it('says a quarter shortly in English and leaves labels it does not know alone', () => {
    expect([sayPeriod('第四季度', 'zh'), sayPeriod('第四季度', 'en'), sayPeriod('上半年', 'en')]).toEqual(['第四季度', 'Q4', '上半年']);
  });
  it('keeps the word of the form beside the English one', () => {
    expect(sayRating('优', 'zh')).toBe('优');
    expect(sayRating('优', 'en')).toBe('Excellent（优）');
    expect(sayRating('一等', 'en')).toBe('一等');
  });
});
