import { compareDecimal, type DecimalText } from '../decimal';
import { parseMagnitude, plainEntry } from '../quantity/parse-quantity';
import { findUnit, unitOf } from '../quantity/unit';
import { squeezePrinted } from '../text';
import type { Comparator, IndicatorTarget } from './indicator-target';
import { readPlainTarget } from './parse-plain-target';
import { readTargetDate } from './parse-target-date';

/** What the cell itself does not say. */
export interface TargetCircumstances {
  /** The year of the table: `12月31日前` is a day of it. */
  readonly fiscalYear: number;
  /** Unit from the bracket behind the name; taken when the cell has none. */
  readonly nameUnit?: string | null;
  /** 三级指标: under 完成时间 the cell `12月` is December, elsewhere twelve months. */
  readonly name?: string | null;
}

const SIGNS: readonly (readonly [RegExp, Comparator])[] = [
  [/^(?:>=|=>|[≥≧⩾]=?)/u, 'GE'], [/^(?:<=|=<|[≤≦⩽]=?)/u, 'LE'], [/^>/u, 'GT'], [/^</u, 'LT'], [/^==?/u, 'EQ'],
  [/^(?:大于(?:或)?等于|达到或超过|不(?:得|能)?(?:少|低|小)于|不(?:得)?低于|至少|最少|最低)/u, 'GE'],
  [/^(?:小于(?:或)?等于|不(?:得|能)?(?:超过|高于|大于|多于|超)|控制在|至多|最多|最高)/u, 'LE'],
  [/^(?:大于|超过|高于|多于)/u, 'GT'], [/^(?:小于|低于|少于)/u, 'LT'],
  [/^(?:等于|达到|完成|实现|保持在|达|为)/u, 'EQ'],
];
const ENDINGS: readonly (readonly [RegExp, Comparator])[] = [
  [/(?:及|或|\(含\))?以上(?:\(含\))?$/u, 'GE'], [/(?:及|或|\(含\))?(?:以内|之内|以下)(?:\(含\))?$/u, 'LE'], [/内$/u, 'LE'],
];
const NUMBER = '[-+]?(?:\\d[\\d,]*(?:\\.\\d+)?|\\.\\d+)';
const RANGE = new RegExp(`^(${NUMBER})([^\\d~至到-]{0,8})(?:~|至|到|-{1,2})(${NUMBER})([^\\d]{0,12})$`, 'u');
const BOUNDED = new RegExp(`^(?:>=|[≥≧⩾])(${NUMBER})([^\\d<≤≦⩽]{0,8}?)(?:且|并且|并|和|,|;|、)?(?:<=|[≤≦⩽])(${NUMBER})([^\\d]{0,12})$`, 'u');
const SINGLE = new RegExp(`^(${NUMBER})(.*)$`, 'su');
const TIME_NAME = /(?:时间|日期|时点|节点)$/u;
const FREQUENCY = /^((?:[<>=≥≤]|不少于|不低于|不超过|至少)*)(每(?:人|户|月|季度|季|年|周|天|次)(?:每?月|每?年)?)(.+)$/u;
/** Parts of the year that are named without a digit: 第四季度, 年底前, 全年. */
const TIME_WORDS = /^.{0,4}(?:第?[一二三四]季度|全年|年度?(?:底|末|终|内)|[上下]半年).{0,6}$/u;
/** A word before the sign, or a unit before the number: 人数≥5人, 万元 9.6, ¥96000. */
const WORD_BEFORE = /^([\u3400-\u9fff()¥￥%/]{1,20}?)((?:[<>=≥≤≧≦⩾⩽]+)?[-+]?\d.*)$/u;
const YES_NO = /^(?:是|否|有|无|是\/否|有\/无)$/u;
/** An unknown word right behind a number counts as a unit only when it is this short; longer is prose. */
const LONGEST_UNKNOWN_UNIT = 4;

