import fc from 'fast-check';
import { aProfile, anIndicator, theTable } from '../../testing/index';
import type { Actual } from '../actual/actual';
import { addDecimal, roundHalfUp } from '../decimal';
import { fromScaled } from '../scaled';
import { MOF_2020_10 } from './profiles/mof-2020-10';
import type { ScoringRow } from './score';
import { scoreExecution } from './score-execution';
import { hasExecutionRow, scoreTable } from './score-table';
import { sayTrace } from './score-trace';

const context = { fiscalYear: 2024, periodClosed: false };
const spent = { initial: '8.00', adjusted: '8.00', executed: '8.00' };
const counted = (weight: number, target: number, actual: number | null): ScoringRow => ({
  indicator: anIndicator({ key: `${weight}-${target}-${actual ?? 'n/a'}`, target: `≥${target}次`, weight: fromScaled(weight, 2) }),
  actual: actual === null ? { kind: 'NOT_APPLICABLE', reason: '本年未开展' } : { kind: 'REPORTED', magnitude: String(actual), unit: '次' },
});

/** Weights of a table that add up to 9000 hundredths. */
const weights = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 14 }).map((shares) => {
  const sum = shares.reduce((a, b) => a + b, 0);
  const cut = shares.map((share) => Math.floor((share * 9000) / sum));
  cut[0] = (cut[0] ?? 0) + 9000 - cut.reduce((a, b) => a + b, 0);
  return cut.filter((weight) => weight > 0);
});

describe('the total of a table', () => {
  it('is the sum of the rows as printed, and the derivation shows them adding up', () => {
    fc.assert(fc.property(weights, fc.infiniteStream(fc.tuple(fc.integer({ min: 1, max: 999 }), fc.integer({ min: 0, max: 1500 }))), (list, stream) => {
      const rows = list.map((weight) => counted(weight, ...(stream.next().value as [number, number])));
      const score = scoreTable({ rows, execution: spent, withExecution: true }, MOF_2020_10, context);
      const printed = score.rows.map((row) => row.points ?? '0');
      expect(score.indicatorPoints).toBe(roundHalfUp(addDecimal(...printed), 2));
      expect(score.total).toBe(roundHalfUp(addDecimal(score.indicatorPoints, score.execution?.points ?? '0'), 2));
      expect(score.trace[0]?.params['parts']).toBe(printed.join(' + '));
      expect(Number(score.total)).toBeLessThanOrEqual(100);
    }), { numRuns: 200 });
  });

  it('stays 100 when everything that applies is met, whatever does not apply', () => {
    fc.assert(fc.property(weights, fc.infiniteStream(fc.boolean()), fc.boolean(), (list, stream, hasMoney) => {
      const rows = list.map((weight, at) => counted(weight, 5, at > 0 && stream.next().value === true ? null : 5));
      const execution = hasMoney ? spent : { initial: '0', adjusted: '0', executed: '0' };
      expect(scoreTable({ rows, execution, withExecution: true }, MOF_2020_10, context).total).toBe('100.00');
    }), { numRuns: 200 });
  });

  it('stays open while a row is silent, and a finding names the row', () => {
    const table = theTable('KZ-A');
    const rows = table.indicators.map((indicator): ScoringRow => ({ indicator, actual: { kind: 'NOT_REPORTED' } }));
    const score = scoreTable({ rows, execution: null, withExecution: true }, MOF_2020_10, context);
    expect(score).toMatchObject({ total: null, rating: null, indicatorPoints: '0.00' });
    expect(score.findings).toHaveLength(15);
    expect(score.findings[1]).toMatchObject({ code: 'S-01', severity: 'ERROR', row: 1 });
    expect(score.findings[1]?.message).toContain('内部审计培训次数');
    expect(score.findings.at(-1)).toMatchObject({ code: 'S-01', row: null });
    for (const finding of score.findings) expect(finding.message).not.toMatch(/[{}]/);
  });

  it('is scored in full once the year is closed, silence at zero', () => {
    const rows = theTable('KZ-A').indicators.map((indicator): ScoringRow => ({ indicator, actual: { kind: 'NOT_REPORTED' } }));
    const score = scoreTable({ rows, execution: spent, withExecution: true }, MOF_2020_10, { ...context, periodClosed: true });
    expect(score).toMatchObject({ total: '10.00', rating: '差' });
    expect(score.findings.every((finding) => finding.severity === 'WARN')).toBe(true);
  });

  it('tells every reason why a row has no points in a sentence without gaps', () => {
    const wrong: readonly [string, Actual][] = [
      ['≥5次', { kind: 'REPORTED', magnitude: '5', unit: '户' }], ['≥5次', { kind: 'ANSWERED', answer: true }], ['有效维护', { kind: 'JUDGED', grade: 'B', share: null }],
      ['有效维护', { kind: 'JUDGED', grade: 'C', share: '0.9' }], ['=2024年12月', { kind: 'NOT_REPORTED' }], ['=2024年12月', { kind: 'ANSWERED', answer: true }],
    ];
    const rows = wrong.map(([target, actual], at): ScoringRow => ({ indicator: anIndicator({ key: String(at), target, weight: '15' }), actual }));
    const score = scoreTable({ rows, execution: { initial: '0', adjusted: '0', executed: '3' }, withExecution: true }, MOF_2020_10, context);
    expect(score.findings.map((finding) => finding.severity)).toEqual(Array.from({ length: 7 }, () => 'ERROR'));
    for (const finding of score.findings) expect(finding.message).not.toMatch(/[{}]/);
  });

  it('has no execution row when its rows reach 100 by themselves', () => {
    expect(hasExecutionRow([{ weight: '100' }], MOF_2020_10)).toBe(false);
    expect(hasExecutionRow([{ weight: '99.99' }], MOF_2020_10)).toBe(true);
    expect(hasExecutionRow([{ weight: '90' }], aProfile({ executionWeight: '0', targetWeightTotal: '100' }))).toBe(false);
    expect(scoreTable({ rows: [counted(10000, 5, 4)], execution: null, withExecution: true }, MOF_2020_10, context)).toMatchObject({ total: '80.00', rating: '良', execution: null });
  });

  it('has nothing to score when nothing applies', () => {
    const score = scoreTable({ rows: [counted(9000, 5, null)], execution: spent, withExecution: true }, MOF_2020_10, context);
    expect(score.total).toBeNull();
    expect(score.findings[0]?.message).toContain('没有可以评分的内容');
  });

  it('has no total without rows, with money or without, for the year or a quarter, and says what to do', () => {
    for (const execution of [null, spent, { initial: '0', adjusted: '0', executed: '0' }]) for (const withExecution of [true, false]) {
      const score = scoreTable({ rows: [], execution, withExecution }, MOF_2020_10, context);
      expect(score).toMatchObject({ total: null, rating: null, rescaled: false, indicatorPoints: '0.00', applicableWeight: '0.00' });
      expect(score.findings.map((finding) => finding.message)).toContain('目标表没有指标，没有可以评分的内容；请先在目标表中填写指标。');
    }
  });

  it('of one row that does not apply and without a budget has no total either', () => {
    expect(scoreTable({ rows: [counted(9000, 5, null)], execution: null, withExecution: true }, MOF_2020_10, context)).toMatchObject({ total: null, rating: null });
  });

  it('of a monitoring report is out of its weights and has no rating', () => {
    const score = scoreTable({ rows: [counted(5000, 5, 5), counted(4000, 5, null)], execution: spent, withExecution: false }, MOF_2020_10, context);
    expect(score).toMatchObject({ total: '50.00', rating: null, rescaled: false, applicableWeight: '50.00', execution: null });
  });

  it('is told in English too', () => {
    const score = scoreTable({ rows: [counted(8000, 80, 74), counted(1000, 5, null)], execution: spent, withExecution: true }, MOF_2020_10, context);
    expect(score.trace.map((step) => sayTrace(step, 'en'))).toEqual([
      'Sum of the rows: 74.00 = 74.00', 'Plus execution 10.00: 74.00 + 10.00 = 84.00', 'Something does not apply; rescaled: 84.00 ÷ 90 × 100 ≈ 93.33', 'Total 93.33, rating: excellent',
    ]);
  });
});

