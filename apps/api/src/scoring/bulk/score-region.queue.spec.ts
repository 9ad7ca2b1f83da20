import type { JobRunView, Problem, ScoringRunAsked } from '@jiheng/contract';
import { canonicalInputs, type TableScore } from '@jiheng/domain';
import { createHash } from 'node:crypto';
import { type Client, type TestApp, startApp } from '../../../test/http-app';
import { type Province, aProvince } from '../../../test/province';
import { waitFor } from '../../../test/wait-for';
import { UnitOfWork } from '../../platform/database/unit-of-work';
import { RuleProfileRepository } from '../rule-profile.repository';
import { ScoreRepository } from '../score.repository';
import { type ScoredKind, Scores } from '../scoring.public';

// Two provinces from one seed: one is scored as a region, the other document by document. Nothing may tell them apart afterwards.
const SIZE = { units: 12, tables: 2, seed: 11 };

/** Everything a score says but its own id and time. */
const SCORES = `
  select r.document_kind, r.document_id, r.state, r.document_revision, s.inputs_digest, s.engine_version, s.indicator_points::text, s.applicable_weight::text, s.execution_rate::text, s.execution_points::text,
    s.execution_weight::text, s.total::text, s.rating, s.rescaled,
    (select json_agg(json_build_array(l.ordinal, l.indicator_id, l.indicator_key, l.points::text, l.weight::text, l.attainment_rate::text, l.deviation_rate::text, l.flags, l.explanation_owed, l.blocked_code, l.blocked_params)
      order by l.ordinal) from indicator_line l where l.score_id = s.id) as lines
  from score_request r join score s on s.id = r.score_id order by r.document_kind, r.document_id`;

