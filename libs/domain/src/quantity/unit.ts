import { type DecimalText, divideDecimal, multiplyDecimal } from '../decimal';
import { normalizeText } from '../text';

/**
 * 计量单位: a symbol, what it measures, and how many base units one of it is (万人 = 10⁴ 人).
 * Quantities compare only within one dimension.
 */
export interface Unit {
  /** The spelling we print. */
  readonly symbol: string;
  /** What is measured; two units convert only when this is the same word. */
  readonly dimension: string;
  /** Base units in one of this unit: exact, > 0. */
  readonly scale: DecimalText;
  /** Other spellings of the same unit. */
  readonly aliases: readonly string[];
  /** Whether it counts people, things or occasions one by one. So many of one may be a share of so many of another, although neither converts into the other. */
  readonly isCounted: boolean;
}

function unit(symbol: string, dimension: string, scale: DecimalText = '1', aliases: readonly string[] = []): Unit {
  return { symbol, dimension, scale, aliases, isCounted: false };
}

/** A unit of people, things or occasions, counted one by one. */
function counted(symbol: string, dimension: string, aliases: readonly string[] = []): Unit {
  return { symbol, dimension, scale: '1', aliases, isCounted: true };
}

/** The dictionary. A base unit has scale 1; a year is twelve months, but days and months do not convert into each other. */
export const KNOWN_UNITS: readonly Unit[] = [
  // ratios; the base is one percent, as on the forms
  unit('%', 'ratio', '1', ['百分之', 'percent']), unit('‰', 'ratio', '0.1', ['千分之']),
  unit('个百分点', 'percentage-point', '1', ['百分点']), unit('倍', 'multiple'), unit('分', 'point'),
  // bare multipliers, where a form names no unit
  unit('万', 'number', '10000'), unit('亿', 'number', '100000000'),
  // money; the base is one yuan
  unit('元', 'money', '1', ['圆', '人民币元', 'RMB', 'CNY', '¥']), unit('千元', 'money', '1000'), unit('万元', 'money', '10000', ['万圆', '万人民币']),
  unit('百万元', 'money', '1000000'), unit('亿元', 'money', '100000000'),
  // people, and how often people come
  counted('人', 'person', ['名', '位']), counted('人次', 'person-time'), counted('户', 'household', ['户次']), counted('家', 'organisation', ['所', '单位']),
  unit('人月', 'person-month'), counted('村', 'village', ['个村']), counted('户头', 'account', ['账户']),
  // occasions
  counted('次', 'time', ['回']), counted('场次', 'session', ['场']), counted('批', 'batch', ['批次']), counted('期', 'issue'), counted('班', 'class', ['班次']),
  counted('轮', 'round'), counted('天次', 'day-time'), counted('车次', 'vehicle-time'),
  // things counted
  counted('条', 'line'), counted('项', 'item'), counted('个', 'piece'), counted('件', 'article', ['宗', '起']), counted('份', 'copy'), counted('台', 'machine', ['台套', '台(套)']),
  counted('辆', 'vehicle', ['辆次']), counted('套', 'set'), counted('篇', 'text'), counted('页', 'page'), counted('卷', 'roll', ['卷宗']), counted('本', 'volume', ['册']), counted('张', 'sheet'), counted('部', 'work'),
  counted('处', 'place'), counted('座', 'building', ['栋', '幢']), counted('间', 'room'), counted('块', 'block'), counted('支', 'stick'), counted('只', 'animal', ['头', '羽']),
  counted('株', 'plant', ['棵']), counted('盏', 'lamp'), counted('门', 'course'), counted('类', 'kind', ['种']), counted('点位', 'point-place', ['个点']),
  // spans of time: months and years are one family, hours and days another, working days a third
  unit('月', 'month', '1', ['个月', '月份']), unit('季度', 'month', '3', ['季', '个季度']), unit('半年', 'month', '6'), unit('年', 'month', '12', ['年度']),
  unit('分钟', 'minute'), unit('小时', 'minute', '60', ['个小时', '时']), unit('天', 'minute', '1440', ['日', '自然日']), unit('周', 'minute', '10080', ['星期', '个星期']),
  unit('工作日', 'working-day', '1', ['个工作日']),
  // areas, lengths, weights, volumes, energy
  unit('平方米', 'area', '1', ['㎡', 'm2', 'm²', '平米']), unit('万平方米', 'area', '10000'), unit('公顷', 'area', '10000'), unit('平方公里', 'area', '1000000', ['平方千米', 'km2']),
  unit('亩', 'mu'), unit('万亩', 'mu', '10000'),
  unit('毫米', 'length', '0.001', ['mm']), unit('厘米', 'length', '0.01', ['cm']), unit('米', 'length', '1', ['m', '延米']), unit('公里', 'length', '1000', ['km']), unit('千米', 'length', '1000'),
  unit('克', 'weight', '0.001', ['g']), unit('公斤', 'weight', '1', ['千克', 'kg']), unit('吨', 'weight', '1000', ['t']),
  unit('升', 'volume', '0.001', ['L', 'l']), unit('立方米', 'volume', '1', ['m3', 'm³', '方']),
  unit('度', 'energy', '1', ['千瓦时', 'kWh']), unit('兆', 'bandwidth', '1', ['Mbps', 'M', '兆比特每秒']),
];

