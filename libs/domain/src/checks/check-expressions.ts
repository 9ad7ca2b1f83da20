import { compareDecimal, type DecimalText, divideDecimal, multiplyDecimal, roundHalfUp } from '../decimal';
import { type DocumentContext, type Prose, proseOf } from './document-context';
import { asPrinted, baseOf, compute, type Expression, expressionsIn, judge, type Operand } from './expression';
import type { Finding } from './finding';
import { aFinding } from './findings';

/** Q-C3 arithmetic printed in the text holds, rounding aside; units of its factors stand the right way up. */
export function checkExpressions(context: DocumentContext): readonly Finding[] {
  return proseOf(context).flatMap(checkProse);
}

function checkProse({ text, place, table }: Prose): Finding[] {
  if (!text.includes('=')) return [];
  const exactResults: { readonly printed: DecimalText; readonly exact: DecimalText }[] = [];
  return expressionsIn(text).flatMap((expression) => {
    const findings = checkUnits(expression, place, table);
    const computed = compute(expression);
    const outcome = judge(expression, computed);
    // A sum of numbers that were worked out further up: the exact sum may round to another cent.
    const known = (operand: Operand): DecimalText | null => exactResults.find(({ printed }) => compareDecimal(printed, baseOf(operand)) === 0)?.exact ?? null;
    const isKnown = expression.addends.length > 1 && expression.addends.every(({ factors }) => factors.every((factor) => known(factor) !== null));
    const { exact } = isKnown ? compute(expression, known) : computed;
    const holdsExactly = judge(expression, { ...computed, exact }) === 'EXACT';
    if (outcome === 'OFF' || (outcome === 'ROUNDED' && isKnown && !holdsExactly)) findings.push(sayOff(expression, exact, place, table));
    else if (isKnown && !holdsExactly) findings.push(aFinding('Q-C3-rounded', 'INFO', { place }, { table, expected: asPrinted(exact, expression.result), found: expression.text }));
    exactResults.push({ printed: multiplyDecimal(roundHalfUp(divideDecimal(computed.exact, expression.result.factor, expression.result.places), expression.result.places), expression.result.factor), exact: computed.exact });
    return findings;
  });
}

function sayOff(expression: Expression, exact: DecimalText, place: string, table: number | null): Finding {
  const { result, addends, text } = expression;
  const expected = asPrinted(exact, result);
  // One rounded factor among whole ones: the result may be right and the factor rounded wrongly.
  const factors = addends.length === 1 ? (addends[0]?.factors ?? []) : [];
  const rounded = factors.filter(({ places }) => places > 0);
  const [factor] = rounded;
  if (factor === undefined || rounded.length > 1) return aFinding('Q-C3', 'WARN', { place }, { table, expected, found: text });
  const rest = multiplyDecimal(...factors.filter((one) => one !== factor).map(baseOf));
  if (compareDecimal(rest, '0') === 0) return aFinding('Q-C3', 'WARN', { place }, { table, expected, found: text });
  const alternative = asPrinted(divideDecimal(baseOf(result), rest, 12), factor);
  return aFinding('Q-C3-factor', 'WARN', { place, operand: factor.text, alternative }, { table, expected, found: text });
}

/** 人/元 in a product that makes money: 元/人 was meant. */
function checkUnits({ addends, result }: Expression, place: string, table: number | null): Finding[] {
  if (!/元$/u.test(result.unit)) return [];
  return addends.flatMap(({ factors }) => factors.flatMap(({ unit }) => {
    const upside = /^([\u4e00-\u9fff]{1,2})\/([万亿]?元)$/u.exec(unit);
    return upside === null ? [] : [aFinding('Q-C3-unit', 'WARN', { place }, { table, expected: `${upside[2]}/${upside[1]}`, found: unit })];
  }));
}

/** The addends of an expression with their amounts in 万元, for those that ask what money is made of. */
export function addendsInWan(expression: Expression): readonly { readonly amount: DecimalText; readonly factors: readonly Operand[] }[] {
  return expression.addends.map(({ factors }) => ({ amount: divideDecimal(multiplyDecimal(...factors.map(baseOf)), '10000', 6), factors }));
}

