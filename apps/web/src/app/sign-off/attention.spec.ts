import { attention, concernsOf } from './attention';
import { aScoredReport, rowOf } from './testing/scored-report';

const EXPLAINED = { causes: ['STAFF' as const], sentence: '培训场次因故合并', measures: '2025年一季度补办', likelihood: null, forecast: null, revision: 1, by: '填报人', at: '2025-01-08T02:00:00Z' };
const FILE = { id: 'f', fileName: '内部审计报告.pdf', mediaType: 'application/pdf', size: 1, sha256: 'a'.repeat(64), by: '填报人', at: '2025-01-08T02:00:00Z' };

describe('what a manager sees at one glance in the fourth quarter of KZ-A (84.19 of 90)', () => {
  it('names the seven rows that earn less than their weight, and that all of them still owe an explanation', () => {
    const groups = attention(aScoredReport(), '预算执行');
    const of = (concern: string) => groups.find((group) => group.concern === concern)?.places.map((place) => place.name);
    expect(of('belowWeight')).toEqual(['内部审计培训次数', '审计建议采纳率', '项目审计实施阶段期限', '第三方审计经费', '加强自治州社保经办能力', '受益群众满意度', '受益工作人员满意度']);
    expect(of('explanation')).toEqual(of('belowWeight'));
    expect(groups[0]).toMatchObject({ concern: 'explanation', gravity: 'OWED' });
    expect(groups.at(-1)?.gravity).toBe('KNOWN');
  });

  it('owes nothing once cause, sentence and measures are written; without measures it still does', () => {
    const explained = (change: object) => aScoredReport({}, (row) => (row.indicator.key === 'KZ-A2' ? { ...row, explanation: { ...EXPLAINED, ...change } } : row));
    expect(concernsOf(rowOf(explained({}), 'KZ-A2'), 4)).not.toContain('explanation');
    expect(concernsOf(rowOf(explained({ measures: ' ' }), 'KZ-A2'), 4)).toContain('explanation');
  });

  it.each([['6.49', false], ['6.5', true]])('%s audits against at least 5: above 130 %% is %s', (audits, isOver) => {
    const row = rowOf(aScoredReport({ 'KZ-A1': { kind: 'REPORTED', magnitude: audits, unit: '次' } }), 'KZ-A1');
    expect(concernsOf(row, 4).includes('over')).toBe(isOver);
  });

  it('asks for evidence from weight 5 on, and no more once a file is there', () => {
    const bare = rowOf(aScoredReport(), 'KZ-A1');
    expect(concernsOf(bare, 4)).toContain('evidence');
    expect(concernsOf({ ...bare, indicator: { ...bare.indicator, weight: '4.99' } }, 4)).not.toContain('evidence');
    expect(concernsOf({ ...bare, evidence: [FILE as never] }, 4)).not.toContain('evidence');
  });

  it('tells silence from zero: an empty row is unanswered, a zero is not', () => {
    expect(concernsOf(rowOf(aScoredReport({ 'KZ-A1': { kind: 'NOT_REPORTED' } }), 'KZ-A1'), 4)).toContain('unanswered');
    expect(concernsOf(rowOf(aScoredReport({ 'KZ-A1': { kind: 'REPORTED', magnitude: '0', unit: '次' } }), 'KZ-A1'), 4)).not.toContain('unanswered');
  });

  it('does not ask a quarter for the rows that are judged at the end of the year', () => {
    expect(concernsOf(rowOf(aScoredReport({ 'KZ-A11': { kind: 'NOT_REPORTED' } }), 'KZ-A11'), 3)).not.toContain('unanswered');
  });

  it('points at the money when nobody entered it, when it lags far behind and when more was spent than budgeted', () => {
    const report = aScoredReport();
    const concerns = (execution: object | null) => attention({ ...report, execution: execution as never }, '预算执行').flatMap((group) => group.places.filter((place) => place.rowId === null).map(() => group.concern));
    expect(concerns(null)).toEqual(['executionMissing']);
    expect(concerns({ ...report.execution, light: 'RED', rate: '12.00' })).toEqual(['executionSlow']);
    expect(concerns({ ...report.execution, rate: '100.00' })).toEqual([]);
    expect(concerns({ ...report.execution, rate: '100.01' })).toEqual(['overBudget']);
  });
});
