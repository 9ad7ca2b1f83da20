import { randomUUID } from 'node:crypto';
import type { JobRunList, PullSourceView, ReconciliationView, WorkView } from '@jiheng/contract';
import { startFakeSource } from '../../../../../tools/fake-source/server';
import type { Client } from '../../../test/http-app';
import { type PulledQuarter, aPulledQuarter } from '../../../test/pulled-quarter';
import { waitFor } from '../../../test/wait-for';

describe('two sources of one unit', () => {
  let quarter: PulledQuarter;
  let reporter: Client;

  beforeAll(async () => {
    quarter = await aPulledQuarter();
    ({ reporter } = quarter);
  });
  afterAll(() => quarter?.stop());

  const view = async (): Promise<ReconciliationView> => (await reporter.get<ReconciliationView>('/api/reconciliation')).body;

  /** Everything that was pulled stands in exactly one column. */
  const sumOf = (source: ReconciliationView['sources'][number] | undefined): number => (source === undefined ? NaN : source.agreed + source.accepted + source.kept + source.open + source.replaced + source.locked + source.unreadable);

  const pull = async (id: string): Promise<void> => {
    const { body: started } = await reporter.post<{ jobRunId: string }>(`/api/pull-sources/${id}/runs`, { periodId: quarter.world.periods[3] });
    await waitFor('the pull', async () => ((await reporter.get<JobRunList>('/api/jobs')).body.jobs.find((one) => one.id === started.jobRunId)?.state === 'DONE' ? true : null), 20_000);
  };
  const columns = async () => Object.fromEntries((await view()).sources.map((one) => [one.sourceName, one]));

  it('keeps two sources apart: each has its own open values, and what each was pulled for adds up', async () => {
    await quarter.type('KZ-U6', '26.4', '万人');
    await quarter.type('KZ-U5', '5', '万人');
    await quarter.type('KZ-U4', '8', '万人');
    await quarter.type('KZ-U1', '94.5', '%');
    const mapping = (indicatorKey: string, field: string, unit = '人') => ({ indicatorKey, field, unit });
    const { body: core } = await reporter.post<PullSourceView>('/api/pull-sources', {
      unitId: quarter.world.units.kz, name: '社保核心系统', kind: 'HTTP_JSON', place: `${quarter.upstream.url}/insured`,
      mappings: [mapping('KZ-U6', 'urban-rural-pension'), mapping('KZ-U5', 'unemployment'), mapping('KZ-U4', 'work-injury'), mapping('KZ-U1', 'coverage', '%'), mapping('KZ-U2', 'coverage', '')],
    });
    await pull(core.id);
    expect((await quarter.settle('KZ-U5', 'ACCEPT')).status).toBe(200);
    expect((await quarter.settle('KZ-U4', 'KEEP_MINE', '来源含已注销人员')).status).toBe(200);
    const other = await startFakeSource();
    try {
      // Another system of the same unit: it agrees about 26.4万人, and contradicts the first about the share (95.6 %) that waits.
      other.say([{ key: 'coverage', value: '96.2%' }, { key: 'urban-rural-pension', value: 26.4 }]);
      const { body: source } = await reporter.post<PullSourceView>('/api/pull-sources', {
        unitId: quarter.world.units.kz, name: '台账导出表', kind: 'HTTP_JSON', place: `${other.url}/insured`,
        mappings: [{ indicatorKey: 'KZ-U1', field: 'coverage', unit: '%' }, { indicatorKey: 'KZ-U6', field: 'urban-rural-pension', unit: '万人' }],
      });
      await pull(source.id);
      let now = await columns();
      expect(now['社保核心系统']).toMatchObject({ observed: 5, agreed: 1, accepted: 1, kept: 1, open: 1, replaced: 0, unreadable: 1 });
      expect(now['台账导出表']).toMatchObject({ observed: 2, agreed: 1, open: 1, replaced: 0 });
      const open = (await view()).recent.filter((one) => one.settlement === 'OPEN').map((one) => [one.sourceName, one.verbatim]);
      expect(open).toHaveLength(2);
      expect(open).toEqual(expect.arrayContaining([['社保核心系统', '95.6%'], ['台账导出表', '96.2%']]));

      // Both stand beside one cell: one row of the table is to be decided, and that is what is said to wait.
      const waiting = (await reporter.get<WorkView>('/api/work')).body.items.filter((item) => item.kind === 'CANDIDATES');
      expect(waiting.map((item) => [item.detailZh, item.detailEn])).toEqual([['第四季度：1项指标有候选值待确认', 'Q4: candidates to settle for 1 indicator']]);

      // The second says something newer; its own former word gives way, and the first's goes on waiting.
      other.say([{ key: 'coverage', value: '96.5%' }, { key: 'urban-rural-pension', value: 26.4 }]);
      await pull(source.id);
      now = await columns();
      expect(now['台账导出表']).toMatchObject({ observed: 4, agreed: 2, open: 1, replaced: 1 });
      expect(now['社保核心系统']).toMatchObject({ open: 1 });

      // Taken and taken back: it waits again, and nobody is said to have taken it.
      expect((await quarter.settle('KZ-U1', 'ACCEPT')).status).toBe(200);
      expect((await columns())['台账导出表']).toMatchObject({ accepted: 1, open: 0 });
      const taken = (await view()).recent.find((one) => one.sourceName === '台账导出表');
      expect(taken).toMatchObject({ settlement: 'ACCEPTED', by: '填报人甲' });
      const back = await reporter.post(`/api/monitoring-reports/${quarter.report}/candidates/${taken?.candidateId ?? ''}`, { requestId: randomUUID(), expectedRevision: 2, choice: 'TAKE_BACK' });
      expect(back.status).toBe(200);
      now = await columns();
      expect(now['台账导出表']).toMatchObject({ accepted: 0, open: 1, meanDeviation: null });
      expect((await view()).recent.filter((one) => one.sourceName === '台账导出表').map((one) => [one.settlement, one.by])).toEqual([['OPEN', null]]);
      expect(now['社保核心系统']).toMatchObject({ observed: 5, open: 1 });

      // What a person set aside and the source says once more is no agreement.
      await pull(core.id);
      now = await columns();
      expect(now['社保核心系统']).toMatchObject({ observed: 10, agreed: 3, accepted: 1, kept: 2, open: 1, replaced: 1, unreadable: 2 });
      expect(Object.values(now).map((one) => [one.sourceName, sumOf(one)])).toEqual(Object.values(now).map((one) => [one.sourceName, one.observed]));
    } finally { await other.stop(); }
  });

  it('says what the words of a source were read as', async () => {
    expect((await view()).recent.map((one) => [one.verbatim, one.reading])).toEqual(expect.arrayContaining([['100,120 人', '10.012万人'], ['68300人', '6.83万人'], ['95.6%', '95.6%']]));
  });
});
