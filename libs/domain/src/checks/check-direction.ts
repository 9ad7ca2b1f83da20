import { compareDecimal } from '../decimal';
import { unitOf } from '../quantity/unit';
import { formatTarget } from '../target-table/format-target';
import type { Indicator } from '../target-table/indicator';
import type { PerformanceTargetTable } from '../target-table/performance-target-table';
import type { Finding } from './finding';
import { aFinding } from './findings';

const FALLS = /投诉|事故|差错|错误|失误|违规|违纪|死亡|案件|费用|开支|退回|逾期|能耗|等待/u;
const CHANGE = /减少|下降|降低|压减|挽回|查处|办结|处理|追缴|增长/u;
const RISES = /满意度|满意率|覆盖率|合格率|准确率|及时率|完成率|办理率|认证率|达标率|到位率/u;
/** Groups whose number can only fall by itself. */
const SHRINKS = /^(?:发放|补助|补贴|享受|领取|供养|抚恤|救助)(?:对象)?人数$|(?:退休|遗属|破产企业|精简退职|老工伤|国防工)[^率]*人数$/u;
const SPAN = /^(?:month|minute|working-day)$/u;

/**
 * Q-D1 `=` on a cost or a time limit, where less or earlier would not be "equal"; Q-D2 a sign that points the wrong way, a count that
 * shrinks by itself, a share above 100 %; Q-U1 an amount per head without "per head" in its unit.
 */
export function checkDirection(table: PerformanceTargetTable): readonly Finding[] {
  return table.indicators.flatMap((indicator, row) => [...checkEquals(indicator, row), ...checkSign(indicator, row), ...checkPerHead(indicator, row)]);
}

function checkEquals(indicator: Indicator, row: number): Finding[] {
  const { target, name } = indicator;
  if (target.kind !== 'QUANT' || target.comparator !== 'EQ' || target.magnitude === null) return [];
  const isCost = /成本/u.test(indicator.level1) || /成本/u.test(indicator.level2);
  const isLimit = target.unit !== null && SPAN.test(unitOf(target.unit).dimension) && /期限|时限|周期|天数|工期|用时|阶段/u.test(name);
  if (!isCost && !isLimit) return [];
  const expected = formatTarget({ ...target, comparator: 'LE' });
  const found = formatTarget(target);
  return [indicator.direction === 'POINT' ? aFinding('Q-D1-price', 'WARN', { name }, { row, expected, found }) : aFinding('Q-D1', 'WARN', { name }, { row, expected, found })];
}

function checkSign(indicator: Indicator, row: number): Finding[] {
  const { target, name } = indicator;
  if (target.kind !== 'QUANT' || target.magnitude === null) return [];
  const found = formatTarget(target);
  const findings: Finding[] = [];
  const atLeast = target.comparator === 'GE' || target.comparator === 'GT';
  const atMost = target.comparator === 'LE' || target.comparator === 'LT';
  if (atLeast && SHRINKS.test(name)) findings.push(aFinding('Q-D2-shrinking', 'WARN', { name }, { row, expected: '应发尽发率', found }));
  else if (atLeast && FALLS.test(name) && !CHANGE.test(name) && !RISES.test(name)) findings.push(aFinding('Q-D2', 'WARN', { name }, { row, expected: '下降（≤）', found }));
  if (atMost && RISES.test(name)) findings.push(aFinding('Q-D2', 'WARN', { name }, { row, expected: '上升（≥）', found }));
  const isShare = target.unit !== null && unitOf(target.unit).symbol === '%' && !/增长|增幅|倍|比上年|同比|完成率/u.test(name);
  const highest = target.magnitudeHigh ?? target.magnitude;
  if (isShare && compareDecimal(highest, '100') > 0) findings.push(aFinding('Q-D2-over', 'WARN', { name }, { row, expected: '≤100%', found }));
  return findings;
}

function checkPerHead({ target, name }: Indicator, row: number): Finding[] {
  if (target.kind !== 'QUANT' || target.unit === null || unitOf(target.unit).dimension !== 'money') return [];
  const head = /每人|人均/u.test(name) ? '人' : /每户|户均/u.test(name) ? '户' : null;
  if (head === null) return [];
  const per = /每月|月均/u.test(name) ? '/月' : /每年|年均/u.test(name) ? '/年' : '';
  return [aFinding('Q-U1-price', 'WARN', { name }, { row, expected: `${target.unit}/${head}${per}`, found: target.unit })];
}
