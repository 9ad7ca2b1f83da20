import type { z } from 'zod';
import { CommandRefusal, type Sentence } from './terminal';

/** Mistakes told at once. */
const LONGEST_LIST = 10;

const PROBLEMS: Readonly<Record<string, Sentence>> = {
  decimal: { zh: '应为文本形式的数，如 "26.40"', en: 'a number as text is expected, for example "26.40"' },
  amount: { zh: '应为文本形式的非负数，如 "9.60"', en: 'a number as text, not negative, is expected, for example "9.60"' },
  date: { zh: '应为日期 YYYY-MM-DD 或月份 YYYY-MM', en: 'a day YYYY-MM-DD or a month YYYY-MM is expected' },
  year: { zh: '应为 1990 至 2100 之间的年份（整数）', en: 'a year between 1990 and 2100 (a whole number) is expected' },
  index: { zh: '应为行号：从 0 开始的整数', en: 'the number of a row is expected: a whole number from 0' },
  missing: { zh: '缺少此项', en: 'it is missing' },
  blank: { zh: '不能为空', en: 'it may not be blank' },
  empty: { zh: '至少要有一条指标', en: 'at least one indicator is needed' },
  tooMany: { zh: '最多 20000 条指标', en: 'there may be at most 20000 indicators' },
  oneOf: {
    zh: '须写明且只写明 magnitude、grade、date、answer、state、text 之一',
    en: 'exactly one of magnitude, grade, date, answer, state, text is needed',
  },
};

/** The path as one writes it: actuals[3].magnitude. */
function sayPath(path: readonly PropertyKey[]): string {
  return (
    path.reduce<string>(
      (text, key) => (typeof key === 'number' ? `${text}[${key}]` : text === '' ? String(key) : `${text}.${String(key)}`),
      '',
    ) || 'JSON'
  );
}

/** One sentence for each mistake, at most {@link LONGEST_LIST}. `before` is the path of `value` in the file. */
export function sayIssues(issues: readonly z.core.$ZodIssue[], value: unknown, before: readonly PropertyKey[], file: string): Sentence[] {
  return issues
    .slice(0, LONGEST_LIST)
    .map((issue) => sayIssue(issue, valueAt(value, issue.path) === undefined, [...before, ...issue.path], file));
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (inner !== null && typeof inner === 'object' ? (inner as Record<PropertyKey, unknown>)[key] : undefined),
    value,
  );
}

function sayIssue(issue: z.core.$ZodIssue, isMissing: boolean, path: readonly PropertyKey[], file: string): Sentence {
  if (issue.code === 'unrecognized_keys') {
    const keys = issue.keys.map((key) => sayPath([...path, key])).join('、');
    return at(file, keys, '是未知的键，请删去或改正拼写', 'is not known; remove it or correct its spelling');
  }
  const where = sayPath(path);
  const known = isMissing ? PROBLEMS['missing'] : PROBLEMS[issue.message];
  if (known !== undefined) return at(file, where, known.zh, known.en);
  if (issue.code === 'invalid_value') {
    const values = issue.values.map(String).join(' | ');
    return at(file, where, `应为 ${values} 之一`, `one of ${values} is expected`);
  }
  if (issue.code === 'invalid_type') {
    const kind = TYPE_NAMES[issue.expected] ?? { zh: issue.expected, en: issue.expected };
    return at(file, where, `应为${kind.zh}`, `${kind.en} is expected`);
  }
  return at(file, where, '不符合要求', 'it is not acceptable');
}

const TYPE_NAMES: Readonly<Record<string, Sentence>> = {
  string: { zh: '文本（数也写成文本，如 "5"）', en: 'text (numbers too, for example "5")' },
  array: { zh: '数组', en: 'an array' },
  object: { zh: '对象', en: 'an object' },
  boolean: { zh: ' true 或 false', en: 'true or false' },
  number: { zh: '整数', en: 'a whole number' },
  int: { zh: '整数', en: 'a whole number' },
};

function at(file: string, where: string, zh: string, en: string): Sentence {
  return { zh: `文件“${file}”的 ${where}：${zh}。`, en: `In “${file}”, ${where}: ${en}.` };
}

/** Refuses a file for one mistake at a path. */
export function refuseAt(file: string, where: string, zh: string, en: string): never {
  throw new CommandRefusal([at(file, where, zh, en)]);
}
