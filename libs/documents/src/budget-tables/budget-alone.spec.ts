import { readDocument } from '../read/read-document';
import { prefectureBudget } from './fixtures/three-budgets';
import { scannedBudget } from './fixtures/printed-budget';

const read = (text: string, options = {}): ReturnType<typeof readDocument> => readDocument(new TextEncoder().encode(text), '预算公开.txt', options);

describe('a document that publishes budget tables and no target table', () => {
  it('is read: no target tables, the budget tables and the year it names', async () => {
    const document = await read(`2024年部门预算公开\n${scannedBudget(prefectureBudget)}`);
    expect(document).toMatchObject({ ok: true, value: { tables: [], budgetYear: 2024, budget: { unit: prefectureBudget.unit } } });
    if (document.ok) expect(document.value.budgetTables.map((table) => table.number)).toEqual([1, 2, 4, 6, 7, 9, 10, 11]);
  });

  it('takes the year that was asked for only where it names none', async () => {
    const plain = scannedBudget(prefectureBudget).replace(/20\d\d\s*年/gu, '');
    expect([await read(plain, { fiscalYear: 2031 }), await read(`2024年部门预算公开\n${plain}`, { fiscalYear: 2031 })].map((one) => one.ok && one.value.budgetYear)).toEqual([2031, 2024]);
  });

  it('with neither it is refused as before', async () => {
    expect(await read('今天天气很好。')).toMatchObject({ ok: false, refusal: { code: 'document.no-table-found' } });
  });
});