/** Words that may stand before a unit. Longest first. */
const PREFIXES: readonly (readonly [string, DecimalText])[] = [
  ['万亿', '1000000000000'], ['千万', '10000000'], ['百万', '1000000'], ['十万', '100000'], ['亿', '100000000'], ['万', '10000'], ['千', '1000'],
];

const bySpelling = new Map<string, Unit>();
for (const known of KNOWN_UNITS) {
  for (const spelling of [known.symbol, ...known.aliases]) bySpelling.set(unifySpelling(spelling), known);
}

// A unit of a form is short; anything longer is prose and is not taken apart.
const LONGEST_SYMBOL = 24;
// Order of the parts below the stroke, so that 元/月/人 and 元/人/月 are one unit.
const BELOW_ORDER = ['人', '户', '家', '次', '月', '季度', '年', '天', '小时'];

function unifySpelling(symbol: string): string {
  return normalizeText(symbol).replace(/\s+/gu, '').replace(/[·.]/gu, '/').replace(/每/gu, '/');
}

function findSimple(symbol: string): Unit | null {
  const known = bySpelling.get(symbol);
  if (known !== undefined) return known;
  for (const [prefix, factor] of PREFIXES) {
    if (!symbol.startsWith(prefix) || symbol.length === prefix.length) continue;
    const base = bySpelling.get(symbol.slice(prefix.length));
    // 万% or 万万元 are slips, not units.
    if (base === undefined || base.dimension === 'ratio' || base.dimension === 'number' || PREFIXES.some(([word]) => base.symbol.startsWith(word))) continue;
    return { ...base, symbol: prefix + base.symbol, scale: multiplyDecimal(factor, base.scale), aliases: [] };
  }
  return null;
}

function isPowerOfTen(scale: DecimalText): boolean {
  return /^(?:10*|0\.0*1)$/u.test(scale);
}

function findCompound(symbol: string): Unit | null {
  const [above, ...below] = symbol.split('/');
  if (above === undefined || below.length === 0) return null;
  const top = findSimple(above);
  const parts = below.map(findSimple);
  if (top === null || parts.some((part) => part === null)) return null;
  const rank = (part: Unit): number => {
    const at = BELOW_ORDER.indexOf(part.symbol);
    return at < 0 ? BELOW_ORDER.length : at;
  };
  const sorted = (parts as Unit[]).sort((a, b) => rank(a) - rank(b));
  let scale = top.scale;
  const dimensions = [top.dimension];
  for (const part of sorted) {
    // Only tens divide without a remainder. "Per year" and "per month" stay two things: a yearly price is not twelve monthly ones.
    if (isPowerOfTen(part.scale)) {
      scale = divideDecimal(scale, part.scale, 40);
      dimensions.push(part.dimension);
    } else {
      dimensions.push(part.symbol);
    }
  }
  return unit([top.symbol, ...sorted.map((part) => part.symbol)].join('/'), dimensions.join('/'), scale);
}

