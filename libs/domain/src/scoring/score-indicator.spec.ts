import { aProfile, anIndicator, theRow } from '../../testing/index';
import { sayRefusal } from '../words/refusal-words';
import { MOF_2020_10 } from './profiles/mof-2020-10';
import { MOF_2021_101 } from './profiles/mof-2021-101';
import { sayTrace } from './score-trace';
import type { ScoringContext } from './score';
import { flagsOf, scoreIndicator } from './score-indicator';

const OPEN: ScoringContext = { fiscalYear: 2024, periodClosed: false };
const persons = (magnitude: string, unit = '万人') => ({ kind: 'REPORTED', magnitude, unit }) as const;
const score = (indicator: ReturnType<typeof anIndicator>, actual: Parameters<typeof scoreIndicator>[0]['actual'], profile = MOF_2020_10) =>
  scoreIndicator({ indicator, actual }, profile, OPEN);

describe('参保人数 26.4万人 against ≥26.10万人', () => {
  const insured = theRow('KZ-U6');

  it('earns 20 of 20 and says so in persons', () => {
    const scored = score(insured, persons('26.4'));
    expect(scored).toMatchObject({ points: '20.00', weight: '20.00', attainmentRate: '101.15', deviationRate: '1.15', flags: [], blocked: null, explanationOwed: false });
    expect(scored.trace.map((step) => step.text)).toContain('264,000 人 ≥ 261,000 人，达成，得 20.00 分（权重 20）');
    expect(scored.trace.map((step) => sayTrace(step, 'en'))).toContain('264,000 人 ≥ 261,000 人: met, 20.00 points (weight 20)');
  });

  it('earns the same for 264000 persons counted one by one', () => {
    expect(score(insured, persons('264000', '人')).points).toBe('20.00');
  });

  it('owes an explanation for 26.04万人, and shows formula, rounding and clause', () => {
    const scored = score(insured, persons('26.04'));
    expect(scored).toMatchObject({ points: '19.95', explanationOwed: true });
    expect(scored.trace.map((step) => step.step)).toEqual(['converted', 'converted', 'unmet', 'proportional', 'rounded', 'clause']);
    expect(scored.trace.at(3)?.text).toBe('按完成比例赋分：20 × 260,400 ÷ 261,000 ≈ 19.954023');
    expect(scored.trace.at(5)?.text).toContain('财预〔2020〕10号');
  });

  it('cannot be compared with households', () => {
    const scored = score(insured, persons('26.4', '户'));
    expect(scored.points).toBeNull();
    expect(scored.blocked?.code).toBe('scoring.unit-mismatch');
    expect(sayRefusal(scored.blocked ?? { code: 'house.fault', params: {} })).toContain('万人');
  });

  it('is not answered by a grade or by yes', () => {
    expect(score(insured, { kind: 'JUDGED', grade: 'A', share: null }).blocked?.code).toBe('scoring.number-needed');
    expect(score(insured, { kind: 'ANSWERED', answer: true }).blocked?.code).toBe('scoring.number-needed');
  });
});

describe('zero, silence and "not applicable"', () => {
  const audits = theRow('KZ-A1');

  it('are three things', () => {
    expect(score(audits, { kind: 'REPORTED', magnitude: '0', unit: '次' })).toMatchObject({ points: '0.00', flags: [], blocked: null, explanationOwed: true });
    expect(score(audits, { kind: 'NOT_REPORTED' })).toMatchObject({ points: null, flags: ['NOT_REPORTED'] });
    expect(score(audits, { kind: 'NOT_APPLICABLE', reason: '本年未安排' })).toMatchObject({ points: null, flags: ['NOT_APPLICABLE'], blocked: null, explanationOwed: false });
  });

  it('turns silence into zero only after the period is closed', () => {
    const closed = scoreIndicator({ indicator: audits, actual: { kind: 'NOT_REPORTED' } }, MOF_2020_10, { ...OPEN, periodClosed: true });
    expect(closed).toMatchObject({ points: '0.00', flags: ['NOT_REPORTED'], blocked: null, explanationOwed: true });
    expect(closed.trace[0]?.text).toContain('仍未填报');
  });

  it('ask for a grade where the row is judged', () => {
    expect(score(theRow('KZ-A11'), { kind: 'NOT_REPORTED' }).blocked?.code).toBe('scoring.grade-missing');
    expect(score(theRow('KZ-A11'), { kind: 'REPORTED', magnitude: '1', unit: null }).blocked?.code).toBe('scoring.grade-missing');
  });
});

