import { randomUUID } from 'node:crypto';
import type { MonitoringReportView, Problem, TargetTableList } from '@jiheng/contract';
import { describeYears, sayObstacle } from '../src/cli/years.command';
import { newId } from '../src/platform/database/new-id';
import { constraintOf, SQL_STATE, sqlStateOf } from '../src/platform/database/sql-state';
import { KeepRollUp } from '../src/roll-up/keep-roll-up.service';
import { Scores } from '../src/scoring/scoring.public';
import { type YearStore, openYearStore } from '../src/years';
import { waitFor } from './wait-for';
import { type World, type WorldApp, aWorld } from './world';

const CUT = ['actual', 'budget_execution', 'budget_execution_part', 'score', 'indicator_score', 'score_trace'] as const;

/** What the database answers to a statement. */
async function answer(work: Promise<unknown>): Promise<string | null> {
  try { await work; return 'accepted'; } catch (error) { return constraintOf(error) ?? sqlStateOf(error); }
}

describe('2024, set aside in April 2025 and brought back', () => {
  let world: World;
  let app: WorldApp;
  let years: YearStore;
  let before: Record<string, string[]>;
  let counted: unknown[];
  const sql = <T = Record<string, unknown>>(text: string, params: unknown[] = []): Promise<T[]> => world.dataSource.query(text, params);
  const contents = async (schema: string, suffix: string): Promise<Record<string, string[]>> => {
    const all: Record<string, string[]> = {};
    for (const table of CUT) all[table] = (await sql<{ row: string }>(`select to_jsonb(t)::text as row from ${schema}.${table}${suffix} t order by 1`)).map(({ row }) => row);
    return all;
  };
  const rollUp = (): Promise<unknown[]> => sql(`select unit_id, period_ordinal, tables, signed, scored, points::text, weight::text, executed::text from roll_up where fiscal_year = 2024 order by 1, 2`);

  beforeAll(async () => {
    world = await aWorld();
    app = await world.start({ today: '2025-04-20' });
    years = await openYearStore({ DATABASE_URL: world.database.url, JIHENG_TODAY: '2025-04-20' });
    const reporter = await app.as('kz.reporter');
    const path = `/api/monitoring-reports/${world.report('KZ-U', 4)}`;
    await sql(`update monitoring_report set state = 'RETURNED' where id = $1`, [world.report('KZ-U', 4)]);
    expect((await reporter.put(`${path}/execution`, { requestId: randomUUID(), expectedRevision: 0, rows: [{ part: 'TOTAL', initial: '9.60', adjusted: '9.60', executed: '9.12' }], reason: null })).status).toBe(200);
    expect((await reporter.put(`${path}/actuals/${world.tables['KZ-U'].indicatorId('KZ-U6')}`, { requestId: randomUUID(), expectedRevision: 0, actual: { kind: 'REPORTED', magnitude: '26.4', unit: '万人' } })).status).toBe(200);
    // The process that saved it scores it as well; what follows finds that score.
    await waitFor('the points of the value', async () => (await sql('select 1 from score_request where document_id = $1 and score_id is not null', [world.report('KZ-U', 4)])).length === 1);
    const scores = app.app.get(Scores, { strict: false });
    for (const table of ['KZ-U', 'MN-B'] as const) expect((await scores.score('MONITORING_REPORT', world.report(table, 4))).ok).toBe(true);
    const action = newId();
    await sql(`insert into workflow_action values ($1, 'MONITORING_REPORT', $2, 77, 'sign', 'REVIEWED', 'SIGNED', $3, 'manager', null, now())`, [action, world.report('KZ-U', 4), world.people['kz.manager']]);
    await sql(`insert into sign_off (id, document_kind, document_id, document_version, step, signer_id, role, score_id, fiscal_year, digest, action_id, signed_at)
      select $1, 'MONITORING_REPORT', q.document_id, 77, 'sign', $3, 'manager', q.score_id, q.fiscal_year, $4, $5, now() from score_request q where q.document_id = $2`,
    [newId(), world.report('KZ-U', 4), world.people['kz.manager'], 'a'.repeat(64), action]);
    await world.unitOfWork.always(async (tx) => scores.keepTrace(tx, (await sql<{ score_id: string }>('select score_id from sign_off'))[0]?.score_id ?? ''));
  });
  afterAll(async () => {
    await years?.close();
    await app?.stop();
    await world?.stop();
  });

  it('stays while documents are open, while it is not over, and where there is none; each said in a sentence', async () => {
    const open = await years.detach(2024);
    expect(open).toEqual({ why: 'open-documents', reports: 24, evaluations: 0, tables: 0 });
    expect(sayObstacle(2024, open as never).zh).toBe('2024 年度还有未办结的文件：监控表 24 份未签字，自评 0 份未审定，目标表 0 份未批复。办结后再归档。');
    await sql(`update monitoring_report set state = 'SIGNED'`);
    const early = await openYearStore({ DATABASE_URL: world.database.url, JIHENG_TODAY: '2024-12-31' });
    expect(await early.detach(2024)).toEqual({ why: 'not-over', until: '2024-12-31' });
    await early.close();
    expect([await years.detach(2019), await years.attach(2024)]).toEqual([{ why: 'no-such-year' }, { why: 'not-archived' }]);
    // A refusal leaves everything as it was.
    expect(await sql(`select to_regclass('score_2024')::text as score, (select count(*)::int from score) as n`)).toEqual([{ score: 'score_2024', n: 2 }]);
  });

  it('goes whole: its rows lie in the archive, as protected as before, and nothing new can be written for it', async () => {
    const keeper = app.app.get(KeepRollUp, { strict: false });
    await keeper.countAll();
    [before, counted] = [await contents('public', ''), await rollUp()];
    expect(Object.values(before).map((rows) => rows.length)).toEqual([1, 1, 1, 2, expect.any(Number), 1]);
    expect(await years.detach(2024)).toBeNull();
    expect(await contents('archive', '_2024')).toEqual(before);
    expect(Object.values(await contents('public', '')).flat()).toEqual([]);
    for (const table of CUT) expect([table, await answer(sql(`delete from archive.${table}_2024`)), await answer(sql(`truncate archive.${table}_2024 cascade`))]).toEqual([table, SQL_STATE.appendOnly, SQL_STATE.appendOnly]);
    await sql(`update monitoring_report set state = 'RETURNED' where id = $1`, [world.report('KZ-U', 4)]);
    expect(await answer(sql(`insert into actual (id, report_id, indicator_id, indicator_key, revision, kind, origin, request_id, recorded_by, recorded_at, fiscal_year)
      values ($1, $2, $3, 'KZ-U6', 9, 'NOT_REPORTED', 'TYPED', $1, $4, now(), 2024)`, [newId(), world.report('KZ-U', 4), world.tables['KZ-U'].indicatorId('KZ-U6'), world.people['kz.reporter']]))).toBe('actual_default_without');
    await sql(`update monitoring_report set state = 'SIGNED' where id = $1`, [world.report('KZ-U', 4)]);
    expect(await sql('select ensure_fiscal_year(2024) as made')).toEqual([{ made: false }]);
    const listed = await years.list();
    expect(listed).toEqual([expect.objectContaining({ year: 2024, place: 'ARCHIVE', rows: Object.values(before).flat().length })]);
    expect(describeYears(listed, 'zh')).toMatch(/^2024 {2}已归档 {2}\d+ 行 {2}\d+ MB\n$/);
    expect(await years.detach(2024)).toEqual({ why: 'archived-already' });
  });

  it('pages of the year say where it is, to those who may see them; the counts of the region stay', async () => {
    const reporter = await app.as('kz.reporter');
    const report = `/api/monitoring-reports/${world.report('KZ-U', 4)}`;
    const first = await waitFor('the process to know', async () => {
      const got = await reporter.get<Problem>(report);
      return got.status === 422 ? got : null;
    }, 15_000);
    expect(first.body).toMatchObject({ code: 'year.archived', sentence: { zh: '2024 年度的数据已归档，这里不显示也不能修改。需要查看时，请系统管理员取回该年度（jiheng years attach 2024）。' } });
    const asked = [
      await reporter.get<Problem>(`/api/target-tables/${world.tables['KZ-U'].id}`), await reporter.get<Problem>('/api/target-tables?fiscalYear=2024'),
      await reporter.put<Problem>(`${report}/actuals/${world.tables['KZ-U'].indicatorId('KZ-U6')}`, { requestId: randomUUID(), expectedRevision: 1, actual: { kind: 'REPORTED', magnitude: '27', unit: '万人' } }),
      await (await app.as('kz.manager')).post<Problem>(`${report}/moves`, { move: 'reopen', expectedRevision: 1, opinion: '数字有误' }),
    ];
    expect(asked.map(({ status, body }) => [status, body.code])).toEqual(Array(4).fill([422, 'year.archived']));
    expect((await reporter.get<TargetTableList>('/api/target-tables?fiscalYear=2025')).status).toBe(200);
    // Its scores as well; a score that never was is not in the archive either.
    const [{ id: score = '' } = {}] = await sql<{ id: string }>('select score_id as id from score_request where document_id = $1', [world.report('KZ-U', 4)]);
    expect((await reporter.get<Problem>(`/api/scores/${score}`)).body).toMatchObject({ code: 'year.archived', sentence: { zh: expect.stringContaining('jiheng years attach 2024') } });
    expect((await reporter.get<Problem>(`/api/scores/${newId()}`)).body.code).toBe('scoring.not-found');
    expect((await (await app.as('mn.reporter')).get<Problem>(`/api/scores/${score}`)).body.code).toBe('scoring.not-found');
    // The neighbour hears what anybody hears of what is not theirs.
    expect((await (await app.as('mn.reporter')).get<Problem>(report)).body.code).toBe('monitoring-report.not-found');
    const scored = await app.app.get(Scores, { strict: false }).score('MONITORING_REPORT', world.report('KZ-U', 4));
    expect(scored).toMatchObject({ ok: false, refusal: { code: 'year.archived' } });
    await sql('insert into roll_up_mark (unit_id, fiscal_year) values ($1, 2024)', [world.units.kz]);
    await app.app.get(KeepRollUp, { strict: false }).countAll();
    expect(await rollUp()).toEqual(counted);
  });

  it('comes back row for row, with its keys and its protection', async () => {
    await sql(`set session_replication_role = replica; delete from archive.actual_2024; set session_replication_role = origin`);
    expect(await years.attach(2024)).toEqual({ why: 'rows-differ', part: 'actual_2024', expected: 1, found: 0 });
    await sql(`set session_replication_role = replica; insert into archive.actual_2024 select * from jsonb_populate_record(null::archive.actual_2024, $1::jsonb); set session_replication_role = origin`.replace('$1', `'${before['actual']?.[0] ?? ''}'`));
    // As an archive lies there that an earlier version has made.
    await sql('alter table archive.score_2024 drop constraint score_profile_fk, add constraint score_profile_fk foreign key (profile_id) references rule_profile (id)');
    expect(await years.attach(2024)).toBeNull();
    expect(await contents('public', '')).toEqual(before);
    expect(await sql('select count(*)::int as n from archived_year')).toEqual([{ n: 0 }]);
    // The pointers of requests are checked by a trigger, all of a statement together; their key is only declared. Before PostgreSQL 18, which has no such keys, it is a key as any other.
    const [{ declares } = { declares: true }] = await sql<{ declares: boolean }>(`select current_setting('server_version_num')::integer >= 180000 as declares`);
    expect(await sql(`select conname, convalidated, coalesce((to_jsonb(k) ->> 'conenforced')::boolean, true) as conenforced from pg_constraint k where conname in ('score_request_score_fk', 'sign_off_score_fk', 'report_artifact_score_fk') and conparentid = 0 order by 1`))
      .toEqual(['report_artifact_score_fk', 'score_request_score_fk', 'sign_off_score_fk'].map((conname) => ({ conname, convalidated: !declares || conname !== 'score_request_score_fk', conenforced: !declares || conname !== 'score_request_score_fk' })));
    expect(await answer(sql('update score_request set score_id = gen_random_uuid() where score_id is not null'))).toBe('score_request_score_fk');
    for (const table of CUT) expect([table, await answer(sql(`delete from ${table}_2024`)), await answer(sql(`truncate ${table}_2024 cascade`))]).toEqual([table, SQL_STATE.appendOnly, SQL_STATE.appendOnly]);
    expect(await sql(`select count(*)::int as n from pg_constraint where conname like '%_without_2024' or conname like '%_of_its_year'`)).toEqual([{ n: 0 }]);
    const reporter = await app.as('kz.reporter');
    const view = await waitFor('the page', async () => {
      const got = await reporter.get<MonitoringReportView>(`/api/monitoring-reports/${world.report('KZ-U', 4)}`);
      return got.status === 200 ? got.body : null;
    }, 15_000);
    expect(view.rows.find((row) => row.indicator.key === 'KZ-U6')?.current?.actual).toMatchObject({ kind: 'REPORTED', magnitude: '26.4' });
    await app.app.get(KeepRollUp, { strict: false }).countAll();
    expect(await rollUp()).toEqual(counted);
  });
});
