import type { BindingBody, BindingPreview, BindingsView, JobRunList, MonitoringReportView, ObservationOrigin, Problem, PullSourceView } from '@jiheng/contract';
import { quarters } from '@jiheng/domain';
import { type FakeSource, startFakeSource } from '../../../../../tools/fake-source/server';
import type { Client } from '../../../test/http-app';
import { waitFor } from '../../../test/wait-for';
import { PeriodRepository } from '../../monitoring/period.repository';
import { type World, type WorldApp, aWorld } from '../../../test/world';

describe('what of a source goes into which indicator', () => {
  let world: World;
  let app: WorldApp;
  let upstream: FakeSource;
  let reporter: Client;
  let sourceId: string;
  /** The first quarter of 2025, which has begun and has no report. */
  let next: string;

  const bind = (indicatorKey: string, over: Partial<BindingBody>): BindingBody => ({ indicatorKey, field: '', unit: '', formula: '', numeratorField: '', denominatorField: '', ...over });
  const insured = bind('KZ-U6', { field: 'urban-rural-pension', unit: '万人', formula: 'value / 10000' });
  const coverage = bind('KZ-U1', { numeratorField: 'covered', denominatorField: 'all', unit: '%' });
  const seen = async () => (await reporter.get<BindingsView>(`/api/pull-sources/${sourceId}/bindings`)).body;
  const save = async (bindings: readonly BindingBody[], client = reporter) => client.put<BindingsView & Problem>(`/api/pull-sources/${sourceId}/bindings`, { bindings, expectedRevision: (await seen()).revision });
  const preview = (bindings: readonly BindingBody[], client = reporter) => client.post<BindingPreview & Problem>(`/api/pull-sources/${sourceId}/bindings/preview`, { bindings, periodId: world.periods[3] });
  const count = async (table: string): Promise<number> => Number((await world.dataSource.query<{ n: string }[]>(`select count(*) as n from ${table}`))[0]?.n);

  beforeAll(async () => {
    world = await aWorld({ opened: [4] });
    upstream = await startFakeSource();
    upstream.say('{"rows":[{"key":"urban-rural-pension","value":264000,"asOf":"2024-12-31"},{"key":"covered","value":252384.0},{"key":"all","value":264000}]}');
    app = await world.start({ role: 'all', env: { PULL_ALLOWED_HOSTS: '127.0.0.1:*' } });
    reporter = await app.as('kz.reporter');
    const made = await reporter.post<PullSourceView>('/api/pull-sources', {
      unitId: world.units.kz, name: '社保核心系统', kind: 'HTTP_JSON', place: `${upstream.url}/insured?period={period}`, mappings: [{ indicatorKey: 'KZ-U6', field: 'urban-rural-pension', unit: '人' }],
    });
    sourceId = made.body.id;
  });
  afterAll(async () => {
    await app?.stop();
    await upstream?.stop();
    await world?.stop();
  });

  it('is shown with the rows of the unit that are not asked for', async () => {
    const { body } = await reporter.get<BindingsView>(`/api/pull-sources/${sourceId}/bindings`);
    expect(body.bindings).toEqual([expect.objectContaining({ indicatorKey: 'KZ-U6', field: 'urban-rural-pension', unit: '人', formula: '', ownUnit: '万人' })]);
    expect(body.mayChange).toBe(true);
    expect(body.unbound.map((row) => row.indicatorKey)).toEqual(expect.arrayContaining(['KZ-U1', 'KZ-A1']));
    expect((await (await app.as('mn.reporter')).get(`/api/pull-sources/${sourceId}/bindings`)).status).toBe(404);
  });

  it('says before it is saved what it would change, and keeps nothing', async () => {
    const before = await count('observation');
    const { status, body } = await preview([insured, coverage, bind('KZ-U5', { field: 'nobody-says' })]);
    expect([status, body.wouldChange, body.rowCount]).toEqual([200, 2, 3]);
    expect(body.rows).toEqual(expect.arrayContaining([
      expect.objectContaining({ indicatorKey: 'KZ-U6', verbatim: '264000', row: '{"key":"urban-rural-pension","value":264000,"asOf":"2024-12-31"}', present: null, offered: '26.4万人', outcome: 'CANDIDATE' }),
      expect.objectContaining({ indicatorKey: 'KZ-U1', verbatim: '252384.0 / 264000', offered: '95.6%', outcome: 'CANDIDATE' }),
      // Which name was looked for in vain, and which there are.
      expect.objectContaining({ indicatorKey: 'KZ-U5', outcome: 'SILENT', noteZh: '取到的数据中没有编码为“nobody-says”的行，有的是：urban-rural-pension、covered、all。请核对编码。', noteEn: expect.stringContaining('it has urban-rural-pension, covered, all') }),
    ]));
    expect(await count('observation')).toBe(before);
    expect(await count('pull_run')).toBe(0);
  });

  it('is tried on the period that is being filled in, not on the quarter that has just begun and has no report yet', async () => {
    next = await world.unitOfWork.always(async (tx) => {
      await new PeriodRepository().ensure(tx, quarters(2025, [15, 15, 15, 31]));
      return (await new PeriodRepository().ofYear(tx, 2025))[0]?.id ?? '';
    });
    const ask = (indicatorKey: string) => reporter.post<BindingPreview>(`/api/pull-sources/${sourceId}/bindings/preview`, { bindings: [{ ...insured, indicatorKey }], periodId: null });
    const { body } = await ask('KZ-U6');
    expect([body.periodZh, body.periodEn, body.wouldChange]).toEqual(['2024年第四季度', '2024 Q4', 1]);
  });
  it('names the indicator that has no report in the period asked for', async () => {
    const { body } = await reporter.post<BindingPreview>(`/api/pull-sources/${sourceId}/bindings/preview`, { bindings: [insured], periodId: next });
    expect(body.rows).toEqual([expect.objectContaining({ outcome: 'NO_REPORT', indicatorName: '城乡居民养老保险参保人数达到' })]);
  });

  it('says of a path that leads nowhere how far it leads, and of a part that is not there which', async () => {
    const astray = await preview([bind('KZ-U5', { field: '$.rows[0].amount' }), bind('KZ-U1', { ...coverage, denominatorField: 'everybody' }), insured]);
    const said = Object.fromEntries(astray.body.rows.map((row) => [row.indicatorKey, [row.outcome, row.noteZh]]));
    expect(said['KZ-U5']).toEqual(['SILENT', '来源返回的内容中，“$.rows[0].amount”处没有单个值；“$.rows[0]”下有 key、value、asOf。请核对路径。']);
    expect(said['KZ-U1']).toEqual(['UNREADABLE', '取到的数据中没有编码为“everybody”的行，有的是：urban-rural-pension、covered、all。请核对编码。']);
    expect(said['KZ-U6']?.[0]).toBe('CANDIDATE');
  });
  it('says what was looked for where the source has nothing of the period, and what it has where its document is another', async () => {
    upstream.behave('empty');
    const empty = await preview([insured]);
    upstream.behave('wrong-shape');
    const other = await preview([insured]);
    upstream.behave('ok');
    expect([empty.body.code, empty.body.sentence.zh]).toEqual(['pull.not-there-sought', expect.stringMatching(/查找的是：http:[^ ]*\/insured\?…  \$\.rows\[\*\] → key, value。$/u)]);
    expect([other.body.code, other.body.sentence.zh]).toEqual(['pull.nothing-found', expect.stringContaining('按“$.rows[*] → key, value”没有找到数据：')]);
  });

  it('flags a value in the wrong unit before it is saved', async () => {
    const { body } = await preview([{ ...insured, formula: '' }]);
    expect(body.rows[0]).toMatchObject({ outcome: 'IMPLAUSIBLE', offered: '264000万人', noteZh: expect.stringContaining('请核对数值和单位') });
  });

  it.each([
    [{ formula: 'value = 1' }, 'pull.formula-unreadable'], [{ formula: 'value + numerator' }, 'pull.formula-lacks'], [{ field: '' }, 'pull.binding-incomplete'],
    [{ numeratorField: 'a' }, 'pull.binding-incomplete'], [{ field: '$.data[' }, 'pull.path-unreadable'], [{ indicatorKey: 'MN-U1' }, 'pull.indicator-unknown'],
  ])('refuses %j', async (over, code) => {
    const wish = { ...insured, ...over };
    expect((await preview([wish])).body.code).toBe(code);
    expect((await save([wish])).body.code).toBe(code);
  });

  it.each([['蚂蚁', 'pull.unit-unknown'], ['%', 'pull.unit-other-kind']])('does not save the unit %s for a row in 万人, with a formula or without, and names the row', async (unit, code) => {
    for (const formula of ['', 'value / 10000']) {
      const { body } = await save([{ ...insured, unit, formula }]);
      expect([body.code, body.params['indicatorKey'], body.params['expected']]).toEqual([code, 'KZ-U6', '万人']);
      // Beside a formula it is the unit of the result that is refused.
      expect(body.sentence.zh).toContain(formula === '' ? `的来源单位“${unit}”` : `的公式结果的单位“${unit}”`);
    }
  });

  it('names the row whose formula is refused, and calls its parts as the screen does', async () => {
    const lacking = await preview([coverage, { ...insured, formula: '数值 / 分母' }]);
    expect([lacking.body.code, lacking.body.params['indicatorKey']]).toEqual(['pull.formula-lacks', 'KZ-U6']);
    expect(lacking.body.sentence.zh).toContain('用到了“分母”');
    expect(lacking.body.sentence.en).toContain('uses “denominator”');
    const unfinished = await preview([coverage, { ...insured, formula: '数值 /' }]);
    expect([unfinished.body.params['indicatorKey'], unfinished.body.sentence.zh]).toEqual(['KZ-U6', expect.stringContaining('读不懂：没有写完。')]);
    expect((await preview([{ ...insured, formula: '数值 / 0' }])).body).toMatchObject({ code: 'pull.formula-by-zero', params: { indicatorKey: 'KZ-U6' } });
  });

  it('is saved, pulled by, and tells of each value the row it came from, when, from where and by which formula', async () => {
    const saved = await save([insured, coverage]);
    expect(saved.body.bindings.map((one) => [one.indicatorKey, one.formula])).toEqual([['KZ-U6', 'value / 10000'], ['KZ-U1', '']]);
    const { body } = await reporter.post<{ jobRunId: string }>(`/api/pull-sources/${sourceId}/runs`, { periodId: world.periods[3] });
    await waitFor('the pull', async () => ((await reporter.get<JobRunList>('/api/jobs')).body.jobs.find((one) => one.id === body.jobRunId)?.state === 'DONE' ? true : null), 20_000);
    const rows = (await reporter.get<MonitoringReportView>(`/api/monitoring-reports/${world.report('KZ-U', 4)}`)).body.rows;
    const candidate = rows.find((row) => row.indicator.key === 'KZ-U6')?.candidate;
    expect(candidate).toMatchObject({ actual: { magnitude: '26.4', unit: '万人' }, verbatim: '264000' });
    expect(rows.find((row) => row.indicator.key === 'KZ-U1')?.candidate).toMatchObject({ actual: { magnitude: '95.6', numerator: '252384', denominator: '264000' } });
    const origin = await reporter.get<ObservationOrigin>(`/api/observations/${candidate?.observationId ?? ''}`);
    expect(origin.body).toMatchObject({
      sourceName: '社保核心系统', row: '{"key":"urban-rural-pension","value":264000,"asOf":"2024-12-31"}', formula: '数值 / 10000', formulaEn: 'value / 10000', reading: '26.4万人', sha256: candidate?.sha256,
      asked: expect.stringContaining('/insured?period=2024Q4'), bodySha256: expect.stringMatching(/^[0-9a-f]{64}$/u),
    });
    // A share that nobody wrote a formula for is said in the words of the reader as well.
    const share = await reporter.get<ObservationOrigin>(`/api/observations/${rows.find((row) => row.indicator.key === 'KZ-U1')?.candidate?.observationId ?? ''}`);
    expect([share.body.formula, share.body.formulaEn]).toEqual(['分子 / 分母', 'numerator / denominator']);
    // Who may read the unit and not change the source does not see the query, where a key may stand.
    expect((await (await app.as('kz.manager')).get<ObservationOrigin>(`/api/observations/${candidate?.observationId ?? ''}`)).body.asked).toContain('/insured?…');
    expect((await (await app.as('mn.reporter')).get(`/api/observations/${candidate?.observationId ?? ''}`)).status).toBe(404);
  });

  it('keeps formulas and parts when the form of the source, which does not show them, is saved with another name alone', async () => {
    const form = async (mappings: object[]) => {
      const { revision } = await seen();
      return reporter.put<PullSourceView & Problem>(`/api/pull-sources/${sourceId}`, { name: '社保核心系统（新）', kind: 'HTTP_JSON', place: `${upstream.url}/insured`, mappings, expectedRevision: revision });
    };
    const kept = [expect.objectContaining({ ...insured }), expect.objectContaining({ ...coverage })];
    expect((await form([])).body).toMatchObject({ name: '社保核心系统（新）', mappings: kept });
    // A form of an earlier version sends them as plain ones, and a ratio not at all.
    await form([{ indicatorKey: 'KZ-U6', field: 'urban-rural-pension', unit: '人' }, { indicatorKey: 'KZ-U1', field: '', unit: '' }]);
    expect((await seen()).bindings).toEqual(kept);
    // A plain one comes and goes with the form.
    await form([{ indicatorKey: 'KZ-U5', field: 'work-injury', unit: '人' }]);
    expect((await seen()).bindings.map((one) => one.indicatorKey)).toEqual(['KZ-U6', 'KZ-U1', 'KZ-U5']);
    await form([{ indicatorKey: 'KZ-U5', field: '', unit: '' }]);
    expect((await seen()).bindings).toEqual(kept);
  });

  it('is not written over what somebody else has written meanwhile, in the form or here', async () => {
    const second = await app.as('kz.second');
    const { revision } = await seen();
    const put = (client: Client, bindings: readonly BindingBody[], expectedRevision: number) => client.put<BindingsView & Problem>(`/api/pull-sources/${sourceId}/bindings`, { bindings, expectedRevision });
    expect((await put(reporter, [insured, { ...coverage, unit: '' }], revision)).body.revision).toBe(revision + 1);
    const slower = await put(second, [insured], revision);
    expect([slower.status, slower.body.code, slower.body.params['by'], (slower.body.present as BindingsView).bindings.length]).toEqual([409, 'pull.stale-revision', '填报人甲', 2]);
    expect((await put(second, [insured, coverage], revision + 1)).status).toBe(200);
  });

  it('names who answers for the source, and lets a colleague take it over', async () => {
    expect((await seen()).owner).toEqual({ name: '填报人甲', isMe: true, isActive: true, answers: ['填报人甲'], standIn: null });
    const second = await app.as('kz.second');
    const { revision } = await seen();
    expect((await second.post<BindingsView>(`/api/pull-sources/${sourceId}/owner`)).body).toMatchObject({ revision, owner: { name: '填报人乙', isMe: true, answers: ['填报人乙'] } });
    expect((await (await app.as('kz.manager')).post(`/api/pull-sources/${sourceId}/owner`)).status).toBe(403);
    expect((await (await app.as('mn.reporter')).post(`/api/pull-sources/${sourceId}/owner`)).status).toBe(404);
    try {
      await world.dataSource.query('update person set active = false where id = $1', [world.people['kz.second']]);
      expect((await seen()).owner).toEqual({ name: '填报人乙', isMe: false, isActive: false, answers: ['填报人甲'], standIn: 'reporter' });
    } finally { await world.dataSource.query('update person set active = true where id = $1', [world.people['kz.second']]); }
    // Of the administrator above the reporters are at hand.
    await (await app.as('admin')).post(`/api/pull-sources/${sourceId}/owner`);
    expect((await seen()).owner).toEqual({ name: '系统管理员', isMe: false, isActive: true, answers: ['系统管理员', '填报人甲', '填报人乙'], standIn: 'reporter' });
  });
});
