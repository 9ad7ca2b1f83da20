import { theRow } from '../../testing/the-six-tables';
import { quarters } from '../period/reporting-period';
import { type RecordActual, fits, recordActual } from './record-actual';
import { deviationOfPulled, reconcilePulled } from './reconcile-pulled';
import { evidenceOwed, lacksEvidence } from './evidence';

const [, second] = quarters(2024, 15);
if (second === undefined) throw new Error('four quarters');
const command: RecordActual = {
  reportState: 'DRAFT', period: second, today: '2024-07-10', reopened: false, indicator: theRow('KZ-U6'), roles: ['reporter'], current: null, seenRevision: 0,
  entry: { text: '26.4' }, origin: 'TYPED',
};
const code = (to: Partial<RecordActual>): string => {
  const result = recordActual({ ...command, ...to });
  return result.ok ? `revision ${result.value.revision}` : result.refusal.code;
};

describe('recording', () => {
  it('gives a value its first revision, and says what looks odd', () => {
    expect(recordActual(command)).toEqual({ ok: true, value: { actual: { kind: 'REPORTED', magnitude: '26.4', unit: '万人' }, revision: 1, origin: 'TYPED', changed: true, warnings: [] } });
    const odd = recordActual({ ...command, entry: { text: '264000' } });
    expect(odd.ok && odd.value.warnings.map((one) => one.code)).toEqual(['hundred-times']);
  });
  it('happens inside the period, or in a report that was returned or reopened', () => {
    expect(code({ today: '2024-03-31' })).toBe('actual.period-not-open');
    expect(code({ today: '2024-04-01' })).toBe('revision 1');
    expect(code({ today: '2024-07-15' })).toBe('revision 1');
    expect(code({ today: '2024-07-16' })).toBe('actual.period-closed');
    expect(code({ today: '2024-07-16', reopened: true })).toBe('revision 1');
    expect(code({ today: '2024-07-16', reportState: 'RETURNED' })).toBe('revision 1');
  });
  it('needs a reporter and a report that can be edited', () => {
    expect(code({ roles: ['reviewer', 'manager'] })).toBe('actual.not-a-reporter');
    for (const state of ['SUBMITTED', 'REVIEWED', 'SIGNED', 'SOMETHING']) expect(code({ reportState: state })).toBe('actual.report-not-editable');
  });
  it('does not overwrite what the person has not seen', () => {
    const current = { actual: { kind: 'REPORTED', magnitude: '26', unit: '万人' }, revision: 3, by: '填报人甲' } as const;
    expect(code({ current, seenRevision: 2 })).toBe('actual.stale-revision');
    expect(code({ current, seenRevision: 3 })).toBe('revision 4');
    expect(code({ current, seenRevision: 3, entry: { text: '26' } })).toBe('revision 3');
  });
  it('takes only what the row can hold', () => {
    expect(code({ entry: { actual: { kind: 'JUDGED', grade: 'A', share: null } } })).toBe('actual.wrong-kind');
    expect(code({ entry: { actual: { kind: 'REPORTED', magnitude: '3', unit: '户' } } })).toBe('quantity.unit-mismatch');
    expect(code({ entry: { actual: { kind: 'REPORTED', magnitude: '-3', unit: '人' } } })).toBe('actual.negative');
    expect(code({ entry: { actual: { kind: 'NOT_APPLICABLE', reason: ' ' } } })).toBe('actual.reason-needed');
    expect(code({ entry: { text: '很多' } })).toBe('quantity.not-a-number');
    expect(code({ entry: { actual: { kind: 'NOT_REPORTED' } } })).toBe('revision 1');
  });
});

