import { ok, refuse, type Result } from '@jiheng/domain';
import type { ColumnRole } from '../form-words';
import type { HeadField } from '../head-labels';
import type { FormKind, MoneyColumn, MoneyLine, RecognitionTemplate, TemplateColumn, TemplateMoney } from './recognition-template';

const ROLES: Readonly<Record<ColumnRole, true>> = {
  level1: true, level2: true, name: true, operator: true, target: true, unit: true, basis: true, previous: true, weight: true, rule: true,
  evidence: true, adjustedTarget: true, actual: true, actualText: true, deduction: true, coefficient: true, points: true, deviation: true,
  core: true, forecast: true, causeFunds: true, causeSystem: true, causeStaff: true, causeEquipment: true, causeOther: true, certain: true,
  possible: true, impossible: true, remark: true, explanation: true, method: true, dataSource: true, other: true,
};
const FIELDS: Readonly<Record<HeadField, true>> = {
  unit: true, project: true, goal: true, goalAdjusted: true, goalAchieved: true, score: true, ignored: true, caption: true, moneyLine: true,
  total: true, fiscal: true, other: true, higherLevel: true, localLevel: true,
};
const MONEY_COLUMNS: Readonly<Record<MoneyColumn, true>> = {
  initial: true, adjusted: true, executed: true, forecast: true, rate: true, weight: true, points: true, reason: true,
};
const MONEY_LINES: Readonly<Record<MoneyLine, true>> = {
  TOTAL: true, FISCAL: true, CARRY_OVER: true, HIGHER_LEVEL: true, LOCAL_LEVEL: true, SPECIAL_ACCOUNT: true, UNIT_FUNDS: true, OTHER: true,
};
const FORM_KINDS: Readonly<Record<FormKind, true>> = { TARGET: true, MONITORING: true, SELF_EVALUATION: true };
const SUBJECTS = { PROJECT: true, UNIT: true } as const;
/** Words of a list at most: a form has some dozens. */
const MOST_WORDS = 200;
const LONGEST_WORD = 60;

/** Ends the reading of a template at the first slip; {@link readTemplate} turns it into a refusal. */
class Slip extends Error {
  constructor(
    readonly path: string,
    readonly wanted: string,
  ) {
    super(`${path}: ${wanted}`);
  }
}

type Fields = Readonly<Record<string, unknown>>;

function fieldsOf(value: unknown, path: string, known: readonly string[]): Fields {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) throw new Slip(path, '{ … }');
  const unknownKey = Object.keys(value).find((key) => !known.includes(key));
  if (unknownKey !== undefined) throw new Slip(path === '' ? unknownKey : `${path}.${unknownKey}`, known.join(' · '));
  return value as Fields;
}

function wordOf(value: unknown, path: string): string {
  if (typeof value !== 'string' || value.trim() === '' || value.length > LONGEST_WORD) throw new Slip(path, `"…" (1–${LONGEST_WORD})`);
  return value.trim();
}

function listOf<T>(value: unknown, path: string, read: (one: unknown, path: string) => T, fewest = 1): readonly T[] {
  if (!Array.isArray(value) || value.length < fewest || value.length > MOST_WORDS) throw new Slip(path, `[ … ] (${fewest}–${MOST_WORDS})`);
  return value.map((one, at) => read(one, `${path}[${at}]`));
}

function oneOf<T extends string>(value: unknown, path: string, known: Readonly<Record<T, true>>): T {
  if (typeof value !== 'string' || !Object.hasOwn(known, value)) throw new Slip(path, Object.keys(known).join(' · '));
  return value as T;
}

function columnOf(value: unknown, path: string): TemplateColumn {
  const { role, words, group, optional } = fieldsOf(value, path, ['role', 'words', 'group', 'optional']);
  if (optional !== undefined && typeof optional !== 'boolean') throw new Slip(`${path}.optional`, 'true · false');
  return {
    role: oneOf(role, `${path}.role`, ROLES),
    words: listOf(words, `${path}.words`, wordOf),
    ...(group === undefined ? {} : { group: wordOf(group, `${path}.group`) }),
    ...(optional === true ? { optional } : {}),
  };
}

