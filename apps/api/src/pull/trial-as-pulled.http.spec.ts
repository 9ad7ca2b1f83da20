import type { BindingBody, BindingPreview, BindingsView, Problem, PullSourceView, PullTrial } from '@jiheng/contract';
import { type PulledQuarter, aPulledQuarter } from '../../test/pulled-quarter';

describe('a trial in the form', () => {
  let quarter: PulledQuarter;
  let id: string;

  const bind = (indicatorKey: string, more: Partial<BindingBody>): BindingBody => ({ indicatorKey, field: '', unit: '', formula: '', numeratorField: '', denominatorField: '', ...more });
  const form = (mappings: readonly object[]) => ({ unitId: quarter.world.units.kz, name: '社保核心系统', kind: 'HTTP_JSON', place: `${quarter.upstream.url}/insured`, mappings });
  const trial = async (mappings: readonly object[], saved = true) =>
    (await quarter.reporter.post<PullTrial & Problem>('/api/pull-sources/try', { ...form(mappings), periodId: quarter.world.periods[3], ...(saved ? { sourceId: id } : {}) })).body;
  const preview = async (...bindings: readonly BindingBody[]) => (await quarter.reporter.post<BindingPreview & Problem>(`/api/pull-sources/${id}/bindings/preview`, { bindings, periodId: quarter.world.periods[3] })).body;
  const pension = { indicatorKey: 'KZ-U6', field: 'urban-rural-pension', unit: '万人' };
  const coverage = { indicatorKey: 'KZ-U1', field: '', unit: '%' };

  beforeAll(async () => {
    quarter = await aPulledQuarter();
    id = (await quarter.reporter.post<PullSourceView>('/api/pull-sources', form([pension]))).body.id;
    const { body } = await quarter.reporter.get<BindingsView>(`/api/pull-sources/${id}/bindings`);
    const saved = await quarter.reporter.put(`/api/pull-sources/${id}/bindings`, {
      bindings: [bind('KZ-U6', { field: 'urban-rural-pension', unit: '万人', formula: '数值 / 10000' }), bind('KZ-U1', { numeratorField: 'work-injury', denominatorField: 'urban-rural-pension', unit: '%' })], expectedRevision: body.revision,
    });
    expect(saved.status).toBe(200);
  });
  afterAll(() => quarter?.stop());
  afterEach(() => { quarter.upstream.behave('ok'); });

  it('computes by the formula and of the parts that are saved, as a pull does', async () => {
    const { mapped } = await trial([pension, coverage]);
    expect(mapped.map((one) => [one.verbatim, one.reading, one.problemZh, one.warningZh])).toEqual([['264000', '26.4万人', null, undefined], ['100,120 人 / 264000', expect.stringMatching(/^37\.92\d*%$/u), null, undefined]]);
  });
  it('of a source that is not saved has no formula, and says that the value looks wrong', async () => {
    const { mapped: [read] } = await trial([pension], false);
    expect(read).toMatchObject({ reading: '264000万人', problemZh: null, warningZh: expect.stringContaining('请核对数值和单位'), warningEn: expect.any(String) });
  });

  it('takes two rows of one key for none, although they are equal, and says what to do; so does a preview', async () => {
    quarter.upstream.say('{"rows":[{"key":"A","value":100},{"key":"A","value":100}]}');
    const said = expect.stringMatching(/对“A”给出了 2 行（100 \| 100）.*在查询中求和.*核对分页/u);
    const { mapped: [read] } = await trial([{ indicatorKey: 'KZ-U5', field: 'A', unit: '人' }], false);
    expect(read).toMatchObject({ verbatim: '100 | 100', reading: null, problemZh: said });
    expect((await preview(bind('KZ-U5', { field: 'A', unit: '人' }))).rows[0]).toMatchObject({ outcome: 'UNREADABLE', offered: null, noteZh: said });
    quarter.upstream.say('{"rows":[{"key":"A","value":68300}]}');
    expect((await trial([{ indicatorKey: 'KZ-U5', field: 'A', unit: '人' }], false)).mapped[0]?.reading).toBe('6.83万人');
    quarter.upstream.say([{ key: 'urban-rural-pension', value: 264000 }]);
  });

  it('promises nothing that only a pull does: nothing is tried again, paused or kept, nor by a preview', async () => {
    for (const [mode, code] of [['broken', 'pull.source-away'], ['garbage', 'pull.unreadable-body-tried']] as const) {
      quarter.upstream.behave(mode);
      for (const answer of [await trial([pension]), await preview(bind('KZ-U6', { field: 'urban-rural-pension' }))]) {
        expect(answer.code).toBe(code);
        expect(answer.sentence.zh).not.toMatch(/自动重试|暂停|原文已留存/u);
        expect(answer.sentence.en).not.toMatch(/tried again|paused|original is kept/u);
      }
    }
  });
  it('says of a dash what a pull would say of it, and of neither that it was kept', async () => {
    quarter.upstream.say([{ key: 'urban-rural-pension', value: '-' }]);
    const { mapped: [read] } = await trial([{ indicatorKey: 'KZ-L4', field: 'urban-rural-pension', unit: '' }], false);
    const { rows: [row] } = await preview(bind('KZ-L4', { field: 'urban-rural-pension' }));
    expect([read?.problemZh, row?.outcome, row?.noteZh]).toEqual(['取数来源给出的“-”读不出数值。请核对来源，或直接填报。', 'UNREADABLE', '取数来源给出的“-”读不出数值。请核对来源，或直接填报。']);
  });
});
