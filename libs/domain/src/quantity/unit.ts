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
}

function unit(symbol: string, dimension: string, scale: DecimalText = '1', aliases: readonly string[] = []): Unit {
  return { symbol, dimension, scale, aliases };
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
  unit('人', 'person', '1', ['名', '位']), unit('人次', 'person-time'), unit('户', 'household', '1', ['户次']), unit('家', 'organisation', '1', ['所', '单位']),
  unit('人月', 'person-month'), unit('村', 'village', '1', ['个村']), unit('户头', 'account', '1', ['账户']),
  // occasions
  unit('次', 'time', '1', ['回']), unit('场次', 'session', '1', ['场']), unit('批', 'batch', '1', ['批次']), unit('期', 'issue'), unit('班', 'class', '1', ['班次']),
  unit('轮', 'round'), unit('天次', 'day-time'), unit('车次', 'vehicle-time'),
  // things counted
  unit('条', 'line'), unit('项', 'item'), unit('个', 'piece'), unit('件', 'article', '1', ['宗', '起']), unit('份', 'copy'), unit('台', 'machine', '1', ['台套', '台(套)']),
  unit('辆', 'vehicle', '1', ['辆次']), unit('套', 'set'), unit('篇', 'text'), unit('页', 'page'), unit('卷', 'roll', '1', ['卷宗']), unit('本', 'volume', '1', ['册']), unit('张', 'sheet'), unit('部', 'work'),
  unit('处', 'place'), unit('座', 'building', '1', ['栋', '幢']), unit('间', 'room'), unit('块', 'block'), unit('支', 'stick'), unit('只', 'animal', '1', ['头', '羽']),
  unit('株', 'plant', '1', ['棵']), unit('盏', 'lamp'), unit('门', 'course'), unit('类', 'kind', '1', ['种']), unit('点位', 'point-place', '1', ['个点']),
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
    return unit(prefix + base.symbol, base.dimension, multiplyDecimal(factor, base.scale));
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

/** Dimensions of things that are counted: less than none cannot be. */
const UNCOUNTED = new Set(['ratio', 'percentage-point', 'money', 'multiple', 'point']);

/** Whether values of this unit count things, people or spans of time, so that a negative number cannot be true. */
export function isCountUnit(symbol: string): boolean {
  const dimension = unitOf(symbol).dimension;
  return !UNCOUNTED.has(dimension.split('/')[0] ?? dimension);
}
