import type { ExecutionView } from '@jiheng/contract';
import type { StagedMoneyLine, StagedRemark, StagedRow } from '@jiheng/domain';
import { theTable } from '@jiheng/domain/testing';
import { proposeExplanations, proposeMoney } from './propose-remarks';

const { indicators } = theTable('KZ-A');
const NOTHING: StagedRemark = { causes: [], sentence: null, forecast: null, likelihood: null, remark: null };
/** 内部审计次数 and 内部审计培训次数 as a monitoring form prints them. */
const rows = (...said: Partial<StagedRemark>[]): StagedRow[] => said.map((one, at) => {
  const { key: _key, ...row } = indicators[at] ?? raise();
  return { ...row, id: `r${at + 1}`, nameUnit: null, confidence: '1', place: '', cells: {}, corrected: [], said: { ...NOTHING, ...one } };
});
function raise(): never { throw new Error('no such row'); }
const own = { causes: ['STAFF' as const], sentence: '审计人员抽调外出', measures: '', likelihood: null, forecast: null };

describe('what a monitoring form says of deviations', () => {
  const propose = (said: readonly StagedRow[], present: typeof own | null = null): ReturnType<typeof proposeExplanations> => proposeExplanations({ rows: said }, indicators, (key) => (key === 'KZ-A1' ? present : null));

  it('is offered where it has a cause or a sentence; 备注 is what is planned', () => {
    const { explanations, unplaced } = propose(rows({ causes: ['STAFF'], sentence: '抽调外出', remark: '三季度补审', forecast: '5次', likelihood: 'POSSIBLE' }, {}));
    expect(explanations).toEqual([{ key: 'KZ-A1', name: '内部审计次数', printed: { causes: ['STAFF'], sentence: '抽调外出', measures: '三季度补审', likelihood: 'POSSIBLE', forecast: '5次' }, present: null, isSame: false }]);
    expect(unplaced.map(({ code }) => code)).toEqual(['import.remark-alone']);
  });
  it('without either is told, and offered where the report explains the row already', () => {
    const forecast = rows({ forecast: '5次', likelihood: 'CERTAIN' });
    expect(propose(forecast)).toMatchObject({ explanations: [], unplaced: [{ code: 'import.remark-alone', en: expect.stringContaining('“5次” expected for the year, the likelihood “certain”') }] });
    expect(propose(forecast, own)).toMatchObject({ explanations: [{ key: 'KZ-A1', isSame: false, present: own }], unplaced: [] });
  });
  it('is the same where the report says it already: what the form leaves blank says nothing', () => {
    const same = (said: Partial<StagedRemark>): boolean | undefined => propose(rows(said), { ...own, measures: '补审' }).explanations[0]?.isSame;
    expect([same({ causes: ['STAFF'], sentence: '审计人员抽调外出' }), same({ sentence: ' 审计人员抽调外出 ' }), same({ causes: ['STAFF', 'FUNDS'], sentence: '审计人员抽调外出' }), same({ sentence: '另有原因' })]).toEqual([true, true, false, false]);
  });
});

describe('the money of a monitoring form', () => {
  const line = (name: string, more: Partial<StagedMoneyLine> = {}): StagedMoneyLine => ({ line: name, label: name, initial: null, adjusted: null, executed: null, forecast: null, ...more });
  const report: ExecutionView['rows'] = [{ part: 'TOTAL', initial: '8', adjusted: '8.00', executed: '3.5' }];
  const propose = (money: readonly StagedMoneyLine[], isYearToDate = true, subject: 'PROJECT' | 'UNIT' = 'PROJECT'): ReturnType<typeof proposeMoney> => proposeMoney({ money, period: '第二季度' }, subject, report, isYearToDate);

  it('is offered line by line, compared as numbers, blank columns aside', () => {
    expect(propose([line('TOTAL', { initial: '8.00', executed: '3.50' })]).money).toMatchObject({ isSame: true, printed: [{ part: 'TOTAL', initial: '8.00', adjusted: null, executed: '3.50' }] });
    expect(propose([line('TOTAL', { initial: '8.00', executed: '3.60' }), line('OTHER')]).money).toMatchObject({ isSame: false, printed: [{ part: 'TOTAL' }] });
    expect(propose([])).toEqual({ money: null, unplaced: [] });
  });
  it('of one quarter alone, of lines the form of the subject does not have, and of the year’s end is told only', () => {
    expect(propose([line('TOTAL', { executed: '1.00' })], false)).toMatchObject({ money: null, unplaced: [{ code: 'import.money-own-quarter' }] });
    expect(propose([line('TOTAL', { executed: '1.00', forecast: '7.60' }), line('SPECIAL_ACCOUNT', { executed: '0.20' })]).unplaced.map(({ code }) => code)).toEqual(['import.money-forecast', 'import.money-line']);
    expect(propose([line('TOTAL', { executed: '1.00' }), line('FISCAL', { executed: '1.00' })], true, 'UNIT').unplaced.map(({ zh }) => zh)).toEqual(['“FISCAL”（1.00）不在报告的资金构成中，此处仅供对照。']);
  });
});
