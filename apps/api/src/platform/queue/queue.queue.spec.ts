import { setTimeout as pause } from 'node:timers/promises';
import type { JobRunList, JobRunView, Problem } from '@jiheng/contract';
import { ok, refuse } from '@jiheng/domain';
import { Injectable, Module } from '@nestjs/common';
import { z } from 'zod';
import { freshDatabase, type TestDatabase } from '../../../test/database';
import { startApp, type Client, type TestApp } from '../../../test/http-app';
import { redisIsThere, startRedis, type TestRedis } from '../../../test/redis';
import { newId } from '../database/new-id';
import { UnitOfWork } from '../database/unit-of-work';
import { Outbox } from '../outbox/outbox';
import { OutboxRelay } from '../outbox/outbox-relay';
import { OutboxReplay } from '../outbox/outbox-replay';
import { Bell } from './bell';
import { defineJob } from './define-job';
import { defineNews, listen, provideListeners } from './define-news';
import { WillNotPass, type JobFailure } from './job-failure';
import { HandlesJob, type JobContext, type JobHandler } from './job-handler';
import { JobRunStore } from './job-run.store';
import { JobRuns } from './job-runs';

const payload = z.object({ key: z.string(), how: z.enum(['at-once', 'third-time', 'never', 'will-not-pass', 'too-slow', 'quiet', 'until-cancelled']) });
type Payload = z.output<typeof payload>;
const scoreOnce = defineJob({ name: 'score-once', queue: 'scoring', payload, attempts: 3, backoffMs: 30, timeoutMs: 400 });
const takeLong = defineJob({ name: 'take-long', queue: 'scoring', payload, attempts: 1, backoffMs: 30, timeoutMs: 60_000 });
const tellAlso = defineJob({ name: 'tell-also', queue: 'housekeeping', payload: z.object({ key: z.string() }), attempts: 1, backoffMs: 10, timeoutMs: 1000 });
const recorded = defineNews({ name: 'actual-recorded-in-test', payload: z.object({ key: z.string() }) });

/** What ran, seen from outside. */
const ran: { key: string; attempt: number }[] = [];
const gaveUp: { key: string; failure: JobFailure }[] = [];
const takenBack: string[] = [];

@HandlesJob(scoreOnce)
@Injectable()
class ScoreOnce implements JobHandler<Payload> {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async handle({ key, how }: Payload, context: JobContext): Promise<void> {
    ran.push({ key, attempt: context.attempt });
    if (how === 'third-time' && context.attempt < 3) throw new Error('secret inside: the source is away');
    if (how === 'never') throw new Error('secret inside: password=hunter2');
    if (how === 'will-not-pass') throw new WillNotPass({ code: 'house.unit-code-taken', params: { code: '101', name: '某中心' } }, 'reporter');
    if (how === 'too-slow' || how === 'quiet') await pause(5_000, undefined, { signal: context.signal });
    if (how === 'until-cancelled') {
      for (let step = 1; step <= 100 && !(await context.cancelled()); step++) { await context.progress(step, 100, `第 ${step} 行`); await pause(20); }
      return;
    }
    for (let step = 1; step <= 3; step++) await context.progress(step, 3, `第 ${step} 行`);
    // Like a score: the same inputs find their row and stop.
    await this.unitOfWork.always((tx) => tx.manager.query('insert into effect (key) values ($1) on conflict (key) do nothing', [key]));
  }

  failed({ key }: Payload, failure: JobFailure): Promise<void> {
    gaveUp.push({ key, failure });
    return Promise.resolve();
  }

  takenBack({ key }: Payload): Promise<void> {
    takenBack.push(key);
    return Promise.resolve();
  }
}

/** The same work with the time to be watched. */
@HandlesJob(takeLong)
@Injectable()
class TakeLong extends ScoreOnce {}

@HandlesJob(tellAlso)
@Injectable()
class TellAlso implements JobHandler<{ key: string }> {
  handle({ key }: { key: string }): Promise<void> {
    ran.push({ key: `also ${key}`, attempt: 1 });
    return Promise.resolve();
  }
}

