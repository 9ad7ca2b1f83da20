import type { Actual } from '../actual/actual';
import { plausibility } from '../actual/plausibility';
import { MOF_2020_10 } from '../scoring/profiles/mof-2020-10';
import type { RuleProfile } from '../scoring/rule-profile';
import type { PerformanceTargetTable } from '../target-table/performance-target-table';
import { checkCoherence } from './check-coherence';
import { checkCompleteness } from './check-completeness';
import { checkDirection } from './check-direction';
import { checkHistory } from './check-history';
import { checkTaskMoney } from './check-main-tasks';
import { checkMeasurability } from './check-measurability';
import { type PrintedNames, checkNames } from './check-names';
import { checkRelevance } from './check-relevance';
import { checkTaxonomy } from './check-taxonomy';
import { checkWeights } from './check-weights';
import { checkWording } from './check-wording';
import type { Finding } from './finding';

/**
 * Every target-stage check that needs one table only (domain.md §5.2): Q-W, Q-T, Q-K, Q-M, Q-N, Q-D, Q-H, Q-C1, Q-P2, Q-P3, Q-P5, Q-R1, Q-R2, Q-R4, Q-U1, Q-X4.
 * Findings about the head come first, then row by row in the order of the form.
 * @param profile gives the total of the weights; without it the default profile's
 * @param printed what only the printed form shows; see {@link PrintedNames}
 */
export function checkTargetTable(
  table: PerformanceTargetTable, profile: Pick<RuleProfile, 'targetWeightTotal' | 'executionWeight'> = MOF_2020_10, printed?: PrintedNames,
): readonly Finding[] {
  const findings = [
    ...checkCompleteness(table), ...checkWeights(table, profile), ...checkTaxonomy(table), ...checkMeasurability(table, profile),
    ...checkNames(table, printed), ...checkDirection(table), ...checkHistory(table), ...checkCoherence(table), ...checkTaskMoney(table), ...checkRelevance(table), ...checkWording(table),
  ];
  return findings.sort((a, b) => (a.row ?? -1) - (b.row ?? -1));
}

/** What looks wrong in a column of actuals, one entry a row of the table (null: none): another dimension, or a slip of the pen. */
export function checkActuals(table: Pick<PerformanceTargetTable, 'indicators'>, actuals: readonly (Actual | null)[]): readonly Finding[] {
  return table.indicators.flatMap((indicator, row) => {
    const actual = actuals[row] ?? null;
    return actual === null ? [] : plausibility(actual, indicator).map((finding) => ({ ...finding, row }));
  });
}

/** Whether findings keep a document from being submitted: errors do, warnings have to be acknowledged, information does not matter. */
export function blocksSubmission(findings: readonly Pick<Finding, 'severity'>[]): boolean {
  return findings.some((finding) => finding.severity === 'ERROR');
}
