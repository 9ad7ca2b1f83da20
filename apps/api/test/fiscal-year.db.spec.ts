import { quarters } from '@jiheng/domain';
import { DataSource } from 'typeorm';
import { ENTITIES } from '../src/entities';
import { PeriodRepository } from '../src/monitoring/period.repository';
import { makeDataSource, migrate } from '../src/platform/database/data-source';
import { MIGRATIONS } from '../src/platform/database/migrations/all-migrations';
import { PartitionByFiscalYear1767950000000 } from '../src/platform/database/migrations/1767950000000-partition-by-fiscal-year';
import { newId } from '../src/platform/database/new-id';
import { constraintOf, SQL_STATE, sqlStateOf } from '../src/platform/database/sql-state';
import { UnitOfWork } from '../src/platform/database/unit-of-work';
import { Scores } from '../src/scoring/scoring.public';
import { emptyDatabase } from './database';
import { type World, aWorld } from './world';

const BY_YEAR = ['actual', 'budget_execution', 'budget_execution_part', 'score', 'indicator_score', 'score_trace'] as const;
const POINTING = ['score_request', 'sign_off', 'report_artifact'] as const;
const DIGEST = 'a'.repeat(64);

/** What the database answers to a statement. */
async function answer(work: Promise<unknown>): Promise<string | null> {
  try { await work; return 'accepted'; } catch (error) { return constraintOf(error) ?? sqlStateOf(error); }
}

const PARTITIONS = MIGRATIONS.indexOf(PartitionByFiscalYear1767950000000);

/** A data source that knows the first migrations only. */
async function schemaUntil(url: string, until: number): Promise<DataSource> {
  const dataSource = await new DataSource({ ...makeDataSource({ url, entities: ENTITIES, poolSize: 5 }).options, migrations: [...MIGRATIONS.slice(0, until)] } as never).initialize();
  await migrate(dataSource);
  return dataSource;
}

/** Everything in the tables concerned, row by row, without the columns that came with the partitions and after them. */
async function contents(dataSource: DataSource): Promise<Record<string, string[]>> {
  const all: Record<string, string[]> = {};
  for (const table of [...BY_YEAR, ...POINTING, 'monitoring_report', 'indicator_line', 'roll_up_mark']) {
    const rows: { row: string }[] = await dataSource.query(`select (to_jsonb(t) - '{fiscal_year,facts_table,facts_reports,facts_revisions}'::text[])::text as row from ${table} t order by 1`);
    all[table] = rows.map(({ row }) => row);
  }
  return all;
}

/** 2025 beside 2024: the same table of the prefecture's centre, one quarter. */
async function nextYear(dataSource: DataSource, world: World): Promise<{ table: string; report: string; row: string }> {
  const [table, lineage, report] = [newId(), newId(), newId()];
  const unitOfWork = new UnitOfWork(dataSource);
  await unitOfWork.always((tx) => new PeriodRepository().ensure(tx, quarters(2025, [15, 15, 15, 31])));
  await dataSource.query(`insert into performance_target_table (id, lineage_id, unit_id, subject, project, fiscal_year, version, state, goal_text)
    select $1, $2, unit_id, subject, project, 2025, 1, 'DRAFT', goal_text from performance_target_table where id = $3`, [table, lineage, world.tables['KZ-U'].id]);
  await dataSource.query(`insert into indicator select (jsonb_populate_record(i, jsonb_build_object('id', gen_random_uuid(), 'table_id', $1::uuid))).* from indicator i where i.table_id = $2`, [table, world.tables['KZ-U'].id]);
  await dataSource.query(`update performance_target_table set state = 'APPROVED' where id = $1`, [table]);
  await dataSource.query(`insert into monitoring_report (id, table_id, lineage_id, period_id) select $1, $2, $3, id from reporting_period where fiscal_year = 2025 and ordinal = 1`, [report, table, lineage]);
  const rows: { id: string }[] = await dataSource.query(`select id from indicator where table_id = $1 and indicator_key = 'KZ-U6'`, [table]);
  return { table, report, row: rows[0]?.id ?? '' };
}

