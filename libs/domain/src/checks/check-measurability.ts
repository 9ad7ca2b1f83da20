import { addDecimal, compareDecimal, isDecimalText } from '../decimal';
import type { RuleProfile } from '../scoring/rule-profile';
import { unitOf } from '../quantity/unit';
import { canonicalLevel1 } from '../target-table/indicator-frame';
import type { Indicator } from '../target-table/indicator';
import type { PerformanceTargetTable } from '../target-table/performance-target-table';
import { qualitativeCeiling } from './check-weights';
import type { Finding } from './finding';
import { aFinding } from './findings';

/** Fewer output rows than this say nothing about stretch. */
const FEWEST_FOR_STRETCH = 2;

/**
 * Q-M1 the goal text has numbers when the rows have; Q-M2 a quantitative target has sign, number and unit; Q-M3 not too much is left to
 * adjectives, and no rate is an adjective; Q-M4 not half or more of the outputs are `=100%`.
 */
export function checkMeasurability(table: PerformanceTargetTable, profile: Pick<RuleProfile, 'targetWeightTotal'>): readonly Finding[] {
  return [...checkGoalText(table), ...table.indicators.flatMap(checkTarget), ...checkShareOfWords(table, profile), ...checkStretch(table)];
}

function checkGoalText(table: PerformanceTargetTable): Finding[] {
  const counted = table.indicators.filter((indicator) => indicator.target.kind === 'QUANT').length;
  // A year or a number in a name is no result; results have a unit behind them.
  const quantified = /\d\s*(?:%|％|[万亿]?[人元户次条项个件份台套场家亩吨]|个?月|公里|平方米)/u.test(table.goalText.replace(/\d{4}\s*年/gu, ''));
  return counted > 0 && table.goalText.trim() !== '' && !quantified ? [aFinding('Q-M1', 'WARN', {}, { found: String(counted) })] : [];
}

function checkTarget(indicator: Indicator, row: number): Finding[] {
  const { target, name } = indicator;
  const found = target.raw.replace(/\s+/gu, '');
  if (target.kind === 'QUANT') {
    const complete = target.magnitude !== null && target.comparator !== 'NONE' && target.unit !== null;
    return complete ? [] : [aFinding('Q-M2', 'ERROR', { name }, { row, expected: '计算符号、数值、计量单位', found })];
  }
  if (target.kind !== 'QUAL') return [];
  // Signs or percent in a cell that could not be read as a number: somebody meant a number.
  if (/[<>=≥≤＞＜＝%％]/u.test(found) || found === '') return [aFinding('Q-M2', 'ERROR', { name }, { row, expected: '计算符号、数值、计量单位', found })];
  // A number with a unit inside a wording (下降3个百分点) was meant to be measured; 3A级 was not.
  if (/\d\s*(?:个?百分点|[万亿]?[人元户次条项个件份台套场家亩吨]|个月|公里|平方米)/u.test(found)) {
    return [aFinding('Q-M2', 'WARN', { name }, { row, expected: '计算符号、数值、计量单位', found })];
  }
  return /(?:率|比例|比重|满意度|覆盖面)$/u.test(name) ? [aFinding('Q-M3-rate', 'WARN', { name }, { row, found: target.text ?? found })] : [];
}

function checkShareOfWords(table: PerformanceTargetTable, profile: Pick<RuleProfile, 'targetWeightTotal'>): Finding[] {
  const inWords = table.indicators.filter((indicator) => indicator.target.kind === 'QUAL' && isDecimalText(indicator.weight));
  const found = addDecimal(...inWords.map((indicator) => indicator.weight));
  const expected = qualitativeCeiling(profile.targetWeightTotal);
  return compareDecimal(found, expected) > 0 ? [aFinding('Q-M3', 'WARN', {}, { expected, found })] : [];
}

function checkStretch(table: PerformanceTargetTable): Finding[] {
  const outputs = table.indicators.filter((indicator) => /^(?:产出指标|履职效能)$/u.test(canonicalLevel1(indicator.level1)));
  const certain = outputs.filter(({ target }) => target.kind === 'QUANT' && target.comparator === 'EQ' && target.magnitude !== null && target.unit !== null
    && unitOf(target.unit).symbol === '%' && compareDecimal(target.magnitude, '100') === 0);
  if (outputs.length < FEWEST_FOR_STRETCH || certain.length * 2 < outputs.length) return [];
  return [aFinding('Q-M4', 'INFO', { count: String(outputs.length) }, { found: String(certain.length) })];
}
