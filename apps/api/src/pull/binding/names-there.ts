import type { Words } from '@jiheng/domain';

/** So many names help to find a slip; a list of all would bury it. */
const MOST_NAMES = 5;
const LONGEST_NAME = 40;

/** How far a path can be followed in a document. */
export interface Reached {
  /** The last place that there is. */
  readonly at: string;
  readonly value: unknown;
}

/** One step of a path to a single place; `*` stands for the first entry. Whatever else a path may hold (filters, `..`) is not followed. */
const STEP = /^(?:\.([\p{L}_][\p{L}\p{N}_-]*|\*)|\[(\d+|\*|'[^'\\]*'|"[^"\\]*")\])/u;

/** Follows a JSONPath as far as there is something, so that whoever wrote it sees at which place it goes astray. */
export function reachedBy(path: string, document: unknown): Reached {
  let [at, value, rest] = ['$', document, path.slice(1)];
  for (;;) {
    const [step, plain, bracketed] = STEP.exec(rest) ?? [];
    const name = step === undefined ? null : nameIn(value, plain ?? bracketed?.replace(/^(['"])(.*)\1$/u, '$2') ?? '');
    if (step === undefined || name === null) return { at, value };
    rest = rest.slice(step.length);
    at += Array.isArray(value) ? `[${name}]` : step.endsWith('*') || step.endsWith('*]') ? `.${name}` : step;
    value = (value as Record<string, unknown>)[name];
  }
}

/** What stands at the place where a path ends: its names, its length, or that it has none. */
export function sayThere({ at, value }: Reached): Words {
  if (Array.isArray(value)) return value.length === 0 ? { zh: `“${at}”是空列表`, en: `“${at}” is an empty list` } : { zh: `“${at}”是有 ${value.length} 项的列表`, en: `“${at}” is a list of ${value.length}` };
  if (value === null || value === undefined) return { zh: `“${at}”是空的`, en: `“${at}” is empty` };
  if (typeof value !== 'object') return { zh: `“${at}”本身是单个值`, en: `“${at}” is a single value itself` };
  const names = Object.keys(value);
  const some = someOf(names);
  return names.length === 0 ? { zh: `“${at}”是空的`, en: `“${at}” is empty` } : { zh: `“${at}”下有 ${some.zh}`, en: `“${at}” has ${some.en}` };
}

/** A few of the names, and how many there are in all. */
export function someOf(names: readonly string[]): Words {
  const shown = names.slice(0, MOST_NAMES).map((name) => (name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME)}…` : name));
  const more = names.length - shown.length;
  return { zh: `${shown.join('、')}${more > 0 ? ` 等 ${names.length} 个` : ''}`, en: `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}` };
}

function nameIn(value: unknown, wanted: string): string | null {
  if (typeof value !== 'object' || value === null) return null;
  if (wanted === '*') return Object.keys(value)[0] ?? null;
  return Object.hasOwn(value, wanted) && !(Array.isArray(value) && wanted === 'length') ? wanted : null;
}