@Module({
  providers: [ScoreOnce, TakeLong, TellAlso, provideListeners([listen(recorded, scoreOnce, ({ key }) => ({ key, how: 'at-once' as const })), listen(recorded, tellAlso, ({ key }) => ({ key }))])],
})
class TestJobsModule {}

const backends = [{ backend: 'postgres', there: true }, { backend: 'redis', there: redisIsThere() }];

for (const { backend, there } of backends) (there ? describe : describe.skip)(`jobs on ${backend}`, () => {
  let database: TestDatabase;
  let redis: TestRedis | null = null;
  let app: TestApp;
  let admin: Client;
  let unitId: string;
  let personId: string;
  let unitOfWork: UnitOfWork;
  let outbox: Outbox;

  beforeAll(async () => {
    database = await freshDatabase();
    await database.dataSource.query('create table effect (key text primary key)');
    if (backend === 'redis') redis = await startRedis();
    app = await startApp({ url: database.url, role: 'all', modules: [TestJobsModule], env: redis === null ? {} : { REDIS_URL: redis.url, REDIS_PREFIX: `test-${newId()}` } });
    await app.client().post('/api/setup', { unitName: '某州社会保险中心', login: 'admin', displayName: '管理员', password: 'a-long-first-one' });
    admin = await app.signedIn('admin', 'a-long-first-one');
    [{ id: unitId }] = await database.dataSource.query('select id from budget_unit');
    [{ id: personId }] = await database.dataSource.query('select id from person');
    unitOfWork = app.app.get(UnitOfWork);
    outbox = app.app.get(Outbox);
  });
  afterAll(async () => { await app.stop(); await redis?.stop(); await database.stop(); });
  beforeEach(() => { ran.length = 0; gaveUp.length = 0; takenBack.length = 0; });

  const effects = async (key: string): Promise<number> => (await database.dataSource.query('select 1 from effect where key = $1', [key])).length;
  const runsOf = (key: string): number => ran.filter((run) => run.key === key).length;
  const jobRow = async (id: string): Promise<JobRunView> => {
    const { body } = await admin.get<{ jobs: JobRunView[] }>('/api/jobs');
    const found = body.jobs.find((job) => job.id === id);
    if (found === undefined) throw new Error('the job is not listed');
    return found;
  };
  const until = async (what: () => Promise<boolean>, within = 8_000): Promise<void> => {
    for (const end = Date.now() + within; !(await what());) {
      if (Date.now() > end) throw new Error('waited in vain');
      await pause(20);
    }
  };
  /** Asks for a job that a person sees, in one deed. */
  const ask = (key: string, how: Payload['how']): Promise<string> => unitOfWork.always(async (tx) => {
    const jobRunId = await app.app.get(JobRuns).create(tx, { name: 'score-monitoring-report', titleZh: '计算得分', titleEn: 'Compute points', unitId, requestedBy: personId, link: '/work' });
    await outbox.put(tx, how === 'until-cancelled' || how === 'quiet' ? takeLong : scoreOnce, { key, how }, { jobRunId });
    return jobRunId;
  });
  const ended = (id: string) => until(async () => ['DONE', 'FAILED', 'CANCELLED'].includes((await jobRow(id)).state));

  it('rings after the commit, and never for a deed that was refused or failed', async () => {
    await unitOfWork.run(async (tx) => { await outbox.put(tx, scoreOnce, { key: 'refused', how: 'at-once' }); return refuse('house.not-allowed'); });
    await expect(unitOfWork.run(async (tx) => { await outbox.put(tx, scoreOnce, { key: 'failed', how: 'at-once' }); throw new Error('fault'); })).rejects.toThrow('fault');
    await unitOfWork.run(async (tx) => {
      await outbox.put(tx, scoreOnce, { key: 'committed', how: 'at-once' });
      await pause(200);
      expect(runsOf('committed')).toBe(0);
      return ok(undefined);
    });
    await until(async () => (await effects('committed')) === 1);
    expect([runsOf('refused'), runsOf('failed')]).toEqual([0, 0]);
  });

  it('makes one job per listener of a piece of news', async () => {
    await unitOfWork.always((tx) => outbox.put(tx, recorded, { key: 'KZ-U6' }));
    await until(async () => (await effects('KZ-U6')) === 1 && runsOf('also KZ-U6') === 1);
  });

  it('is heard at once and not only when the clock looks', async () => {
    const asked = Date.now();
    const id = await ask('prompt', 'at-once');
    await ended(id);
    expect(Date.now() - asked).toBeLessThan(1_500);
  });

  it('a relay that fails between ringing and marking rings twice, with one effect', async () => {
    // The database itself refuses the mark, once, as if the process had died there.
    await database.dataSource.query(`
      create sequence mark_attempts;
      create function die_once() returns trigger language plpgsql as $$ begin
        if nextval('mark_attempts') = 1 then raise exception 'died between ringing and marking'; end if; return new; end $$;
      create trigger die_once before update of rung_at on outbox_message for each row execute function die_once();`);
    await unitOfWork.always((tx) => outbox.put(tx, scoreOnce, { key: 'rung-twice', how: 'at-once' }));
    const rung = async (): Promise<boolean> => (await database.dataSource.query(`select 1 from outbox_message where payload ->> 'key' = 'rung-twice' and rung_at is not null`)).length === 1;
    await until(rung);
    await until(async () => (await effects('rung-twice')) === 1);
    const [{ last_value: attempts }] = await database.dataSource.query('select last_value from mark_attempts');
    await database.dataSource.query('drop trigger die_once on outbox_message; drop function die_once(); drop sequence mark_attempts;');
    await pause(200);
    expect(Number(attempts)).toBeGreaterThanOrEqual(2);
    // The queue knew the id of the first ring.
    expect(runsOf('rung-twice')).toBe(1);
  });

  it('a job delivered twice, to a queue that has forgotten it, has one effect', async () => {
    const [first, second] = await unitOfWork.always(async (tx) => [await outbox.put(tx, scoreOnce, { key: 'delivered-twice', how: 'at-once' }), await outbox.put(tx, scoreOnce, { key: 'delivered-twice', how: 'at-once' })]);
    expect(first?.messageId).not.toBe(second?.messageId);
    await until(() => Promise.resolve(runsOf('delivered-twice') === 2));
    await until(async () => (await effects('delivered-twice')) === 1);
  });

  it('what ended stays known for a minute and is then forgotten in one go, what waits or runs is not', async () => {
    const bell = app.app.get(Bell);
    const done = async (): Promise<number> => (await bell.counts('scoring'))['completed'] ?? 0;
    // Two of its own: those of the stories before may have been forgotten by the house already.
    await unitOfWork.always(async (tx) => { for (const nth of [1, 2]) await outbox.put(tx, scoreOnce, { key: `ended-${nth}`, how: 'at-once' }); });
    // Both, and nothing of the stories before is still on its way: it would end between two looks.
    await until(async () => {
      const { waiting = 0, active = 0 } = await bell.counts('scoring');
      return (await effects('ended-1')) + (await effects('ended-2')) === 2 && waiting + active === 0 && (await done()) >= 2;
    });
    const before = await done();
    expect([await bell.forgetFinished('scoring', 3_600_000), await done()]).toEqual([0, before]);
    await pause(20);
    expect(await bell.forgetFinished('scoring', 10)).toBeGreaterThanOrEqual(before);
    expect(await done()).toBe(0);
  });

  it('three relays share the messages, and no message is rung by two of them', async () => {
    const relay = app.app.get(OutboxRelay);
    await unitOfWork.always(async (tx) => { for (let nth = 0; nth < 250; nth++) await outbox.put(tx, scoreOnce, { key: `shared-${nth}`, how: 'at-once' }); });
    const rung = await Promise.all([relay.ringAll(), relay.ringAll(), relay.ringAll()]);
    // The worker's own relay was woken as well and rings its share; if two could take one message, these three alone would ring up to 750.
    expect(rung.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(250);
    await until(async () => (await database.dataSource.query(`select 1 from effect where key like 'shared-%'`)).length === 250, 20_000);
    // A queue may hand a job out again when its worker was starved of time; the effect stays one.
    expect(new Set(ran.map(({ key }) => key).filter((key) => key.startsWith('shared-'))).size).toBe(250);
  });

  it('the same wish put again while it waits rings once; put again later it rings again', async () => {
    const put = () => unitOfWork.always((tx) => outbox.put(tx, scoreOnce, { key: 'coalesced', how: 'at-once' }, { dedupKey: 'report-1' }));
    const both = await unitOfWork.always(async (tx) => [
      await outbox.put(tx, scoreOnce, { key: 'coalesced', how: 'at-once' }, { dedupKey: 'report-1' }), await outbox.put(tx, scoreOnce, { key: 'coalesced', how: 'at-once' }, { dedupKey: 'report-1' }),
    ]);
    expect(both[0]?.messageId).toBe(both[1]?.messageId);
    await until(() => Promise.resolve(runsOf('coalesced') === 1));
    await put();
    await until(() => Promise.resolve(runsOf('coalesced') === 2));
  });

  it('what may pass is tried again with a pause and ends done; nobody is alarmed in between', async () => {
    const id = await ask('third', 'third-time');
    await ended(id);
    expect(await jobRow(id)).toMatchObject({ state: 'DONE', attempts: 3, done: 3, total: 3, failureZh: null, failureEn: null, title: '计算得分', by: '管理员', link: '/work' });
    expect(ran.filter(({ key }) => key === 'third').map(({ attempt }) => attempt)).toEqual([1, 2, 3]);
    expect(gaveUp).toEqual([]);
  });

  it('one that runs gives signs of life although it has no progress to tell; one whose worker is gone is told by its silence', async () => {
    const id = await ask('quiet', 'quiet');
    await until(async () => (await jobRow(id)).state === 'RUNNING');
    await pause(4_200);
    const row = await jobRow(id);
    // Without signs it would be silent for four seconds.
    expect([row.state, row.total, row.silentSeconds === 0 || row.silentSeconds === 1]).toEqual(['RUNNING', 0, true]);
    await ended(id);
    expect((await jobRow(id)).silentSeconds).toBeNull();
    const forsaken = newId();
    await database.dataSource.query(`insert into job_run (id, name, title_zh, title_en, unit_id, requested_by, state, attempts, started_at, seen_at) values ($1, 'score-once', '计算得分', 'Score', $2, $3, 'RUNNING', 1, now(), now() - interval '40 seconds')`, [forsaken, unitId, personId]);
    const seconds = (await jobRow(forsaken)).silentSeconds ?? 0;
    expect(seconds >= 40 && seconds < 50).toBe(true);
    // One that an earlier version began has given no sign, and is not as fresh as one that has just given one.
    await database.dataSource.query(`update job_run set seen_at = null, started_at = now() - interval '40 seconds' where id = $1`, [forsaken]);
    expect((await jobRow(forsaken)).silentSeconds).toBeGreaterThanOrEqual(40);
    await database.dataSource.query(`update job_run set state = 'DONE' where id = $1`, [forsaken]);
  }, 20_000);

  it('a try that was taken for dead has nothing to say about the one that came after it', async () => {
    const runs = app.app.get(JobRunStore);
    const id = newId();
    await database.dataSource.query(`insert into job_run (id, name, title_zh, title_en, unit_id, requested_by) values ($1, 'score-once', '计算得分', 'Score', $2, $3)`, [id, unitId, personId]);
    const failure = { code: 'house.job-failed', zh: '任务失败。', en: 'failed', mender: 'administrator' } satisfies JobFailure;
    const [dead, alive] = [await runs.begin(id), await runs.begin(id)];
    expect([dead, alive]).toEqual([1, 2]);
    expect([await runs.end(id, 1), await runs.fail(id, 1, failure)]).toEqual([false, false]);
    await runs.waitAgain(id, 1, null);
    await runs.giveBack(id, 1, { zh: '数据库连接不上。', en: 'away' });
    expect(await jobRow(id)).toMatchObject({ state: 'RUNNING', attempts: 2, failureZh: null });
    expect(await runs.end(id, 2)).toBe(true);
    // The queue, which gives a job up, does not know tries.
    const stalled = newId();
    await database.dataSource.query(`insert into job_run (id, name, title_zh, title_en, unit_id, requested_by) values ($1, 'score-once', '计算得分', 'Score', $2, $3)`, [stalled, unitId, personId]);
    await runs.begin(stalled);
    expect(await runs.fail(stalled, null, failure)).toBe(true);
  });

  it('what will not pass is tried once and says who can mend it', async () => {
    const id = await ask('lawful no', 'will-not-pass');
    await ended(id);
    expect(await jobRow(id)).toMatchObject({ state: 'FAILED', attempts: 1, mender: 'reporter', retryable: true, failureZh: '单位编码“101”已被“某中心”使用，请核对编码。' });
    expect(runsOf('lawful no')).toBe(1);
    expect(gaveUp.map(({ key, failure }) => [key, failure.code])).toEqual([['lawful no', 'house.unit-code-taken']]);
  });

  it('only the last failure marks the row, and its sentence tells a number and nothing from inside', async () => {
    const id = await ask('hopeless', 'never');
    await ended(id);
    const row = await jobRow(id);
    expect(row).toMatchObject({ state: 'FAILED', attempts: 3, mender: 'administrator' });
    expect(row.failureZh).toMatch(/^处理时发生故障（编号 [0-9a-f]{12}），已试 3 次。/);
    expect(JSON.stringify(row)).not.toContain('hunter2');
    expect(gaveUp.map(({ key }) => key)).toEqual(['hopeless']);
  });

  it('a run that takes too long counts as failed and is told to stop', async () => {
    const id = await ask('slow', 'too-slow');
    await ended(id);
    expect(await jobRow(id)).toMatchObject({ state: 'FAILED', attempts: 3 });
  });

  it('an old message whose shape no longer fits fails loudly, once', async () => {
    const id = await unitOfWork.always(async (tx) => {
      const jobRunId = await app.app.get(JobRuns).create(tx, { name: 'score-monitoring-report', titleZh: '旧', titleEn: 'Old', unitId, requestedBy: null, link: null });
      await tx.manager.query(`insert into outbox_message (id, kind, name, payload, job_run_id) values ($1, 'JOB', 'score-once', '{"reportNumber": 7}', $2)`, [newId(), jobRunId]);
      return jobRunId;
    });
    await ended(id);
    expect(await jobRow(id)).toMatchObject({ state: 'FAILED', attempts: 1, mender: 'administrator', by: '系统' });
  });

  it('a person tries a failed job again, and only a failed one', async () => {
    const id = await ask('again', 'will-not-pass');
    await ended(id);
    expect((await admin.post(`/api/jobs/${id}/retry`)).status).toBe(204);
    await until(() => Promise.resolve(runsOf('again') === 2));
    await ended(id);
    expect(await jobRow(id)).toMatchObject({ state: 'FAILED', attempts: 2 });
    const done = await ask('fine', 'at-once');
    await ended(done);
    const refused = await admin.post<Problem>(`/api/jobs/${done}/retry`);
    expect([refused.status, refused.body.code]).toEqual([422, 'house.job-not-retryable']);
    expect((await admin.post(`/api/jobs/${newId()}/retry`)).status).toBe(404);
  });

  it('a reloaded page finds a running job where it is, with the row it is at and its unit', async () => {
    const id = await ask('reloaded', 'until-cancelled');
    await until(async () => (await jobRow(id)).done > 0);
    // What a page asks for when it is loaded: the list, and a stream that begins with what runs.
    const listed = await jobRow(id);
    expect(listed).toMatchObject({ state: 'RUNNING', total: 100, unitName: '某州社会保险中心', cancellable: true });
    expect(listed.at).toBe(`第 ${listed.done} 行`);
    const stop = new AbortController();
    const response = await admin.fetch('/api/jobs/events', { signal: stop.signal });
    let heard = '';
    const listening = (async () => { for await (const chunk of response.body ?? []) heard += Buffer.from(chunk).toString(); })().catch(() => undefined);
    const told = (): JobRunView[] => heard.split('\n').filter((line) => line.startsWith('data: {"')).map((line) => JSON.parse(line.slice(6)) as JobRunView).filter((job) => job.id === id);
    await until(() => Promise.resolve(told().length > 0));
    expect(told()[0]?.done).toBeGreaterThanOrEqual(listed.done);
    expect((await admin.post(`/api/jobs/${id}/cancel`)).status).toBe(204);
    await until(() => Promise.resolve(told().at(-1)?.state === 'CANCELLED'));
    stop.abort();
    await listening;
  });

  it('a person takes a running job back: it stops between two items, and what it did stays', async () => {
    const id = await ask('long', 'until-cancelled');
    await until(async () => (await jobRow(id)).done > 0);
    expect((await admin.post(`/api/jobs/${id}/cancel`)).status).toBe(204);
    const { done } = await jobRow(id);
    await pause(400);
    const after = await jobRow(id);
    expect(after).toMatchObject({ state: 'CANCELLED', retryable: false, cancellable: false, done });
    expect(done).toBeLessThan(100);
    expect(await effects('long')).toBe(0);
  });

  it('a job taken back before its first run does not run, and its feature hears of it, since nobody else would end its row', async () => {
    await unitOfWork.always(async (tx) => {
      const jobRunId = await app.app.get(JobRuns).create(tx, { name: 'score-monitoring-report', titleZh: '计算得分', titleEn: 'Compute points', unitId, requestedBy: personId, link: '/work' });
      await tx.manager.query(`update job_run set state = 'CANCELLED' where id = $1`, [jobRunId]);
      await outbox.put(tx, scoreOnce, { key: 'taken back', how: 'at-once' }, { jobRunId });
    });
    await until(() => Promise.resolve(takenBack.length > 0));
    expect([takenBack, runsOf('taken back'), gaveUp]).toEqual([['taken back'], 0, []]);
  });

  it('streams the changes of a job to the browser', async () => {
    const stop = new AbortController();
    const response = await admin.fetch('/api/jobs/events', { signal: stop.signal });
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    let heard = '';
    const listening = (async () => { for await (const chunk of response.body ?? []) heard += Buffer.from(chunk).toString(); })().catch(() => undefined);
    const id = await ask('streamed', 'at-once');
    const seen = (): JobRunView[] => heard.split('\n').filter((line) => line.startsWith('data: ')).map((line) => JSON.parse(line.slice(6)) as JobRunView).filter((job) => job.id === id);
    await until(() => Promise.resolve(seen().at(-1)?.state === 'DONE'));
    stop.abort();
    await listening;
  });

  it('shows a job to those who may read its unit, and to nobody else', async () => {
    await database.dataSource.query(`insert into budget_unit (id, code, name, kind, path) values ('019b0000-0000-7000-8000-000000000001', '900', '别的中心', 'UNIT', '/019b0000-0000-7000-8000-000000000001/') on conflict do nothing`);
    const made = await admin.post<{ oneTimePassword: string; person: { id: string } }>('/api/people', { login: `other-${backend}`, displayName: '别处', roles: [{ role: 'reporter', unitId }] });
    await database.dataSource.query(`update role_assignment set unit_id = '019b0000-0000-7000-8000-000000000001' where person_id = $1`, [made.body.person.id]);
    await database.dataSource.query('update person set must_change_password = false where id = $1', [made.body.person.id]);
    const other = await app.signedIn(`other-${backend}`, made.body.oneTimePassword);
    const id = await ask('not yours', 'will-not-pass');
    await ended(id);
    expect((await other.get<{ jobs: unknown[]; counts: object }>('/api/jobs')).body).toEqual({ jobs: [], nextCursor: null, counts: {} });
    expect((await other.post(`/api/jobs/${id}/retry`)).status).toBe(404);
  });

  it('a reporter of the unit sees the job another asked for, and may neither try it again nor take it back', async () => {
    const made = await admin.post<{ oneTimePassword: string; person: { id: string } }>('/api/people', { login: `reads-${backend}`, displayName: '填报人', roles: [{ role: 'reporter', unitId }] });
    await database.dataSource.query('update person set must_change_password = false where id = $1', [made.body.person.id]);
    const reader = await app.signedIn(`reads-${backend}`, made.body.oneTimePassword);
    const id = await ask('not theirs', 'will-not-pass');
    await ended(id);
    const shown = (await reader.get<JobRunList>('/api/jobs')).body.jobs.find((job) => job.id === id);
    expect(shown).toMatchObject({ state: 'FAILED', retryable: false, cancellable: false });
    for (const deed of ['retry', 'cancel']) {
      const refused = await reader.post<Problem>(`/api/jobs/${id}/${deed}`);
      expect([refused.status, refused.body.code]).toEqual([403, 'house.not-allowed']);
    }
    // Who asked for it may, whatever role they hold.
    await database.dataSource.query('update job_run set requested_by = $2 where id = $1', [id, made.body.person.id]);
    expect((await reader.post(`/api/jobs/${id}/retry`)).status).toBe(204);
    await ended(id);
  });

  it('rings again what an emptied queue has lost, without doing twice what was done', async () => {
    const id = await ask('lost', 'at-once');
    await ended(id);
    // As after the loss of the queue: the row says it waits, the message says it was rung, the queue knows nothing.
    await database.dataSource.query(`update job_run set state = 'WAITING' where id = $1`, [id]);
    await database.dataSource.query(`delete from effect where key = 'lost'`);
    await database.dataSource.query(`update outbox_message set id = $2 where job_run_id = $1`, [id, newId()]);
    expect(await app.app.get(OutboxReplay).replay(0)).toBe(1);
    await ended(id);
    expect(await effects('lost')).toBe(1);
    expect(await app.app.get(OutboxReplay).replay(0)).toBe(0);
  });

  it('goes on after every connection to the database was cut', async () => {
    await database.dataSource.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()');
    await pause(300);
    let id = '';
    await until(async () => ask('after the cut', 'at-once').then((made) => { id = made; return true; }, () => false));
    await until(async () => (await effects('after the cut')) === 1, 20_000);
    await ended(id);
    const asked = Date.now();
    await pause(1_200);
    await ended(await ask('heard again', 'at-once'));
    expect(Date.now() - asked).toBeLessThan(3_000);
  });

  it('forgets rung messages after a month, but not those of a job that can still be tried again', async () => {
    const [failed, done] = [await ask('kept', 'will-not-pass'), await ask('forgotten', 'at-once')];
    await Promise.all([ended(failed), ended(done)]);
    await database.dataSource.query(`update outbox_message set rung_at = now() - interval '31 days' where job_run_id = any($1)`, [[failed, done]]);
    await app.app.get(OutboxRelay).forget();
    const left: { job_run_id: string }[] = await database.dataSource.query('select job_run_id from outbox_message where job_run_id = any($1)', [[failed, done]]);
    expect(left.map(({ job_run_id }) => job_run_id)).toEqual([failed]);
  });

  it('tells how many wait', async () => {
    // The row of the last job says that it is done a moment before the queue knows.
    await until(async () => (await app.app.get(Bell).counts('scoring'))['active'] === 0);
    expect(await app.app.get(Bell).counts('scoring')).toMatchObject({ waiting: 0, active: 0 });
  });
});