describe('grades', () => {
  it('refuse 0.7999 of 10 points in B: it would print as 8.00, which belongs to A', () => {
    const scored = score(theRow('KZ-A11'), { kind: 'JUDGED', grade: 'B', share: '0.7999' });
    expect(scored.blocked).toEqual({ code: 'scoring.grade-share-outside-band', params: { grade: 'B', low: '6.00', high: '7.99' } });
    expect(score(theRow('KZ-A11'), { kind: 'JUDGED', grade: 'B', share: '0.799' }).points).toBe('7.99');
  });

  it('print the band and the share in the derivation', () => {
    expect(score(theRow('KZ-A12'), { kind: 'JUDGED', grade: 'B', share: '0.75' }).trace[0]?.text).toBe('评判等级 B（60%–80%），占权重的 75%：10 × 75% = 7.50');
  });
});

describe('over-completion', () => {
  const lines = theRow('KZ-L1');

  it('costs nothing by itself and costs at most a fifth when the target was set too low', () => {
    const nine = { kind: 'REPORTED', magnitude: '9', unit: '条' } as const;
    expect(score(lines, nine)).toMatchObject({ points: '8.00', flags: ['OVER'], explanationOwed: true, attainmentRate: '225.00' });
    const deducted = scoreIndicator({ indicator: lines, actual: nine, overCause: 'TARGET_TOO_LOW' }, MOF_2020_10, OPEN);
    expect(deducted).toMatchObject({ points: '6.40', flags: ['OVER', 'OVER_DEDUCTED'] });
    expect(deducted.trace.map((step) => step.text).join('\n')).toContain('扣减 8 × min(20%, 2.25 − 1.3) = 1.60，得 6.40 分（权重 8）');
  });

  it('starts exactly at 130 % where the profile includes it, and above it where it does not', () => {
    const audits = anIndicator({ target: '≥10次', weight: '10' });
    const thirteen = { kind: 'REPORTED', magnitude: '13', unit: '次' } as const;
    expect(score(audits, thirteen).flags).toEqual(['OVER']);
    expect(score(audits, thirteen, aProfile({ overCompletion: { inclusive: false } })).flags).toEqual([]);
  });
});

describe('the rule of a row', () => {
  it('keeps satisfaction rows of a whole-unit table, which has no rule column, to the satisfaction rule', () => {
    const scored = score(theRow('MN-U5'), { kind: 'REPORTED', magnitude: '88', unit: '%' }, MOF_2021_101);
    expect(scored.points).toBe('12.00');
  });

  it('takes its own pass threshold before that of the profile', () => {
    const audits = anIndicator({ target: '≥100人', weight: '10', passThreshold: '0.80' });
    expect(score(audits, { kind: 'REPORTED', magnitude: '79', unit: '人' }, MOF_2021_101)).toMatchObject({ points: '0.00', flags: ['BELOW_PASS_THRESHOLD'] });
    expect(score(audits, { kind: 'REPORTED', magnitude: '90', unit: '人' }, MOF_2021_101).points).toBe('5.00');
  });

  it('gives a number scored directly all or nothing', () => {
    const audits = anIndicator({ target: '≥5次', scoringRule: 'DIRECT' });
    expect(score(audits, { kind: 'REPORTED', magnitude: '5', unit: '次' }).points).toBe('5.00');
    expect(score(audits, { kind: 'REPORTED', magnitude: '4', unit: '次' }).points).toBe('0.00');
    expect(score(anIndicator({ target: '=2024年12月', scoringRule: 'DIRECT' }), { kind: 'DATED', date: '2025-01-02' })).toMatchObject({ points: '0.00', flags: ['LATE'] });
  });

  it('refuses a deduction larger than the weight', () => {
    const yes = anIndicator({ target: '是', scoringRule: 'DIRECT' });
    expect(score(yes, { kind: 'ANSWERED', answer: false, deduction: '5.01' }).blocked?.code).toBe('scoring.deduction-outside');
    expect(score(yes, { kind: 'ANSWERED', answer: false, deduction: '5' }).points).toBe('0.00');
    expect(score(yes, { kind: 'NOT_REPORTED' }).blocked?.code).toBe('scoring.not-reported');
    expect(score(yes, { kind: 'REPORTED', magnitude: '1', unit: null }).blocked?.code).toBe('scoring.answer-needed');
  });

  it('asks for a date that exists', () => {
    const due = theRow('KZ-L4');
    expect(score(due, { kind: 'DATED', date: '2024-13' }).blocked?.code).toBe('scoring.date-needed');
    expect(score(due, { kind: 'REPORTED', magnitude: '12', unit: '月' }).blocked?.code).toBe('scoring.date-needed');
    expect(score(due, { kind: 'DATED', date: '2024-12-31' }).points).toBe('8.00');
    expect(score(due, { kind: 'DATED', date: '2025-01-01' }).points).toBe('7.98');
  });
});

