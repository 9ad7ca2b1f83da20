import type { OutstandingView, RollUpView } from '@jiheng/contract';
import { NO_MEASURES, type RollUpDocument, type RollUpMeasures, type RollUpStage, normalizeDecimal, recount } from '@jiheng/domain';
import ExcelJS from 'exceljs';
import { type Client, type TestApp, startApp } from '../../test/http-app';
import { type Province, aProvince } from '../../test/province';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { Scores } from '../scoring/scoring.public';
import { CountRollUpRepository } from './count-roll-up.repository';

const STAGE: Readonly<Record<string, RollUpStage>> = {
  DRAFT: 'ENTERING', SUBMITTED: 'SUBMITTED', REVIEWED: 'REVIEWED', SIGNED: 'SIGNED', DEPARTMENT_ACCEPTED: 'SIGNED', ACCEPTED: 'SIGNED', RETURNED: 'RETURNED',
};

describe('the roll-up of a province', () => {
  let province: Province;
  let app: TestApp;
  let client: Client;
  let unitOfWork: UnitOfWork;
  const counts = new CountRollUpRepository();
  const sql = <T = Record<string, string | null>>(text: string, params: unknown[] = []): Promise<T[]> => province.database.dataSource.query<T[]>(text, params);
  const count = async (): Promise<void> => { while ((await unitOfWork.always((tx) => counts.countMarked(tx, new Date()))) > 0); };

  /** The naive way: every table of the year with its documents, read one by one and counted by the domain. */
  const naive = async (ordinal: number): Promise<Map<string, RollUpMeasures>> => {
    const tree = new Map((await sql<{ id: string; parent_id: string | null }>('select id, parent_id from budget_unit')).map((row) => [row.id, row.parent_id]));
    const documents: RollUpDocument[] = [];
    for (const table of await sql(`select id, lineage_id, unit_id, subject, budget_total from performance_target_table where state = 'APPROVED' and fiscal_year = 2024`)) {
      const reports = await sql(`select r.id, r.state, p.ordinal from monitoring_report r join reporting_period p on p.id = r.period_id where r.lineage_id = $1 order by p.ordinal`, [table['lineage_id']]);
      const [year] = await sql('select id, state from self_evaluation where lineage_id = $1', [table['lineage_id']]);
      const document = ordinal === 0 ? year : reports.find((report) => Number(report['ordinal']) === ordinal);
      const [score] = document === undefined ? [] : await sql('select s.* from score_request q join score s on s.id = q.score_id where q.document_id = $1', [document['id']]);
      const money = [];
      for (const report of ordinal === 0 ? reports : reports.filter((one) => Number(one['ordinal']) === ordinal)) {
        money.push(...await sql(`select coalesce(p.adjusted, p.initial) as budget, p.executed from budget_execution e join budget_execution_part p on p.execution_id = e.id and p.part = 'TOTAL' where e.report_id = $1 order by e.revision`, [report['id']]));
      }
      const last = money.at(-1);
      documents.push({
        unitId: String(table['unit_id']), subject: table['subject'] === 'UNIT' ? 'UNIT' : 'PROJECT', stage: document === undefined ? 'UNOPENED' : STAGE[String(document['state'])] ?? 'UNOPENED', budget: table['budget_total'] ?? '0',
        executionBudget: last?.['budget'] ?? null, executed: last?.['executed'] ?? null, months: ordinal === 0 ? 12 : ordinal * 3,
        score: score === undefined ? null : {
          points: score['total'] === null ? null : String(ordinal === 0 ? score['total'] : score['indicator_points']), weight: ordinal === 0 ? '100' : String(score['applicable_weight']),
          rating: (ordinal === 0 ? score['rating'] : null) as never,
        },
      });
    }
    return new Map(recount(tree, documents).all);
  };

  const kept = async (ordinal: number): Promise<Map<string, RollUpMeasures>> => {
    const rows = await sql<Record<string, string | number>>('select * from roll_up where fiscal_year = 2024 and period_ordinal = $1', [ordinal]);
    const column = (name: string): string => (name === 'budgetPoints' ? 'budget_points' : name === 'budgetWeight' ? 'budget_weight' : name);
    return new Map(rows.map((row) => [String(row['unit_id']), Object.fromEntries(Object.entries(NO_MEASURES).map(([name, nothing]) => {
      const value = row[column(name)];
      return [name, typeof nothing === 'number' ? Number(value) : normalizeDecimal(String(value))];
    })) as unknown as RollUpMeasures]));
  };

  const expectEqual = async (): Promise<void> => {
    await count();
    for (const ordinal of [0, 1, 4]) expect(await kept(ordinal)).toEqual(await naive(ordinal));
  };

  beforeAll(async () => {
    province = await aProvince({ units: 45, tables: 2, indicators: 3, seed: 3 });
    app = await startApp({ url: province.database.url, role: 'api', today: '2025-02-10' });
    client = await app.signedIn(province.login, province.password);
    unitOfWork = new UnitOfWork(province.database.dataSource);
  }, 120_000);
  afterAll(async () => {
    await app?.stop();
    await province?.stop();
  });

  it('is the recount of every document after it was made, scored, moved, paid for and superseded', async () => {
    await expectEqual();
    const scores = app.app.get(Scores);
    const some = await sql(`select r.id from monitoring_report r join reporting_period p on p.id = r.period_id and p.ordinal in (1, 4) order by md5(r.id::text) limit 60`);
    for (const { id } of some) await scores.score('MONITORING_REPORT', String(id));
    for (const { id } of await sql('select id from self_evaluation')) await scores.score('SELF_EVALUATION', String(id));
    await expectEqual();
    await sql(`update monitoring_report set state = 'RETURNED', revision = revision + 1 where state = 'SUBMITTED'`);
    await sql(`update self_evaluation set state = 'ACCEPTED' where id in (select id from self_evaluation order by id limit 4)`);
    await expectEqual();
    const [open] = await sql(`select id from monitoring_report where state = 'RETURNED' order by id limit 1`);
    await sql(`with made as (insert into budget_execution (id, report_id, revision, request_id, recorded_by, recorded_at, fiscal_year) select gen_random_uuid(), r.id, 2, gen_random_uuid(), w.id, now(), r.fiscal_year from monitoring_report r cross join (select id from person limit 1) w where r.id = $1 returning id, fiscal_year)
      insert into budget_execution_part select id, 'TOTAL', 100, 100, 130, fiscal_year from made`, [open?.['id']]);
    await sql(`update performance_target_table set state = 'SUPERSEDED' where id in (select id from performance_target_table order by id limit 3)`);
    await expectEqual();
  }, 180_000);

  it('counts only what was touched: one document moved recounts its unit and the three above, a saved cell nothing', async () => {
    await sql(`update roll_up set counted_at = '2020-01-01'`);
    const [report] = await sql(`select r.id from monitoring_report r join performance_target_table t on t.id = r.table_id and t.state = 'APPROVED' where r.state = 'DRAFT' order by r.id limit 1`);
    await sql('update monitoring_report set revision = revision + 1 where id = $1', [report?.['id']]);
    expect(await unitOfWork.always((tx) => counts.countMarked(tx, new Date()))).toBe(0);
    await sql(`update monitoring_report set state = 'SUBMITTED' where id = $1`, [report?.['id']]);
    await count();
    expect(await sql(`select distinct cardinality(string_to_array(btrim(u.path, '/'), '/')) as depth from roll_up r join budget_unit u on u.id = r.unit_id where r.counted_at > '2020-01-01' order by 1`)).toEqual([1, 2, 3, 4].map((depth) => ({ depth })));
    expect(await sql(`select count(distinct unit_id)::integer as n from roll_up where counted_at > '2020-01-01'`)).toEqual([{ n: 4 }]);
    // And of its quarter alone: the other three and the year stand as they did.
    const [own] = await sql('select p.ordinal from monitoring_report r join reporting_period p on p.id = r.period_id where r.id = $1', [report?.['id']]);
    expect(await sql(`select distinct period_ordinal as ordinal from roll_up where counted_at > '2020-01-01'`)).toEqual([own]);
    await expectEqual();
  }, 60_000);

  it('is read down the tree: what lies below adds up to the unit, and who is late is named', async () => {
    const { body } = await client.get<RollUpView>('/api/roll-ups?fiscalYear=2024&periodOrdinal=4');
    expect(body).toMatchObject({ above: [], pending: 0, unit: { name: '示例省财政厅', hasBelow: true } });
    expect(body.below.reduce((sum, line) => sum + line.measures.tables, 0)).toBe(body.unit.measures.tables);
    expect(body.unit.late).toBe(body.unit.measures.stages.entering + body.unit.measures.stages.returned);
    expect(body.unit.late).toBeGreaterThan(0);
    const county = await client.get<RollUpView>(`/api/roll-ups?fiscalYear=2024&unitId=${body.below[0]?.unitId ?? ''}`);
    expect(county.body.above.map((unit) => unit.name)).toEqual(['示例省财政厅']);
    expect((await client.get('/api/roll-ups?fiscalYear=2024&unitId=00000000-0000-4000-8000-000000000000')).status).toBe(404);
    expect(county.body.tops.map((unit) => unit.name)).toEqual(['示例省财政厅']);
    expect(county.body.countedAt).toMatch(/^20\d\d-/);
  });

  it('names who has not handed in, however far below, as many as the counts say', async () => {
    await count();
    const { body: region } = await client.get<RollUpView>('/api/roll-ups?fiscalYear=2024&periodOrdinal=4');
    const { body } = await client.get<OutstandingView>('/api/roll-ups/outstanding?fiscalYear=2024&periodOrdinal=4');
    expect(body).toMatchObject({ hasMore: false, dueOn: '2025-01-31', isOver: true });
    expect(body.units.reduce((sum, unit) => sum + unit.unopened + unit.entering + unit.returned, 0)).toBe(region.unit.late);
    expect(body.units.every((unit) => unit.name !== '' && unit.aboveName !== null && unit.unopened + unit.entering + unit.returned > 0)).toBe(true);
    expect((await client.get('/api/roll-ups/outstanding?fiscalYear=2024&unitId=00000000-0000-4000-8000-000000000000')).status).toBe(404);
  });

  it('goes out as a file: the unit first, then a line each below it, and a name that looks like a formula is kept from being one', async () => {
    await sql(`update budget_unit set name = '=cmd|1' where id = (select id from budget_unit where parent_id = $1 order by code limit 1)`, [province.unitId]);
    const csv = Buffer.from(await (await client.fetch('/api/roll-ups/table.csv?fiscalYear=2024&periodOrdinal=4')).arrayBuffer());
    const lines = csv.toString('utf8').trimEnd().split('\r\n');
    const { body } = await client.get<RollUpView>('/api/roll-ups?fiscalYear=2024&periodOrdinal=4');
    expect(lines[0]?.startsWith('\ufeff单位编码,单位名称,目标表,')).toBe(true);
    expect(lines.length).toBe(body.below.length + 2);
    expect(lines[1]).toContain(`示例省财政厅,${body.unit.measures.tables},`);
    expect(lines[2]).toContain(`'=cmd|1`);
    const book = new ExcelJS.Workbook();
    await book.xlsx.load(await (await client.fetch('/api/roll-ups/table.xlsx?fiscalYear=2024&periodOrdinal=4')).arrayBuffer());
    expect(book.worksheets.map((sheet) => sheet.name)).toEqual(['区域汇总', '说明']);
    expect(book.worksheets[0]?.getRow(2).getCell(3).value).toBe(body.unit.measures.tables);
  });

  it('of a desk with 540 units: says how many there are, reads them five hundred at once, and the files hold all, so that the lines add up', async () => {
    await sql(`with desk as (insert into budget_unit (id, code, name, kind, parent_id, path) select d, 'Z00', '直属单位处', 'DEPARTMENT', t.id, t.path || d || '/' from budget_unit t, gen_random_uuid() d where t.id = $1 returning id, path),
        units as (insert into budget_unit (id, code, name, kind, parent_id, path) select d, 'Z' || lpad(n::text, 4, '0'), '直属单位' || n, 'UNIT', k.id, k.path || d || '/' from desk k, generate_series(1, 540) n, lateral (select gen_random_uuid() as d where n > 0) one returning id)
      insert into roll_up (unit_id, fiscal_year, period_ordinal, tables, unopened) select id, 2024, 4, 1, 1 from units union all select id, 2024, 4, 540, 540 from desk`, [province.unitId]);
    const [desk] = await sql(`select id from budget_unit where code = 'Z00'`);
    const address = `fiscalYear=2024&periodOrdinal=4&unitId=${desk?.['id'] ?? ''}`;
    const { body: first } = await client.get<RollUpView>(`/api/roll-ups?${address}`);
    expect([first.unit.measures.tables, first.below.length, first.belowTotal, first.belowNext]).toEqual([540, 500, 540, 'Z0500']);
    const { body: second } = await client.get<RollUpView>(`/api/roll-ups?${address}&after=${first.belowNext ?? ''}`);
    expect([second.below.length, second.below[0]?.code, second.below.at(-1)?.code, second.belowTotal, second.belowNext]).toEqual([40, 'Z0501', 'Z0540', 540, null]);
    const csv = Buffer.from(await (await client.fetch(`/api/roll-ups/table.csv?${address}`)).arrayBuffer()).toString('utf8').trimEnd().split('\r\n').slice(1).map((line) => line.split(','));
    expect([csv.length, csv[0]?.[2], csv.slice(1).reduce((sum, line) => sum + Number(line[2]), 0), new Set(csv.map((line) => line[0])).size]).toEqual([541, '540', 540, 541]);
    const book = new ExcelJS.Workbook();
    await book.xlsx.load(await (await client.fetch(`/api/roll-ups/table.xlsx?${address}`)).arrayBuffer());
    expect(book.worksheets[0]?.rowCount).toBe(542);
    const { body: above } = await client.get<RollUpView>('/api/roll-ups?fiscalYear=2024&periodOrdinal=4');
    expect([above.belowTotal, above.belowNext]).toEqual([above.below.length, null]);
  });
});
