import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JobRunList, JobRunView, ObservationOrigin, Problem, PullSourceView, WorkView } from '@jiheng/contract';
import { type FakeSource, startFakeSource } from '../../../../tools/fake-source/server';
import { listedSource } from '../../test/as-listed';
import type { Client } from '../../test/http-app';
import { waitFor } from '../../test/wait-for';
import { type World, type WorldApp, aWorld } from '../../test/world';
import { runPull } from './run-pull.job';
import { RunPull } from './run-pull.service';

describe('a pull that goes wrong', () => {
  let world: World;
  let app: WorldApp;
  let upstream: FakeSource;
  let reporter: Client;
  let folder: string;

  const source = async (name: string, more: Record<string, unknown> = {}): Promise<PullSourceView> => {
    const made = await reporter.post<PullSourceView>('/api/pull-sources', {
      unitId: world.units.kz, name, kind: 'HTTP_JSON', place: `${upstream.url}/insured`, mappings: [{ indicatorKey: 'KZ-U6', field: 'urban-rural-pension', unit: '人' }], ...more,
    });
    expect([made.status, made.body]).toEqual([201, expect.objectContaining({ state: 'ACTIVE' })]);
    return made.body;
  };
  const start = async (id: string): Promise<JobRunView> => {
    const { body } = await reporter.post<{ jobRunId: string }>(`/api/pull-sources/${id}/runs`, { periodId: world.periods[3] });
    return waitFor('the pull', async () => {
      const job = (await reporter.get<JobRunList>('/api/jobs')).body.jobs.find((one) => one.id === body.jobRunId);
      return job?.state === 'DONE' || job?.state === 'FAILED' ? job : null;
    }, 40_000);
  };
  const now = async (id: string): Promise<PullSourceView> => {
    const found = await listedSource(reporter, id);
    if (found === undefined) throw new Error('the source is gone');
    return found;
  };
  const attemptOf = async (id: string): Promise<{ state: string; failure_kind: string | null } | undefined> =>
    (await world.dataSource.query<{ state: string; failure_kind: string | null }[]>('select state, failure_kind from pull_run where source_id = $1 order by id desc limit 1', [id]))[0];
  const count = async (table: string): Promise<number> => Number((await world.dataSource.query<{ n: string }[]>(`select count(*) as n from ${table}`))[0]?.n);

  beforeAll(async () => {
    // The real pauses are half a minute, two and ten; a test need not sit through them.
    Object.assign(runPull, { backoffMs: 100 });
    world = await aWorld({ opened: [4] });
    upstream = await startFakeSource();
    folder = await mkdtemp(join(tmpdir(), 'pull-root-'));
    app = await world.start({ role: 'all', env: { PULL_ALLOWED_HOSTS: '127.0.0.1:*', PULL_FOLDER_ROOT: folder } });
    reporter = await app.as('kz.reporter');
  });
  afterAll(async () => {
    await app?.stop();
    await upstream?.stop();
    await rm(folder, { recursive: true, force: true });
    await world?.stop();
  });
  afterEach(() => { upstream.behave('ok'); });

  it('a source that is away is asked again, then paused with the reason, and may be resumed when it is back', async () => {
    const { id } = await source('时有时无的系统');
    upstream.behave('broken');
    const before = upstream.asked();
    const job = await start(id);
    expect(upstream.asked() - before).toBe(runPull.attempts);
    expect([job.state, job.mender, job.failureZh]).toEqual(['FAILED', 'source-owner', expect.stringMatching(/^取数来源“时有时无的系统”没有应答：对方服务器故障（HTTP 503）。共试 4 次均未成功，已于 2025-01-09 \d\d:\d\d（北京时间）暂停取数。请联系对方维护人员排除故障，再由本单位填报人或系统管理员在“取数来源”中恢复取数；设有自动取数的，到下一次时间会再试。$/u)]);
    expect(job.failureEn).toMatch(/It was tried 4 time\(s\) and is paused since 2025-01-09 \d\d:\d\d \(Beijing time\)\. Ask its operators/u);
    // The paused source gives the same reason: nothing is promised that nobody does any more.
    expect(await now(id)).toMatchObject({ state: 'PAUSED', pauseReason: job.failureZh, pauseReasonEn: job.failureEn, lastRun: { state: 'FAILED', failureZh: job.failureZh } });
    expect((await reporter.get<WorkView>('/api/work')).body.items.map((item) => item.kind)).toContain('FAILED_JOB');
    const refused = await reporter.post<Problem>(`/api/pull-sources/${id}/runs`, { periodId: world.periods[3] });
    expect([refused.status, refused.body.code]).toEqual([422, 'pull.source-paused']);
    upstream.behave('ok');
    expect((await reporter.post<PullSourceView>(`/api/pull-sources/${id}/resume`)).body.state).toBe('ACTIVE');
    expect((await start(id)).state).toBe('DONE');
    expect((await now(id)).lastRun).toMatchObject({ observations: 1, candidates: 1, same: 0 });
  }, 60_000);

  it('a source that refuses access is not asked twice', async () => {
    const { id } = await source('要授权的系统');
    upstream.behave('unauthorised');
    const before = upstream.asked();
    expect(await start(id)).toMatchObject({ state: 'FAILED', mender: 'source-owner', failureEn: 'The source “要授权的系统” refused access (401). Its owner has to check the authorisation, then pull again.' });
    expect(upstream.asked() - before).toBe(1);
    expect((await now(id)).state).toBe('PAUSED');
  });

  it('a period without data leaves everything as it was and says so', async () => {
    const { id } = await source('还没有数据的系统');
    for (const mode of ['missing', 'empty'] as const) {
      upstream.behave(mode);
      const before = await count('observation');
      expect((await start(id)).state).toBe('DONE');
      expect(await count('observation')).toBe(before);
      expect((await now(id))).toMatchObject({ state: 'ACTIVE', lastRun: { state: 'DONE', failureZh: expect.stringContaining('的数据，已填数值保持不变') } });
    }
  });

  it('an answer that is no JSON is kept as it came, and no candidate is made of it', async () => {
    const { id } = await source('说胡话的系统');
    upstream.behave('garbage');
    expect(await start(id)).toMatchObject({ state: 'FAILED', mender: 'source-owner' });
    const [run] = await world.dataSource.query<{ body_sha256: string }[]>('select body_sha256 from pull_run where source_id = $1', [id]);
    expect(run?.body_sha256).toMatch(/^[0-9a-f]{64}$/u);
    expect((await now(id)).state).toBe('ACTIVE');
  });

  it('a pull that is taken back between two tries is over, and the source is not under way for ever', async () => {
    Object.assign(runPull, { backoffMs: 1_500 });
    try {
      const { id } = await source('取到一半不取了');
      upstream.behave('broken');
      const { body } = await reporter.post<{ jobRunId: string }>(`/api/pull-sources/${id}/runs`, { periodId: world.periods[3] });
      const job = () => reporter.get<JobRunList>('/api/jobs').then((answer) => answer.body.jobs.find((one) => one.id === body.jobRunId));
      await waitFor('the first failure', async () => { const seen = await job(); return seen?.attempts === 1 && seen.state === 'WAITING' ? true : null; }, 20_000);
      expect((await now(id)).lastRun).toMatchObject({ state: 'RUNNING', jobRunId: body.jobRunId });
      expect((await reporter.post(`/api/jobs/${body.jobRunId}/cancel`)).status).toBe(204);
      expect((await now(id)).lastRun).toMatchObject({ state: 'CANCELLED', failureZh: '任务已取消；需要时请重新提出。' });
      // Whoever asks the attempt itself hears the same as soon as the queue has come round to it.
      await waitFor('the attempt', async () => ((await attemptOf(id))?.state === 'FAILED' ? true : null), 10_000);
      expect(await attemptOf(id)).toEqual({ state: 'FAILED', failure_kind: 'CANCELLED' });
      expect(await now(id)).toMatchObject({ state: 'ACTIVE', lastRun: { state: 'CANCELLED' } });
    } finally { Object.assign(runPull, { backoffMs: 100 }); }
  }, 60_000);

  it('a pull that is taken back while the source takes its time is cancelled, whatever the source says in the end', async () => {
    const slow = await startFakeSource({ slowMs: 1_500 });
    try {
      const { id } = await source('慢吞吞的系统', { place: `${slow.url}/insured?mode=slow` });
      slow.say([]);
      const { body } = await reporter.post<{ jobRunId: string }>(`/api/pull-sources/${id}/runs`, { periodId: world.periods[3] });
      await waitFor('the request', () => Promise.resolve(slow.asked() > 0 ? true : null), 20_000);
      expect((await reporter.post(`/api/jobs/${body.jobRunId}/cancel`)).status).toBe(204);
      expect((await now(id)).lastRun?.state).toBe('CANCELLED');
      await waitFor('the end of the attempt', async () => ((await attemptOf(id))?.state === 'FAILED' ? true : null), 20_000);
      expect(await attemptOf(id)).toEqual({ state: 'FAILED', failure_kind: 'CANCELLED' });
    } finally { await slow.stop(); }
  }, 60_000);

  it('says of the last pull how much of it could not be read and how much is doubtful', async () => {
    const { id } = await source('半懂不懂的系统', { mappings: [{ indicatorKey: 'KZ-U6', field: 'many', unit: '人' }, { indicatorKey: 'KZ-U5', field: 'odd', unit: '万人' }] });
    upstream.say([{ key: 'many', value: '很多' }, { key: 'odd', value: 68300 }]);
    try {
      expect((await start(id)).state).toBe('DONE');
      expect((await now(id)).lastRun).toMatchObject({ state: 'DONE', observations: 2, candidates: 1, same: 0, unreadable: 1, doubtful: 1 });
    } finally { upstream.say([{ key: 'urban-rural-pension', value: 264000 }]); }
  });

  it('words where a number is expected are kept verbatim and offered to nobody', async () => {
    const { id } = await source('写大白话的系统');
    upstream.behave('wrong');
    const before = await count('candidate');
    expect((await start(id)).state).toBe('DONE');
    expect(await count('candidate')).toBe(before);
    const [seen] = await world.dataSource.query<{ verbatim: string; outcome: string; note_zh: string }[]>('select verbatim, outcome, note_zh from observation order by id desc limit 1');
    expect(seen).toEqual({ verbatim: '很多', outcome: 'UNREADABLE', note_zh: '“很多”中没有读到数字，请填写数值，如 26.4万人。' });
    await expect(world.dataSource.query(`update observation set verbatim = '26.4'`)).rejects.toThrow('append-only');
  });

  it('a value a hundred times the target is offered with a warning, never taken', async () => {
    const { id } = await source('单位写错的系统', { mappings: [{ indicatorKey: 'KZ-U6', field: 'urban-rural-pension', unit: '万人' }] });
    expect((await start(id)).state).toBe('DONE');
    const [seen] = await world.dataSource.query<{ outcome: string }[]>('select outcome from observation order by id desc limit 1');
    expect(seen?.outcome).toBe('IMPLAUSIBLE');
    const [offered] = await world.dataSource.query<{ warning: string | null }[]>('select warning from candidate where settled_at is null order by id desc limit 1');
    expect(offered?.warning).not.toBeNull();
  });

  it('two different values for one field are no value', async () => {
    const { id } = await source('自相矛盾的系统');
    upstream.say([{ key: 'urban-rural-pension', value: 264000 }, { key: 'urban-rural-pension', value: 260400 }]);
    expect((await start(id)).state).toBe('DONE');
    const [seen] = await world.dataSource.query<{ verbatim: string; outcome: string }[]>('select verbatim, outcome from observation order by id desc limit 1');
    expect(seen).toEqual({ verbatim: '264000 | 260400', outcome: 'UNREADABLE' });
  });

  it('a value kept before a crash keeps the digest of the answer it came from, although the second try got another', async () => {
    const { id } = await source('半路重启的系统', { mappings: [{ indicatorKey: 'KZ-U6', field: 'urban-rural-pension', unit: '人' }, { indicatorKey: 'KZ-U4', field: 'work-injury', unit: '人' }] });
    const [{ run } = { run: '' }] = await world.dataSource.query<{ run: string }[]>(`insert into pull_run (id, source_id, period_id, requested_at) values (gen_random_uuid(), $1, $2, now()) returning id as run`, [id, world.periods[3]]);
    const pulling = app.app.get(RunPull, { strict: false });
    upstream.say([{ key: 'urban-rural-pension', value: 264000 }, { key: 'work-injury', value: 99950 }]);
    await expect(pulling.run(run, (done) => (done === 1 ? Promise.reject(new Error('the worker dies')) : Promise.resolve()), () => Promise.resolve(false))).rejects.toThrow('the worker dies');
    upstream.say([{ key: 'urban-rural-pension', value: 264100 }, { key: 'work-injury', value: 99990 }]);
    await pulling.run(run, () => Promise.resolve(), () => Promise.resolve(false));
    const seen = await world.dataSource.query<{ id: string; verbatim: string; body_sha256: string; last: string }[]>('select o.id, o.verbatim, o.body_sha256, r.body_sha256 as last from observation o join pull_run r on r.id = o.pull_run_id where r.id = $1 order by o.id', [run]);
    expect(seen.map(({ verbatim }) => verbatim)).toEqual(['264000', '99990']);
    const [first, second] = await Promise.all(seen.map(async (one) => (await reporter.get<ObservationOrigin>(`/api/observations/${one.id}`)).body.bodySha256));
    expect([first === seen[0]?.body_sha256, second === seen[1]?.last, first === second]).toEqual([true, true, false]);
  });

  it('a folder of sheets is read below its root only, and there below the code of the unit', async () => {
    await mkdir(join(folder, '100001/2024Q4'), { recursive: true });
    await writeFile(join(folder, '100001/2024Q4/参保.csv'), '指标,数值\n失业保险,68300人\n');
    const sheet = { kind: 'SHEET_FOLDER', place: '100001/{period}', keyField: '指标', valueField: '数值', mappings: [{ indicatorKey: 'KZ-U5', field: '失业保险', unit: '人' }] };
    const { id } = await source('共享文件夹', sheet);
    expect((await start(id)).state).toBe('DONE');
    expect((await now(id)).lastRun).toMatchObject({ observations: 1, candidates: 1 });
    // Where it came from: the file, and no path of a document that it has not.
    expect(await world.dataSource.query('select asked from observation order by id desc limit 1')).toEqual([{ asked: '100001/2024Q4  参保.csv → 指标, 数值' }]);
    const outside = await reporter.post<Problem>('/api/pull-sources', { unitId: world.units.kz, name: '外面', ...sheet, place: '../etc' });
    expect([outside.status, outside.body.code]).toEqual([422, 'pull.folder-not-own']);
    // A source of before this rule: it stays as it was written, and is stopped with the sentence when it is asked.
    await mkdir(join(folder, '100002/2024Q4'), { recursive: true });
    await writeFile(join(folder, '100002/2024Q4/参保.csv'), '指标,数值\n失业保险,9人\n');
    await world.dataSource.query(`update pull_source set place = '100002/{period}' where id = $1`, [id]);
    expect(await start(id)).toMatchObject({ state: 'FAILED', mender: 'administrator', failureZh: expect.stringContaining('只能读取取数文件夹下的“100001/”（本单位编码）和“shared/”（各单位共用）') });
    expect((await now(id)).state).toBe('PAUSED');
  });

  it('refuses a name that is taken, an indicator that the unit does not have, and one that is mapped twice', async () => {
    const wish = { unitId: world.units.kz, name: '共享文件夹', kind: 'HTTP_JSON', place: `${upstream.url}/x`, mappings: [] as object[] };
    const code = async (more: object) => (await reporter.post<Problem>('/api/pull-sources', { ...wish, ...more })).body.code;
    expect(await code({})).toBe('pull.name-taken');
    expect(await code({ name: '另一个', mappings: [{ indicatorKey: 'MN-U1', field: 'a', unit: '%' }] })).toBe('pull.indicator-unknown');
    expect(await code({ name: '另一个', mappings: [{ indicatorKey: 'KZ-U6', field: 'a', unit: '人' }, { indicatorKey: 'KZ-U6', field: 'b', unit: '人' }] })).toBe('pull.indicator-twice');
    expect(await code({ name: '另一个', place: 'not an address' })).toBe('pull.place-scheme');
    const manager = await app.as('kz.manager');
    expect((await manager.post<Problem>('/api/pull-sources', { ...wish, name: '别人的' })).status).toBe(403);
  });
});
