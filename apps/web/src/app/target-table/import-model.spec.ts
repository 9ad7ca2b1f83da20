import type { ImportPreview } from '@jiheng/contract';
import { answered, refused } from '../api/problem';
import { aRefusal } from '../api/testing/a-refusal';
import { ImportModel, findingsOf, leastCertain, sayShare, unsureRows } from './import-model';
import { aTableView } from './testing/a-table-view';

function aPreview(confidences: readonly string[] = [], committed = false): ImportPreview {
  const { subject, fiscalYear, unitName, project, goalText, budget, indicators, id } = aTableView('KZ-A');
  return {
    fileName: '目标表.xlsx', findings: [],
    tables: [{
      subject, fiscalYear, budgetUnit: unitName, project, goalText, budget, weightTotal: '90', createdTableId: committed ? id : null,
      indicators: indicators.map((row, at) => ({ ...row, confidence: confidences[at] ?? '1', place: `C${at + 8}` })),
    }],
  };
}
const file = { name: '目标表.xlsx' } as File;

describe('reading a file of target tables', () => {
  it('asks for the unit first and sends nothing before', async () => {
    const send = jest.fn();
    const model = new ImportModel(send);
    await model.read(file);
    expect([model.unitMissing(), send.mock.calls.length, model.step()]).toEqual([true, 0, 1]);
  });
  it('shows before it writes, and then writes the same file once', async () => {
    const send = jest.fn().mockResolvedValueOnce(answered(aPreview())).mockResolvedValueOnce(answered(aPreview([], true)));
    const model = new ImportModel(send);
    model.chooseUnit('unit-1');
    await model.read(file);
    expect([model.step(), model.rowCount(), model.done()]).toEqual([2, 14, false]);
    await model.commit();
    await model.commit();
    expect(send.mock.calls).toEqual([[file, 'unit-1', false], [file, 'unit-1', true]]);
    expect([model.step(), model.drafts().length]).toEqual([3, 1]);
  });
  it('keeps the preview when the drafts are refused', async () => {
    const model = new ImportModel(jest.fn().mockResolvedValueOnce(answered(aPreview())).mockResolvedValueOnce(refused(aRefusal('import.nothing-recognised'))));
    model.chooseUnit('unit-1');
    await model.read(file);
    await model.commit();
    expect([model.problem()?.code, model.result()?.tables.length, model.done()]).toEqual(['import.nothing-recognised', 1, false]);
  });
});

describe('how certain a reading is', () => {
  it('marks rows below nine tenths, not those at it', () => {
    const [table] = aPreview(['0.9', '0.89', '1']).tables;
    if (!table) throw new Error('no table');
    expect(unsureRows(table).map((row) => row.name)).toEqual(['内部审计培训次数']);
    expect(leastCertain(table)).toBe('0.89');
  });
  it.each([['1', '100%'], ['0.999', '99%'], ['0.9', '90%'], ['0.05', '5%'], ['0', '0%']])('%s is said as %s', (share, said) => expect(sayShare(share)).toBe(said));
  it('keeps the findings of each table apart', () => {
    const finding = { code: 'Q-W1', severity: 'ERROR' as const, row: null, message: '', messageEn: '', expected: null, found: null };
    const preview = { ...aPreview(), findings: [{ ...finding, table: 0 }, { ...finding, table: 1 }] };
    expect(findingsOf(preview, 1)).toHaveLength(1);
  });
});
