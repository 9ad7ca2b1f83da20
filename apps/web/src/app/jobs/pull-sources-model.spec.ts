import type { PeriodView, PullSourceView } from '@jiheng/contract';
import { answered, ownProblem, refused } from '../api/problem';
import { aRefusal } from '../api/testing/a-refusal';
import { PullSourcesModel } from './pull-sources-model';

const period = (ordinal: number, state: PeriodView['state']): PeriodView => ({
  id: `q${ordinal}` as PeriodView['id'], fiscalYear: 2024, ordinal, label: `第${ordinal}季度`, startsOn: '2024-10-01', endsOn: '2024-12-31', dueOn: '2025-01-20', state,
});
const source = { id: 's1', name: '社保核心系统', mappings: [], lastRun: null } as unknown as PullSourceView;
const gateway = {
  list: async () => answered({ sources: [source], more: false }),
  periods: async () => answered({ periods: [period(1, 'CLOSED'), period(2, 'CLOSED'), period(3, 'CLOSED'), period(4, 'OPEN')] }),
  run: async () => answered({ jobRunId: 'j1' }), watch: () => () => undefined, resume: async () => answered({}), pause: async () => answered({}),
};

describe('the sources page', () => {
  it('offers the open quarter first', async () => {
    const model = new PullSourcesModel(gateway);
    await model.load(2024);
    expect(model.period()?.ordinal).toBe(4);
  });

  it('offers the latest quarter that has begun when none is open', async () => {
    const model = new PullSourcesModel({ ...gateway, periods: async () => answered({ periods: [period(1, 'CLOSED'), period(2, 'CLOSED'), period(3, 'FUTURE')] }) });
    await model.load(2024);
    expect(model.period()?.ordinal).toBe(2);
  });

  it('keeps the chosen quarter when the sources are read again', async () => {
    const model = new PullSourcesModel(gateway);
    await model.load(2024);
    model.periodId.set('q2');
    await model.pause('s1', 2024);
    expect(model.period()?.ordinal).toBe(2);
  });

  it('offers no quarter of another year while those of the year looked at are on their way, and none of it when its answer comes last', async () => {
    const waiting = new Map<number, () => void>();
    const of = (year: number): PeriodView => ({ ...period(1, 'OPEN'), id: `${year}q1` as PeriodView['id'], fiscalYear: year });
    const model = new PullSourcesModel({ ...gateway, periods: async (year) => { await new Promise<void>((now) => { waiting.set(year, now); }); return answered({ periods: [of(year)] }); } });
    const present = model.load(2025);
    const last = model.load(2024);
    waiting.get(2024)?.();
    await last;
    waiting.get(2025)?.();
    await present;
    expect(model.period()?.id).toBe('2024q1');
    void model.load(2025);
    expect(model.period()).toBeNull();
  });

  it('pulls for the chosen quarter and says that it started', async () => {
    const asked: string[][] = [];
    const model = new PullSourcesModel({ ...gateway, run: async (...args) => { asked.push(args); return answered({ jobRunId: 'j1' }); } });
    await model.load(2024);
    await model.run('s1');
    expect(asked).toEqual([['s1', 'q4']]);
    expect(model.started().has('s1')).toBe(true);
    expect(model.busy().size).toBe(0);
  });

  it('keeps the refusal beside the source it belongs to, until a pull succeeds', async () => {
    let answer: ReturnType<typeof refused> | ReturnType<typeof answered<{ jobRunId: string }>> = refused(ownProblem('web.unreachable'));
    const model = new PullSourcesModel({ ...gateway, run: async () => answer });
    await model.load(2024);
    await model.run('s1');
    expect(model.refusals().get('s1')?.code).toBe('web.unreachable');
    expect(model.started().size).toBe(0);
    answer = answered({ jobRunId: 'j1' });
    await model.run('s1');
    expect(model.refusals().size).toBe(0);
  });

  it('follows after a reload a pull that somebody started before, does not ask for another one, and shows how it ended', async () => {
    const told: { hear?: (job: { id: string }) => void; left: number; asked: number } = { left: 0, asked: 0 };
    let lastRun = { state: 'RUNNING', jobRunId: 'j7' };
    const model = new PullSourcesModel({
      ...gateway, list: async () => answered({ sources: [{ ...source, lastRun } as unknown as PullSourceView], more: false }), run: async () => { told.asked += 1; return answered({ jobRunId: 'j8' }); },
      watch: (hear) => { told.hear = hear; return () => { told.left += 1; }; },
    });
    await model.load(2024);
    expect(model.underWay()).toEqual(['s1']);
    await model.run('s1');
    expect(told.asked).toBe(0);
    lastRun = { state: 'FAILED', jobRunId: 'j7' };
    told.hear?.({ id: 'j7' });
    await new Promise((done) => { setTimeout(done, 0); });
    expect([model.underWay(), model.started().get('s1'), told.left]).toEqual([[], 'j7', 1]);
  });

  it('has a pull tried now that waits for its next try, for the quarter it is for, says so, and follows it', async () => {
    const asked: string[][] = [];
    const told: { hear?: (job: { id: string }) => void } = {};
    let lastRun: object = { state: 'RUNNING', jobRunId: 'j7', nextTry: { at: '2025-01-09T01:31:00.000Z', periodId: 'q3' } };
    const model = new PullSourcesModel({
      ...gateway, list: async () => answered({ sources: [{ ...source, lastRun } as unknown as PullSourceView], more: false }), watch: (hear) => { told.hear = hear; return () => undefined; },
      run: async (...args) => { asked.push(args); lastRun = { state: 'RUNNING', jobRunId: 'j7', nextTry: null }; return answered({ jobRunId: 'j7', broughtForward: true }); },
    });
    await model.load(2024);
    expect([model.underWay(), model.nextTries().get('s1')?.periodId, model.broughtForward().has('s1')]).toEqual([['s1'], 'q3', false]);
    await model.run('s1');
    expect([asked, model.nextTries().has('s1'), model.broughtForward().has('s1')]).toEqual([[['s1', 'q3']], false, true]);
    // While it is being tried nobody asks for another one.
    await model.run('s1');
    expect(asked).toHaveLength(1);
    // The cause was not mended: it waits again, and may be brought forward again.
    lastRun = { state: 'RUNNING', jobRunId: 'j7', nextTry: { at: '2025-01-09T01:41:00.000Z', periodId: 'q3' } };
    told.hear?.({ id: 'j7' });
    await new Promise((done) => { setTimeout(done, 0); });
    expect([model.nextTries().has('s1'), model.broughtForward().has('s1')]).toEqual([true, false]);
    await model.run('s1');
    expect(asked).toHaveLength(2);
  });

  it('keeps beside the source why a try was not brought forward, and goes on offering it', async () => {
    const model = new PullSourcesModel({
      ...gateway, list: async () => answered({ sources: [{ ...source, lastRun: { state: 'RUNNING', jobRunId: 'j7', nextTry: { at: '2025-01-09T01:31:00.000Z', periodId: 'q4' } } } as unknown as PullSourceView], more: false }),
      run: async () => refused(aRefusal('pull.left-alone', 422)),
    });
    await model.load(2024);
    await model.run('s1');
    expect([model.refusals().get('s1')?.code, model.nextTries().has('s1'), model.broughtForward().size]).toEqual(['pull.left-alone', true, 0]);
  });

  it('follows the pull of whoever was quicker', async () => {
    let lastRun: object | null = null;
    const model = new PullSourcesModel({
      ...gateway, list: async () => answered({ sources: [{ ...source, lastRun } as unknown as PullSourceView], more: false }),
      run: async () => { lastRun = { state: 'RUNNING', jobRunId: 'j9' }; return refused(ownProblem('web.unreachable')); },
    });
    await model.load(2024);
    await model.run('s1');
    expect(model.underWay()).toEqual(['s1']);
  });

  it('follows the pull it started and shows by itself how it ended, then looks no more', async () => {
    const told: { hear?: (job: { id: string }) => void; left: number } = { left: 0 };
    let [state, listed] = ['WAITING', 0];
    const model = new PullSourcesModel({
      ...gateway, list: async () => { listed += 1; return answered({ sources: [{ ...source, lastRun: { state } } as unknown as PullSourceView], more: false }); },
      watch: (hear) => { told.hear = hear; return () => { told.left += 1; }; },
    });
    await model.load(2024);
    await model.run('s1');
    expect(model.underWay()).toEqual(['s1']);
    const before = listed;
    told.hear?.({ id: 'of somebody else' });
    expect(listed).toBe(before);
    state = 'DONE';
    told.hear?.({ id: 'j1' });
    await new Promise((done) => { setTimeout(done, 0); });
    expect([model.underWay(), model.sources()[0]?.lastRun?.state, told.left]).toEqual([[], 'DONE', 1]);
  });
});
