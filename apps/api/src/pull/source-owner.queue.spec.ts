import type { JobNoticeView, JobRunList, PullSourceView } from '@jiheng/contract';
import { type FakeSource, startFakeSource } from '../../../../tools/fake-source/server';
import type { Client } from '../../test/http-app';
import { waitFor } from '../../test/wait-for';
import { type Login, type World, type WorldApp, aWorld } from '../../test/world';
import { runPull } from './run-pull.job';

describe('who hears that a source fails', () => {
  let world: World;
  let app: WorldApp;
  let upstream: FakeSource;
  let admin: Client;

  const source = async (name: string, client: Client): Promise<string> => (await client.post<PullSourceView>('/api/pull-sources', {
    unitId: world.units.kz, name, kind: 'HTTP_JSON', place: `${upstream.url}/insured`, mappings: [{ indicatorKey: 'KZ-U6', field: 'urban-rural-pension', unit: '人' }],
  })).body.id;
  /** By the hand of the administrator, who may also ask when the owner is gone. */
  const pulled = async (id: string): Promise<string> => {
    await admin.post(`/api/pull-sources/${id}/resume`);
    const { body } = await admin.post<{ jobRunId: string }>(`/api/pull-sources/${id}/runs`, { periodId: world.periods[3] });
    return waitFor('the pull', async () => {
      const state = (await admin.get<JobRunList>('/api/jobs')).body.jobs.find((one) => one.id === body.jobRunId)?.state;
      return state === 'DONE' || state === 'FAILED' ? state : null;
    }, 20_000);
  };
  const heard = async (name: string): Promise<Record<string, readonly string[]>> => {
    const rows = await world.dataSource.query<{ login: Login; kind: JobNoticeView['kind'] }[]>(
      'select p.login, n.kind from job_notice n join person p on p.id = n.person_id where n.title_zh like $1 order by n.id', [`取数：${name}（%`]);
    return Object.fromEntries([...new Set(rows.map((row) => row.login))].sort().map((login) => [login, rows.filter((row) => row.login === login).map((row) => row.kind)]));
  };
  const failsAndRecovers = async (id: string): Promise<void> => {
    upstream.behave('unauthorised');
    expect(await pulled(id)).toBe('FAILED');
    // The second failure tells nobody again.
    expect(await pulled(id)).toBe('FAILED');
    upstream.behave('ok');
    expect(await pulled(id)).toBe('DONE');
  };
  const both = ['OUTAGE', 'RECOVERY'] as const;
  const toldOf = (name: string, logins: readonly Login[]) => waitFor('the news', async () => {
    const told = await heard(name);
    return Object.keys(told).length === logins.length && Object.values(told).every((kinds) => kinds.length === 2) ? told : null;
  }, 10_000).catch(() => heard(name));

  beforeAll(async () => {
    Object.assign(runPull, { backoffMs: 50 });
    world = await aWorld({ opened: [4] });
    upstream = await startFakeSource();
    app = await world.start({ role: 'all', env: { PULL_ALLOWED_HOSTS: '127.0.0.1:*' } });
    admin = await app.as('admin');
  });
  afterAll(async () => {
    await app?.stop();
    await upstream?.stop();
    await world?.stop();
  });

  it('its owner, once at the beginning and once at the end', async () => {
    await failsAndRecovers(await source('有人负责', await app.as('kz.reporter')));
    expect(await toldOf('有人负责', ['kz.reporter'])).toEqual({ 'kz.reporter': both });
  }, 60_000);

  it('the reporters of the unit as well, when an administrator above it made the source', async () => {
    await failsAndRecovers(await source('上级建立', admin));
    expect(await toldOf('上级建立', ['admin', 'kz.reporter', 'kz.second'])).toEqual({ 'admin': both, 'kz.reporter': both, 'kz.second': both });
  }, 60_000);

  it('the other reporters when the owner has left, then the manager, then the administrator above', async () => {
    const id = await source('人走了', await app.as('kz.reporter'));
    const leave = (login: Login) => world.dataSource.query('update person set active = false where id = $1', [world.people[login]]);
    try {
      await leave('kz.reporter');
      await failsAndRecovers(id);
      expect(await toldOf('人走了', ['kz.second'])).toEqual({ 'kz.second': both });
      await leave('kz.second');
      await failsAndRecovers(id);
      expect(await toldOf('人走了', ['kz.second', 'kz.manager'])).toEqual({ 'kz.manager': both, 'kz.second': both });
      await leave('kz.manager');
      await failsAndRecovers(id);
      expect(await toldOf('人走了', ['kz.second', 'kz.manager', 'admin'])).toEqual({ 'admin': both, 'kz.manager': both, 'kz.second': both });
    } finally { await world.dataSource.query('update person set active = true'); }
  }, 90_000);

  it('the reporters when the owner is still there and may not change the source any more', async () => {
    const id = await source('调岗了', await app.as('kz.second'));
    await world.dataSource.query(`update role_assignment set role = 'reviewer' where person_id = $1`, [world.people['kz.second']]);
    await failsAndRecovers(id);
    expect(await toldOf('调岗了', ['kz.reporter'])).toEqual({ 'kz.reporter': both });
  }, 60_000);
});