describe('numbers of any size', () => {
  it('are exact beyond what a float can hold', () => {
    const huge = anIndicator({ target: '≥90071992547409.93万元', weight: '10' });
    expect(score(huge, { kind: 'REPORTED', magnitude: '90071992547409.92', unit: '万元' }).points).toBe('10.00');
    expect(score(huge, { kind: 'REPORTED', magnitude: '45035996273704.965', unit: '万元' }).points).toBe('5.00');
    expect(score(huge, { kind: 'REPORTED', magnitude: '0.00000001', unit: '万元' }).points).toBe('0.00');
  });

  it('compare months with years, and days as days', () => {
    const months = anIndicator({ target: '≤24个月', weight: '10' });
    expect(score(months, { kind: 'REPORTED', magnitude: '2', unit: '年' }).points).toBe('10.00');
    const days = score(anIndicator({ target: '≤30天', weight: '10' }), { kind: 'REPORTED', magnitude: '40', unit: '天' });
    expect(days).toMatchObject({ points: '7.50', attainmentRate: '133.33' });
    expect(days.trace[0]?.text).toBe('40 天 > 30 天，未达成');
  });
});

describe('the derivation', () => {
  it('opens with how the periods made the value', () => {
    const scored = scoreIndicator({
      indicator: theRow('KZ-A1'), actual: { kind: 'REPORTED', magnitude: '4', unit: '次' },
      accumulated: { flags: ['RATIO_WITHOUT_PARTS'], steps: [{ step: 'accumulated-sum', params: { parts: '1次 + 3次', value: '4次' }, text: '各期累加：1次 + 3次 = 4次' }] },
    }, MOF_2020_10, OPEN);
    expect(scored.trace[0]?.text).toBe('各期累加：1次 + 3次 = 4次');
    expect(scored.trace.map((step) => step.text)).toContain('按完成比例赋分：5 × 4 ÷ 5 = 4.00');
    expect(scored.flags).toEqual(['RATIO_WITHOUT_PARTS']);
  });

  it('leaves no mark of a parameter unfilled in either language', () => {
    const rows = [
      score(theRow('KZ-A6'), { kind: 'REPORTED', magnitude: '8', unit: '月' }), score(theRow('KZ-A10'), { kind: 'REPORTED', magnitude: '5.2', unit: '万元' }, aProfile({ reverseFormula: 'LIN_2T' })),
      score(theRow('MN-B5'), { kind: 'REPORTED', magnitude: '110', unit: '元' }), score(theRow('KZ-A13'), { kind: 'REPORTED', magnitude: '92', unit: '%' }, MOF_2021_101),
      score(theRow('KZ-A1'), { kind: 'REPORTED', magnitude: '4', unit: '次' }, MOF_2021_101), score(theRow('KZ-L4'), { kind: 'DATED', date: '2025-01-15' }),
      score(theRow('KZ-L4'), { kind: 'UNFINISHED' }), score(anIndicator({ target: '3-5次' }), { kind: 'REPORTED', magnitude: '6', unit: '次' }),
      score(anIndicator({ target: '是', scoringRule: 'DIRECT' }), { kind: 'ANSWERED', answer: false, deduction: '2' }), score(theRow('KZ-L6'), { kind: 'REPORTED', magnitude: '0.5', unit: '%' }),
    ];
    for (const { trace } of rows) {
      expect(trace.length).toBeGreaterThan(0);
      for (const step of trace) expect(`${step.text} ${sayTrace(step, 'en')}`).not.toMatch(/[{}]/);
    }
  });

  it('names the flags of a bulk run as those of a single row', () => {
    expect(flagsOf(3)).toEqual(['NOT_REPORTED', 'OVER']);
    expect(flagsOf(0)).toEqual([]);
  });
});

describe('the sign and the quotient of a derivation are true', () => {
  it('eight months where seven were promised is more, not "at least", and 5 × 7 ÷ 8 is 4.375 to the last digit', () => {
    const scored = scoreIndicator({ indicator: theRow('KZ-A6'), actual: { kind: 'REPORTED', magnitude: '8', unit: '月' } }, MOF_2020_10, { fiscalYear: 2024, periodClosed: true });
    expect(scored.trace.map((step) => step.text)).toEqual(expect.arrayContaining(['8 个月 > 7 个月，未达成']));
    expect(scored.trace.some((step) => step.text.includes('5 × 7 ÷ 8 = 4.375'))).toBe(true);
    expect(scored.points).toBe('4.38');
  });
});
