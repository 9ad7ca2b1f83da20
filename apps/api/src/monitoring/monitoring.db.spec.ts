import type { Actual } from '@jiheng/domain';
import { aWorld, type World } from '../../test/world';
import { newId } from '../platform/database/new-id';
import { constraintOf, SQL_STATE, sqlStateOf } from '../platform/database/sql-state';
import { ActualRepository } from './actual.repository';

async function refusal(work: Promise<unknown>): Promise<string | null> {
  try { await work; return 'accepted'; } catch (error) { return constraintOf(error) ?? sqlStateOf(error); }
}

const RESTRICTED = '23001';

describe('what the database itself forbids of quarters', () => {
  const actuals = new ActualRepository();
  let world: World;
  let report: string;
  let row: string;
  beforeAll(async () => {
    world = await aWorld();
    report = world.report('KZ-U', 4);
    row = world.tables['KZ-U'].indicatorId('KZ-U6');
  });
  afterAll(() => world.stop());

  const record = (revision: number, actual: Actual = { kind: 'REPORTED', magnitude: '26.4', unit: '万人' }, requestId = newId()): Promise<string> => world.unitOfWork.always((tx) => actuals.append(tx, {
    reportId: report, fiscalYear: 2024, indicatorId: row, indicatorKey: 'KZ-U6', revision, actual, origin: 'TYPED', observationId: null, requestId, recordedBy: world.people['kz.reporter'], at: new Date(),
  }));

  describe('a value', () => {
    it('is added as the next revision, and a revision is used once', async () => {
      expect(await refusal(record(1))).toBe('accepted');
      expect(await refusal(record(1))).toBe('actual_revision_once');
      expect(await refusal(record(0))).toBe('actual_revision_positive');
    });

    it('is written once for one request', async () => {
      const requestId = newId();
      expect(await refusal(record(2, { kind: 'REPORTED', magnitude: '26.5', unit: '万人' }, requestId))).toBe('accepted');
      expect(await refusal(record(3, { kind: 'REPORTED', magnitude: '26.6', unit: '万人' }, requestId))).toBe('actual_request_once');
    });

    it('is never changed, removed or emptied out', async () => {
      expect(await refusal(world.dataSource.query('update actual set magnitude = 27 where report_id = $1', [report]))).toBe(SQL_STATE.appendOnly);
      expect(await refusal(world.dataSource.query('delete from actual where report_id = $1', [report]))).toBe(SQL_STATE.appendOnly);
      expect(await refusal(world.dataSource.query('truncate actual cascade'))).toBe(SQL_STATE.appendOnly);
    });

    it.each([
      ['a reported value without its number', `'REPORTED'`, 'reason', `'x'`], ['silence with a number', `'NOT_REPORTED'`, 'magnitude', '0'], ['a date with a number', `'DATED'`, 'magnitude', '1'],
      ['"not applicable" without a reason', `'NOT_APPLICABLE'`, 'note', `'x'`], ['a judgement without its grade', `'JUDGED'`, 'share', '1'], ['an answer without yes or no', `'ANSWERED'`, 'deduction', '1'],
      ['"unfinished" with a date', `'UNFINISHED'`, 'reached_on', `'2024-12'`], ['a kind nobody knows', `'GUESSED'`, 'note', `'x'`],
    ])('%s is refused', async (_, kind, column, value) => {
      expect(await refusal(world.dataSource.query(
        `insert into actual (id, report_id, indicator_id, indicator_key, revision, kind, origin, request_id, recorded_by, recorded_at, fiscal_year, ${column})
         values ($1, $2, $3, 'KZ-U6', 99, ${kind}, 'TYPED', $4, $5, now(), 2024, ${value})`, [newId(), report, row, newId(), world.people['kz.reporter']]))).toBe('actual_kind_decides');
    });

    it.each<[string, Actual, string]>([
      ['a share above one', { kind: 'JUDGED', grade: 'A', share: '1.01' }, 'actual_share_is_share'],
      ['a denominator below zero', { kind: 'REPORTED', magnitude: '1', unit: null, numerator: '1', denominator: '-1' }, 'actual_denominator_not_negative'],
      ['a date in another shape', { kind: 'DATED', date: '2024年12月' }, 'actual_date_shape'],
      ['a blank reason', { kind: 'NOT_APPLICABLE', reason: '  ' }, 'actual_reason_given'],
    ])('%s is refused', async (_, actual, constraint) => {
      expect(await refusal(record(99, actual))).toBe(constraint);
    });

    it('belongs to a row of the report\'s own table', async () => {
      const elsewhere = world.tables['MN-U'].indicatorId('MN-U1');
      expect(await refusal(world.unitOfWork.always((tx) => actuals.append(tx, {
        reportId: report, fiscalYear: 2024, indicatorId: elsewhere, indicatorKey: 'MN-U1', revision: 1, actual: { kind: 'NOT_REPORTED' }, origin: 'TYPED', observationId: null, requestId: newId(),
        recordedBy: world.people['kz.reporter'], at: new Date(),
      })))).toBe(SQL_STATE.checkViolation);
    });

    it('taken over from a source names the observation', async () => {
      expect(await refusal(world.unitOfWork.always((tx) => actuals.append(tx, {
        reportId: report, fiscalYear: 2024, indicatorId: row, indicatorKey: 'KZ-U6', revision: 99, actual: { kind: 'NOT_REPORTED' }, origin: 'PULLED', observationId: null, requestId: newId(),
        recordedBy: world.people['kz.reporter'], at: new Date(),
      })))).toBe('actual_pulled_has_observation');
    });

    it('is not added to a report that was handed on', async () => {
      await world.dataSource.query(`update monitoring_report set state = 'SUBMITTED' where id = $1`, [report]);
      expect(await refusal(record(4))).toBe(RESTRICTED);
      await world.dataSource.query(`update monitoring_report set state = 'DRAFT' where id = $1`, [report]);
      expect(await refusal(record(4))).toBe('accepted');
    });
  });

  describe('a report', () => {
    const open = (tableId: string, lineageId: string, periodId: string): Promise<unknown> =>
      world.dataSource.query('insert into monitoring_report (id, table_id, lineage_id, period_id) values ($1, $2, $3, $4)', [newId(), tableId, lineageId, periodId]);

    it('is there once for a table and a period', async () => {
      const { id, lineageId } = world.tables['KZ-U'];
      expect(await refusal(open(id, lineageId, world.periods[3]))).toMatch(/^monitoring_report_once/u);
    });

    it('belongs to a period of its table\'s year, and to its table\'s lineage', async () => {
      const next = newId();
      await world.dataSource.query(
        `insert into reporting_period (id, fiscal_year, ordinal, label, starts_on, ends_on, due_on) values ($1, 2025, 1, '第一季度', '2025-01-01', '2025-03-31', '2025-04-15')`, [next]);
      const { id, lineageId } = world.tables['KZ-U'];
      expect(await refusal(open(id, lineageId, next))).toBe(SQL_STATE.checkViolation);
      expect(await refusal(open(id, newId(), world.periods[0]))).toBe(SQL_STATE.checkViolation);
    });

    it.each([['an unknown state', `state = 'LOST'`, 'monitoring_report_state_known'], ['a revision below zero', 'revision = -1', 'monitoring_report_revision_grows']])('%s is refused', async (_, assignment, constraint) => {
      expect(await refusal(world.dataSource.query(`update monitoring_report set ${assignment} where id = $1`, [report]))).toBe(constraint);
    });
  });

  it('a period is there once and runs from its first day to its due day', async () => {
    const insert = (ordinal: number, startsOn: string, endsOn: string, dueOn: string): Promise<unknown> => world.dataSource.query(
      `insert into reporting_period (id, fiscal_year, ordinal, label, starts_on, ends_on, due_on) values ($1, 2024, $2, '某期', $3, $4, $5)`, [newId(), ordinal, startsOn, endsOn, dueOn]);
    expect(await refusal(insert(1, '2024-01-01', '2024-03-31', '2024-04-15'))).toBe('reporting_period_once');
    expect(await refusal(insert(5, '2024-03-31', '2024-01-01', '2024-04-15'))).toBe('reporting_period_in_order');
    expect(await refusal(insert(5, '2024-01-01', '2024-03-31', '2024-03-30'))).toBe('reporting_period_in_order');
    expect(await refusal(insert(0, '2024-01-01', '2024-03-31', '2024-04-15'))).toBe('reporting_period_ordinal_sane');
  });

  it('an explanation is a revision that stays, with causes of the national form', async () => {
    const explain = (revision: number, causes: string[], likelihood: string | null = null): Promise<unknown> => world.dataSource.query(
      `insert into deviation_explanation (id, report_id, indicator_id, indicator_key, revision, causes, sentence, measures, likelihood, request_id, recorded_by, recorded_at)
       values ($1, $2, $3, 'KZ-U6', $4, $5, '参保登记推迟', '补办登记', $6, $7, $8, now())`, [newId(), report, row, revision, causes, likelihood, newId(), world.people['kz.reporter']]);
    expect(await refusal(explain(1, ['FUNDS', 'STAFF'], 'POSSIBLE'))).toBe('accepted');
    expect(await refusal(explain(1, []))).toBe('deviation_explanation_revision_once');
    expect(await refusal(explain(2, ['WEATHER']))).toBe('deviation_explanation_causes_known');
    expect(await refusal(explain(2, [], 'MAYBE'))).toBe('deviation_explanation_likelihood_known');
    expect(await refusal(world.dataSource.query(`update deviation_explanation set sentence = '改' where report_id = $1`, [report]))).toBe(SQL_STATE.appendOnly);
    expect(await refusal(world.dataSource.query('delete from deviation_explanation where report_id = $1', [report]))).toBe(SQL_STATE.appendOnly);
  });

  it('a file is there once behind a row, is withdrawn once, and never changes', async () => {
    const digest = 'a'.repeat(64);
    const attach = (sha256: string, size = 10): Promise<unknown> => world.dataSource.query(
      `insert into evidence (id, report_id, indicator_id, indicator_key, file_name, media_type, size_bytes, sha256, uploaded_by, uploaded_at)
       values ($1, $2, $3, 'KZ-U6', '参保台账.xlsx', 'application/pdf', $4, $5, $6, now())`, [newId(), report, row, size, sha256, world.people['kz.reporter']]);
    expect(await refusal(attach(digest))).toBe('accepted');
    expect(await refusal(attach(digest))).toBe('evidence_once');
    expect(await refusal(attach('xyz'))).toBe('evidence_digest_shape');
    expect(await refusal(attach('b'.repeat(64), 0))).toBe('evidence_not_empty');
    const where = 'where sha256 = $1';
    expect(await refusal(world.dataSource.query(`update evidence set file_name = '另一份.xlsx' ${where}`, [digest]))).toBe(RESTRICTED);
    expect(await refusal(world.dataSource.query(`delete from evidence ${where}`, [digest]))).toBe(RESTRICTED);
    expect(await refusal(world.dataSource.query(`update evidence set withdrawn_at = now() ${where}`, [digest]))).toBe('evidence_withdrawn_whole');
    expect(await refusal(world.dataSource.query(`update evidence set withdrawn_at = now(), withdrawn_by = $2 ${where}`, [digest, world.people['kz.reporter']]))).toBe('accepted');
    expect(await refusal(world.dataSource.query(`update evidence set withdrawn_at = null, withdrawn_by = null ${where}`, [digest]))).toBe(RESTRICTED);
    expect(await refusal(attach(digest))).toBe('accepted');
  });

  it('more time is given with a reason, and what was given stays', async () => {
    const extend = (reason: string): Promise<unknown> => world.dataSource.query(
      `insert into report_extension (id, report_id, until, reason, granted_by, granted_at) values ($1, $2, '2025-02-10', $3, $4, now())`, [newId(), report, reason, world.people['kz.manager']]);
    expect(await refusal(extend(' '))).toBe('report_extension_reason_given');
    expect(await refusal(extend('系统停机'))).toBe('accepted');
    expect(await refusal(world.dataSource.query(`update report_extension set until = '2026-01-01'`))).toBe(SQL_STATE.appendOnly);
    expect(await refusal(world.dataSource.query('delete from report_extension'))).toBe(SQL_STATE.appendOnly);
  });

  it('one open candidate stands beside a value, and a choice has a person behind it', async () => {
    const offer = (observationId: string, outcome = 'CANDIDATE'): Promise<unknown> => world.dataSource.query(
      `insert into candidate (id, report_id, indicator_id, indicator_key, actual, outcome, observation_id, source_name, observed_at, verbatim, sha256)
       values ($1, $2, $3, 'KZ-U6', '{"kind":"REPORTED","magnitude":"264000","unit":"人"}', $5, $4, '社保核心系统', now(), '264000', $6)`, [newId(), report, row, observationId, outcome, 'c'.repeat(64)]);
    const observation = newId();
    expect(await refusal(offer(observation))).toBe('accepted');
    expect(await refusal(offer(newId()))).toBe('candidate_one_open_by_source');
    expect(await refusal(offer(newId(), 'GUESS'))).toBe('candidate_outcome_known');
    const settle = (assignment: string): Promise<unknown> => world.dataSource.query(`update candidate set ${assignment} where observation_id = $1`, [observation]);
    expect(await refusal(settle(`settlement = 'ACCEPTED', settled_at = now()`))).toBe('candidate_choice_has_person');
    expect(await refusal(settle(`settlement = 'ACCEPTED'`))).toMatch(/^candidate_(settled_whole|choice_has_person)$/u);
    expect(await refusal(settle(`settlement = 'THROWN', settled_at = now()`))).toMatch(/^candidate_(settlement_known|choice_has_person)$/u);
    expect(await refusal(settle(`settlement = 'REPLACED', settled_at = now()`))).toBe('accepted');
    expect(await refusal(offer(observation))).toBe('candidate_observation_once');
  });

  it('each source may have one open candidate beside a value, and what was taken back is said once more at most', async () => {
    const offer = (id: string, sourceName: string, observationId: string, repeats: string | null = null): Promise<unknown> => world.dataSource.query(
      `insert into candidate (id, report_id, indicator_id, indicator_key, actual, outcome, observation_id, source_name, observed_at, verbatim, sha256, repeats_id)
       values ($1, $2, $3, 'KZ-U6', '{"kind":"REPORTED","magnitude":"264000","unit":"人"}', 'CANDIDATE', $5, $4, now(), '264000', $6, $7)`, [id, report, row, sourceName, observationId, 'c'.repeat(64), repeats]);
    const [taken, observation, other] = [newId(), newId(), newId()];
    expect(await refusal(offer(taken, '医保结算系统', observation))).toBe('accepted');
    expect(await refusal(offer(other, '台账导出表', newId()))).toBe('accepted');
    expect(await refusal(offer(newId(), '台账导出表', newId()))).toBe('candidate_one_open_by_source');
    await world.dataSource.query(`update candidate set settlement = 'ACCEPTED', settled_at = now(), settled_by = $2 where id = $1`, [taken, world.people['kz.reporter']]);
    const again = newId();
    expect(await refusal(offer(again, '医保结算系统', observation, taken))).toBe('accepted');
    expect(await refusal(offer(newId(), '另一个系统', newId(), taken))).toBe('candidate_repeated_once');
    expect(await refusal(offer(newId(), '另一个系统', newId(), newId()))).toBe('candidate_repeats_fk');
    expect(await refusal(world.dataSource.query('update candidate set repeats_id = null where id = $1', [again]))).toBe(RESTRICTED);
  });
});