/** The unit of a spelling: dictionary, a 万/亿/千 prefix before a known unit, or known units joined by strokes; null when not known. */
export function findUnit(symbol: string): Unit | null {
  const spelling = unifySpelling(symbol);
  if (spelling === '' || spelling.length > LONGEST_SYMBOL) return null;
  return findSimple(spelling) ?? findCompound(spelling);
}

// Units are looked up for every value; a county uses some dozens of spellings. The bound keeps pasted nonsense from piling up.
const remembered = new Map<string, Unit>();
const MOST_REMEMBERED = 2048;

/** Like {@link findUnit}, but an unknown word is a unit of its own: its own dimension, scale 1 (万 before it counts). Never null. */
export function unitOf(symbol: string): Unit {
  const before = remembered.get(symbol);
  if (before !== undefined) return before;
  const found = makeOut(symbol);
  if (remembered.size < MOST_REMEMBERED) remembered.set(symbol, found);
  return found;
}

function makeOut(symbol: string): Unit {
  const known = findUnit(symbol);
  if (known !== null) return known;
  const word = normalizeText(symbol).replace(/\s+/gu, '');
  for (const [prefix, factor] of PREFIXES) {
    if (word.startsWith(prefix) && word.length > prefix.length) return unit(word, word.slice(prefix.length), factor);
  }
  return unit(word, word);
}

/** Whether two spellings measure the same thing, so that their values may be compared. */
export function sameDimension(a: string, b: string): boolean {
  return unitOf(a).dimension === unitOf(b).dimension;
}

/**
 * Whether so many of one unit can be a share of so many of another: where both measure the same, and where both count people, things or occasions (95 cases of 100 entries). Money is no share of
 * households, and areas whose units do not convert are none of each other.
 */
export function canBeShareOf(part: string, whole: string): boolean {
  const [above, below] = [unitOf(part), unitOf(whole)];
  return above.dimension === below.dimension || (above.isCounted && below.isCounted);
}

/** Whether one of the unit is one base unit, or tens of them, or a tenth: 万人 of 人, but not 年 of 月 nor 天 of 分钟. */
export function countsByTens(symbol: string): boolean {
  return isPowerOfTen(unitOf(symbol).scale);
}

/** The number of a quantity in its unit without the 万, 千 or 亿 before it: 264000 for 26.4 万人. What has none before it stays the number that was written: 2 for 2 吨, 5 for 5 天. */
export function withoutPrefix(magnitude: DecimalText, symbol: string): DecimalText {
  const own = unitOf(symbol);
  const [, factor = '1'] = PREFIXES.find(([prefix]) => own.symbol === prefix || (own.symbol.startsWith(prefix) && unitOf(own.symbol.slice(prefix.length)).dimension === own.dimension)) ?? [];
  return multiplyDecimal(magnitude, factor);
}

/** What stands above and below the stroke of a unit: 万元/人 is 万元 by 人, 元/人/月 is 元 by 人月. Below 万元 stands nothing. */
export function aroundStroke(symbol: string): { readonly above: string; readonly below: string | null } {
  const own = unitOf(symbol).symbol;
  const [above = '', ...below] = own.split('/');
  return above === '' || below.length === 0 || below.includes('') ? { above: own, below: null } : { above, below: below.join('') };
}

/** Dimensions of things that are counted: less than none cannot be. */
const UNCOUNTED = new Set(['ratio', 'percentage-point', 'money', 'multiple', 'point']);

/** Whether values of this unit count things, people or spans of time, so that a negative number cannot be true. */
export function isCountUnit(symbol: string): boolean {
  const dimension = unitOf(symbol).dimension;
  return !UNCOUNTED.has(dimension.split('/')[0] ?? dimension);
}
