import { aWorld, type World } from '../../test/world';
import { newId } from '../platform/database/new-id';
import { constraintOf, SQL_STATE, sqlStateOf } from '../platform/database/sql-state';
import type { ExecutionPart } from './budget-execution.public';
import { BudgetExecutionRepository } from './budget-execution.repository';

async function refusal(work: Promise<unknown>): Promise<string | null> {
  try { await work; return 'accepted'; } catch (error) { return constraintOf(error) ?? sqlStateOf(error); }
}

const total = (initial: string | null, adjusted: string | null, executed: string | null): ExecutionPart => ({ part: 'TOTAL', initial, adjusted, executed });

describe('what the database itself forbids of money', () => {
  const executions = new BudgetExecutionRepository();
  let world: World;
  let report: string;
  beforeAll(async () => { world = await aWorld({ opened: [4] }); report = world.report('KZ-L', 4); });
  afterAll(() => world.stop());

  const record = (revision: number, parts: readonly ExecutionPart[], requestId = newId()): Promise<void> => world.unitOfWork.always((tx) =>
    executions.append(tx, { reportId: report, fiscalYear: 2024, revision, parts, reason: null, requestId, recordedBy: world.people['kz.reporter'], at: new Date() }));

  it('线路租赁费: 9.60 万元 of budget, 9.12 spent, come back to the last digit', async () => {
    await record(1, [total('9.60', '9.60', '9.12'), { part: 'FISCAL', initial: '9.60', adjusted: '9.60', executed: '9.12' }]);
    const loaded = await executions.latest(world.unitOfWork.db, report);
    expect(loaded).toMatchObject({ revision: 1, figures: { initial: '9.60', adjusted: '9.60', executed: '9.12' } });
    expect(loaded?.parts.map((part) => part.part)).toEqual(['TOTAL', 'FISCAL']);
  });

  it('a revision and a request are used once', async () => {
    const requestId = newId();
    await record(2, [total('9.60', '9.60', '9.13')], requestId);
    expect(await refusal(record(2, [total('9.60', '9.60', '9.14')]))).toBe('budget_execution_revision_once');
    expect(await refusal(record(3, [total('9.60', '9.60', '9.14')], requestId))).toBe('budget_execution_request_once');
    expect(await refusal(record(0, [total('9.60', '9.60', '9.14')]))).toBe('budget_execution_revision_positive');
  });

  it.each<[string, readonly ExecutionPart[], string]>([
    ['a total that is not the sum', [total('9.60', '9.60', '9.12'), { part: 'FISCAL', initial: '9.60', adjusted: '9.60', executed: '9.00' }, { part: 'OTHER', initial: '0', adjusted: '0', executed: '0.11' }], SQL_STATE.checkViolation],
    ['parts without a total', [{ part: 'FISCAL', initial: '9.60', adjusted: '9.60', executed: '9.12' }], SQL_STATE.checkViolation],
    ['the same line twice', [total('9.60', '9.60', '9.12'), total('9.60', '9.60', '9.12')], 'budget_execution_part_pk'],
    ['money below zero', [total('9.60', '9.60', '-0.01')], 'budget_execution_part_not_negative'],
    ['spending without a budget', [total(null, null, '9.12')], 'budget_execution_part_has_budget'],
  ])('%s is refused', async (_, parts, answer) => {
    expect(await refusal(record(9, parts))).toBe(answer);
  });

  it('nothing spent of no budget is a lawful nothing', async () => {
    expect(await refusal(record(3, [total(null, null, '0')]))).toBe('accepted');
  });

  it('an unknown line is refused', async () => {
    expect(await refusal(world.dataSource.query(`insert into budget_execution_part select id, 'LOAN', 1, 1, 1, fiscal_year from budget_execution where revision = 1`))).toBe('budget_execution_part_known');
  });

  it.each(['budget_execution', 'budget_execution_part'])('%s is never changed or removed', async (table) => {
    expect(await refusal(world.dataSource.query(`delete from ${table}`))).toBe(SQL_STATE.appendOnly);
    expect(await refusal(world.dataSource.query(`update ${table} set ${table === 'budget_execution' ? 'reason' : 'executed'} = null`))).toBe(SQL_STATE.appendOnly);
    expect(await refusal(world.dataSource.query(`truncate ${table} cascade`))).toBe(SQL_STATE.appendOnly);
  });

  it('money is not added to a report that was handed on', async () => {
    await world.dataSource.query(`update monitoring_report set state = 'SIGNED' where id = $1`, [report]);
    expect(await refusal(record(4, [total('9.60', '9.60', '9.12')]))).toBe('23001');
  });
});
