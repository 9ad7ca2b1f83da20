import { startApp, type TestApp } from '../../test/http-app';
import { buildPrograms, type Programs } from '../../test/processes';
import { aProvince, type Province } from '../../test/province';
import { waitFor } from '../../test/wait-for';

describe('jiheng roll-up recount', () => {
  let province: Province;
  let programs: Programs;
  let app: TestApp;
  beforeAll(async () => {
    [province, programs] = await Promise.all([aProvince({ units: 12, tables: 2, indicators: 2 }), buildPrograms({ cli: 'apps/api/src/cli.ts', 'recount-roll-up': 'apps/api/src/recount-roll-up.ts' })]);
    app = await startApp({ url: province.database.url, role: 'all', today: '2025-02-10' });
  }, 120_000);
  afterAll(async () => {
    await app?.stop();
    await programs?.stop();
    await province?.stop();
  });

  const sql = <T = Record<string, unknown>>(text: string): Promise<T[]> => province.database.dataSource.query<T[]>(text);
  const sums = (): Promise<Record<string, unknown>[]> => sql(`select unit_id, fiscal_year, period_ordinal, tables, entering, submitted, budget, executed from roll_up order by 1, 2, 3`);
  const counted = (): Promise<true> => waitFor('every mark to be counted', async () => (await sql('select 1 from roll_up_mark')).length === 0 || null);

  it('makes a spoiled sum right again, leaves a year in the archive alone, and says how many marks it made', async () => {
    await sql('insert into roll_up_mark (unit_id, fiscal_year) select distinct unit_id, fiscal_year from performance_target_table');
    await sql(`notify jiheng_roll_up`);
    await counted();
    const right = await sums();
    expect(right).toContainEqual(expect.objectContaining({ unit_id: province.unitId, period_ordinal: 4, tables: 24 }));
    // Nobody noticed: no mark says that anything is to be counted.
    await sql(`update roll_up set tables = tables + 1, budget = budget / 10; update roll_up_own set entering = 700, executed = 0 where period_ordinal = 1`);
    await sql(`delete from roll_up where unit_id in (select unit_id from performance_target_table) and period_ordinal = 2`);
    await sql(`insert into roll_up (unit_id, fiscal_year, period_ordinal, counted_at) select '${province.unitId}', 2019, 0, '2020-02-01'; insert into archived_year (fiscal_year, archived_at, rows) values (2019, now(), '{}')`);
    expect(await sums()).not.toEqual(right);

    const [{ n } = { n: 0 }] = await sql<{ n: number }>(`select count(*)::integer as n from (select unit_id from performance_target_table union select unit_id from roll_up where fiscal_year <> 2019) u`);
    const command = programs.start('cli', { DATABASE_URL: province.database.url }, ['roll-up', 'recount']);
    await command.heard(new RegExp(`已作 ${n} 个重新汇总的标记[\\s\\S]*Made ${n} marks `, 'u'));
    expect(n).toBeGreaterThan(12);
    await counted();
    expect((await sums()).filter((row) => row['fiscal_year'] !== 2019)).toEqual(right);
  }, 120_000);

  it('without a database it says how to name one, and with none that answers which it was', async () => {
    await programs.start('cli', { DATABASE_URL: '' }, ['roll-up', 'recount']).heard(/请设置环境变量 DATABASE_URL[\s\S]*Set DATABASE_URL, as the server has it\./u);
    await programs.start('cli', { DATABASE_URL: 'postgres://nobody@127.0.0.1:9/none' }, ['roll-up', 'recount']).heard(/连不上 DATABASE_URL[\s\S]*cannot be reached \(ECONNREFUSED\)/u);
  }, 60_000);
});
