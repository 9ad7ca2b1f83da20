import { createHash } from 'node:crypto';
import type { JobRunView, Problem, RuleProfileAssignmentView, RuleProfileList, RuleProfilePreview, RuleProfileView, ScoringRunAsked } from '@jiheng/contract';
import { MOF_2020_10, canonicalInputs } from '@jiheng/domain';
import { type Client, type TestApp, startApp } from '../../test/http-app';
import { type Province, aProvince } from '../../test/province';
import { waitFor } from '../../test/wait-for';
import { newId } from '../platform/database/new-id';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { readDocumentsWithInputs } from './documents-with-inputs.query';
import { AT_ONCE } from './rule-profile-previews.service';
import type { ScoredKind } from './scoring.public';

// 60 units × 5 tables × 4 quarters, and the years: more documents than anybody waits for.
const SIZE = { units: 60, tables: 5, indicators: 6, quarters: 4, seed: 7 };

type Step = RuleProfilePreview['ratings'][number];

/** The day of a moment in Asia/Shanghai. */
const dayOf = (moment: string | undefined): string => new Date(Date.parse(moment ?? '') + 8 * 3_600_000).toISOString().slice(0, 10);

describe('another profile for a whole region', () => {
  let province: Province;
  let app: TestApp;
  let admin: Client;
  let finance: Client;
  let banded: RuleProfileView;

  const rows = <T extends object>(sql: string, params: unknown[] = []): Promise<T[]> => province.database.dataSource.query(sql, params);
  const number = async (sql: string, params: unknown[] = []): Promise<number> => Number((await rows<{ n: number }>(`select count(*)::integer as n from ${sql}`, params))[0]?.n);
  const wish = () => ({ scope: { kind: 'UNIT' as const, unitId: province.unitId }, fiscalYear: 2024, profileId: banded.id });
  const ended = (jobRunId: string | null | undefined): Promise<JobRunView> => waitFor('the job to end', async () => {
    const job = (await admin.get<{ jobs: JobRunView[] }>('/api/jobs')).body.jobs.find((one) => one.id === jobRunId);
    return job?.state === 'DONE' || job?.state === 'FAILED' ? job : null;
  }, 90_000);
  /** Years by rating under the one profile and under the other, out of the scores themselves. */
  const steps = (): Promise<Step[]> => rows(`
    select a.rating as "from", b.rating as "to", count(*)::integer as count from score a join score b on b.document_id = a.document_id
      join rule_profile p on p.id = a.profile_id and p.name = 'MOF-2020-10' join rule_profile q on q.id = b.profile_id and q.name = 'MOF-2021-101' where a.document_kind = 'SELF_EVALUATION'
    group by 1, 2`);

  beforeAll(async () => {
    province = await aProvince(SIZE);
    // The first quarter is signed everywhere and keeps its points, whatever becomes of the rules; the others are on their way.
    await rows(`update monitoring_report set state = 'SUBMITTED' where period_id in (select id from reporting_period where ordinal > 1)`);
    app = await startApp({ url: province.database.url, role: 'all', today: '2025-01-20' });
    admin = await app.signedIn(province.login, province.password);
    const second = newId();
    await rows(`insert into person (id, login, display_name, password_hash) select $1, 'finance', '财政经办', password_hash from person where login = $2`, [second, province.login]);
    await rows(`insert into role_assignment (person_id, role, unit_id) values ($1, 'finance', $2)`, [second, province.unitId]);
    finance = await app.signedIn('finance', province.password);
    banded = (await finance.get<RuleProfileList>('/api/rule-profiles')).body.profiles.find(({ name }) => name === 'MOF-2021-101') as RuleProfileView;
    const asked = await admin.post<ScoringRunAsked>('/api/scoring-runs', { unitId: province.unitId, fiscalYear: 2024, periodOrdinal: 4 });
    expect((await ended(asked.body.jobRunId)).state).toBe('DONE');
  }, 180_000);
  afterAll(async () => { await app?.stop(); await province?.stop(); });

  it('reads many documents as one that is scored alone is read: every digest is that of its score', async () => {
    const { db } = app.app.get(UnitOfWork);
    const scored = await rows<{ id: string; kind: ScoredKind; digest: string }>('select r.document_id as id, r.document_kind as kind, s.inputs_digest as digest from score_request r join score s on s.id = r.score_id');
    for (const kind of ['MONITORING_REPORT', 'SELF_EVALUATION'] as const) {
      const of = new Map(scored.filter((one) => one.kind === kind).map((one) => [one.id, one.digest]));
      expect(of.size).toBeGreaterThan(20);
      const read = await readDocumentsWithInputs(db, kind, [...of.keys()], '2025-01-20');
      expect(read.map(({ id, table, context }) => [id, createHash('sha256').update(canonicalInputs(table, MOF_2020_10, context)).digest('hex')])).toEqual(read.map(({ id }) => [id, of.get(id)]));
      expect(read).toHaveLength(of.size);
    }
  });

  it('is not proposed before somebody has looked what it would change', async () => {
    const early = await finance.post<Problem>('/api/rule-profile-assignments', { ...wish(), reason: '省财政厅要求' });
    expect([early.status, early.body.code]).toEqual([422, 'rule-profile.preview-first']);
    expect(early.body.sentence.zh).toContain('请先点“看影响”');
  });

  it('cancelled while a page waits for it, is said to be cancelled and not computed again by looking', async () => {
    const jobs = async (): Promise<number> => number(`job_run where name = 'preview-rule-profile'`);
    const { scope, fiscalYear, profileId } = wish();
    const cancelled = newId();
    await rows(`insert into job_run (id, name, title_zh, title_en, state, finished_at, requested_by) select $1, 'preview-rule-profile', '试算', 'What it would change', 'CANCELLED', now(), id from person where login = 'finance'`, [cancelled]);
    await rows(`insert into rule_profile_preview (id, unit_id, fiscal_year, profile_id, requested_by, job_run_id, created_at) select $1, $2, $3, $4, id, $5, now() from person where login = 'finance'`,
      [newId(), scope.unitId, fiscalYear, profileId, cancelled]);
    const looked = await finance.post<RuleProfilePreview>('/api/rule-profile-assignments/preview', { ...wish(), waitsFor: cancelled });
    expect([looked.status, looked.body.jobState, looked.body.jobRunId, looked.body.notComputed === looked.body.documents]).toEqual([200, 'CANCELLED', cancelled, true]);
    expect(await jobs()).toBe(1);
    // Whoever waits for the job of another question is answered as anybody who asks.
    const other = await finance.post<RuleProfilePreview>('/api/rule-profile-assignments/preview', { ...wish(), fiscalYear: fiscalYear + 1, waitsFor: cancelled });
    expect(other.body.jobState).not.toBe('CANCELLED');
    expect(await jobs()).toBe(1);
  });

  it('shows by a job that tells how far it is what it would change in all documents, and writes no score', async () => {
    const [scores, open] = [await number('score'), await number(`monitoring_report where state <> 'SIGNED'`) + await number(`self_evaluation where state not in ('SIGNED', 'DEPARTMENT_ACCEPTED', 'ACCEPTED')`)];
    expect(open).toBeGreaterThan(AT_ONCE);
    const first = await finance.post<RuleProfilePreview>('/api/rule-profile-assignments/preview', wish());
    expect([first.body.documents, first.body.notComputed, typeof first.body.jobRunId, first.body.jobState]).toEqual([open, open, 'string', 'WAITING']);
    // Asked again meanwhile: the same job.
    const again = await finance.post<RuleProfilePreview>('/api/rule-profile-assignments/preview', wish());
    if (again.body.notComputed > 0) expect(again.body.jobRunId).toBe(first.body.jobRunId);
    expect(await ended(first.body.jobRunId)).toMatchObject({ state: 'DONE', name: 'preview-rule-profile', done: open, total: open });
    const { body } = await finance.post<RuleProfilePreview>('/api/rule-profile-assignments/preview', wish());
    expect([body.documents, body.notComputed, body.signedKept]).toEqual([open, 0, 300]);
    expect(body.changed).toBeGreaterThan(100);
    expect(body.movers).toHaveLength(20);
    expect(body.ratings.reduce((sum, step) => sum + step.count, 0)).toBe(await number(`self_evaluation where state not in ('SIGNED', 'DEPARTMENT_ACCEPTED', 'ACCEPTED')`));
    expect(await number('score')).toBe(scores);
    expect(await number('rule_profile_assignment')).toBe(0);
    // 监控表 of three quarters and the self-evaluations; every difference stands with two decimals below the others.
    expect(body.reports).toBe(900);
    expect(body.movers.filter(({ difference }) => difference !== null && !/^-?\d+\.\d\d$/.test(difference))).toEqual([]);
  }, 120_000);

  it('says when it was computed and what got other points since, and is computed anew when somebody wants it', async () => {
    const kept = (await finance.post<RuleProfilePreview>('/api/rule-profile-assignments/preview', wish())).body;
    expect([dayOf(kept.computedAt), kept.movedSince]).toEqual(['2025-01-20', 0]);
    // A value of the fourth quarter is corrected, in a table whose year is not evaluated yet: the quarter is scored again.
    const [report] = await rows<{ id: string; actual: string }>(`
      select r.id, a.id as actual from monitoring_report r join reporting_period p on p.id = r.period_id join actual a on a.report_id = r.id
      where p.ordinal = 4 and a.kind = 'REPORTED' and r.lineage_id not in (select lineage_id from self_evaluation) order by r.id limit 1`);
    await rows(`update monitoring_report set state = 'RETURNED', revision = revision + 1 where id = $1`, [report?.id]);
    await rows(`insert into actual (id, report_id, indicator_id, indicator_key, revision, kind, magnitude, unit_symbol, base_magnitude, origin, request_id, recorded_by, recorded_at, fiscal_year)
      select gen_random_uuid(), report_id, indicator_id, indicator_key, 2, kind, magnitude + 0.01, unit_symbol, base_magnitude, 'TYPED', gen_random_uuid(), recorded_by, now(), fiscal_year from actual where id = $1`, [report?.actual]);
    await ended((await admin.post<ScoringRunAsked>('/api/scoring-runs', { unitId: province.unitId, fiscalYear: 2024, periodOrdinal: 4 })).body.jobRunId);
    // Looking again shows what is kept, and says so.
    const old = (await finance.post<RuleProfilePreview>('/api/rule-profile-assignments/preview', wish())).body;
    expect([old.computedAt, old.notComputed, old.movedSince]).toEqual([kept.computedAt, 0, 1]);
    const anew = (await finance.post<RuleProfilePreview>('/api/rule-profile-assignments/preview', { ...wish(), anew: true })).body;
    expect([anew.notComputed, anew.jobState]).toEqual([kept.documents, 'WAITING']);
    expect(anew.jobRunId).not.toBe(kept.jobRunId);
    await ended(anew.jobRunId);
    const fresh = (await finance.post<RuleProfilePreview>('/api/rule-profile-assignments/preview', { ...wish(), waitsFor: anew.jobRunId })).body;
    expect([fresh.notComputed, fresh.movedSince, (fresh.computedAt ?? '') > (kept.computedAt ?? '')]).toEqual([0, 0, true]);
  }, 120_000);

  it('approved by a second person is a run of slices, comes out as it was shown, and every earlier score stays with its profile', async () => {
    const before = await number('score');
    const proposed = await finance.post<RuleProfileAssignmentView>('/api/rule-profile-assignments', { ...wish(), reason: '省财政厅 2024 年起按 101 号文计分' });
    expect([proposed.status, proposed.body.state]).toEqual([201, 'PROPOSED']);
    // Whoever decides sees how old the numbers are.
    expect([dayOf(proposed.body.preview.computedAt), proposed.body.preview.movedSince]).toEqual(['2025-01-20', 0]);
    expect((await finance.post<Problem>(`/api/rule-profile-assignments/${proposed.body.id}/decision`, { decision: 'APPROVE', opinion: '' })).body.code).toBe('rule-profile.own-proposal');
    const approved = await admin.post<RuleProfileAssignmentView>(`/api/rule-profile-assignments/${proposed.body.id}/decision`, { decision: 'APPROVE', opinion: '同意' });
    const { documents, ratings } = proposed.body.preview;
    expect(await ended(approved.body.jobRunId)).toMatchObject({ state: 'DONE', name: 'apply-rule-profile', done: documents, total: documents });
    expect(await rows('select state, documents from bulk_run where id = $1', [proposed.body.id])).toEqual([{ state: 'DONE', documents }]);
    // Every document points at a score by the new rules; the old ones are all there.
    expect(await rows(`select p.name, count(*)::integer as n from score_request r join score s on s.id = r.score_id join rule_profile p on p.id = s.profile_id group by 1`)).toEqual([{ name: 'MOF-2021-101', n: documents }]);
    expect(await number('score')).toBe(before + documents);
    expect(await number(`score s join rule_profile p on p.id = s.profile_id where p.name = 'MOF-2020-10'`)).toBe(before);
    // What was shown is what happened.
    const inWords = (all: readonly Step[]): string[] => all.map(({ from, to, count }) => `${from ?? '—'}→${to ?? '—'} ${count}`).sort();
    expect(inWords(await steps())).toEqual(inWords(ratings));
    expect(inWords(ratings)).toEqual(expect.arrayContaining(['优→优 178', '优→良 10', '中→差 21']));
    for (const mover of proposed.body.preview.movers.filter((one) => one.documentKind === 'SELF_EVALUATION')) {
      const [now] = await rows<{ total: string }>('select s.total::text from score_request r join score s on s.id = r.score_id where r.document_id = $1', [mover.documentId]);
      expect(now?.total ?? null).toBe(mover.to);
    }
  }, 180_000);

  it('is not proposed once more where it is in force, neither for the region nor for a unit below that has it from above', async () => {
    const [unit] = await rows<{ id: string; name: string }>('select id, name from budget_unit where parent_id is not null order by path desc limit 1');
    for (const scope of [wish().scope, { kind: 'UNIT' as const, unitId: unit?.id }]) {
      const again = await finance.post<Problem>('/api/rule-profile-assignments', { ...wish(), scope, reason: '再提一次' });
      expect([again.status, again.body.code]).toEqual([422, 'rule-profile.already-in-force']);
      expect(again.body.sentence.zh).toContain('在 2024 年已经使用“MOF-2021-101”第 1 版，不必重复指定');
    }
  });
});