describe('budget execution', () => {
  it('is measured by the adjusted budget, and by the initial one where nothing was adjusted', () => {
    expect(scoreExecution({ initial: '10', adjusted: '8', executed: '6' }, MOF_2020_10)).toMatchObject({ rate: '75.00', points: '7.50' });
    expect(scoreExecution({ initial: '8', adjusted: null, executed: '6' }, MOF_2020_10)).toMatchObject({ rate: '75.00', points: '7.50' });
    expect(scoreExecution({ initial: '8', adjusted: null, executed: null }, MOF_2020_10).blocked?.code).toBe('scoring.execution-missing');
    expect(scoreExecution(null, MOF_2020_10).points).toBeNull();
  });

  it('owes a reason below 90 %, above 100 %, and when the budget moved by more than 30 %', () => {
    const owes = (initial: string, adjusted: string, executed: string): boolean => scoreExecution({ initial, adjusted, executed }, MOF_2020_10).explanationOwed;
    expect(owes('8', '8', '7.2')).toBe(false);
    expect(owes('8', '8', '7.1999')).toBe(true);
    expect(owes('8', '8', '8.01')).toBe(true);
    expect(owes('10', '13', '13')).toBe(false);
    expect(owes('10', '13.01', '13.01')).toBe(true);
    expect(owes('0', '3', '3')).toBe(true);
  });

  it('counts money that flowed back as nothing spent', () => {
    expect(scoreExecution({ initial: '8', adjusted: '8', executed: '-1' }, MOF_2020_10)).toMatchObject({ points: '0.00', rate: '-12.50' });
  });
});
