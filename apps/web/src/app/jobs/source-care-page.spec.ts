import { TestBed } from '@angular/core/testing';
import { ActivatedRoute, convertToParamMap, provideRouter } from '@angular/router';
import type { BindingPreview, BindingsView, ScheduleBody, ScheduleView } from '@jiheng/contract';
import { aRefusal } from '../api/testing/a-refusal';
import { type Answer, answered, refused } from '../api/problem';
import { PullCareApi } from '../api/pull-care-api';
import { SourceCareModel } from './source-care-model';
import { SourceCarePage } from './source-care-page';

const BOUND: BindingsView = {
  sourceName: '社保核心系统', unitName: '某州社会保险中心', mayChange: true,
  bindings: [{ indicatorKey: 'KZ-U6', indicatorName: '城乡居民养老保险参保人数', tableTitle: '单位整体', ownUnit: '万人', field: 'pension', unit: '人', formula: '', numeratorField: '', denominatorField: '' }],
  unbound: [{ indicatorKey: 'KZ-U1', indicatorName: '参保覆盖率', tableTitle: '单位整体', ownUnit: '%' }],
};
const TRIED: BindingPreview = {
  periodZh: '2024年第四季度', periodEn: '2024 Q4', rowCount: 3, wouldChange: 1,
  rows: [{ indicatorKey: 'KZ-U6', indicatorName: '城乡居民养老保险参保人数', verbatim: '264000', row: '{"key":"pension","value":264000}', present: '26万人', offered: '26.4万人', outcome: 'CANDIDATE', noteZh: null, noteEn: null }],
};
const NEVER: ScheduleView = { mayChange: true, schedule: null };
const planned = (body: ScheduleBody): ScheduleView => ({ mayChange: true, schedule: { ...body, state: 'ACTIVE', next: ['2025-04-04T23:30:00Z'], lastAt: null, missed: 0, noteZh: null, noteEn: null } });

function aGateway(over: Partial<Record<string, unknown>> = {}) {
  const asked: unknown[] = [];
  return {
    asked,
    bindings: async () => answered(BOUND), schedule: async () => answered(NEVER),
    saveBindings: async (_: string, bindings: readonly unknown[]) => { asked.push(bindings); return answered({ ...BOUND, bindings: BOUND.bindings }); },
    preview: async (_: string, bindings: readonly unknown[]): Promise<Answer<BindingPreview>> => { asked.push(bindings); return answered(TRIED); },
    saveSchedule: async (_: string, body: ScheduleBody) => { asked.push(body); return answered(planned(body)); },
    pauseSchedule: async () => answered(NEVER), resumeSchedule: async () => answered(NEVER), removeSchedule: async () => answered(NEVER),
    ...over,
  };
}

describe('one source', () => {
  it('is tried with what stands there, and a change of it takes the trial back', async () => {
    const gateway = aGateway();
    const model = new SourceCareModel(gateway, 's');
    await model.load();
    model.write('KZ-U6', 'formula', 'value / 10000');
    model.add('KZ-U1');
    await model.tryIt();
    expect(gateway.asked[0]).toEqual([
      { indicatorKey: 'KZ-U6', field: 'pension', unit: '人', formula: 'value / 10000', numeratorField: '', denominatorField: '' },
      { indicatorKey: 'KZ-U1', field: '', unit: '', formula: '', numeratorField: '', denominatorField: '' },
    ]);
    expect(model.preview()?.wouldChange).toBe(1);
    model.remove('KZ-U1');
    expect(model.preview()).toBeNull();
    expect(model.addable().map((row) => row.indicatorKey)).toEqual(['KZ-U1']);
  });

  it('keeps what was written when the server refuses it', async () => {
    const model = new SourceCareModel(aGateway({ preview: async () => refused(aRefusal('pull.formula-unreadable')) }), 's');
    await model.load();
    model.write('KZ-U6', 'formula', 'value =');
    await model.tryIt();
    expect([model.problem()?.code, model.rows()[0]?.formula]).toEqual(['pull.formula-unreadable', 'value =']);
  });

  it('sends of a schedule what belongs to its kind', async () => {
    const gateway = aGateway();
    const model = new SourceCareModel(gateway, 's');
    await model.load();
    await model.saveSchedule();
    model.plan({ kind: 'CRON', cron: ' 0 6 * * * ', windowed: true });
    await model.saveSchedule();
    expect(gateway.asked).toEqual([
      { rule: { kind: 'QUARTER_END', day: 5, time: '07:30' }, window: null, minGapMinutes: 10 }, { rule: { kind: 'CRON', cron: '0 6 * * *' }, window: { from: '20:00', to: '07:00' }, minGapMinutes: 10 },
    ]);
    expect(model.schedule()?.schedule?.state).toBe('ACTIVE');
  });

  it('shows before saving what would change', async () => {
    TestBed.configureTestingModule({ providers: [provideRouter([]), { provide: PullCareApi, useValue: aGateway() }, { provide: ActivatedRoute, useValue: { snapshot: { paramMap: convertToParamMap({ id: 's' }) } } }] });
    const fixture = TestBed.createComponent(SourceCarePage);
    await fixture.whenStable();
    const host: HTMLElement = fixture.nativeElement;
    [...host.querySelectorAll('button')].find((button) => button.textContent?.includes('试算'))?.click();
    await fixture.whenStable();
    expect(host.querySelector('[role="status"]')?.textContent).toContain('将改变 1 个值');
    expect(host.textContent).toContain('26.4万人');
    expect(host.textContent).toContain('{"key":"pension","value":264000}');
  });
});
