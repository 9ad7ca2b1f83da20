import { theRow, theSixTables } from '../../testing/the-six-tables';
import { MOF_2020_10 } from '../scoring/profiles/mof-2020-10';
import { defaultAccumulation, defaultBasis, defaultDirection, defaultEvidence, defaultScoringRule, effectiveScoringRule } from './defaults';
import type { IndicatorLike } from './defaults';
import { parseTarget } from './parse-target';

const rows = theSixTables.flatMap((table) => table.indicators);
const like = (level2: string, name: string, raw: string, level1 = '产出指标'): IndicatorLike => ({ level1, level2, name, target: parseTarget(raw, { fiscalYear: 2024 }) });

describe('defaults', () => {
  it.each(rows.map((row) => [row.key, row] as const))('%s gets the direction and the accumulation its document means', (_key, row) => {
    expect(defaultDirection(row)).toBe(row.direction);
    expect(defaultAccumulation(row)).toBe(row.accumulation);
  });

  it('of rule, evidence and basis are those of both documents', () => {
    for (const row of rows.filter((one) => one.scoringRule !== null)) {
      expect(defaultScoringRule(row)).toBe(row.scoringRule);
      expect(defaultEvidence(row.level1)).toBe(row.evidence);
      expect(defaultBasis(row.level1)).toBe(row.basis);
    }
  });

  it('know the other kinds of direction', () => {
    expect(defaultDirection(like('数量指标', '参保人数', '90~95人'))).toBe('POINT');
    expect(defaultDirection(like('质量指标', '差错率', '=0%'))).toBe('NEGATIVE');
    expect(defaultDirection(like('经济成本指标', '高龄津贴', '=50元/人/月', '成本指标'))).toBe('POINT');
    expect(defaultDirection(like('质量指标', '是否达标', '是'))).toBeNull();
  });

  it('take a cost from the name where the form prints no levels', () => {
    expect(defaultDirection(like('', '预算支出控制率', '=100%', ''))).toBe('NEGATIVE');
    expect(defaultDirection(like('', '项目总成本', '=9.60万元', ''))).toBe('NEGATIVE');
    expect(defaultDirection(like('', '任务完成率', '=100%', ''))).toBe('POSITIVE');
  });

  it('know the other kinds of accumulation', () => {
    expect(defaultAccumulation(like('数量指标', '新增参保人数', '≥500人'))).toBe('SUM');
    expect(defaultAccumulation(like('数量指标', '培训人数', '≥500人'))).toBe('SUM');
    expect(defaultAccumulation(like('数量指标', '参保人数', '≥500人'))).toBe('LAST');
    expect(defaultAccumulation(like('数量指标', '接待群众人次', '≥500人次'))).toBe('SUM');
    expect(defaultAccumulation(like('经济成本指标', '补贴标准', '≤50元/人/月', '成本指标'))).toBe('LAST');
  });

  it('keep the printed rule where it can be computed, and no other', () => {
    expect(effectiveScoringRule(theRow('KZ-L1'), MOF_2020_10)).toBe('PROPORTIONAL');
    expect(effectiveScoringRule(theRow('MN-U5'), MOF_2020_10)).toBe('SATISFACTION');
    expect(effectiveScoringRule(theRow('MN-U1'), MOF_2020_10)).toBe(MOF_2020_10.defaultRules.QUANT);
    expect(effectiveScoringRule({ ...theRow('KZ-L8'), scoringRule: 'PROPORTIONAL' }, MOF_2020_10)).toBe('GRADE');
    expect(effectiveScoringRule({ ...theRow('KZ-L1'), scoringRule: 'GRADE' }, MOF_2020_10)).toBe('PROPORTIONAL');
    expect(effectiveScoringRule({ ...theRow('KZ-L1'), scoringRule: 'DIRECT' }, MOF_2020_10)).toBe('DIRECT');
  });
});
