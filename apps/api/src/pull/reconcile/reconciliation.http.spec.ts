import type { JobRunList, PullSourceView, ReconciliationView } from '@jiheng/contract';
import type { Client } from '../../../test/http-app';
import { type PulledQuarter, aPulledQuarter } from '../../../test/pulled-quarter';
import { waitFor } from '../../../test/wait-for';
import { openYearStore } from '../../years';

describe('how often a source and people disagree', () => {
  let quarter: PulledQuarter;
  let reporter: Client;

  beforeAll(async () => {
    quarter = await aPulledQuarter();
    ({ reporter } = quarter);
  });
  afterAll(() => quarter?.stop());

  const view = async (client = reporter): Promise<ReconciliationView> => (await client.get<ReconciliationView>('/api/reconciliation')).body;

  it('counts what agreed, was taken, was kept and waits, and measures how far apart they were', async () => {
    // Typed: 26.4 as the source has it; 6.0 where it has 6.43; 5 where it has 5.79. Nothing yet for the injured and the unemployed.
    await quarter.type('KZ-U6', '26.4', '万人');
    await quarter.type('KZ-U5', '5', '万人');
    await quarter.type('KZ-U4', '8', '万人');
    const mapping = (indicatorKey: string, field: string, unit = '人') => ({ indicatorKey, field, unit });
    const { body: source } = await reporter.post<PullSourceView>('/api/pull-sources', {
      unitId: quarter.world.units.kz, name: '社保核心系统', kind: 'HTTP_JSON', place: `${quarter.upstream.url}/insured`,
      mappings: [mapping('KZ-U6', 'urban-rural-pension'), mapping('KZ-U5', 'unemployment'), mapping('KZ-U4', 'work-injury'), mapping('KZ-U1', 'coverage', '%'), mapping('KZ-U2', 'coverage', '')],
    });
    const { body: started } = await reporter.post<{ jobRunId: string }>(`/api/pull-sources/${source.id}/runs`, { periodId: quarter.world.periods[3] });
    await waitFor('the pull', async () => ((await reporter.get<JobRunList>('/api/jobs')).body.jobs.find((one) => one.id === started.jobRunId)?.state === 'DONE' ? true : null), 20_000);
    // 6.83 against 5 is 36.6 %; 10.012 against 8 is 25.15 %.
    expect((await quarter.settle('KZ-U5', 'ACCEPT')).status).toBe(200);
    expect((await quarter.settle('KZ-U4', 'KEEP_MINE')).status).toBe(422);
    expect((await quarter.settle('KZ-U4', 'KEEP_MINE', '来源含已注销人员')).status).toBe(200);

    const { sources, recent } = await view();
    expect(sources).toEqual([expect.objectContaining({
      sourceName: '社保核心系统', observed: 5, unreadable: 1, agreed: 1, accepted: 1, kept: 1, open: 1, meanDeviation: '0.3088', largestDeviation: '0.3660', lastDisagreementAt: expect.any(String),
    })]);
    expect(recent.map((one) => [one.settlement, one.verbatim, one.deviation, one.reason, one.by])).toEqual(expect.arrayContaining([
      ['KEPT', '100,120 人', '0.2515', '来源含已注销人员', '填报人甲'], ['ACCEPTED', '68300人', '0.3660', null, '填报人甲'], ['OPEN', '95.6%', null, null, null],
    ]));
    expect(recent[0]?.reportId).toBe(quarter.report);

    // What waits is measured beside what stands there now: 95.6 % beside 94.5 %.
    await quarter.type('KZ-U1', '94.5', '%');
    expect((await view()).recent.find((one) => one.settlement === 'OPEN')).toMatchObject({ verbatim: '95.6%', deviation: '0.0116', by: null });
  });

  it('is told to those who may read the unit', async () => {
    expect((await view(await quarter.app.as('finance'))).sources).toHaveLength(1);
    expect(await view(await quarter.app.as('mn.manager'))).toEqual({ sources: [], recent: [] });
  });

  it('lists nothing of a year in the archive and has nothing of it waiting, until it is brought back; what the source is worth stays told', async () => {
    const [before] = (await view()).sources;
    await quarter.world.dataSource.query(`update monitoring_report set state = 'SIGNED'`);
    const years = await openYearStore({ DATABASE_URL: quarter.world.database.url, JIHENG_TODAY: '2025-04-20' });
    try {
      expect(await years.detach(2024)).toBeNull();
      const without = await waitFor('the year to be known away', async () => { const now = await view(); return now.recent.length === 0 ? now : null; }, 15_000);
      expect(without.sources).toEqual([{ ...before, open: 0 }]);
      expect(await years.attach(2024)).toBeNull();
      const again = await waitFor('the year to be known back', async () => { const now = await view(); return now.recent.length > 0 ? now : null; }, 15_000);
      expect([again.sources, again.recent.length]).toEqual([[before], 3]);
    } finally { await years.close(); }
  });
});
