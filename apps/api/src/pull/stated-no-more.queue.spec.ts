import type { BindingBody, BindingsView, JobRunList, JobRunView, MonitoringReportView, Problem, PullSourceView, ReconciliationView } from '@jiheng/contract';
import type { FakeRow } from '../../../../tools/fake-source/server';
import { listedSource } from '../../test/as-listed';
import { type PulledQuarter, aPulledQuarter } from '../../test/pulled-quarter';
import { waitFor } from '../../test/wait-for';

const PENSION: FakeRow = { key: 'urban-rural-pension', value: 264000 };

describe('what a source says no more', () => {
  let quarter: PulledQuarter;
  let id: string;

  const bind = (indicatorKey: string, field: string): BindingBody => ({ indicatorKey, field, unit: '人', formula: '', numeratorField: '', denominatorField: '' });
  const rebind = async (...bindings: readonly BindingBody[]): Promise<void> => {
    const { body } = await quarter.reporter.get<BindingsView>(`/api/pull-sources/${id}/bindings`);
    expect((await quarter.reporter.put(`/api/pull-sources/${id}/bindings`, { bindings, expectedRevision: body.revision })).status).toBe(200);
  };
  const ask = () => quarter.reporter.post<{ jobRunId: string } & Problem>(`/api/pull-sources/${id}/runs`, { periodId: quarter.world.periods[3] });
  const pull = async (rows: readonly FakeRow[]): Promise<JobRunView> => {
    quarter.upstream.say(rows);
    const { body } = await ask();
    return waitFor('the pull', async () => {
      const job = (await quarter.reporter.get<JobRunList>('/api/jobs')).body.jobs.find((one) => one.id === body.jobRunId);
      return job?.state === 'DONE' || job?.state === 'FAILED' ? job : null;
    }, 20_000);
  };
  const lastRun = async () => (await listedSource(quarter.reporter, id))?.lastRun;
  /** What waits beside a row. */
  const waiting = async (key: string): Promise<string | null> => (await quarter.reporter.get<MonitoringReportView>(`/api/monitoring-reports/${quarter.report}`)).body.rows.find((row) => row.indicator.key === key)?.candidate?.verbatim ?? null;

  beforeAll(async () => {
    quarter = await aPulledQuarter();
    id = (await quarter.reporter.post<PullSourceView>('/api/pull-sources', {
      unitId: quarter.world.units.kz, name: '社保核心系统', kind: 'HTTP_JSON', place: `${quarter.upstream.url}/insured`,
      mappings: [{ indicatorKey: 'KZ-U6', field: 'urban-rural-pension', unit: '人' }, { indicatorKey: 'KZ-U5', field: 'unemployment', unit: '人' }],
    })).body.id;
  });
  afterAll(() => quarter?.stop());

  it.each([
    ['unreadable', [PENSION, { key: 'unemployment', value: '-' }]],
    ['not there', [PENSION]],
    ['said twice', [PENSION, { key: 'unemployment', value: 999 }, { key: 'unemployment', value: 999 }]],
    ['of no row at all', []],
  ] as const)('waits for nobody once it is %s; what it says still goes on waiting', async (_how, rows) => {
    await pull([PENSION, { key: 'unemployment', value: 999 }]);
    expect([await waiting('KZ-U5'), await waiting('KZ-U6')]).toEqual(['999', '264000']);
    await pull(rows);
    expect([await waiting('KZ-U5'), await waiting('KZ-U6')]).toEqual([null, rows.length === 0 ? null : '264000']);
  });

  it('waits for nobody once it is bound no more', async () => {
    await pull([PENSION, { key: 'unemployment', value: 999 }]);
    await rebind(bind('KZ-U6', 'urban-rural-pension'));
    await pull([PENSION, { key: 'unemployment', value: 999 }]);
    expect([await waiting('KZ-U5'), await waiting('KZ-U6')]).toEqual([null, '264000']);
  });

  it('stays as it is while the source cannot be heard', async () => {
    quarter.upstream.behave('garbage');
    expect((await pull([PENSION])).state).toBe('FAILED');
    quarter.upstream.behave('ok');
    expect(await waiting('KZ-U6')).toBe('264000');
  });

  it('in between two times of a value that a person has set aside, is gone with it', async () => {
    await quarter.type('KZ-U6', '26', '万人');
    await pull([PENSION]);
    expect((await quarter.settle('KZ-U6', 'KEEP_MINE', '来源含已注销人员')).status).toBe(200);
    await pull([{ ...PENSION, value: 265000 }]);
    expect(await waiting('KZ-U6')).toBe('265000');
    await pull([PENSION]);
    expect(await waiting('KZ-U6')).toBeNull();
  });

  it('remains on record as it was said, and the columns add up', async () => {
    const settled = await quarter.world.dataSource.query<{ verbatim: string; settlement: string }[]>(`select verbatim, settlement from candidate where indicator_key = 'KZ-U5' order by id`);
    expect(settled.length).toBeGreaterThan(3);
    expect(new Set(settled.map((one) => `${one.verbatim} ${one.settlement}`))).toEqual(new Set(['999 REPLACED']));
    const [source] = (await quarter.reporter.get<ReconciliationView>('/api/reconciliation')).body.sources;
    if (source === undefined) throw new Error('no source');
    expect(source.agreed + source.accepted + source.kept + source.open + source.replaced + source.locked + source.unreadable).toBe(source.observed);
  });

  it('is said of the source, and of the job, with what was looked for', async () => {
    const job = await pull([{ key: 'pension', value: 1 }]);
    const why = expect.stringContaining('没有编码为“urban-rural-pension”的行，有的是：pension。');
    expect(job).toMatchObject({ state: 'DONE', failureZh: why, failureEn: expect.stringContaining('it has pension'), mender: null });
    expect(await lastRun()).toMatchObject({ state: 'DONE', observations: 0, failureZh: why });
    expect(await pull([PENSION])).toMatchObject({ state: 'DONE', failureZh: null });
  });

  it('of a source that nothing is bound to says where to bind, and asks nobody', async () => {
    await quarter.type('KZ-U5', '6', '万人');
    await rebind(bind('KZ-U5', 'unemployment'));
    await pull([{ key: 'unemployment', value: 999 }]);
    expect(await waiting('KZ-U5')).toBe('999');
    const asked = quarter.upstream.asked();
    await rebind();
    const refused = await ask();
    expect([refused.status, refused.body.code, refused.body.sentence.zh]).toEqual([422, 'pull.nothing-bound', '取数来源“社保核心系统”还没有对应任何指标，没有取数。请在“公式与定时”的“指标与来源的对应”中加入指标，保存后再取数。']);
    expect([quarter.upstream.asked(), await waiting('KZ-U5')]).toEqual([asked, null]);
  });

  it('of a source whose indicators have no report of the period says that', async () => {
    await rebind({ ...bind('KZ-A1', 'a'), unit: '次' });
    await quarter.world.dataSource.query('delete from monitoring_report where id = $1', [quarter.world.report('KZ-A', 4)]);
    const refused = await ask();
    expect([refused.body.code, refused.body.sentence.zh]).toEqual(['pull.bound-elsewhere', expect.stringContaining('2024年第四季度 的监控表中没有取数来源“社保核心系统”所对应的指标，没有取数。')]);
  });
});
