import { canonicalLevel1, canonicalLevel2 } from '../target-table/indicator-frame';
import type { PerformanceTargetTable } from '../target-table/performance-target-table';
import { meansEmpty } from '../text';
import type { Finding } from './finding';
import { aFinding } from './findings';

/** Q-K1 the head is complete; Q-K2 a project promises outputs and benefits; Q-K3 every row has basis, rule and evidence where the form has them. */
export function checkCompleteness(table: PerformanceTargetTable): readonly Finding[] {
  return [...checkHead(table), ...checkBranches(table), ...checkColumns(table)];
}

function checkHead(table: PerformanceTargetTable): Finding[] {
  const missing: string[] = [];
  if (meansEmpty(table.budgetUnit)) missing.push(table.subject === 'UNIT' ? '单位名称' : '预算单位');
  if (!(table.fiscalYear >= 1990 && table.fiscalYear <= 2100)) missing.push('年度');
  if (table.subject === 'PROJECT' && meansEmpty(table.project ?? '')) missing.push('项目名称');
  if (meansEmpty(table.goalText)) missing.push(table.subject === 'UNIT' ? '年度绩效目标' : '项目总体目标');
  if (table.budget.total === null) missing.push(table.subject === 'UNIT' ? '年度预算' : '年度预算总额');
  if (table.indicators.length === 0) missing.push('绩效指标');
  return missing.map((expected) => aFinding('Q-K1', 'ERROR', {}, { expected }));
}

function checkBranches(table: PerformanceTargetTable): Finding[] {
  if (table.subject !== 'PROJECT' || table.indicators.length === 0) return [];
  const has1 = (name: string): boolean => table.indicators.some((indicator) => canonicalLevel1(indicator.level1) === name);
  const has2 = (name: string): boolean => table.indicators.some((indicator) => canonicalLevel2(indicator.level2) === name);
  const findings = ['产出指标', '效益指标'].filter((name) => !has1(name)).map((expected) => aFinding('Q-K2', 'ERROR', {}, { expected }));
  if (has1('产出指标')) {
    findings.push(...['数量指标', '质量指标'].filter((name) => !has2(name)).map((expected) => aFinding('Q-K2-level2', 'WARN', {}, { expected })));
  }
  return findings;
}

function checkColumns(table: PerformanceTargetTable): Finding[] {
  // A form without the column (the whole-unit table) owes nothing in it.
  const hasRule = table.indicators.some((indicator) => indicator.scoringRule !== null);
  const hasEvidence = table.indicators.some((indicator) => indicator.evidence !== null);
  return table.indicators.flatMap(({ name, basis, scoringRule, evidence }, row) => {
    const missing: string[] = [];
    if (basis === null) missing.push('指标值设置依据');
    if (scoringRule === null && (hasRule || table.subject === 'PROJECT')) missing.push('指标赋分规则');
    if (evidence === null && (hasEvidence || table.subject === 'PROJECT')) missing.push('佐证资料');
    return missing.map((expected) => aFinding('Q-K3', 'WARN', { name }, { row, expected }));
  });
}
