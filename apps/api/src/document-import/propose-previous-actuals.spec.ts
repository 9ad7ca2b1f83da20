import { readDocument } from '@jiheng/documents';
import { applyCorrection, stagedFindings, stagedGaps, type StagedTable } from '@jiheng/domain';
import { theTable } from '@jiheng/domain/testing';
import { proposePreviousActuals } from './propose-previous-actuals';
import { settledState } from './settled-state';
import { stageTables } from './stage-tables';
import { summaryOf } from './table-summary';

const HEAD = '一级指标,二级指标,三级指标,年度指标值,实际完成值,分值,得分,偏差原因分析及改进措施';
/** 线路租赁费 as it evaluated itself for 2023: its lines had been nine, one result is blank. */
async function evaluation2023(): Promise<StagedTable> {
  const text = ['项目支出绩效自评表', '（2023年度）', '项目名称,线路租赁费', HEAD, '产出指标,数量指标,租用专线网络数量,=9条,9,10,10,', ',质量指标,信息自动化运行保障率（%）,=100%,99.8%,10,9.98,雷击断线', ',,资金使用合规率,=100%,,10,0,'].join('\n');
  const read = await readDocument(Buffer.from(text), '自评.csv');
  if (!read.ok) throw new Error(JSON.stringify(read.refusal));
  return stageTables(read.value)[0] as StagedTable;
}

describe('a self-evaluation brought in', () => {
  it('is known as one, by its template, and is not judged as a promise', async () => {
    const staged = await evaluation2023();
    expect(staged).toMatchObject({ form: 'SELF_EVALUATION', template: { zh: expect.stringContaining('自评') }, rows: [{ actual: { raw: '9' } }, { actual: { raw: '99.8%' } }, {}] });
    expect([stagedGaps(staged), stagedFindings(staged).filter((one) => one.finding.code.startsWith('Q-')), summaryOf(staged, null).form]).toEqual([[], [], 'SELF_EVALUATION']);
  });

  it('proposes last year’s values for the rows of this year’s table, names what they replace, and leaves blanks alone', async () => {
    const table = theTable('KZ-L');
    const { proposals, unmatched } = proposePreviousActuals(await evaluation2023(), { indicators: table.indicators.map((row, at) => ({ ...row, previousActual: at === 0 ? '8条' : at === 2 ? '99.8%' : null })) });
    expect(proposals.map(({ name, previousActual, replaces, there }) => [name, previousActual, replaces, there])).toEqual([['租用专线网络数量', '9条', '8条', false], ['信息自动化运行保障率', '99.8%', null, true]]);
    expect(unmatched).toHaveLength(table.indicators.length - 2);
    expect(unmatched).toContain('资金使用合规率');
  });

  it('follows the corrections of a person: a renamed row finds its counterpart', async () => {
    const staged = await evaluation2023();
    const renamed = applyCorrection(staged, { kind: 'SET_CELL', row: 'r2', column: 'name', text: '培训覆盖率' }, 1);
    if (!renamed.ok) throw new Error(renamed.refusal.code);
    expect(proposePreviousActuals(renamed.value, theTable('KZ-L')).proposals.map((one) => one.name)).toEqual(['租用专线网络数量']);
  });

  it('takes a result as a person put it right, with its unit, and none where they emptied it', async () => {
    const staged = await evaluation2023();
    expect([staged.rows[0]?.cells.previous?.raw, staged.rows[0]?.cells.previous?.places.length]).toEqual(['9', 1]);
    const corrected = applyCorrection(staged, { kind: 'SET_CELL', row: 'r1', column: 'previous', text: '8' }, 1);
    if (!corrected.ok) throw new Error(corrected.refusal.code);
    const emptied = applyCorrection(corrected.value, { kind: 'SET_CELL', row: 'r2', column: 'previous', text: '' }, 2);
    if (!emptied.ok) throw new Error(emptied.refusal.code);
    expect(proposePreviousActuals(emptied.value, theTable('KZ-L')).proposals.map((one) => [one.name, one.previousActual])).toEqual([['租用专线网络数量', '8条']]);
  });
});

describe('an import is done', () => {
  const accepted = { targetTableId: 'x', how: 'CREATED', at: '', undone: false } as never;
  it('when its target tables are in the books; forms with results may still wait', () => {
    expect(settledState([{ form: 'TARGET', accepted }, { form: 'SELF_EVALUATION', accepted: null }])).toBe('ACCEPTED');
    expect(settledState([{ form: 'TARGET', accepted: null }, { form: 'SELF_EVALUATION', accepted }])).toBe('STAGED');
    expect(settledState([{ form: 'SELF_EVALUATION', accepted }, { form: 'MONITORING', accepted: null }])).toBe('STAGED');
    expect(settledState([{ form: 'SELF_EVALUATION', accepted }])).toBe('ACCEPTED');
  });
});
