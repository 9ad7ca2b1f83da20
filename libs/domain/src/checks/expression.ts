import { addDecimal, compareDecimal, type DecimalText, divideDecimal, multiplyDecimal, normalizeDecimal, roundHalfUp, subtractDecimal } from '../decimal';
import { parseMagnitude } from '../quantity/parse-quantity';

/** One number of an arithmetic expression as printed. */
export interface Operand {
  readonly text: string;
  readonly magnitude: DecimalText;
  /** 元/人/月 as printed; empty when there is none. */
  readonly unit: string;
  /** 万 is 10000, 亿 is 100000000; otherwise 1. */
  readonly factor: DecimalText;
  /** Printed decimals. */
  readonly places: number;
}

/** `249人*120元/人/月*12月=35.86万元`: sums of products on the left, one number on the right. */
export interface Expression {
  readonly text: string;
  /** Addends with their signs, each a product. */
  readonly addends: readonly { readonly isMinus: boolean; readonly factors: readonly Operand[] }[];
  readonly result: Operand;
}

const OPERAND = '\\d[\\d,]*(?:\\.\\d+)?(?:[万亿千百]*[\\u4e00-\\u9fff%]{0,3})?(?:/[\\u4e00-\\u9fff]{1,2})*';
const SIGN = '[*×xX+＋\\-－−]';
const EXPRESSION = new RegExp(`${OPERAND}(?:${SIGN}${OPERAND})+=${OPERAND}`, 'gu');
const NUMBER = /^\d[\d,]*(?:\.\d+)?/u;
const FACTORS: Readonly<Record<string, DecimalText>> = { 万: '10000', 亿: '100000000', 千: '1000', 百万: '1000000', 千万: '10000000', 万亿: '1000000000000' };

function operandOf(text: string): Operand | null {
  const number = NUMBER.exec(text)?.[0] ?? '';
  const magnitude = parseMagnitude(number);
  if (!magnitude.ok) return null;
  const unit = text.slice(number.length);
  const prefix = /^(?:万亿|千万|百万|亿|万|千)(?=.)/u.exec(unit)?.[0] ?? '';
  return { text, magnitude: magnitude.value, unit, factor: FACTORS[prefix] ?? '1', places: number.split('.')[1]?.length ?? 0 };
}

/** Every expression with an equals sign in a text (NFKC, no blanks). Chains whose numbers cannot be read are left out. */
export function expressionsIn(text: string): readonly Expression[] {
  return [...text.matchAll(EXPRESSION)].flatMap(([whole]) => {
    const [left = '', right = ''] = whole.split('=');
    const result = operandOf(right);
    const addends = left.split(/(?=[+＋\-－−])/u).map((part) => {
      const isMinus = /^[-－−]/u.test(part);
      const factors = part.replace(/^[+＋\-－−]/u, '').split(/[*×xX]/u).map(operandOf);
      return factors.some((factor) => factor === null) ? null : { isMinus, factors: factors as Operand[] };
    });
    return result === null || addends.some((addend) => addend === null) ? [] : [{ text: whole, addends: addends as Expression['addends'], result }];
  });
}

/** The operand in base units, exact as printed. */
export function baseOf({ magnitude, factor }: Operand): DecimalText {
  return multiplyDecimal(magnitude, factor);
}

/** Half of the last printed place. */
function halfPlace({ places, factor }: Operand): DecimalText {
  return multiplyDecimal('0.5', factor, places === 0 ? '1' : `0.${'0'.repeat(places - 1)}1`);
}

/** What a printed operand may be off by: half of its last place; whole numbers (249人, 7万元) are meant as they stand. */
function slack(operand: Operand): DecimalText {
  return operand.places === 0 ? '0' : halfPlace(operand);
}

/** An expression computed: the exact value, and the bounds that rounded operands allow. Base units. */
export interface Computed {
  readonly exact: DecimalText;
  readonly low: DecimalText;
  readonly high: DecimalText;
}

/** Computes the left side; `known` gives exact values for operands that were rounded in print. */
export function compute({ addends }: Expression, known: (operand: Operand) => DecimalText | null = () => null): Computed {
  const product = (factors: readonly Operand[], value: (operand: Operand) => DecimalText): DecimalText => multiplyDecimal(...factors.map(value));
  const exactOf = (operand: Operand): DecimalText => known(operand) ?? baseOf(operand);
  const sum = (low: boolean): DecimalText => addends.reduce<DecimalText>((total, { isMinus, factors }) => {
    // A rounded number lies half a place to either side; a product of two of them is widest at their ends.
    const end = product(factors, (operand) => (low === isMinus ? addDecimal(baseOf(operand), slack(operand)) : subtractDecimal(baseOf(operand), slack(operand))));
    return isMinus ? subtractDecimal(total, end) : addDecimal(total, end);
  }, '0');
  const exact = addends.reduce<DecimalText>((total, { isMinus, factors }) => (isMinus ? subtractDecimal(total, product(factors, exactOf)) : addDecimal(total, product(factors, exactOf))), '0');
  return { exact, low: sum(true), high: sum(false) };
}

/** A value in base units as the result would be printed: its places, its 万. */
export function asPrinted(value: DecimalText, like: Operand): string {
  return `${roundHalfUp(divideDecimal(value, like.factor, like.places), like.places)}${like.unit}`;
}

/** EXACT: the printed result is the rounded value · ROUNDED: within what rounded operands allow · OFF. */
export function judge(expression: Expression, computed: Computed): 'EXACT' | 'ROUNDED' | 'OFF' {
  const { result } = expression;
  if (compareDecimal(roundHalfUp(divideDecimal(computed.exact, result.factor, result.places), result.places), normalizeDecimal(result.magnitude)) === 0) return 'EXACT';
  const printed = baseOf(result);
  const half = halfPlace(result);
  const inside = compareDecimal(addDecimal(printed, half), computed.low) >= 0 && compareDecimal(subtractDecimal(printed, half), computed.high) <= 0;
  return inside ? 'ROUNDED' : 'OFF';
}