function moneyOf(value: unknown, path: string): TemplateMoney {
  const { columns, rows } = fieldsOf(value, path, ['columns', 'rows']);
  return {
    columns: listOf(columns, `${path}.columns`, (one, at) => {
      const { role, words } = fieldsOf(one, at, ['role', 'words']);
      return { role: oneOf(role, `${at}.role`, MONEY_COLUMNS), words: listOf(words, `${at}.words`, wordOf) };
    }, 2),
    rows: listOf(rows, `${path}.rows`, (one, at) => {
      const { line, words } = fieldsOf(one, at, ['line', 'words']);
      return { line: oneOf(line, `${at}.line`, MONEY_LINES), words: listOf(words, `${at}.words`, wordOf) };
    }, 0),
  };
}

function labelsOf(value: unknown, path: string): NonNullable<RecognitionTemplate['labels']> {
  const labels = fieldsOf(value, path, Object.keys(FIELDS));
  return Object.fromEntries(Object.entries(labels).map(([field, words]) => [field, listOf(words, `${path}.${field}`, wordOf)]));
}

function titleOf(value: unknown, path: string): RecognitionTemplate['title'] {
  if (typeof value === 'string') return { zh: wordOf(value, path), en: wordOf(value, path) };
  const { zh, en } = fieldsOf(value, path, ['zh', 'en']);
  return { zh: wordOf(zh, `${path}.zh`), en: en === undefined ? wordOf(zh, `${path}.zh`) : wordOf(en, `${path}.en`) };
}

/** A head names the indicator and its target, and a level or a result; no column stands twice. */
function checkColumns(columns: readonly TemplateColumn[]): void {
  const roles = columns.map(({ role }) => role).filter((role) => role !== 'other');
  const twice = roles.find((role, at) => roles.indexOf(role) !== at);
  if (twice !== undefined) throw new Slip(`columns[${columns.map(({ role }) => role).lastIndexOf(twice)}].role`, `${twice}: 1×`);
  for (const role of ['name', 'target'] as const) if (!roles.includes(role)) throw new Slip('columns', `role: ${role}`);
  if (!roles.some((role) => role === 'level1' || role === 'level2' || role === 'actual' || role === 'points'))
    throw new Slip('columns', 'role: level1 · level2 · actual · points');
}

/**
 * A form of a user, from the JSON of a file (the shape of {@link RecognitionTemplate}; `title` may be one text, `labels`, `money` and
 * `sumWords` may be missing).
 * @param file its name, for the sentence
 * @param taken names that are given already
 * @returns refusals `template.not-json`, `template.slip` (with the path of the key and what is wanted there), `template.name-taken`
 */
export function readTemplate(json: string, file: string, taken: readonly string[] = []): Result<RecognitionTemplate> {
  let value: unknown;
  try {
    value = JSON.parse(json.replace(/^\ufeff/u, ''));
  } catch (fault) {
    return refuse('template.not-json', { file, cause: fault instanceof Error ? fault.message : String(fault) });
  }
  try {
    const read = fieldsOf(value, '', ['name', 'title', 'origin', 'form', 'subject', 'titleWords', 'labels', 'columns', 'money', 'sumWords']);
    const name = wordOf(read['name'], 'name');
    const columns = listOf(read['columns'], 'columns', columnOf);
    checkColumns(columns);
    if (taken.includes(name)) return refuse('template.name-taken', { file, name });
    return ok({
      name,
      title: titleOf(read['title'] ?? name, 'title'),
      origin: read['origin'] === undefined ? file : wordOf(read['origin'], 'origin'),
      form: oneOf(read['form'], 'form', FORM_KINDS),
      subject: oneOf(read['subject'], 'subject', SUBJECTS),
      titleWords: listOf(read['titleWords'], 'titleWords', wordOf),
      columns,
      ...(read['labels'] === undefined ? {} : { labels: labelsOf(read['labels'], 'labels') }),
      ...(read['money'] === undefined ? {} : { money: moneyOf(read['money'], 'money') }),
      sumWords: read['sumWords'] === undefined ? [] : listOf(read['sumWords'], 'sumWords', wordOf, 0),
    });
  } catch (fault) {
    if (fault instanceof Slip) return refuse('template.slip', { file, path: fault.path === '' ? '{ }' : fault.path, wanted: fault.wanted });
    throw fault;
  }
}
