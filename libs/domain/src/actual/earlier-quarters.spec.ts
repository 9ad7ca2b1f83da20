import { theRow } from '../../testing/the-six-tables';
import { sayFinding } from '../checks/findings';
import { accumulateActuals } from '../period/accumulation';
import type { Indicator } from '../target-table/indicator';
import { parseTarget } from '../target-table/parse-target';
import type { Actual } from './actual';
import { besideEarlierQuarters, type EarlierActual } from './earlier-quarters';
import { plausibility } from './plausibility';
import { reconcilePulled } from './reconcile-pulled';

const reported = (magnitude: string, unit: string | null): Actual => ({ kind: 'REPORTED', magnitude, unit });
const silent: Actual = { kind: 'NOT_REPORTED' };
const promising = (row: Indicator, raw: string): Indicator => ({ ...row, target: parseTarget(raw, { fiscalYear: 2024 }) });

/** What is asked of a value after some quarters, the first one first; null: that quarter is silent. */
function asked(row: Indicator, quarters: readonly (string | null)[], magnitude: string, unit = row.target.unit): string {
  const earlier: EarlierActual[] = quarters.map((said, at) => ({ ordinal: at + 1, actual: said === null ? silent : reported(said, row.target.unit) }));
  return besideEarlierQuarters(reported(magnitude, unit), earlier, row).map(({ code }) => code).join();
}

describe('the people insured, of whom the latest quarter makes the year (LAST)', () => {
  // Promised for 2024: at least 5.83 万人.
  const row = theRow('KZ-U2');

  it('5.80, 5.83 and then 0.0583: both numbers and the quarter are said, in both languages', () => {
    const [finding] = besideEarlierQuarters(reported('0.0583', '万人'), [{ ordinal: 1, actual: reported('5.80', '万人') }, { ordinal: 2, actual: reported('5.83', '万人') }], row);
    expect(finding).toMatchObject({ code: 'hundredth-of-quarter', severity: 'WARN', expected: '5.83万人', found: '0.0583万人' });
    expect(finding?.message).toBe('“机关事业单位养老保险参保职工人数达到”的 0.0583万人 只有同年第 2 季度 5.83万人 的约 1/100，请核对数值和单位。');
    expect(sayFinding(finding ?? { code: 'Q-W1', params: {} }, 'en')).toBe('“机关事业单位养老保险参保职工人数达到”: 0.0583万人 is about 1/100 of 5.83万人 in Q2 of the same year. Check number and unit.');
  });

  it('rise, stand still and shrink a little without a question; what lost more than a fifth is asked about', () => {
    expect(['5.83', '5.80', '6.50', '5.70', '4.64', '4.6399'].map((magnitude) => asked(row, ['5.75', '5.80'], magnitude))).toEqual(['', '', '', '', '', 'far-below-quarter']);
    const [finding] = besideEarlierQuarters(reported('4.10', '万人'), [{ ordinal: 1, actual: reported('5.80', '万人') }], row);
    expect(finding?.message).toBe('“机关事业单位养老保险参保职工人数达到”的 4.10万人 明显低于同年第 1 季度的 5.80万人，请核对数值和单位。');
  });

  it('a source whose tables were emptied says zero: they have fallen', () => {
    expect(asked(row, ['5.80', '5.83'], '0')).toBe('far-below-quarter');
    expect(asked(row, ['0'], '0')).toBe('');
  });

  it('the bounds of a hundredth and of a hundred times are a fiftieth and fifty times, both included', () => {
    // 5 万人, so a fiftieth is 0.1; fifty times 0.5 is 25, and the target is 5.83.
    expect(asked(row, ['5'], '0.1')).toBe('hundredth-of-quarter');
    expect(asked(row, ['5'], '0.1001')).toBe('far-below-quarter');
    expect(asked(row, ['0.5'], '25')).toBe('hundred-times-quarter');
    expect(asked(row, ['0.5'], '24.99')).toBe('');
  });

  it('the last quarter that said a number is asked, so that an accepted fall is not asked about once more', () => {
    expect(asked(row, ['5.80', '4.10', null], '4.05')).toBe('');
    expect(asked(row, ['5.80', null], '4.05')).toBe('far-below-quarter');
  });

  it('a slip that was accepted once does not make the right value a slip: the target and the quarter before it speak for it', () => {
    expect(asked(row, ['5.80', '0.0583'], '5.85')).toBe('');
    expect(asked(row, ['0.0583'], '5.83')).toBe('');
  });

  it('persons and 万人 are compared as what they are, other dimensions not at all', () => {
    expect(asked(row, ['5.80'], '58300', '人')).toBe('');
    expect(asked(row, ['5.80'], '583', '人')).toBe('hundredth-of-quarter');
    expect(asked(row, ['5.80'], '583', '户')).toBe('');
  });

  it('of a limit a fall is what one hopes for', () => {
    const limit = { ...promising(row, '≤7万人'), direction: 'NEGATIVE' as const };
    expect(asked(limit, ['5.80'], '2')).toBe('');
    expect(asked(limit, ['5.80'], '0.058')).toBe('hundredth-of-quarter');
  });

  it('nothing is asked of the first quarter, after silence, of words, and of a value that is not there', () => {
    expect([asked(row, [], '0.0583'), asked(row, [null, null], '0.0583')]).toEqual(['', '']);
    expect(besideEarlierQuarters(silent, [{ ordinal: 1, actual: reported('5.80', '万人') }], row)).toEqual([]);
    expect(besideEarlierQuarters(reported('5', null), [{ ordinal: 1, actual: reported('500', null) }], theRow('KZ-A11'))).toEqual([]);
    expect(besideEarlierQuarters(reported('0.0583', '万人'), [{ ordinal: 1, actual: { kind: 'NOT_APPLICABLE', reason: '撤销' } }], row)).toEqual([]);
  });
});