/** A value, money, a score of each kind, its trace, a signature and a report file, written as the version before wrote them. */
async function recordAsBefore(dataSource: DataSource, world: World, report: string, row: string, evaluation: string | null): Promise<void> {
  const sql = (text: string, params: unknown[] = []): Promise<unknown> => dataSource.query(text, params);
  const [execution, single, bulk, action] = [newId(), newId(), newId(), newId()];
  const reporter = world.people['kz.reporter'];
  await sql(`insert into actual (id, report_id, indicator_id, indicator_key, revision, kind, magnitude, unit_symbol, base_magnitude, origin, request_id, recorded_by, recorded_at)
    select gen_random_uuid(), $1, $2, 'KZ-U6', n, 'REPORTED', 26.3 + n / 10.0, '万人', 263000 + 1000 * n, 'TYPED', gen_random_uuid(), $3, now() from generate_series(1, 2) n`, [report, row, reporter]);
  await sql('insert into budget_execution (id, report_id, revision, request_id, recorded_by, recorded_at) values ($1, $2, 1, $1, $3, now())', [execution, report, reporter]);
  await sql(`insert into budget_execution_part (execution_id, part, initial, adjusted, executed) values ($1, 'TOTAL', 9.60, 9.60, 9.12), ($1, 'FISCAL', 9.60, 9.60, 9.12)`, [execution]);
  await sql(`insert into rule_profile (id, name, version, sha256, parameters, created_at) values (gen_random_uuid(), 'SOME', 1, $1, '{}', now()) on conflict do nothing`, [DIGEST]);
  const score = (id: string, digest: string, columns = '', values = ''): Promise<unknown> => sql(`
    insert into score (id, document_kind, document_id, profile_id, engine_version, inputs_digest, inputs, indicator_points, applicable_weight, rescaled, computed_at${columns})
    select $1, 'MONITORING_REPORT', $2, id, '1', $3, '{}', 19.98, 20, false, now()${values} from rule_profile where name = 'SOME'`, [id, report, digest]);
  await score(single, DIGEST);
  await sql(`insert into indicator_score (score_id, indicator_id, indicator_key, ordinal, points, weight, flags, explanation_owed) values ($1, $2, 'KZ-U6', 1, 19.98, 20, '{OVER}', true)`, [single, row]);
  await score(bulk, 'b'.repeat(64), ', line_ids, line_points, line_lost, line_rates, line_deviations, line_flags', `, array['${row}']::uuid[], array[1998], array[2], array[0.999], array[null::numeric], array[0]`);
  await sql(`insert into score_trace (score_id, trace, stored_at) values ($1, '{"rows":[]}', now())`, [single]);
  await sql(`insert into score_request (document_kind, document_id, state, score_id, document_revision, requested_at) values ('MONITORING_REPORT', $1, 'DONE', $2, 3, now())`, [report, bulk]);
  await sql(`insert into workflow_action values ($1, 'MONITORING_REPORT', $2, 1, 'sign', 'REVIEWED', 'SIGNED', $3, 'manager', null, now())`, [action, report, world.people['kz.manager']]);
  await sql(`insert into sign_off values ($1, 'MONITORING_REPORT', $2, 1, 'sign', $3, 'manager', $4, $5, $6, now())`, [newId(), report, world.people['kz.manager'], single, DIGEST, action]);
  if (evaluation === null) return;
  const year = newId();
  await sql(`insert into score (id, document_kind, document_id, profile_id, engine_version, inputs_digest, inputs, indicator_points, applicable_weight, total, rating, rescaled, computed_at)
    select $1, 'SELF_EVALUATION', $2, id, '1', $3, '{}', 85.20, 90, 94.20, '优', false, now() from rule_profile where name = 'SOME'`, [year, evaluation, DIGEST]);
  await sql(`insert into score_request (document_kind, document_id, state, score_id, requested_at) values ('SELF_EVALUATION', $1, 'DONE', $2, now()), ('SELF_EVALUATION', $3, 'WAITING', null, now())`, [evaluation, year, newId()]);
  await sql(`insert into report_artifact (id, document_kind, document_id, template_id, format, score_id, content_digest, content, state, file_name, size_bytes, sha256, requested_by, requested_at)
    values ($1, 'SELF_EVALUATION', $2, 't', 'xlsx', $3, $4, '{}', 'READY', 'a.xlsx', 1, $4, $5, now())`, [newId(), evaluation, year, DIGEST, reporter]);
}

