import { type TestApp, startApp } from '../../test/http-app';
import { type Province, aProvince } from '../../test/province';
import { waitFor } from '../../test/wait-for';
import { ExtendReportService } from '../monitoring/extend-report.service';
import { ScoreEndedPeriods } from './score-ended-periods.service';

// A fourth quarter, last day 31 January 2025. In each of 240 tables nobody spoke for the first row, the whole year long.
describe('a quarter whose last day passes', () => {
  let province: Province;
  let app: TestApp | null = null;
  const rows = <T = Record<string, unknown>>(sql: string, params: unknown[] = []): Promise<T[]> => province.database.dataSource.query<T[]>(sql, params);
  const day = async (today: string): Promise<TestApp> => {
    await app?.stop();
    app = await startApp({ url: province.database.url, role: 'all', today });
    return app;
  };
  /** Unsigned reports of the quarter by whether they have points, and whether these are of a time when silence still waited. */
  const counted = async (): Promise<{ scored: number; waiting: number }> => (await rows<{ scored: number; waiting: number }>(`
    select count(s.total)::integer as scored, count(*) filter (where s.line_blocked is not null and s.inputs -> 'context' ->> 'periodClosed' = 'false')::integer as waiting
    from monitoring_report r join reporting_period p on p.id = r.period_id and p.ordinal = 4 join score_request q on q.document_id = r.id and q.state = 'DONE' join score s on s.id = q.score_id where r.state = 'DRAFT'`))[0] ?? { scored: 0, waiting: 0 };

  beforeAll(async () => {
    province = await aProvince({ units: 120, tables: 2, indicators: 3, seed: 3 });
    await rows(`set session_replication_role = replica; update reporting_period set due_on = '2025-01-31' where ordinal = 4;
      delete from score_request where document_id in (select r.id from monitoring_report r join reporting_period p on p.id = r.period_id and p.ordinal = 4);
      update monitoring_report set state = 'DRAFT' where period_id = (select id from reporting_period where fiscal_year = 2024 and ordinal = 4);
      delete from actual where indicator_key in (select distinct on (i.table_id) i.indicator_key from indicator i order by i.table_id, i.ordinal);
      set session_replication_role = origin`);
  }, 120_000);
  afterAll(async () => { await app?.stop(); await province?.stop(); });

  const regionScored = async (): Promise<void> => {
    const client = await (app as TestApp).signedIn(province.login, province.password);
    await client.post('/api/scoring-runs', { unitId: province.unitId, fiscalYear: 2024, periodOrdinal: 4 });
    await waitFor('the region', async () => (await rows(`select from bulk_run where state in ('WAITING', 'RUNNING')`)).length === 0 && (await rows('select from bulk_run')).length > 0, 60_000);
  };

  it('waits for what nobody reported until that day, and from the next on it is worth zero without anybody saving', async () => {
    await day('2025-01-31');
    await regionScored();
    const before = await counted();
    expect(before.waiting).toBe(240);
    await (app as TestApp).app.get(ScoreEndedPeriods).score();
    expect([await counted(), (await rows(`select from outbox_message where name = 'score-monitoring-report'`)).length]).toEqual([before, 0]);

    const next = await day('2025-02-01');
    // The hourly ring at the start of a worker may have asked for the run a moment ago.
    await next.app.get(ScoreEndedPeriods).score().catch(() => undefined);
    await waitFor('the zeros', async () => (await counted()).waiting === 0, 60_000);
    expect((await counted()).scored).toBe(240);
    // More than are wished for one by one: a run of the region, once; what has its points is not found again.
    await waitFor('the run', async () => (await rows(`select from bulk_run where state = 'DONE'`)).length === 2, 30_000);
    await next.app.get(ScoreEndedPeriods).score();
    expect((await rows('select from bulk_run')).length).toBe(2);
  }, 180_000);

  it('waits again in a report that was given more time, and no longer when that is over', async () => {
    const [{ id, until, by } = { id: '', until: '', by: '' }] = await rows<{ id: string; until: string; by: string }>(`
      select r.id, '2025-02-05' as until, (select id from person where login = $1) as by from monitoring_report r join reporting_period p on p.id = r.period_id and p.ordinal = 4 where r.state = 'DRAFT' limit 1`, [province.login]);
    const [{ path } = { path: '' }] = await rows<{ path: string }>('select path from budget_unit where id = $1', [province.unitId]);
    await rows(`insert into role_assignment (person_id, role, unit_id) values ($1, 'manager', $2)`, [by, province.unitId]);
    const extended = await (app as TestApp).app.get(ExtendReportService, { strict: false }).extend(
      { personId: by, login: province.login, displayName: '单位负责人', roles: [{ role: 'manager', unitId: province.unitId, unitName: '全省', path }] }, id, until, '系统停电两天');
    expect(extended).toEqual({ ok: true, value: undefined });
    const waits = async (): Promise<boolean> => (await rows(`select from score_request q join score s on s.id = q.score_id where q.document_id = $1 and s.total is null and s.line_blocked is not null`, [id])).length === 1;
    await waitFor('the report to wait again', waits, 30_000);
    const after = await day('2025-02-06');
    await after.app.get(ScoreEndedPeriods).score();
    await waitFor('its zero', async () => !(await waits()), 30_000);
    expect(await counted()).toEqual({ scored: 240, waiting: 0 });
  }, 120_000);
});
