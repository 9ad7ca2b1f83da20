import { budgetDocumentView, type BudgetDocumentView, type Problem } from '@jiheng/contract';
import { countyBudget, pageBudget, prefectureBudget, scannedBudget, sixForms, scannedText, pageText, type PrintedBudget } from '@jiheng/documents/fixtures';
import { readDocument, type ReadDocument } from '@jiheng/documents';
import { sayRefusal } from '@jiheng/domain';
import type { Client } from '../../test/http-app';
import { aWorld, type World, type WorldApp } from '../../test/world';
import { constraintOf, SQL_STATE, sqlStateOf } from '../platform/database/sql-state';
import { BudgetDocuments } from './budget-document.public';

async function refusal(work: Promise<unknown>): Promise<string | null> {
  try { await work; return 'accepted'; } catch (error) { return constraintOf(error) ?? sqlStateOf(error); }
}

/** A published document: its budget tables, its text, its three target tables. */
async function published(budget: PrintedBudget, flows: boolean): Promise<ReadDocument> {
  const forms = sixForms.filter(({ unit }) => unit === budget.unit);
  const text = [flows ? pageBudget(budget) : scannedBudget(budget), ...forms.map((form) => (flows ? pageText(form) : scannedText(form)))].join('\n\n');
  const read = await readDocument(new TextEncoder().encode(text), '预算公开.txt');
  if (!read.ok) throw new Error(sayRefusal(read.refusal));
  return read.value;
}