describe('a region', () => {
  let [asRegion, oneByOne]: Province[] = [];
  let app: TestApp;
  let single: TestApp;
  let client: Client;

  const score = async (): Promise<JobRunView> => {
    const asked = await client.post<ScoringRunAsked>('/api/scoring-runs', { unitId: asRegion?.unitId, fiscalYear: 2024, periodOrdinal: 4 });
    expect(asked.status).toBe(202);
    return waitFor('the run to end', async () => {
      const job = (await client.get<{ jobs: JobRunView[] }>('/api/jobs')).body.jobs.find((one) => one.id === asked.body.jobRunId);
      return job?.state === 'DONE' || job?.state === 'FAILED' ? job : null;
    }, 60_000);
  };
  const rows = async (province: Province | undefined, sql: string, params: unknown[] = []): Promise<Record<string, unknown>[]> => (await province?.database.dataSource.query<Record<string, unknown>[]>(sql, params)) ?? [];
  const written = async (): Promise<number> => Number((await rows(asRegion, 'select coalesce(sum(written), 0) as n from bulk_slice where run_id = (select id from bulk_run order by created_at desc limit 1)'))[0]?.['n']);

  beforeAll(async () => {
    [asRegion, oneByOne] = [await aProvince(SIZE), await aProvince(SIZE)];
    app = await startApp({ url: asRegion.database.url, role: 'all', today: '2025-01-20' });
    single = await startApp({ url: oneByOne.database.url, role: 'api', today: '2025-01-20' });
    client = await app.signedIn(asRegion.login, asRegion.password);
  }, 120_000);
  afterAll(async () => {
    await app?.stop();
    await single?.stop();
    await asRegion?.stop();
    await oneByOne?.stop();
  });

  it('scored as one run has the scores, digests, rows and flags of its documents scored one by one', async () => {
    expect(await score()).toMatchObject({ state: 'DONE', name: 'score-region', done: 24 + Number((await rows(asRegion, 'select count(*) as n from self_evaluation'))[0]?.['n']) });
    const scores = single.app.get(Scores);
    for (const { id } of await rows(oneByOne, `select r.id from monitoring_report r join reporting_period p on p.id = r.period_id where p.ordinal = 4`)) await scores.score('MONITORING_REPORT', String(id));
    for (const { id } of await rows(oneByOne, 'select id from self_evaluation')) await scores.score('SELF_EVALUATION', String(id));
    const [run, each] = [await rows(asRegion, SCORES), await rows(oneByOne, SCORES)];
    expect(run.length).toBeGreaterThan(24);
    expect(run).toEqual(each);
    // The province is worth comparing: it holds ratings, silence and overshoot.
    expect(new Set(run.map((row) => row['rating']))).toContain('优');
    expect(JSON.stringify(run)).toContain('OVER');
    expect(JSON.stringify(run)).toContain('scoring.');
  }, 180_000);

  it('is not scored for a quarter that there is not', async () => {
    const asked = await client.post<Problem>('/api/scoring-runs', { unitId: asRegion?.unitId, fiscalYear: 2030, periodOrdinal: 1 });
    expect([asked.status, asked.body.code]).toEqual([422, 'scoring.no-such-quarter']);
    expect(asked.body.sentence.zh).toContain('2030 年没有第 1 季度的报告期，没有可以评分的监控表。请核对年度和季度');
    expect(await rows(asRegion, 'select from bulk_run where fiscal_year = 2030')).toEqual([]);
  });

  it('scored again without a change writes nothing at all', async () => {
    const before = await rows(asRegion, 'select xmin::text, score_id from score_request order by document_id');
    expect((await score()).state).toBe('DONE');
    expect(await written()).toBe(0);
    expect(await rows(asRegion, 'select xmin::text, score_id from score_request order by document_id')).toEqual(before);
  }, 90_000);

  it('scored again after one value has changed writes the score of that quarter and of its year', async () => {
    const [report] = await rows(asRegion, `
      select r.id, a.indicator_key, a.id as actual from monitoring_report r join reporting_period p on p.id = r.period_id join actual a on a.report_id = r.id
      where p.ordinal = 4 and a.kind = 'REPORTED' and r.lineage_id in (select lineage_id from self_evaluation) order by r.id limit 1`);
    await rows(asRegion, `update monitoring_report set state = 'RETURNED', revision = revision + 1 where id = $1`, [report?.['id']]);
    await rows(asRegion, `insert into actual (id, report_id, indicator_id, indicator_key, revision, kind, magnitude, unit_symbol, base_magnitude, origin, request_id, recorded_by, recorded_at, fiscal_year)
      select gen_random_uuid(), report_id, indicator_id, indicator_key, 2, kind, magnitude + 0.01, unit_symbol, base_magnitude, 'TYPED', gen_random_uuid(), recorded_by, now(), fiscal_year from actual where id = $1`, [report?.['actual']]);
    expect((await score()).state).toBe('DONE');
    expect(await written()).toBe(2);
    expect(await rows(asRegion, `select count(*)::integer as n from (select document_id from score group by document_kind, document_id having count(*) > 1) x`)).toEqual([{ n: 2 }]);
  }, 90_000);

  it('can be asked for its derivations: the inputs are read again from the facts, and they are the same', async () => {
    const scores = app.app.get(Scores);
    const { db } = new UnitOfWork(asRegion?.database.dataSource as never);
    const repository = new ScoreRepository();
    const stored = await rows(asRegion, 'select s.id, s.document_kind, s.document_id, s.inputs_digest, s.indicator_points::text as points, s.total::text as total, s.profile_id from score s');
    for (const one of stored) {
      const inputs = await repository.inputs(db, String(one['id']));
      const profile = await new RuleProfileRepository().byId(db, String(one['profile_id']));
      if (inputs === null || profile === null) throw new Error('a score lost its inputs');
      expect(createHash('sha256').update(canonicalInputs(inputs.inputs.table, profile.profile, inputs.inputs.context)).digest('hex')).toBe(one['inputs_digest']);
      const computed = await scores.computation(db, String(one['id']));
      expect([computed?.indicatorPoints, computed?.total ?? null]).toEqual([one['points'], one['total']]);
    }
    const kind: ScoredKind = 'SELF_EVALUATION';
    const year = stored.find((one) => one['document_kind'] === kind);
    const trace: TableScore | null = await scores.computation(db, String(year?.['id']));
    expect(trace?.rows.every((row) => row.trace.length > 0)).toBe(true);
  }, 60_000);
});