describe('what is counted from the beginning (累计 in its name)', () => {
  const row: Indicator = { ...theRow('KZ-U2'), name: '社保卡累计持卡人数' };
  it('cannot become less, by however little', () => {
    expect(['5.83', '5.8299', '0.0583', '5.9'].map((magnitude) => asked(row, ['5.80', '5.83'], magnitude))).toEqual(['', 'less-than-quarter', 'hundredth-of-quarter', '']);
    const [finding] = besideEarlierQuarters(reported('5.79', '万人'), [{ ordinal: 2, actual: reported('5.83', '万人') }], row);
    expect(finding?.message).toBe('“社保卡累计持卡人数”是累计数，5.79万人 却少于同年第 2 季度的 5.83万人，请核对数值和单位。');
  });
  it('is a single quarter’s count all the same where the quarters are added up', () => {
    expect(asked({ ...row, accumulation: 'SUM' }, ['5.80'], '1.2')).toBe('');
  });
});

describe('audits held, which add up over the year (SUM)', () => {
  // At least 5 in the year.
  const row = theRow('KZ-A1');
  it('may be many in one quarter and few in the next', () => {
    expect(asked(row, ['3', '1'], '0')).toBe('');
    expect(asked(row, ['3', '2'], '1')).toBe('');
    // A training day in spring for 500 people, three latecomers in autumn.
    const training = promising({ ...theRow('KZ-A2'), name: '培训人次' }, '≥400人次');
    expect(asked(training, ['500'], '3')).toBe('');
  });
  it('may all be held in one quarter, as far as the year promises them', () => {
    const many = promising(row, '≥60次');
    expect(asked(many, ['1'], '60')).toBe('');
    expect(asked(many, ['1'], '61')).toBe('hundred-times-quarter');
    expect(asked(row, ['1', '2'], '99')).toBe('');
    expect(asked(row, ['1', '2'], '100')).toBe('hundred-times-quarter');
  });
  it('where no number was promised, the quarters alone say what is small', () => {
    const unmeasured: Indicator = { ...row, target: { ...row.target, magnitude: null } };
    expect(asked(unmeasured, ['580', '583'], '5.83')).toBe('hundredth-of-quarter');
    expect(asked(unmeasured, ['5', '6'], '300')).toBe('hundred-times-quarter');
  });
});

