import { randomUUID } from 'node:crypto';
import { newId } from '../src/platform/database/new-id';
import { constraintOf, SQL_STATE, sqlStateOf } from '../src/platform/database/sql-state';
import { aWorld, type World } from './world';

const DIGEST = 'a'.repeat(64);
const RESTRICTED = '23001';
const RECORDED = 'JH002';

/** What the database answers to a statement. */
async function answer(work: Promise<unknown>): Promise<string | null> {
  try { await work; return 'accepted'; } catch (error) { return constraintOf(error) ?? sqlStateOf(error); }
}

describe('what was recorded, scored or signed', () => {
  let world: World;
  let report: string;
  let row: string;
  const sql = (text: string, params: unknown[] = []): Promise<unknown> => world.dataSource.query(text, params);

  // One row in each table, by plain statements: the rules hold whoever writes.
  beforeAll(async () => {
    world = await aWorld();
    report = world.report('KZ-U', 4);
    row = world.tables['KZ-U'].indicatorId('KZ-U6');
    const reporter = world.people['kz.reporter'];
    await sql(`insert into actual (id, report_id, indicator_id, indicator_key, revision, kind, magnitude, unit_symbol, base_magnitude, origin, request_id, recorded_by, recorded_at, fiscal_year)
      values ($1, $2, $3, 'KZ-U6', 1, 'REPORTED', 26.4, '万人', 264000, 'TYPED', $1, $4, now(), 2024)`, [newId(), report, row, reporter]);
    await sql(`insert into deviation_explanation (id, report_id, indicator_id, indicator_key, revision, causes, sentence, measures, request_id, recorded_by, recorded_at)
      values ($1, $2, $3, 'KZ-U6', 1, '{STAFF}', '轮岗', '补足', $1, $4, now())`, [newId(), report, row, world.people['kz.second']]);
    await sql(`insert into evidence (id, report_id, indicator_id, indicator_key, file_name, media_type, size_bytes, sha256, uploaded_by, uploaded_at)
      values ($1, $2, $3, 'KZ-U6', '台账.pdf', 'application/pdf', 1, $4, $5, now())`, [newId(), report, row, DIGEST, world.people['admin']]);
    const execution = newId();
    await sql('insert into budget_execution (id, report_id, revision, request_id, recorded_by, recorded_at, fiscal_year) values ($1, $2, 1, $1, $3, now(), 2024)', [execution, report, reporter]);
    await sql(`insert into budget_execution_part (execution_id, part, initial, adjusted, executed, fiscal_year) values ($1, 'TOTAL', 9.60, 9.60, 9.12, 2024)`, [execution]);
    const [source, run, observation] = [newId(), newId(), newId()];
    await sql(`insert into pull_source (id, unit_id, name, kind, place, rows_path, key_field, value_field, owner_id, created_at) values ($1, $2, '业务系统', 'SHEET_FOLDER', 'a', '$.rows[*]', 'key', 'value', $3, now())`,
      [source, world.units.kz, reporter]);
    await sql('insert into pull_run (id, source_id, period_id, requested_at) values ($1, $2, $3, now())', [run, source, world.periods[3]]);
    await sql(`insert into observation (id, pull_run_id, source_key, verbatim, sha256, indicator_key, report_id, outcome, observed_at) values ($1, $2, 'k', '264000', $3, 'KZ-U6', $4, 'CANDIDATE', now())`,
      [observation, run, DIGEST, report]);
    await sql(`insert into candidate (id, report_id, indicator_id, indicator_key, actual, outcome, observation_id, source_name, observed_at, verbatim, sha256)
      values ($1, $2, $3, 'KZ-U6', '{"kind":"REPORTED"}', 'CANDIDATE', $4, '业务系统', now(), '264000', $5)`, [newId(), report, row, observation, DIGEST]);
    const [profile, score, action, signOff, evaluation] = [newId(), newId(), newId(), newId(), newId()];
    await sql(`insert into rule_profile (id, name, version, sha256, parameters, created_at) values ($1, 'SOME', 1, $2, '{}', now())`, [profile, DIGEST]);
    await sql(`insert into score (id, document_kind, document_id, profile_id, engine_version, inputs_digest, inputs, indicator_points, applicable_weight, rescaled, computed_at, fiscal_year)
      values ($1, 'MONITORING_REPORT', $2, $3, '1', $4, '{}', 20, 20, false, now(), 2024)`, [score, report, profile, DIGEST]);
    await sql(`insert into indicator_score (score_id, indicator_id, indicator_key, ordinal, points, weight, flags, explanation_owed, fiscal_year) values ($1, $2, 'KZ-U6', 1, 20, 20, '{}', false, 2024)`, [score, row]);
    await sql(`insert into score_trace (score_id, trace, stored_at, fiscal_year) values ($1, '{}', now(), 2024)`, [score]);
    await sql(`insert into workflow_action values ($1, 'MONITORING_REPORT', $2, 1, 'sign', 'REVIEWED', 'SIGNED', $3, 'manager', null, now())`, [action, report, world.people['kz.manager']]);
    await sql(`insert into sign_off values ($1, 'MONITORING_REPORT', $2, 1, 'sign', $3, 'manager', $4, $5, $6, now(), 2024)`, [signOff, report, world.people['kz.manager'], score, DIGEST, action]);
    await sql('insert into sign_off_supersession values ($1, $2, now())', [signOff, action]);
    await sql(`insert into report_extension (id, report_id, until, reason, granted_by, granted_at) values ($1, $2, '2025-02-01', '轮岗', $3, now())`, [newId(), report, world.people['kz.manager']]);
    await sql(`insert into self_evaluation (id, lineage_id, table_id, created_by, created_at, state_since) values ($1, $2, $3, $4, now(), now())`, [evaluation, world.tables['KZ-A'].lineageId, world.tables['KZ-A'].id, reporter]);
    await sql(`insert into self_evaluation_answer (id, self_evaluation_id, indicator_key, revision, request_id, recorded_by, recorded_at) values ($1, $2, 'KZ-A1', 1, $1, $3, now())`, [newId(), evaluation, reporter]);
    await sql(`insert into self_evaluation_chapter (id, self_evaluation_id, chapter_id, revision, written, request_id, recorded_by, recorded_at) values ($1, $2, 'experience', 1, '经验', $1, $3, now())`, [newId(), evaluation, reporter]);
    await sql(`insert into report_artifact (id, document_kind, document_id, template_id, format, score_id, content_digest, content, state, file_name, size_bytes, sha256, requested_by, requested_at, fiscal_year)
      values ($1, 'SELF_EVALUATION', $2, 't', 'xlsx', $3, $4, '{}', 'READY', 'a.xlsx', 1, $4, $5, now(), 2024)`, [newId(), evaluation, score, DIGEST, reporter]);
    const assignment = newId();
    await sql(`insert into rule_profile_assignment (id, unit_id, fiscal_year, profile_id, assigned_by, reason, preview, assigned_at) values ($1, $2, 2024, $3, $4, '试行', '{}', now())`,
      [assignment, world.units.kz, profile, world.people['finance']]);
    await sql(`insert into rule_profile_decision (assignment_id, approved, decided_by, opinion, decided_at) values ($1, true, $2, '', now())`, [assignment, world.people['admin']]);
    await sql(`insert into finding_acceptance (id, document_kind, document_id, finding_id, code, message, reason, accepted_by, accepted_at)
      values ($1, 'TARGET_TABLE', $2, $3, 'Q-H3', '上年完成值为空', '原样下达', $4, now())`, [newId(), world.tables['KZ-A'].id, 'a'.repeat(32), reporter]);
    await sql(`insert into audit_event (id, actor_name, action, subject_id, facts) values ($1, '填报人甲', 'actual.recorded', 'x', '{}')`, [newId()]);
  });
  afterAll(() => world.stop());

  it.each<[string, string]>([
    ['actual', 'magnitude = 27'], ['deviation_explanation', `sentence = '另一句'`], ['budget_execution', 'revision = 2'], ['budget_execution_part', 'executed = 1'], ['observation', `verbatim = '1'`],
    ['rule_profile', `parameters = '{"a":1}'`], ['score', 'indicator_points = 1'], ['indicator_score', 'points = 1'], ['score_trace', `trace = '[]'`],
    ['workflow_action', `opinion = '另一句'`], ['sign_off', `digest = repeat('b', 64)`], ['sign_off_supersession', 'at = now()'], ['report_extension', `reason = '另一句'`],
    ['self_evaluation_answer', 'revision = 2'], ['self_evaluation_chapter', `written = '另一句'`], ['report_artifact', `file_name = 'b.xlsx'`], ['audit_event', `action = 'x'`],
    ['rule_profile_assignment', `reason = '别的'`], ['rule_profile_decision', 'approved = false'], ['finding_acceptance', `reason = '别的'`],
  ])('%s is neither changed nor removed nor emptied out, by any statement of the application', async (table, change) => {
    const statements = [`update ${table} set ${change}`, `delete from ${table}`, `truncate ${table} cascade`];
    expect(await Promise.all(statements.map((text) => answer(sql(text))))).toEqual([SQL_STATE.appendOnly, SQL_STATE.appendOnly, SQL_STATE.appendOnly]);
    expect(await sql(`select count(*)::int > 0 as there from ${table}`)).toEqual([{ there: true }]);
  });

  it('a file and the value of a source stay; each is withdrawn or settled once', async () => {
    for (const table of ['evidence', 'candidate']) {
      expect(await answer(sql(`delete from ${table}`))).toBe(RESTRICTED);
      expect(await answer(sql(`update ${table} set sha256 = repeat('b', 64)`))).toBe(RESTRICTED);
      expect(await answer(sql(`truncate ${table} cascade`))).toBe(SQL_STATE.appendOnly);
    }
    const settle = (as: string): Promise<string | null> => answer(sql(`update candidate set settlement = $1, settled_at = now(), settled_by = $2`, [as, world.people['kz.reporter']]));
    expect([await settle('KEPT'), await settle('ACCEPTED')]).toEqual(['accepted', RESTRICTED]);
  });

  it('an approved table keeps its money, its lead and who wrote in it', async () => {
    for (const change of ['budget_total = 1', `lead = '某人'`, `recorders = '{}'`, 'created_by = null', 'created_at = now()']) {
      expect([change, await answer(sql(`update performance_target_table set ${change} where id = $1`, [world.tables['KZ-L'].id]))]).toEqual([change, RESTRICTED]);
    }
  });

  it.each<[string, () => [string, string, string]]>([
    ['whoever typed a value of the quarter', () => ['MONITORING_REPORT', report, world.people['kz.reporter']]],
    ['whoever wrote an explanation of it', () => ['MONITORING_REPORT', report, world.people['kz.second']]],
    ['whoever put a file behind it', () => ['MONITORING_REPORT', report, world.people['admin']]],
    ['whoever wrote in the target table', () => ['TARGET_TABLE', world.tables['KZ-L'].id, world.people['kz.reporter']]],
  ])('%s cannot sign it, past any service', async (_, who) => {
    const [kind, document, signer] = who();
    const action = newId();
    await sql(`insert into workflow_action values ($1, $2, $3, 99, 'sign', 'REVIEWED', 'SIGNED', $4, 'manager', null, now()) on conflict do nothing`, [action, kind, document, signer]);
    const signed = sql(`insert into sign_off select $1, $2, $3, 99, 'sign', $4, 'manager', null, $5, id, now() from workflow_action where document_id = $3 and revision = 99`, [newId(), kind, document, signer, DIGEST]);
    expect(await answer(signed)).toBe(RECORDED);
  });

  it('points lie between nothing and the weight, to the hundredth, and a score is there once for its inputs', async () => {
    const points = (text: string): Promise<string | null> => answer(sql(
      `insert into indicator_score (score_id, indicator_id, indicator_key, ordinal, points, weight, flags, explanation_owed, fiscal_year) select id, $1, 'KZ-U5', 2, ${text}, 15, '{}', false, fiscal_year from score`, [world.tables['KZ-U'].indicatorId('KZ-U5')]));
    expect([await points('15.01'), await points('-0.01'), await points('7.505')]).toEqual(Array(3).fill('indicator_score_points_in_bounds'));
    expect(await points('15.00')).toBe('accepted');
    const again = (indicatorPoints: string, digest: string, total = 'null'): Promise<string | null> => answer(sql(
      `insert into score (id, document_kind, document_id, profile_id, engine_version, inputs_digest, inputs, indicator_points, applicable_weight, rescaled, computed_at, total, fiscal_year)
       select $1, document_kind, document_id, profile_id, '1', $2, '{}', ${indicatorPoints}, 20, false, now(), ${total}, fiscal_year from score limit 1`, [newId(), digest]));
    expect([await again('20', DIGEST), await again('20.01', 'b'.repeat(64)), await again('20', 'b'.repeat(64), '100.01'), await again('20', 'x')])
      .toEqual(['score_once', 'score_points_in_bounds', 'score_total_in_bounds', 'score_digest_shape']);
  });

  it('a version is signed once a step, a run observes a key once, and a return without its words is none', async () => {
    expect(await answer(sql(`insert into sign_off select $1, document_kind, document_id, document_version, step, signer_id, role, score_id, digest, action_id, now(), fiscal_year from sign_off limit 1`, [newId()]))).toBe('sign_off_once');
    expect(await answer(sql(`insert into observation select $1, pull_run_id, source_key, verbatim, sha256, indicator_key, report_id, outcome, note_zh, note_en, now() from observation limit 1`, [newId()]))).toBe('observation_once');
    expect(await answer(sql(`insert into workflow_action values ($1, 'MONITORING_REPORT', $2, 7, 'return', 'SUBMITTED', 'RETURNED', $3, 'reviewer', ' ', now())`, [newId(), report, world.people['kz.reviewer']])))
      .toBe('workflow_action_return_has_opinion');
    expect(await answer(sql(`insert into report_artifact select $1, document_kind, document_id, template_id, format, score_id, content_digest, content, state, file_name, size_bytes, sha256, job_run_id, requested_by, now(), null, null, fiscal_year from report_artifact limit 1`, [randomUUID()])))
      .toBe('report_artifact_once');
  });

  it('a wish waits once under its name', async () => {
    const wish = (): Promise<string | null> => answer(sql(`insert into outbox_message (id, kind, name, payload, dedup_key) values ($1, 'NEWS', 'x', '{}', 'once')`, [newId()]));
    expect([await wish(), await wish()]).toEqual(['accepted', 'outbox_message_dedup_uq']);
    await sql(`update outbox_message set rung_at = now() where dedup_key = 'once'`);
    expect(await wish()).toBe('accepted');
  });
});