describe('what did not come as text', () => {
  const said = (key: string, actual: Parameters<typeof fits>[0]): string => {
    const result = fits(actual, theRow(key));
    return result.ok ? 'taken' : result.refusal.code;
  };
  const rate = (magnitude: string, numerator: string | null, denominator: string | null): string => said('KZ-U1', { kind: 'REPORTED', magnitude, unit: '%', numerator, denominator });
  it('has parts that make the stated rate, to half a percent', () => {
    expect([rate('94', '47', '50'), rate('94.5', '47', '50'), rate('94.51', '47', '50'), rate('100', '96', '100')]).toEqual(['taken', 'taken', 'actual.parts-differ', 'actual.parts-differ']);
    expect(said('KZ-U1', { kind: 'REPORTED', magnitude: '945', unit: '‰', numerator: '47', denominator: '50' })).toBe('taken');
  });
  it('has parts that make the stated amount in the unit of the row, as far as it is printed', () => {
    const amount = (magnitude: string, unit: string, numerator: string, denominator: string, own = '万元'): string => {
      const result = fits({ kind: 'REPORTED', magnitude, unit, numerator, denominator }, { ...theRow('KZ-A9'), target: { ...theRow('KZ-A9').target, unit: own } });
      return result.ok ? 'taken' : result.refusal.code;
    };
    expect([amount('9.5', '万元', '95', '10'), amount('95000', '元', '95', '10'), amount('9.5', '万元/人', '95', '10', '万元/人'), amount('9.55', '万元', '955', '100'), amount('9.5', '万元', '955', '100'), amount('10', '万元', '95', '10'), amount('9.50', '万元', '9505', '1000')])
      .toEqual(Array.from({ length: 7 }, () => 'taken'));
    // Both sides of half of the last place, which zeros have too; parts in another unit than that of the row make another amount.
    expect([amount('9.5', '万元', '9551', '1000'), amount('9.50', '万元', '95051', '10000'), amount('9.0', '万元', '95', '10'), amount('10.1', '万元', '96', '10'), amount('9.5', '万元', '950000', '10'), amount('95000', '万元', '95', '10'), amount('9.4', '万元', '95', '10')])
      .toEqual(Array.from({ length: 7 }, () => 'actual.parts-differ'));
    // A third has no end: what was rounded at the tenth decimal agrees, what is off by more than a billionth does not.
    expect([amount('0.3333333333', '万元', '1', '3'), amount('0.3333333323', '万元', '1', '3'), amount('0.3333333324', '万元', '1', '3')]).toEqual(['taken', 'actual.parts-differ', 'taken']);
    expect([amount('0.00000095', '亿元', '0.000095', '100', '亿元'), amount('0.00000096', '亿元', '0.000095', '100', '亿元')]).toEqual(['taken', 'actual.parts-differ']);
  });
  it('divides nothing by zero and counts nothing below zero', () => {
    expect([rate('94', '47', '0'), rate('94', null, '0'), rate('94', '-47', '-50'), rate('94', null, '-50'), rate('94', null, '50'), rate('94', '47', null)])
      .toEqual(['actual.no-denominator', 'actual.no-denominator', 'actual.negative', 'actual.negative', 'taken', 'taken']);
  });
  it('names a day of the calendar', () => {
    const day = (date: string): string => said('KZ-L4', { kind: 'DATED', date });
    expect([day('2024-02-29'), day('2024-12'), day('2023-02-29'), day('2024-02-30'), day('2024-13'), day('2024-00'), day('0000-01-01')])
      .toEqual(['taken', 'taken', 'actual.date-needed', 'actual.date-needed', 'actual.date-needed', 'actual.date-needed', 'actual.date-needed']);
  });
  it('claims between nothing and the whole of a weight', () => {
    const share = (part: string): string => said('KZ-L8', { kind: 'JUDGED', grade: 'B', share: part });
    expect([share('0'), share('0.7'), share('1'), share('1.01'), share('7'), share('-0.1')]).toEqual(['taken', 'taken', 'taken', 'actual.share-outside', 'actual.share-outside', 'actual.share-outside']);
    const row = { ...theRow('KZ-L8'), target: { ...theRow('KZ-L8').target, kind: 'BOOL' as const }, weight: '10' };
    const off = (deduction: string): boolean => fits({ kind: 'ANSWERED', answer: false, deduction }, row).ok;
    expect([off('0'), off('10'), off('2.50'), off('10.01'), off('-1'), off('0.125')]).toEqual([true, true, true, false, false, false]);
  });
});

