import { addDecimal, compareDecimal, type DecimalText, isDecimalText, multiplyDecimal, normalizeDecimal } from '../decimal';
import type { RuleProfile } from '../scoring/rule-profile';
import type { PerformanceTargetTable } from '../target-table/performance-target-table';
import { totalWeight, weightSchemeOf, weightsByLevel1 } from '../target-table/weight-scheme';
import type { Finding } from './finding';
import { aFinding } from './findings';

/** A single row heavier than this is remarked on (domain.md Q-W3). */
const HEAVY: DecimalText = '30';

/**
 * Q-W1 Σ weights is what the profile asks for (90). Rows that reach 100 by themselves are accepted with a remark (decision 2).
 * Q-W2 first levels follow the scheme. Q-W3 each weight is above 0, has at most two decimals and is not too heavy.
 */
export function checkWeights(table: PerformanceTargetTable, profile: Pick<RuleProfile, 'targetWeightTotal' | 'executionWeight'>): readonly Finding[] {
  const findings: Finding[] = [];
  const valid = table.indicators.every((indicator) => isDecimalText(indicator.weight));
  table.indicators.forEach(({ weight, name }, row) => {
    if (!isDecimalText(weight) || compareDecimal(weight, '0') <= 0 || !/^\d+(?:\.\d{1,2}0*)?$/u.test(weight)) {
      findings.push(aFinding('Q-W3', 'ERROR', { name }, { row, expected: '> 0', found: weight }));
    } else if (compareDecimal(weight, HEAVY) > 0) {
      findings.push(aFinding('Q-W3-heavy', 'WARN', { name }, { row, expected: HEAVY, found: weight }));
    }
  });
  if (!valid || table.indicators.length === 0) return findings;

  const found = totalWeight(table.indicators);
  const expected = profile.targetWeightTotal;
  const full = addDecimal(expected, profile.executionWeight);
  if (compareDecimal(found, expected) !== 0) {
    findings.push(compareDecimal(found, full) === 0
      ? aFinding('Q-W1-full', 'INFO', {}, { expected, found })
      : aFinding('Q-W1', 'ERROR', { execution: profile.executionWeight }, { expected, found }));
    return findings;
  }
  const scheme = weightSchemeOf(table);
  // The scheme is written for 90; a profile with another total has its own.
  if (scheme === null || compareDecimal(expected, '90') !== 0) return findings;
  for (const [level1, sum] of weightsByLevel1(table.indicators)) {
    const points = scheme.points[level1];
    if (points !== undefined && compareDecimal(points, sum) !== 0) {
      findings.push(aFinding('Q-W2', 'WARN', { level1 }, { expected: points, found: normalizeDecimal(sum) }));
    }
  }
  return findings;
}

/** Points that qualitative rows may take together before Q-M3 remarks on it: 30 % of the table's total. */
export function qualitativeCeiling(targetWeightTotal: DecimalText): DecimalText {
  return multiplyDecimal(targetWeightTotal, '0.3');
}
