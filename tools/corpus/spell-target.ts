import type { Chance } from './chance';
import type { TrueRow } from './content';

/** How a document spells its targets; one hand fills in one document, so a document keeps to its habits. */
export interface Hand {
  readonly signs: Readonly<Record<'GE' | 'GT' | 'LE' | 'LT' | 'EQ', string>>;
  readonly range: '-' | '~' | '至' | 'both';
  /** Between number and unit. */
  readonly gap: '' | ' ';
  readonly percent: '%' | '％';
  /** 1,200 for 1200. */
  readonly hasThousands: boolean;
  /** Of a hundred rows whose name carries the unit, so many leave it out of the cell. */
  readonly bareNumbers: number;
  readonly isFullWidth: boolean;
  /** The unit stands before the number: ≤万元5.83, ≥%95. */
  readonly isUnitFirst?: boolean;
}

const SIGNS: readonly Hand['signs'][] = [
  { GE: '≥', GT: '>', LE: '≤', LT: '<', EQ: '=' }, { GE: '≥', GT: '＞', LE: '≤', LT: '＜', EQ: '=' }, { GE: '>=', GT: '>', LE: '<=', LT: '<', EQ: '=' }, { GE: '＞=', GT: '＞', LE: '＜=', LT: '＜', EQ: '=' },
  { GE: '＞ =', GT: '＞', LE: '＜ =', LT: '＜', EQ: '＝' }, { GE: '≧', GT: '＞', LE: '≦', LT: '＜', EQ: '﹦' }, { GE: '≥', GT: '>', LE: '≤', LT: '<', EQ: '═' }, { GE: '≥', GT: '>', LE: '≤', LT: '<', EQ: '' },
  { GE: '大于等于', GT: '大于', LE: '小于等于', LT: '小于', EQ: '等于' }, { GE: '不少于', GT: '超过', LE: '不超过', LT: '低于', EQ: '' }, { GE: '不低于', GT: '高于', LE: '不高于', LT: '小于', EQ: '=' },
  { GE: '…以上', GT: '>', LE: '…以内', LT: '<', EQ: '' }, { GE: '…及以上', GT: '>', LE: '控制在…以内', LT: '<', EQ: '=' },
];

/** Half of the documents print the usual signs, the others whatever else was seen. */
export function aHand(chance: Chance): Hand {
  return {
    signs: chance.percent(50) ? chance.pick(SIGNS.slice(0, 3)) : chance.pick(SIGNS), range: chance.pick(['-', '~', '至', 'both']), gap: chance.percent(25) ? ' ' : '', percent: chance.percent(12) ? '％' : '%',
    hasThousands: chance.percent(10), bareNumbers: chance.pick([0, 0, 40]), isFullWidth: chance.percent(8),
  };
}

function numberOf(magnitude: string, hand: Hand): string {
  const [whole = '', fraction] = magnitude.split('.');
  const grouped = hand.hasThousands && whole.length > 3 ? whole.replace(/\B(?=(?:\d{3})+$)/gu, ',') : whole;
  const printed = fraction === undefined ? grouped : `${grouped}.${fraction}`;
  return hand.isFullWidth ? printed.replace(/[0-9.]/gu, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0)) : printed;
}

function unitOf(row: TrueRow, hand: Hand, chance: Chance): string {
  if (row.printedUnit === '' || (row.nameUnit !== null && chance.percent(hand.bareNumbers))) return '';
  return row.printedUnit === '%' ? hand.percent : `${hand.gap}${row.printedUnit}`;
}

/** A date as forms say it. */
function dateOf({ magnitude, comparator }: TrueRow['target'], hand: Hand, chance: Chance): string {
  const [year = '', month = '', day] = (magnitude ?? '').split('-');
  const written = day === undefined ? `${year}年${Number(month)}月` : chance.percent(25) ? `${year}-${month}-${day}` : `${year}年${Number(month)}月${Number(day)}日`;
  if (comparator === 'EQ') return (hand.signs.EQ.startsWith('等') ? '=' : hand.signs.EQ) + written;
  return chance.percent(50) ? `≤${written}` : `${written}${day === undefined ? chance.pick(['前', '底前', '底前完成']) : chance.pick(['前', '前完成'])}`;
}

/** 指标值 in one cell. */
export function spellTarget(row: TrueRow, hand: Hand, chance: Chance): string {
  const { target } = row;
  if (target.kind === 'QUAL') return target.text ?? '';
  if (target.kind === 'DATE') return dateOf(target, hand, chance);
  const number = numberOf(target.magnitude ?? '', hand);
  const unit = unitOf(row, hand, chance);
  if (target.comparator === 'BETWEEN') {
    const high = numberOf(target.magnitudeHigh ?? '', hand);
    return hand.range === 'both' ? `≥${number}${unit}且≤${high}${unit}` : `${number}${hand.range}${high}${unit}`;
  }
  const sign = target.comparator === 'NONE' ? '' : hand.signs[target.comparator];
  if (hand.isUnitFirst === true && unit !== '') return `${sign.includes('…') ? '≥' : sign}${unit.trim()}${hand.gap}${number}`;
  return sign.includes('…') ? sign.replace('…', number + unit) : `${sign}${number}${unit}`;
}

/** Sign, number and unit where they have columns of their own. */
export function spellApart(row: TrueRow, hand: Hand): { operator: string; target: string; unit: string } {
  const { target } = row;
  if (target.kind === 'QUAL') return { operator: '定性', target: target.text ?? '', unit: '' };
  if (target.kind === 'DATE') return { operator: target.comparator === 'LE' ? '≤' : '=', target: `${target.magnitude?.replace('-', '年').replace('-', '月') ?? ''}${target.magnitude?.length === 7 ? '月' : '日'}`, unit: '' };
  if (target.comparator === 'BETWEEN') return { operator: '≥', target: numberOf(target.magnitude ?? '', hand), unit: row.printedUnit };
  const sign = { GE: '≥', GT: '＞', LE: '≤', LT: '＜', EQ: '＝', NONE: '' }[target.comparator];
  return { operator: sign, target: numberOf(target.magnitude ?? '', hand), unit: row.printedUnit };
}

/** 实际完成值 in one cell. */
export function spellActual(row: TrueRow, hand: Hand): string {
  return row.isActualNumber ? `${row.actual}${row.printedUnit === '%' ? hand.percent : row.printedUnit}` : row.actual;
}
