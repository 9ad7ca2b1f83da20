import { randomUUID } from 'node:crypto';
import type { BindingBody, BindingPreview, JobRunList, MonitoringReportView, Problem, PullSourceView, PullTrial, ReconciliationView } from '@jiheng/contract';
import pg from 'pg';
import { type FakeSource, startFakeSource } from '../../../../tools/fake-source/server';
import type { Client } from '../../test/http-app';
import { waitFor } from '../../test/wait-for';
import { type World, type WorldApp, aWorld } from '../../test/world';
import { MonitoringReports } from '../monitoring/monitoring.public';

/** Statements about earlier quarters, while somebody listens. */
let heard: string[] | null = null;

/** Has every connection of this process write down what it is asked about earlier quarters; to be called before the first one is made. */
function listen(): void {
  const query = pg.Client.prototype.query as (...given: unknown[]) => unknown;
  pg.Client.prototype.query = function recorded(this: pg.Client, ...given: unknown[]): unknown {
    const [first] = given;
    const text = typeof first === 'string' ? first : (first as { text?: string }).text ?? '';
    if (text.includes('asked(report_id, indicator_key)')) heard?.push(text);
    return query.apply(this, given);
  } as typeof pg.Client.prototype.query;
}

describe('a source says something that its own year has not seen', () => {
  let world: World;
  let app: WorldApp;
  let upstream: FakeSource;
  let reporter: Client;
  let sourceId: string;

  const bind = (indicatorKey: string, field: string): BindingBody => ({ indicatorKey, field, unit: '万人', formula: '', numeratorField: '', denominatorField: '' });
  // 机关事业单位 ≥5.83, 企业 ≥6.43, 工伤 ≥9.99 万人: states of which the latest quarter is the year's.
  const bindings = [bind('KZ-U2', 'public-service'), bind('KZ-U3', 'enterprise'), bind('KZ-U4', 'work-injury')];
  const type = async (quarter: number, key: string, magnitude: string, expectedRevision = 0): Promise<void> => {
    const { status, body } = await reporter.put(`/api/monitoring-reports/${world.report('KZ-U', quarter)}/actuals/${world.tables['KZ-U'].indicatorId(key)}`, {
      requestId: randomUUID(), expectedRevision, actual: { kind: 'REPORTED', magnitude, unit: '万人' },
    });
    expect([status, body]).toEqual([200, expect.anything()]);
  };
  const preview = async (quarter: number): Promise<BindingPreview> => (await reporter.post<BindingPreview>(`/api/pull-sources/${sourceId}/bindings/preview`, { bindings, periodId: world.periods[quarter - 1] })).body;
  const noted = ({ rows }: BindingPreview): Record<string, readonly [string, string | null]> => Object.fromEntries(rows.map((row) => [row.indicatorKey, [row.outcome, row.noteZh]]));

  beforeAll(async () => {
    listen();
    world = await aWorld();
    upstream = await startFakeSource();
    app = await world.start({ role: 'all', today: '2024-10-10', env: { PULL_ALLOWED_HOSTS: '127.0.0.1:*' } });
    // All four quarters may be filled in on that day.
    for (const quarter of [1, 2]) await world.dataSource.query(`insert into report_extension (id, report_id, until, reason, granted_by, granted_at) values (gen_random_uuid(), $1, '2024-12-31', '补报', $2, now())`, [world.report('KZ-U', quarter), world.people['kz.manager']]);
    reporter = await app.as('kz.reporter');
    await type(1, 'KZ-U2', '5.80');
    await type(2, 'KZ-U2', '5.70');
    // Corrected: the present revision counts.
    await type(2, 'KZ-U2', '5.83', 1);
    await type(1, 'KZ-U3', '6.40');
    await type(2, 'KZ-U4', '9.50');
    sourceId = (await reporter.post<PullSourceView>('/api/pull-sources', {
      unitId: world.units.kz, name: '社保核心系统', kind: 'HTTP_JSON', place: `${upstream.url}/insured`, mappings: bindings.map(({ indicatorKey, field, unit }) => ({ indicatorKey, field, unit })),
    })).body.id;
    upstream.say([{ key: 'public-service', value: '4.10' }, { key: 'enterprise', value: '6.43' }, { key: 'work-injury', value: '9.20' }]);
  }, 120_000);
  afterAll(async () => {
    await app?.stop();
    await upstream?.stop();
    await world?.stop();
  });

  it('is flagged before anybody saves the bindings, with both numbers and the quarter; what rose or shrank a little is not', async () => {
    expect(noted(await preview(3))).toEqual({
      'KZ-U2': ['IMPLAUSIBLE', '“机关事业单位养老保险参保职工人数达到”的 4.10万人 明显低于同年第 2 季度的 5.83万人，请核对数值和单位。'], 'KZ-U3': ['CANDIDATE', null], 'KZ-U4': ['CANDIDATE', null],
    });
  });

  it('is compared with quarters before it only: for the second quarter it is the first that speaks, for the first nobody', async () => {
    expect(noted(await preview(2))['KZ-U2']).toEqual(['IMPLAUSIBLE', '“机关事业单位养老保险参保职工人数达到”的 4.10万人 明显低于同年第 1 季度的 5.80万人，请核对数值和单位。']);
    expect(noted(await preview(1))['KZ-U2']).toEqual(['CANDIDATE', null]);
  });

  it('asks for the earlier quarters of all bindings at once, however many there are', async () => {
    const asked = async (work: () => Promise<unknown>): Promise<number> => {
      heard = [];
      try { await work(); return heard.length; } finally { heard = null; }
    };
    expect(await asked(() => preview(3))).toBe(1);
    expect(await asked(() => app.app.get(MonitoringReports, { strict: false }).earlierInYear(world.unitOfWork.db, []))).toBe(0);
  });

  it('and a trial of the form says the same', async () => {
    const { body } = await reporter.post<PullTrial>('/api/pull-sources/try', {
      unitId: world.units.kz, name: '社保核心系统', kind: 'HTTP_JSON', place: `${upstream.url}/insured`, mappings: bindings.map(({ indicatorKey, field, unit }) => ({ indicatorKey, field, unit })), periodId: world.periods[2],
    });
    expect(body.mapped.map((one) => [one.indicatorKey, one.reading, one.warningZh ?? null])).toEqual([
      ['KZ-U2', '4.10万人', expect.stringContaining('明显低于同年第 2 季度的 5.83万人')], ['KZ-U3', '6.43万人', null], ['KZ-U4', '9.20万人', null],
    ]);
  });

  it('is pulled as a candidate with the warning beside the cell and on the page of reconciliation, and can be taken all the same', async () => {
    const { body } = await reporter.post<{ jobRunId: string }>(`/api/pull-sources/${sourceId}/runs`, { periodId: world.periods[2] });
    await waitFor('the pull', async () => ((await reporter.get<JobRunList>('/api/jobs')).body.jobs.find((one) => one.id === body.jobRunId)?.state === 'DONE' ? true : null), 20_000);
    const report = world.report('KZ-U', 3);
    const row = async (key: string) => (await reporter.get<MonitoringReportView>(`/api/monitoring-reports/${report}`)).body.rows.find((one) => one.indicator.key === key);
    const candidate = (await row('KZ-U2'))?.candidate;
    expect(candidate).toMatchObject({ outcome: 'IMPLAUSIBLE', actual: { magnitude: '4.10' }, warning: '“机关事业单位养老保险参保职工人数达到”的 4.10万人 明显低于同年第 2 季度的 5.83万人，请核对数值和单位。' });
    expect((await row('KZ-U3'))?.candidate).toMatchObject({ outcome: 'CANDIDATE', warning: null });
    const reconciled = (await reporter.get<ReconciliationView>('/api/reconciliation')).body;
    expect(reconciled.sources.map((one) => one.implausible)).toEqual([1]);
    expect(reconciled.recent.filter((one) => one.warning !== null).map((one) => [one.indicatorName, one.warning])).toEqual([['机关事业单位养老保险参保职工人数达到', candidate?.warning]]);
    // A flag asks for a look and blocks nothing; whoever takes it says that they have looked.
    const take = (more: object) => reporter.post<Problem>(`/api/monitoring-reports/${report}/candidates/${candidate?.id ?? ''}`, { requestId: randomUUID(), expectedRevision: 0, choice: 'ACCEPT', ...more });
    for (const hasty of [{}, { sure: false }]) {
      const { status, body } = await take(hasty);
      expect([status, body.code, body.sentence.zh]).toEqual([422, 'candidate.doubtful', `这个取数候选值可疑，没有采用：${candidate?.warning ?? ''}核对无误后请确认采用。`]);
      expect(body.sentence.en).toContain('4.10万人 is well below 5.83万人 in Q2 of the same year');
      expect((await row('KZ-U2'))?.current).toBeNull();
    }
    const taken = await take({ sure: true });
    expect(taken.status).toBe(200);
    expect((await row('KZ-U2'))?.current?.actual).toMatchObject({ magnitude: '4.10' });
  });

  it('once a person has taken a fall, the next quarter is measured by it', async () => {
    upstream.say([{ key: 'public-service', value: '4.05' }, { key: 'enterprise', value: '6.43' }, { key: 'work-injury', value: '9.20' }]);
    expect(noted(await preview(4))['KZ-U2']).toEqual(['CANDIDATE', null]);
  });
});