/**
 * 指标值 of one cell: every spelling of domain.md §3.2 — signs in ASCII, full width or split over lines, words (不少于, 控制在…以内, …以上),
 * ranges, dates, wordings, yes/no. Never refuses: what holds no readable number is a wording (QUAL); the checks complain about it.
 * `raw` is the cell as given.
 */
export function parseTarget(raw: string, circumstances: TargetCircumstances): IndicatorTarget {
  return readPlainTarget(raw, circumstances.nameUnit ?? null) ?? parseAnyTarget(raw, circumstances);
}

/** The same without the short cut for plain cells. */
export function parseAnyTarget(raw: string, circumstances: TargetCircumstances): IndicatorTarget {
  const printed = squeezePrinted(raw);
  // ㎡ unfolds into m2, whose digit is no number of the target.
  const entry = unescapeHtml(plainEntry(raw.replace(/㎡|m²/gu, '平方米').replace(/㎥|m³/gu, '立方米'))).replace(/\s+/gu, '').replace(/^百分之百$/u, '100%')
    .replace(/[═﹦]/gu, '=').replace(/百分之(\d+(?:\.\d+)?)/gu, '$1%').replace(/[。;]+$/u, '').replace(/[—–]+/gu, '-').replace(/[〜～]/gu, '~');
  if (YES_NO.test(entry)) return { kind: 'BOOL', comparator: 'NONE', magnitude: null, magnitudeHigh: null, unit: null, text: entry, raw };
  if (!/\d/u.test(entry) && TIME_WORDS.test(entry)) {
    const date = readDated(entry, circumstances, printed);
    if (date !== null) return { ...date, raw };
  }
  if (/\d/u.test(entry)) {
    // 每月1次 is once a month: 1次/月.
    const often = FREQUENCY.exec(entry);
    const plain = often === null ? entry : `${often[1]}${often[3]}/${(often[2] ?? '').slice(1).replace(/每/gu, '/')}`;
    const numeric = readRange(plain, circumstances) ?? readDated(plain, circumstances, printed) ?? readSingle(plain, circumstances)
      ?? readBehindWord(plain, circumstances);
    if (numeric !== null) return { ...numeric, raw };
  }
  return { kind: 'QUAL', comparator: 'NONE', magnitude: null, magnitudeHigh: null, unit: null, text: printed, raw };
}

type Reading = Omit<IndicatorTarget, 'raw'>;

function unescapeHtml(text: string): string {
  return text.replace(/&gt;/gu, '>').replace(/&lt;/gu, '<').replace(/&ge;/gu, '≥').replace(/&le;/gu, '≤');
}

function takeSign(entry: string): { comparator: Comparator; rest: string } {
  let comparator: Comparator = 'NONE';
  let rest = entry;
  for (const [pattern, meaning] of SIGNS) {
    const sign = pattern.exec(rest);
    if (sign === null) continue;
    // A word may stand before a sign or before another word: 达到≥95%, 达到不低于95%.
    if (comparator === 'NONE' || comparator === 'EQ') comparator = meaning;
    rest = rest.slice(sign[0].length);
    if (meaning !== 'EQ') break;
  }
  if (comparator === 'EQ') {
    for (const [pattern, meaning] of SIGNS) {
      const sign = pattern.exec(rest);
      if (sign !== null) return { comparator: meaning, rest: rest.slice(sign[0].length) };
    }
  }
  return { comparator, rest };
}

function readDated(entry: string, { fiscalYear, name, nameUnit }: TargetCircumstances, printed: string): Reading | null {
  const { comparator, rest } = takeSign(entry);
  const date = readTargetDate(rest, comparator, fiscalYear, (nameUnit ?? null) === null && TIME_NAME.test(name ?? ''));
  return date === null ? null : { kind: 'DATE', comparator: date.comparator, magnitude: date.magnitude, magnitudeHigh: null, unit: null, text: printed };
}