describe('a published budget', () => {
  let world: World;
  let app: WorldApp;
  let reporter: Client;
  let documents: BudgetDocuments;
  beforeAll(async () => {
    world = await aWorld({ opened: [4] });
    app = await world.start();
    reporter = await app.as('kz.reporter');
    documents = app.app.get(BudgetDocuments, { strict: false });
  });
  afterAll(async () => { await app.stop(); await world.stop(); });

  const actor = (): Parameters<BudgetDocuments['store']>[1] => ({ personId: world.people['kz.reporter'], displayName: '填报人甲', roles: [] }) as unknown as Parameters<BudgetDocuments['store']>[1];
  async function store(unitId: string, budget: PrintedBudget, flows: boolean, sourceName = '预算公开.txt'): Promise<{ id: string; version: number }> {
    const read = await published(budget, flows);
    if (read.budget == null || read.narrative == null) throw new Error('no budget tables');
    const made = { unitId, fiscalYear: 2024, sourceName, budget: read.budget, printed: read.budgetTables, narrative: read.narrative };
    return world.unitOfWork.always((tx) => documents.store(tx, actor(), made));
  }
  const view = (client: Client, unitId: string, year = 2024): ReturnType<typeof client.get<BudgetDocumentView & Problem>> => client.get(`/api/budget-documents?unitId=${unitId}&fiscalYear=${year}`);
  const outcomes = (document: BudgetDocumentView, ...numbers: number[]): string[] => numbers.map((number) => `B${number} ${document.identities.find((one) => one.number === number)?.outcome}`);

  it('is not there before somebody imports it, and says so', async () => {
    const answer = await view(reporter, world.units.kz);
    expect([answer.status, answer.body.code]).toEqual([404, 'budget-document.not-found']);
    expect(answer.body.sentence.zh).toContain('2024');
  });

  it('comes back as it was printed, and its identities with both sides', async () => {
    expect((await store(world.units.kz, prefectureBudget, false)).version).toBe(1);
    const answer = await view(reporter, world.units.kz);
    expect(answer.status).toBe(200);
    const document = budgetDocumentView.parse(answer.body);
    expect(document).toMatchObject({ version: 1, printedUnit: prefectureBudget.unit, by: '填报人甲', fiscalYear: 2024 });
    expect(document.tables.map(({ number }) => number)).toEqual([1, 2, 4, 6, 7, 9, 10, 11]);
    const income = document.tables.find(({ number }) => number === 2);
    expect(income?.rows[0]?.slice(0, 8)).toEqual(['208', '', '', '社会保障和就业支出', '544.52', '513.34', '492.34', '21.00']);
    expect(income?.typed[0]).toMatchObject({ code: '208', amounts: { total: '544.52', generalTransfer: '21.00', own: null, fiscalCarryOver: '31.18' }, origin: 'POSITION', confidence: '1.00' });
    expect(outcomes(document, 1, 12, 21, 29, 32)).toEqual(['B1 HOLDS', 'B12 NOT_APPLICABLE', 'B21 HOLDS', 'B29 HOLDS', 'B32 HOLDS_BY_ROUNDING']);
    expect(document.identities.find(({ number }) => number === 29)?.equations[0]).toMatchObject({ leftSum: '544.52', rightSum: '544.52', difference: '0', left: [{ amount: '52.18' }, { amount: '492.34' }, { amount: '0.00' }] });
  });

  it('out of running text keeps what was assigned by arithmetic apart from what was not', async () => {
    await store(world.units.mn, countyBudget, true);
    const document = (await view(await app.as('mn.reporter'), world.units.mn)).body;
    const row = (table: number, code: string) => document.tables.find(({ number }) => number === table)?.typed.find((one) => one.code === code);
    expect(row(3, '20806')).toMatchObject({ origin: 'ARITHMETIC', amounts: { total: '44.58', basic: null, project: '44.58' } });
    expect(row(7, '2080601')).toMatchObject({ origin: 'UNDECIDED', unassigned: ['44.58'], project: '2024年度-破产企业人员生活补贴' });
    expect(outcomes(document, 5, 21, 28)).toEqual(['B5 HOLDS_BY_ROUNDING', 'B21 HOLDS', 'B28 DOES_NOT_HOLD']);
    expect(document.identities.find(({ number }) => number === 5)?.sentence).toContain('593.53');
  });

  it('published again is another version; taken back, the one before it holds again', async () => {
    const second = await store(world.units.kz, { ...prefectureBudget, income: { ...prefectureBudget.income, total: '545.52' } }, false, '更正.txt');
    expect(second.version).toBe(2);
    const corrected = (await view(reporter, world.units.kz)).body;
    expect([corrected.version, corrected.sourceName, ...outcomes(corrected, 1, 2, 6)]).toEqual([2, '更正.txt', 'B1 DOES_NOT_HOLD', 'B2 DOES_NOT_HOLD', 'B6 DOES_NOT_HOLD']);
    for (let time = 0; time < 2; time += 1) await world.unitOfWork.always((tx) => documents.withdraw(tx, actor(), second.id));
    expect((await view(reporter, world.units.kz)).body.version).toBe(1);
    expect((await store(world.units.kz, prefectureBudget, false)).version).toBe(3);
  });

  it('is read by whoever reads the unit, and by nobody else', async () => {
    expect((await view(await app.as('department'), world.units.kz)).status).toBe(200);
    const stranger = await view(await app.as('mn.reporter'), world.units.kz);
    expect([stranger.status, stranger.body.code]).toEqual([404, 'house.not-found']);
    expect((await reporter.get<Problem>('/api/budget-documents?unitId=1&fiscalYear=x')).status).toBe(400);
    expect((await view(app.client(), world.units.kz)).status).toBe(401);
  });

  it.each<[string, string]>([
    ['budget_document', `source_name = 'x'`], ['budget_document_withdrawal', 'withdrawn_at = now()'], ['budget_table', `title = 'x'`], ['budget_row', `name = 'x'`], ['budget_amount', 'amount = 1'],
  ])('%s is never changed, removed or emptied out', async (table, change) => {
    for (const text of [`update ${table} set ${change}`, `delete from ${table}`, `truncate ${table} cascade`]) expect(await refusal(world.dataSource.query(text))).toBe(SQL_STATE.appendOnly);
  });

  it('takes no amount beyond six places, no table beyond eleven, no year beyond reason', async () => {
    const at = 'select document_id, number, ordinal from budget_row limit 1';
    expect(await refusal(world.dataSource.query(`insert into budget_amount select document_id, number, ordinal, 'x', 0.0000001 from (${at}) r`))).toBe('budget_amount_in_bounds');
    expect(await refusal(world.dataSource.query(`insert into budget_table select id, 12, 'x', '[]', '[]', false, 'line 1' from budget_document limit 1`))).toBe('budget_table_number_known');
    expect(await refusal(world.dataSource.query(`insert into budget_document select gen_random_uuid(), unit_id, 1024, 1, null, 'x', '{}', stored_by, now() from budget_document limit 1`))).toBe('budget_document_year_plausible');
  });
});