describe('a pulled value', () => {
  const row = theRow('KZ-U6');
  const typed = { kind: 'REPORTED', magnitude: '26.40', unit: '万人' } as const;
  it('beside nothing is a candidate', () => {
    expect(reconcilePulled(null, { text: '264000人' }, row)).toMatchObject({ outcome: 'CANDIDATE', conflict: false, warning: null });
    expect(reconcilePulled({ kind: 'NOT_REPORTED' }, { text: '26.4' }, row)).toMatchObject({ outcome: 'CANDIDATE', conflict: false });
  });
  it('equal in another unit is the same; different is a candidate and a conflict', () => {
    expect(reconcilePulled(typed, { text: '264000人' }, row).outcome).toBe('SAME');
    expect(reconcilePulled(typed, { text: '264001人' }, row)).toMatchObject({ outcome: 'CANDIDATE', conflict: true });
    expect(reconcilePulled({ kind: 'NOT_APPLICABLE', reason: '撤销' }, { text: '26.4' }, row)).toMatchObject({ outcome: 'CANDIDATE', conflict: true });
  });
  it('that looks wrong comes with a warning', () => {
    expect(reconcilePulled(typed, { text: '264000' }, row).warning?.code).toBe('hundred-times');
  });
  it('that cannot be read says why, and nothing is taken back', () => {
    expect(reconcilePulled(typed, { text: '系统维护中' }, row)).toMatchObject({ outcome: 'UNREADABLE', refusal: { code: 'quantity.not-a-number' } });
    expect(reconcilePulled(typed, { text: '26万户' }, row)).toMatchObject({ outcome: 'UNREADABLE', refusal: { code: 'quantity.unit-mismatch' } });
    expect(reconcilePulled(typed, { text: '' }, row)).toMatchObject({ outcome: 'UNREADABLE', refusal: { code: 'actual.pulled-nothing' } });
    expect(reconcilePulled(null, { text: '' }, row).outcome).toBe('SAME');
  });
  it('with parts is offered beside one without, and not the other way round', () => {
    const rate = theRow('KZ-A3');
    const bare = { kind: 'REPORTED', magnitude: '94', unit: '%' } as const;
    const parted = { ...bare, numerator: '47', denominator: '50' };
    expect(reconcilePulled(bare, { actual: parted }, rate).outcome).toBe('CANDIDATE');
    expect(reconcilePulled(parted, { actual: bare }, rate).outcome).toBe('SAME');
  });
});

describe('evidence', () => {
  it('is what the form says, or what the first level usually has', () => {
    expect(evidenceOwed(theRow('KZ-A9'))).toBe('ORIGINAL');
    expect(evidenceOwed(theRow('KZ-A11'))).toBe('STATEMENT');
    expect(evidenceOwed(theRow('KZ-U1'))).toBe('WORK');
  });
  it('is missed from five points on', () => {
    expect(lacksEvidence(theRow('KZ-A9'), [])).toBe(true);
    expect(lacksEvidence(theRow('KZ-A9'), ['WORK'])).toBe(true);
    expect(lacksEvidence(theRow('KZ-A9'), ['ORIGINAL'])).toBe(false);
    expect(lacksEvidence({ ...theRow('KZ-A9'), weight: '4.99' }, [])).toBe(false);
    expect(lacksEvidence({ ...theRow('KZ-A9'), weight: '5' }, [])).toBe(true);
  });
});

describe('a pulled value beside last year and beside the present one', () => {
  const row = theRow('KZ-U6');
  const reported = (magnitude: string, unit = '万人') => ({ kind: 'REPORTED' as const, magnitude, unit });
  // 2023 by quarter: 25.8 to 26.2 万人, so up to 31.44 and down to 20.64 nobody is asked.
  const lastYear = [reported('25.8'), reported('26'), { kind: 'NOT_REPORTED' as const }, reported('262000', '人')];
  const warning = (magnitude: string, unit?: string) => reconcilePulled(null, { actual: reported(magnitude, unit) }, row, lastYear).warning?.code ?? null;

  it.each([['31.44', null], ['31.45', 'outside-last-year'], ['20.64', null], ['20.63', 'outside-last-year']])('%s 万人 → %s', (magnitude, code) => expect(warning(magnitude)).toBe(code));
  it('reads the unit: 314400 persons are 31.44 万人', () => {
    expect(warning('314400', '人')).toBeNull();
    expect(warning('314500', '人')).toBe('outside-last-year');
  });
  it('asks about the unit first, and about nothing without a year before', () => {
    expect(warning('264000')).toBe('hundred-times');
    expect(reconcilePulled(null, { actual: reported('40') }, row).warning).toBeNull();
    expect(reconcilePulled(null, { actual: reported('40') }, row, [{ kind: 'UNFINISHED' }]).warning).toBeNull();
  });
  it('says the range in words', () => {
    expect(reconcilePulled(null, { actual: reported('40') }, row, lastYear).warning?.message).toContain('25.8万人–262000人');
  });
  it('measures how far the source is away, as a part of the present value', () => {
    expect(deviationOfPulled(reported('26.4'), reported('277200', '人'), row)).toBe('0.05');
    expect(deviationOfPulled(reported('3'), reported('2'), row)).toBe('0.333333');
    expect(deviationOfPulled(reported('0'), reported('2'), row)).toBeNull();
    expect(deviationOfPulled(null, reported('2'), row)).toBeNull();
    expect(deviationOfPulled(reported('2'), { kind: 'UNFINISHED' }, row)).toBeNull();
    expect(deviationOfPulled(reported('2'), reported('2', '万元'), row)).toBeNull();
  });
});
