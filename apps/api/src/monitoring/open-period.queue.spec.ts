import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { MonitoringReportView, PeriodList, Problem } from '@jiheng/contract';
import { theTable } from '@jiheng/domain/testing';
import { aWorld, type World, type WorldApp } from '../../test/world';
import { TargetTables } from '../target-table/target-table.public';
import { TargetTableRepository } from '../target-table/target-table.repository';

/** Waits for what a job does; says what is there when it never comes. */
async function eventually<T>(look: () => Promise<T>, isThere: (seen: T) => boolean): Promise<T> {
  let seen = await look();
  for (const until = Date.now() + 20_000; !isThere(seen) && Date.now() < until; seen = await look()) await pause(50);
  if (!isThere(seen)) throw new Error(`it never came: ${JSON.stringify(seen)}`);
  return seen;
}

describe('periods open', () => {
  let world: World;
  let app: WorldApp;
  beforeAll(async () => { world = await aWorld({ opened: [] }); });
  afterAll(async () => { await app.stop(); await world.stop(); });

  const reports = async (): Promise<{ ordinal: number; n: number }[]> => world.dataSource.query(
    'select p.ordinal, count(*)::int as n from monitoring_report r join reporting_period p on p.id = r.period_id group by p.ordinal order by p.ordinal');

  it('by themselves when their first day has come: at the start of the worker, for every table in force, and no sooner', async () => {
    app = await world.start({ role: 'all', today: '2024-07-01' });
    // 1 July: three quarters have begun, the fourth has not.
    expect(await eventually(reports, (seen) => seen.length === 3 && seen.every((one) => one.n === 6))).toEqual([{ ordinal: 1, n: 6 }, { ordinal: 2, n: 6 }, { ordinal: 3, n: 6 }]);
  });

  it('are listed with where they stand', async () => {
    const { body } = await (await app.as('kz.reporter')).get<PeriodList>('/api/periods?fiscalYear=2024');
    expect(body.periods.map((period) => [period.ordinal, period.state, period.dueOn])).toEqual([[1, 'CLOSED', '2024-04-15'], [2, 'OPEN', '2024-07-15'], [3, 'OPEN', '2024-10-15'], [4, 'FUTURE', '2025-01-31']]);
  });

  it('by hand for whoever oversees units: twice asked, once opened; a future one is refused', async () => {
    const finance = await app.as('finance');
    const [first, second] = [await finance.post<{ jobRunId: string }>(`/api/periods/${world.periods[2]}/open`), await finance.post<{ jobRunId: string }>(`/api/periods/${world.periods[2]}/open`)];
    expect([first.status, second.status]).toEqual([202, 202]);
    await eventually(async () => (await world.dataSource.query('select state from job_run where id = $1', [first.body.jobRunId]))[0] as { state: string } | undefined, (run) => run?.state === 'DONE');
    expect(await reports()).toEqual([{ ordinal: 1, n: 6 }, { ordinal: 2, n: 6 }, { ordinal: 3, n: 6 }]);
    const future = await finance.post<Problem>(`/api/periods/${world.periods[3]}/open`);
    expect([future.status, future.body.code]).toEqual([422, 'period.not-begun']);
    expect((await finance.post(`/api/periods/${randomUUID()}/open`)).status).toBe(404);
    expect((await (await app.as('kz.reporter')).post(`/api/periods/${world.periods[2]}/open`)).status).toBe(403);
    expect((await app.client().post(`/api/periods/${world.periods[2]}/open`)).status).toBe(401);
    expect((await app.client().get('/api/periods')).status).toBe(401);
  });

  it('an adjustment that comes into force takes the unsigned reports along, with what was reported', async () => {
    const { id, lineageId } = world.tables['KZ-L'];
    const reporter = await app.as('kz.reporter');
    const [signed, open] = await world.dataSource.query<{ id: string }[]>(
      'select r.id from monitoring_report r join reporting_period p on p.id = r.period_id where r.lineage_id = $1 and p.ordinal in (1, 3) order by p.ordinal', [lineageId]);
    if (signed === undefined || open === undefined) throw new Error('the reports of KZ-L were not opened');
    const put = await reporter.put(`/api/monitoring-reports/${open.id}/actuals/${world.tables['KZ-L'].indicatorId('KZ-L1')}`, { requestId: randomUUID(), expectedRevision: 0, actual: { kind: 'REPORTED', magnitude: '4', unit: '条' } });
    expect(put.status).toBe(200);
    await world.dataSource.query(`update monitoring_report set state = 'SIGNED' where id = $1`, [signed.id]);

    const [repository, door] = [new TargetTableRepository(), app.app.get(TargetTables, { strict: false })];
    const table = theTable('KZ-L');
    const indicators = table.indicators.map((row) => (row.key === 'KZ-L1' ? { ...row, target: { ...row.target, magnitude: '5', raw: '=5 条' } } : row));
    const second = await world.unitOfWork.always(async (tx) => {
      const made = await repository.insert(tx, { lineageId, unitId: world.units.kz, version: 2, basedOnId: id, createdBy: world.people['kz.reporter'], lead: null, table: { ...table, indicators } });
      await door.lock(tx, made);
      await door.setState(tx, made, 'APPROVED');
      return made;
    });
    await eventually(async () => (await world.dataSource.query('select table_id from monitoring_report where id = $1', [open.id]))[0] as { table_id: string }, (row) => row.table_id === second);
    expect(((await world.dataSource.query('select table_id from monitoring_report where id = $1', [signed.id]))[0] as { table_id: string }).table_id).toBe(id);
    expect(((await world.dataSource.query('select state from performance_target_table where id = $1', [id]))[0] as { state: string }).state).toBe('SUPERSEDED');
    const shown = (await reporter.get<MonitoringReportView>(`/api/monitoring-reports/${open.id}`)).body;
    expect(shown.table.version).toBe(2);
    expect(shown.rows[0]).toMatchObject({ indicator: { key: 'KZ-L1', target: { magnitude: '5' } }, current: { revision: 1, actual: { magnitude: '4' } } });
  });
});