describe('what lies by fiscal year', () => {
  it('is, in a database that the version before has filled, row for row what it was, each in the partition of its report\'s year', async () => {
    const { url, drop } = await emptyDatabase();
    const before = await schemaUntil(url, PARTITIONS);
    // The world is filled by the writers of today; what they write and the version before had no column for is lent to it for that moment.
    await before.query('alter table performance_target_table add column main_tasks jsonb');
    const world = await aWorld({ opened: [4], database: { url, dataSource: before, stop: async () => { await before.destroy(); } } });
    await before.query('alter table performance_target_table drop column main_tasks');
    const evaluation = newId();
    await before.query(`insert into self_evaluation (id, lineage_id, table_id, created_by, created_at, state_since) values ($1, $2, $3, $4, now(), now())`,
      [evaluation, world.tables['KZ-U'].lineageId, world.tables['KZ-U'].id, world.people['kz.reporter']]);
    await recordAsBefore(before, world, world.report('KZ-U', 4), world.tables['KZ-U'].indicatorId('KZ-U6'), evaluation);
    const next = await nextYear(before, world);
    await recordAsBefore(before, world, next.report, next.row, null);
    const then = await contents(before);
    await world.stop();

    const partitioned = await schemaUntil(url, PARTITIONS + 1);
    expect(await contents(partitioned)).toEqual(then);
    await partitioned.destroy();

    const now = await makeDataSource({ url, entities: ENTITIES, poolSize: 5 }).initialize();
    expect(await migrate(now)).toHaveLength(MIGRATIONS.length - PARTITIONS - 1);
    const lies: Record<string, unknown> = {};
    for (const table of BY_YEAR) lies[table] = await now.query(`select tableoid::regclass::text as part, count(*)::int as rows from ${table} group by 1 order by 1`);
    const in2024And2025 = (table: string, in2024: number, in2025: number) => [{ part: `${table}_2024`, rows: in2024 }, { part: `${table}_2025`, rows: in2025 }];
    expect(lies).toEqual({
      actual: in2024And2025('actual', 2, 2), budget_execution: in2024And2025('budget_execution', 1, 1), budget_execution_part: in2024And2025('budget_execution_part', 2, 2),
      score: in2024And2025('score', 3, 2), indicator_score: in2024And2025('indicator_score', 1, 1), score_trace: in2024And2025('score_trace', 1, 1),
    });
    expect(await now.query('select document_kind, state, fiscal_year from score_request order by fiscal_year, document_kind')).toEqual([
      { document_kind: 'MONITORING_REPORT', state: 'DONE', fiscal_year: 2024 }, { document_kind: 'SELF_EVALUATION', state: 'DONE', fiscal_year: 2024 },
      { document_kind: 'MONITORING_REPORT', state: 'DONE', fiscal_year: 2025 }, { document_kind: 'SELF_EVALUATION', state: 'WAITING', fiscal_year: null },
    ]);
    // What was signed is as protected as before, by parent and by partition.
    for (const table of BY_YEAR) for (const at of [table, `${table}_2024`]) {
      expect([at, await answer(now.query(`delete from ${at}`)), await answer(now.query(`truncate ${at} cascade`))]).toEqual([at, SQL_STATE.appendOnly, SQL_STATE.appendOnly]);
    }
    await now.destroy();
    await drop();
  }, 120_000);

  describe('and is written', () => {
    let world: World;
    let report: string;
    let row: string;
    const sql = <T = Record<string, unknown>>(text: string, params: unknown[] = []): Promise<T[]> => world.dataSource.query(text, params);
    const value = (year: number, revision: number): Promise<unknown> => sql(
      `insert into actual (id, report_id, indicator_id, indicator_key, revision, kind, magnitude, unit_symbol, base_magnitude, origin, request_id, recorded_by, recorded_at, fiscal_year)
       values ($1, $2, $3, 'KZ-U6', $5, 'REPORTED', 26.4, '万人', 264000, 'TYPED', $1, $4, now(), $6)`, [newId(), report, row, world.people['kz.reporter'], revision, year]);
    beforeAll(async () => {
      world = await aWorld();
      report = world.report('KZ-U', 4);
      row = world.tables['KZ-U'].indicatorId('KZ-U6');
    });
    afterAll(() => world.stop());

    it('for a year from its first period on: the partitions are there before anything can be written', async () => {
      expect(await sql(`select to_regclass('actual_2031') as part`)).toEqual([{ part: null }]);
      await world.unitOfWork.always((tx) => new PeriodRepository().ensure(tx, quarters(2031, [15, 15, 15, 31])));
      expect(await sql(`select relid::text as part from pg_partition_tree('score') where isleaf order by 1`)).toEqual([{ part: 'score_2024' }, { part: 'score_2031' }, { part: 'score_default' }]);
      expect(await sql('select ensure_fiscal_year(2031) as made')).toEqual([{ made: false }]);
      expect(await sql(`select count(*)::int as n from pg_indexes where tablename = 'actual_2031' and indexname in ('actual_pk_2031', 'actual_revision_once_2031', 'actual_request_once_2031')`)).toEqual([{ n: 3 }]);
    });

    it('only under the year of its report', async () => {
      expect(await answer(value(2024, 1))).toBe('accepted');
      expect(await answer(value(2024, 1))).toBe('actual_revision_once');
      expect(await answer(value(2025, 2))).toBe(SQL_STATE.checkViolation);
      const execution = newId();
      const money = (year: number): Promise<unknown> =>
        sql('insert into budget_execution (id, report_id, revision, request_id, recorded_by, recorded_at, fiscal_year) values ($1, $2, 1, $1, $3, now(), $4)', [execution, report, world.people['kz.reporter'], year]);
      expect([await answer(money(2025)), await answer(money(2024))]).toEqual([SQL_STATE.checkViolation, 'accepted']);
      expect(await answer(sql(`insert into budget_execution_part (execution_id, part, executed, fiscal_year) values ($1, 'TOTAL', 0, 2025)`, [execution]))).toBe('budget_execution_part_execution_fk');
    });

    it('a score of another year than its document\'s cannot be pointed at, and a pointer says the year', async () => {
      await sql(`insert into rule_profile (id, name, version, sha256, parameters, created_at) values (gen_random_uuid(), 'SOME', 1, $1, '{}', now())`, [DIGEST]);
      const made = async (year: number): Promise<string> => {
        const id = newId();
        await sql(`insert into score (id, document_kind, document_id, profile_id, engine_version, inputs_digest, inputs, indicator_points, applicable_weight, rescaled, computed_at, fiscal_year)
          select $1, 'MONITORING_REPORT', $2, id, '1', $3, '{}', 20, 20, false, now(), $4 from rule_profile where name = 'SOME'`, [id, report, DIGEST, year]);
        return id;
      };
      const pointed = (score: string, year: number | null): Promise<string | null> =>
        answer(sql(`insert into score_request (document_kind, document_id, state, score_id, fiscal_year, requested_at) values ('MONITORING_REPORT', $1, 'DONE', $2, $3, now())
          on conflict (document_kind, document_id) do update set score_id = excluded.score_id, fiscal_year = excluded.fiscal_year`, [report, score, year]));
      expect(await answer(sql(`insert into score (id, document_kind, document_id, profile_id, engine_version, inputs_digest, inputs, indicator_points, applicable_weight, rescaled, computed_at, fiscal_year)
        values (gen_random_uuid(), 'MONITORING_REPORT', $1, gen_random_uuid(), '1', $2, '{}', 20, 20, false, now(), 2024)`, [report, DIGEST]))).toBe('score_profile_fk');
      const [right, wrong] = [await made(2024), await made(2025)];
      expect([await pointed(wrong, 2025), await pointed(wrong, 2024), await pointed(right, null), await pointed(right, 2024), await pointed(wrong, 2025)])
        .toEqual([SQL_STATE.checkViolation, 'score_request_score_fk', 'score_request_score_has_year', 'accepted', SQL_STATE.checkViolation]);
    });

    it('a report stays in its year', async () => {
      expect(await answer(sql('update monitoring_report set fiscal_year = 2025 where id = $1', [report]))).toBe('accepted');
      expect(await sql('select fiscal_year from monitoring_report where id = $1', [report])).toEqual([{ fiscal_year: 2024 }]);
    });

    it('of a year without partitions: it is kept all the same, and stays readable when its period is made', async () => {
      await sql(`insert into score (id, document_kind, document_id, profile_id, engine_version, inputs_digest, inputs, indicator_points, applicable_weight, rescaled, computed_at, fiscal_year)
        select $1, 'SELF_EVALUATION', $2, id, '1', $3, '{}', 20, 20, false, now(), 1999 from rule_profile where name = 'SOME'`, [newId(), newId(), DIGEST]);
      expect(await sql('select tableoid::regclass::text as part from score where fiscal_year = 1999')).toEqual([{ part: 'score_default' }]);
      expect(await sql('select ensure_fiscal_year(1999) as made')).toEqual([{ made: true }]);
      expect(await sql('select count(*)::int as n from score where fiscal_year = 1999')).toEqual([{ n: 1 }]);
      expect(await sql(`select to_regclass('score_1999')::text as score, to_regclass('actual_1999')::text as actual`)).toEqual([{ score: null, actual: 'actual_1999' }]);
    });

    it('reads that know the year touch its partition alone', async () => {
      const plan = async (text: string, params: unknown[]): Promise<string> => (await sql<{ 'QUERY PLAN': string }>(`explain (analyze, costs off, timing off, summary off) ${text}`, params)).map((line) => line['QUERY PLAN']).join('\n');
      expect(await plan('select * from actual where report_id = $1 and fiscal_year = 2024', [report])).not.toMatch(/actual_(?:2031|1999|default)/);
      // Known through a subselect the other partitions are in the plan and are not opened; through a join each costs a probe of its index at most.
      const first = await plan('select * from actual where report_id = $1 and fiscal_year = (select fiscal_year from monitoring_report where id = $1)', [report]);
      expect(first).toMatch(/actual_2031[^\n]*\(never executed\)/);
      expect(await plan('select a.* from monitoring_report r join actual a on a.report_id = r.id and a.fiscal_year = r.fiscal_year where r.id = $1', [report])).not.toMatch(/Seq Scan on actual_\d/);
    });
  });

  it('a self-evaluation of 2024 that is scored in April 2025 lies with 2024', async () => {
    const world = await aWorld({ opened: [4] });
    const app = await world.start({ today: '2025-04-20' });
    const evaluation = newId();
    await world.dataSource.query(`insert into self_evaluation (id, lineage_id, table_id, created_by, created_at, state_since) values ($1, $2, $3, $4, now(), now())`,
      [evaluation, world.tables['KZ-A'].lineageId, world.tables['KZ-A'].id, world.people['kz.reporter']]);
    expect((await app.app.get(Scores, { strict: false }).score('SELF_EVALUATION', evaluation)).ok).toBe(true);
    expect(await world.dataSource.query(`select s.tableoid::regclass::text as part, q.fiscal_year from score_request q join score s on s.id = q.score_id where q.document_id = $1`, [evaluation])).toEqual([{ part: 'score_2024', fiscal_year: 2024 }]);
    await app.stop();
    await world.stop();
  }, 60_000);
});
