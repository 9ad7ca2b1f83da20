import type { BindingPreview, BindingsView, JobRunList, MonitoringReportView, PullSourceView, WorkView } from '@jiheng/contract';
import { type FakeSource, startFakeSource } from '../../../../tools/fake-source/server';
import type { Client } from '../../test/http-app';
import { waitFor } from '../../test/wait-for';
import { type World, type WorldApp, aWorld } from '../../test/world';

/** The fourth quarter of 2024 may be filled in until 31 January 2025. */
describe('a pull for a report whose last day is over', () => {
  let world: World;
  let app: WorldApp;
  let upstream: FakeSource;
  let reporter: Client;
  let id: string;

  const begin = async (today: string): Promise<void> => {
    await app?.stop();
    app = await world.start({ role: 'all', today, env: { PULL_ALLOWED_HOSTS: '127.0.0.1:*' } });
    reporter = await app.as('kz.reporter');
  };
  const pull = async (pension: number): Promise<PullSourceView['lastRun']> => {
    upstream.say([{ key: 'urban-rural-pension', value: pension }]);
    const { body } = await reporter.post<{ jobRunId: string }>(`/api/pull-sources/${id}/runs`, { periodId: world.periods[3] });
    await waitFor('the pull', async () => ((await reporter.get<JobRunList>('/api/jobs')).body.jobs.find((one) => one.id === body.jobRunId)?.state === 'DONE' ? true : null), 20_000);
    return (await reporter.get<{ sources: PullSourceView[] }>('/api/pull-sources')).body.sources[0]?.lastRun ?? null;
  };
  const waiting = async (): Promise<string | null> => (await reporter.get<MonitoringReportView>(`/api/monitoring-reports/${world.report('KZ-U', 4)}`)).body.rows.find((row) => row.indicator.key === 'KZ-U6')?.candidate?.verbatim ?? null;
  const toChoose = async (): Promise<number> => (await reporter.get<WorkView>('/api/work')).body.items.filter((item) => item.kind === 'CANDIDATES').length;
  const preview = async (): Promise<string | undefined> => {
    const { body: { bindings } } = await reporter.get<BindingsView>(`/api/pull-sources/${id}/bindings`);
    const wished = bindings.map(({ indicatorKey, field, unit, formula, numeratorField, denominatorField }) => ({ indicatorKey, field, unit, formula, numeratorField, denominatorField }));
    return (await reporter.post<BindingPreview>(`/api/pull-sources/${id}/bindings/preview`, { bindings: wished, periodId: world.periods[3] })).body.rows[0]?.outcome;
  };

  beforeAll(async () => {
    world = await aWorld({ opened: [4] });
    upstream = await startFakeSource();
    await begin('2025-01-31');
    id = (await reporter.post<PullSourceView>('/api/pull-sources', {
      unitId: world.units.kz, name: '社保核心系统', kind: 'HTTP_JSON', place: `${upstream.url}/insured`, mappings: [{ indicatorKey: 'KZ-U6', field: 'urban-rural-pension', unit: '人' }],
    })).body.id;
  });
  afterAll(async () => {
    await app?.stop();
    await upstream?.stop();
    await world?.stop();
  });

  it('offers on the last day', async () => {
    expect(await pull(264000)).toMatchObject({ observations: 1, candidates: 1, locked: 0 });
    expect([await waiting(), await toChoose(), await preview()]).toEqual(['264000', 1, 'CANDIDATE']);
  });

  it('offers nothing the day after, in the preview and in the pull, and there is nothing to choose among what has to be done', async () => {
    await begin('2025-02-01');
    expect(await toChoose()).toBe(0);
    expect(await preview()).toBe('LOCKED');
    expect(await pull(264000)).toMatchObject({ observations: 1, candidates: 0, same: 0, locked: 1 });
    // What it still says goes on waiting for more time; what it says no more does not.
    expect(await waiting()).toBe('264000');
    expect(await pull(265000)).toMatchObject({ candidates: 0, locked: 1 });
    expect(await waiting()).toBeNull();
  });

  it('offers again once there is more time', async () => {
    const manager = await app.as('kz.manager');
    const extended = await manager.post(`/api/monitoring-reports/${world.report('KZ-U', 4)}/extension`, { until: '2025-02-10', reason: '系统切换，数据晚到' });
    expect(extended.status).toBeLessThan(300);
    expect(await preview()).toBe('CANDIDATE');
    expect(await pull(265000)).toMatchObject({ candidates: 1, locked: 0 });
    expect([await waiting(), await toChoose()]).toEqual(['265000', 1]);
  });

  it('offers nothing once it was handed on, and counts that', async () => {
    await world.dataSource.query(`update monitoring_report set state = 'SUBMITTED' where id = $1`, [world.report('KZ-U', 4)]);
    expect(await pull(265000)).toMatchObject({ observations: 1, candidates: 0, same: 0, unreadable: 0, locked: 1 });
    expect(await toChoose()).toBe(0);
  });
});