function readRange(entry: string, circumstances: TargetCircumstances): Reading | null {
  const bounded = BOUNDED.exec(entry);
  const range = bounded ?? RANGE.exec(entry.replace(/^(?:控制在|保持在|在|=)/u, '').replace(/(?:之间|范围内?)$/u, ''));
  if (range === null) return null;
  // 2024-12 and 2024-12-31 are dates, 12月-3月 too.
  if (bounded === null && (/^(?:19|20)\d{2}$/u.test(range[1] ?? '') || /[年月日]$/u.test(range[2] ?? '') && /日|^月/u.test(range[4] ?? ''))) return null;
  const low = parseMagnitude(range[1] ?? '');
  const high = parseMagnitude(range[3] ?? '');
  const unit = readTail(range[4] === '' ? (range[2] ?? '') : (range[4] ?? ''), circumstances);
  if (!low.ok || !high.ok || unit === undefined) return null;
  const [magnitude, magnitudeHigh]: readonly [DecimalText, DecimalText] =
    compareDecimal(low.value, high.value) <= 0 ? [low.value, high.value] : [high.value, low.value];
  return { kind: 'QUANT', comparator: 'BETWEEN', magnitude, magnitudeHigh, unit, text: null };
}

function readSingle(entry: string, circumstances: TargetCircumstances): Reading | null {
  const sign = takeSign(entry);
  let { comparator, rest } = sign;
  for (const [pattern, meaning] of ENDINGS) {
    if (!pattern.test(rest)) continue;
    rest = rest.replace(pattern, '');
    if (comparator === 'NONE' || comparator === 'EQ') comparator = meaning;
    break;
  }
  const found = SINGLE.exec(rest.replace(/^约/u, ''));
  if (found === null) return null;
  const magnitude = parseMagnitude(found[1] ?? '');
  if (!magnitude.ok) return null;
  const unit = readTail((found[2] ?? '').replace(/(?:左右|上下)$/u, ''), circumstances);
  if (unit === undefined) return null;
  return { kind: 'QUANT', comparator: comparator === 'NONE' ? 'EQ' : comparator, magnitude: magnitude.value, magnitudeHigh: null, unit, text: null };
}

/** What is measured, or its unit, stands before the sign or the number. */
function readBehindWord(entry: string, circumstances: TargetCircumstances): Reading | null {
  // Said in a word, the sign stands before the unit all the same: 大于等于户323, 控制在万元9.6以内.
  const sign = /^[<>=≥≤≧≦⩾⩽]+/u.exec(entry)?.[0] ?? entry.slice(0, entry.length - takeSign(entry).rest.length);
  const [, word, rest] = WORD_BEFORE.exec(entry.slice(sign.length)) ?? [];
  if (word === undefined || rest === undefined) return null;
  const unit = findUnit(word.replace(/^\(|\)$/gu, ''));
  // Words of a sentence before a bare number tell nothing about it: only a sign says that a number is the target.
  if (unit === null && !/^[<>=≥≤≧≦⩾⩽]/u.test(rest)) return null;
  const reading = readSingle(sign + rest, { ...circumstances, nameUnit: null });
  if (reading === null) return null;
  return { ...reading, unit: reading.unit ?? unit?.symbol ?? readTail('', circumstances) ?? null };
}

/** The unit behind a number; null when there is none anywhere; undefined when what stands there is prose and not a unit. */
function readTail(tail: string, { nameUnit }: TargetCircumstances): string | null | undefined {
  const bare = tail.replace(/[([][^()[\]\d]*[)\]]$/u, '') || tail;
  if (bare === '') return nameUnit === undefined || nameUnit === null ? null : unitOf(nameUnit).symbol;
  const known = findUnit(bare);
  if (known !== null && known.dimension === 'number' && nameUnit !== undefined && nameUnit !== null) {
    // `≥5万` under a name in 人: 万人.
    const joined = findUnit(bare + unitOf(nameUnit).symbol.replace(/^[千万亿]+(?=.)/u, ''));
    return joined?.symbol ?? known.symbol;
  }
  if (known !== null) return known.symbol;
  return bare.length <= LONGEST_UNKNOWN_UNIT && /^[\u3400-\u9fff]+$/u.test(bare) ? bare : undefined;
}