describe('rates, surveys and time limits, where each quarter speaks of itself', () => {
  it('a rate may be worse; a fraction for a percentage is asked about', () => {
    const rate = theRow('KZ-A4');
    expect(asked(rate, ['96', '97'], '60')).toBe('');
    expect(asked(rate, ['96', '97'], '0.96')).toBe('hundredth-of-quarter');
    expect(asked({ ...theRow('KZ-A13') }, ['96'], '71')).toBe('');
  });
  it('a rate may begin small and reach its target', () => {
    expect(asked(theRow('KZ-A4'), ['1.5'], '95')).toBe('');
  });
  it('of time limits the longest counts, and the next may be short', () => {
    expect(asked(theRow('KZ-A5'), ['3'], '1')).toBe('');
    expect(accumulateActuals('MAX', [reported('3', '月'), reported('1', '月')], '月').actual).toMatchObject({ magnitude: '3' });
  });
});

describe('a zero that a source says', () => {
  const pulled = (row: Indicator, quarters: readonly string[] = [], magnitude = '0', lastYear: readonly Actual[] = []) => reconcilePulled(
    null, { actual: reported(magnitude, row.target.unit) }, row, lastYear, quarters.map((said, at) => ({ ordinal: at + 1, actual: reported(said, row.target.unit) }))).warning;
  it('of 5.83 万人 insured is asked about in the first quarter: a count of an empty table is 0', () => {
    const row = theRow('KZ-U2');
    const warning = pulled(row);
    expect(warning).toMatchObject({ code: 'zero-of-source', severity: 'WARN' });
    expect(warning?.message).toBe('“机关事业单位养老保险参保职工人数达到”从来源取到 0万人，而目标是 ≥5.83万人；如果来源只是没有数据，请不要采用。');
    expect(pulled(row, [], '0.00')?.code).toBe('zero-of-source');
    expect(pulled(row, [], '5.83')).toBeNull();
    // Beside a quarter that had a number it has fallen, and beside one that was nothing already it is no news.
    expect(pulled(row, ['5.80'])?.code).toBe('far-below-quarter');
    expect(pulled(row, ['0'])).toBeNull();
  });
  it('of a rate as well; not of what adds up over the year, nor of what should be little', () => {
    expect(pulled(theRow('KZ-A4'), ['96'])?.code).toBe('zero-of-source');
    expect(pulled(theRow('KZ-A1'))).toBeNull();
    expect(pulled({ ...promising(theRow('KZ-A4'), '≤5%'), direction: 'NEGATIVE' })).toBeNull();
    expect(pulled(promising(theRow('KZ-A4'), '=0%'))).toBeNull();
  });
  it('is meant where a person types it', () => {
    expect(plausibility(reported('0', '万人'), theRow('KZ-U2'))).toEqual([]);
  });
});

describe('a pulled value among its quarters', () => {
  const row = theRow('KZ-U2');
  const earlier: EarlierActual[] = [{ ordinal: 1, actual: reported('5.80', '万人') }];
  const code = (magnitude: string, lastYear: readonly Actual[] = []) => reconcilePulled(null, { actual: reported(magnitude, '万人') }, row, lastYear, earlier).warning?.code ?? null;
  it('is asked about its target first, then its own year, then last year', () => {
    expect(code('0.0583')).toBe('about-one-hundredth');
    expect(code('4.10', [reported('4', '万人')])).toBe('far-below-quarter');
    expect(code('5.85', [reported('4', '万人')])).toBe('outside-last-year');
    expect(code('5.85')).toBeNull();
  });
  it('stays a candidate: a warning asks for a look and blocks nothing', () => {
    expect(reconcilePulled(null, { actual: reported('4.10', '万人') }, row, [], earlier)).toMatchObject({ outcome: 'CANDIDATE', pulled: { magnitude: '4.10' }, refusal: null });
  });
});
