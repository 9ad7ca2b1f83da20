import { aProfile, theTable } from '../../testing/index';
import type { Actual } from '../actual/actual';
import type { Result } from '../result';
import { scoreTable } from '../scoring/score-table';
import { sayRefusal } from '../words/refusal-words';
import { type PointsAdjustment, adjustScore, checkAdjustment } from './adjusted-score';
import { type ReportOfPeriod, type YearToAssemble, assembleSelfEvaluation } from './self-evaluation';

const LABELS = ['第一季度', '第二季度', '第三季度', '第四季度'];
const periods = LABELS.map((label, at) => ({ ordinal: at + 1, label }));
const times = (magnitude: string): Actual => ({ kind: 'REPORTED', magnitude, unit: '次' });
const signed = (actuals: Readonly<Record<string, Actual>>, ordinal: number): ReportOfPeriod =>
  ({ ordinal, label: LABELS[ordinal - 1] ?? '', isSigned: true, actuals: new Map(Object.entries(actuals)) });
const year = (changed: Partial<YearToAssemble> = {}): YearToAssemble => ({
  table: theTable('KZ-A'), periods, judgements: new Map(),
  reports: [1, 2, 3, 4].map((ordinal) => signed({ 'KZ-A1': times('1'), ...(ordinal === 4 ? { 'KZ-A11': { kind: 'JUDGED', grade: 'B', share: '0.7' } as const } : {}) }, ordinal)), ...changed,
});
const sentence = <T>(result: Result<T>): string => (result.ok ? '' : sayRefusal(result.refusal));

describe('four signed quarters', () => {
  it('make one year: audits add up, silence stays silence', () => {
    const made = assembleSelfEvaluation(year());
    expect(made.ok && made.value.rows[0]?.actual).toEqual({ kind: 'REPORTED', magnitude: '4', unit: '次' });
    expect(made.ok && made.value.rows[1]?.actual).toEqual({ kind: 'NOT_REPORTED' });
    expect(made.ok && made.value.rows[0]?.periods.map((period) => period.label)).toEqual(LABELS);
  });

  it('are all needed, and the missing or unsigned one is named', () => {
    const { reports } = year();
    expect(sentence(assembleSelfEvaluation(year({ reports: reports.slice(0, 3) })))).toContain('缺少第四季度');
    expect(sentence(assembleSelfEvaluation(year({ reports: reports.map((report) => ({ ...report, isSigned: report.ordinal !== 2 })) })))).toContain('第二季度的监控表尚未签字');
    expect(assembleSelfEvaluation(year({ reports: [...reports].reverse() })).ok).toBe(true);
  });

  it('leave room for a judgement at the end of the year, only where the row takes one', () => {
    const judged = assembleSelfEvaluation(year({ judgements: new Map([['KZ-A11', { kind: 'JUDGED', grade: 'A', share: '0.9' }]]) }));
    expect(judged.ok && judged.value.rows[10]?.actual).toEqual({ kind: 'JUDGED', grade: 'A', share: '0.9' });
    expect(sentence(assembleSelfEvaluation(year({ judgements: new Map([['KZ-A1', times('5')]]) })))).toContain('内部审计次数');
  });
});

describe('adjusted points', () => {
  const indicator = theTable('KZ-A').indicators[1];
  if (indicator === undefined) throw new Error('no second row');
  const profile = aProfile();
  const rows = theTable('KZ-A').indicators.slice(0, 2).map((row) => ({ indicator: { ...row, weight: '45' }, actual: times('2') }));
  const score = scoreTable({ rows, execution: { initial: '8', adjusted: '8', executed: '8' }, withExecution: true }, profile, { fiscalYear: 2024, periodClosed: true });
  const adjust = (...pairs: readonly (readonly [string, PointsAdjustment])[]) => adjustScore(score, new Map(pairs), profile);

  it('lie between nothing and the weight, with two decimals and a reason', () => {
    const code = (points: string, reason = '材料不全'): string => {
      const checked = checkAdjustment(indicator, { points, reason });
      return checked.ok ? checked.value.points : checked.refusal.code;
    };
    expect([code('3'), code('0'), code('5')]).toEqual(['3.00', '0.00', '5.00']);
    for (const points of ['5.01', '-0.01', '3.333', 'drei', '1e1']) expect(code(points)).toBe('self-evaluation.adjustment-outside');
    expect(code('3', ' ')).toBe('self-evaluation.adjustment-reason-needed');
  });

  it('stand beside the computed ones and make their own total', () => {
    expect(score).toMatchObject({ total: '58.00', rating: '差' });
    expect(adjust(['KZ-A2', { points: '40', reason: '已补办' }])).toEqual({
      finalPoints: ['18.00', '40.00'], indicatorPoints: '58.00', total: '68.00', rating: '中', isAdjusted: true,
    });
    expect(score.rows[1]?.points).toBe('30.00');
    expect(adjust()).toMatchObject({ total: '58.00', isAdjusted: false });
  });

  it('close a row that could not be computed, and leave alone what does not apply', () => {
    const silent = scoreTable({ rows: rows.map((row, at) => (at === 0 ? { ...row, actual: { kind: 'NOT_REPORTED' } } : row)), execution: { initial: '8', adjusted: '8', executed: '8' }, withExecution: true }, profile, { fiscalYear: 2024, periodClosed: false });
    expect(adjustScore(silent, new Map(), profile).total).toBeNull();
    expect(adjustScore(silent, new Map([['KZ-A1', { points: '20', reason: '凭证已核' }]]), profile).total).toBe('60.00');
    const absent = scoreTable({ rows: rows.map((row, at) => (at === 0 ? { ...row, actual: { kind: 'NOT_APPLICABLE', reason: '无' } } : row)), execution: { initial: '8', adjusted: '8', executed: '8' }, withExecution: true }, profile, { fiscalYear: 2024, periodClosed: true });
    expect(adjustScore(absent, new Map([['KZ-A1', { points: '45', reason: '无' }]]), profile)).toMatchObject({ finalPoints: [null, '30.00'], total: '72.73' });
  });
});
