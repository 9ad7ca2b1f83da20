import { type TestApp, startApp } from '../../test/http-app';
import { type Province, aProvince } from '../../test/province';
import { waitFor } from '../../test/wait-for';
import { OpenPeriodService } from './open-period.service';

// 600 tables: more than are wished for one by one, and more than are opened in one piece. Only the first quarter was opened when they were made.
const UNITS = 300, TABLES = 2, PIECE = 500;

describe('the quarter of a whole region', () => {
  let province: Province;
  let app: TestApp;
  const rows = <T = Record<string, unknown>>(sql: string, params: unknown[] = []): Promise<T[]> => province.database.dataSource.query(sql, params);
  const one = async <T = Record<string, unknown>>(sql: string, params: unknown[] = []): Promise<T> => (await rows<T>(sql, params))[0] as T;
  const opened = async (ordinal: number): Promise<{ reports: number; scored: number; told: number }> => one(`
    select count(*)::integer as reports, count(s.id)::integer as scored,
      (select count(*)::integer from audit_event e where e.action = 'monitoring-report.opened' and e.subject_id in (select r.id::text from monitoring_report r join reporting_period p on p.id = r.period_id where p.ordinal = $1)) as told
    from monitoring_report r join reporting_period p on p.id = r.period_id and p.ordinal = $1 left join score_request q on q.document_id = r.id and q.state = 'DONE' left join score s on s.id = q.score_id`, [ordinal]);

  beforeAll(async () => { province = await aProvince({ units: UNITS, tables: TABLES, indicators: 3, quarters: 1 }); }, 120_000);
  afterAll(async () => { await app?.stop(); await province?.stop(); });

  it('is opened some hundred tables at a time and scored as one run, whatever the number of tables', async () => {
    app = await startApp({ url: province.database.url, role: 'all', today: '2024-04-02' });
    await waitFor('the points of the second quarter', async () => ((await opened(2)).scored === UNITS * TABLES ? true : null), 60_000);
    expect(await opened(2)).toEqual({ reports: UNITS * TABLES, scored: UNITS * TABLES, told: UNITS * TABLES });
    // One run of everything, at the unit above all of them, which its oversight sees among the jobs; no wish for a report by itself.
    expect(await rows(`select b.unit_id as unit, b.fiscal_year as year, b.period_ordinal as quarter, j.requested_by as by from bulk_run b join job_run j on j.id = b.job_run_id`)).toEqual([{ unit: province.unitId, year: 2024, quarter: 2, by: null }]);
    expect(await rows(`select name from outbox_message where name in ('monitoring-report-opened', 'score-monitoring-report')`)).toEqual([]);
    expect(await rows(`select p.ordinal from reporting_period p where p.fiscal_year = 2024 and p.opened_at is not null order by 1`)).toEqual([{ ordinal: 1 }, { ordinal: 2 }]);
    // Nobody has handed in yet: the region sees all of them being entered.
    await waitFor('the roll-up of the quarter', async () => ((await one<{ entering: number } | undefined>('select entering from roll_up where unit_id = $1 and period_ordinal = 2', [province.unitId]))?.entering === UNITS * TABLES ? true : null), 30_000);
  }, 120_000);

  it('keeps what a stopped opening has opened, scores it, and goes on where it ended', async () => {
    const { id } = await one<{ id: string }>('select id from reporting_period where fiscal_year = 2024 and ordinal = 3');
    const opening = app.app.get(OpenPeriodService, { strict: false });
    let [asked, done] = [0, 0];
    await opening.open(id, null, (at) => { done = at; return Promise.resolve(); }, () => Promise.resolve(++asked > 1));
    // The first piece of two: as many whole units as have at most five hundred tables.
    expect([(await opened(3)).reports, done]).toEqual([PIECE, PIECE]);
    await waitFor('their points', async () => ((await opened(3)).scored === PIECE ? true : null), 60_000);
    expect(await opened(3)).toEqual({ reports: PIECE, scored: PIECE, told: PIECE });
    expect(await rows('select opened_at from reporting_period where fiscal_year = 2024 and ordinal = 3')).toEqual([{ opened_at: null }]);
    const fourth = await one<{ id: string }>('select id from reporting_period where fiscal_year = 2024 and ordinal = 4');
    const half = await one<{ path: string }>('select path from budget_unit u where exists (select 1 from performance_target_table t where t.unit_id = u.id) order by path limit 1');
    await opening.open(fourth.id, [`${half.path}%`], () => Promise.resolve(), () => Promise.resolve(false));
    // A few are scored by themselves: nobody sees a run of a region for two reports.
    await waitFor('their points', async () => ((await opened(4)).scored === TABLES ? true : null), 30_000);
    expect(await opened(4)).toEqual({ reports: TABLES, scored: TABLES, told: TABLES });
    expect(await rows('select opened_at from reporting_period where fiscal_year = 2024 and ordinal = 4')).toEqual([{ opened_at: null }]);
    // The rest, and nothing twice.
    await opening.open(fourth.id, null, () => Promise.resolve(), () => Promise.resolve(false));
    await waitFor('all points', async () => ((await opened(4)).scored === UNITS * TABLES ? true : null), 60_000);
    expect(await opened(4)).toEqual({ reports: UNITS * TABLES, scored: UNITS * TABLES, told: UNITS * TABLES });
  }, 180_000);

  it('leaves a table that is being replaced at this moment to the one that comes after it', async () => {
    await rows(`set session_replication_role = replica; delete from score_request where document_id in (select r.id from monitoring_report r join reporting_period p on p.id = r.period_id where p.ordinal = 4);
      delete from monitoring_report where period_id = (select id from reporting_period where fiscal_year = 2024 and ordinal = 4); set session_replication_role = origin`);
    const { id } = await one<{ id: string }>('select id from reporting_period where fiscal_year = 2024 and ordinal = 4');
    const replaced = await one<{ id: string; path: string }>('select t.id, u.path from performance_target_table t join budget_unit u on u.id = t.unit_id order by u.path, t.id limit 1');
    const runner = province.database.dataSource.createQueryRunner();
    await runner.connect();
    try {
      await runner.startTransaction();
      await runner.query(`update performance_target_table set state = 'SUPERSEDED' where id = $1`, [replaced.id]);
      const opening = app.app.get(OpenPeriodService, { strict: false }).open(id, [`${replaced.path}%`], () => Promise.resolve(), () => Promise.resolve(false));
      await waitFor('the opening to wait', async () => ((await rows(`select 1 from pg_stat_activity where wait_event_type = 'Lock' and query like '%for share of t%'`)).length > 0 ? true : null), 20_000);
      await runner.commitTransaction();
      expect(await opening).toBe(TABLES - 1);
    } finally { await runner.release(); }
    expect(await rows('select 1 from monitoring_report where table_id = $1 and period_id = $2', [replaced.id, id])).toEqual([]);
  }, 60_000);
});
