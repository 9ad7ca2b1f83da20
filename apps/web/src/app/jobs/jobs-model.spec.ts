import type { JobRunView } from '@jiheng/contract';
import { answered, ownProblem, refused } from '../api/problem';
import { JobsModel, secondsOf } from './jobs-model';

const job = (id: string, state: JobRunView['state'], over: Partial<JobRunView> = {}): JobRunView => ({
  id: id as JobRunView['id'], name: 'run-pull', title: '取数：社保核心系统', titleEn: 'Pull', state, done: 0, total: 6, at: null, failureZh: null, failureEn: null, mender: null,
  attempts: 1, overtaken: false, goneZh: null, goneEn: null, link: null, by: '填报人', createdAt: '2025-01-09T01:00:00Z', startedAt: null, finishedAt: null, retryable: state === 'FAILED', cancellable: state === 'WAITING' || state === 'RUNNING', ...over,
});

describe('the jobs page', () => {
  const first = { jobs: [job('a', 'RUNNING'), job('b', 'FAILED')], nextCursor: 'next', counts: { RUNNING: 1, FAILED: 1, DONE: 40 } };
  const gateway = (list = answered(first)) => ({ list: async () => list, retry: async () => answered(undefined), cancel: async () => answered(undefined) });

  it('follows a running job without asking again', async () => {
    const model = new JobsModel(gateway());
    await model.load();
    model.hear(job('a', 'RUNNING', { done: 4, at: '工伤保险参保人数' }));
    expect(model.jobs().map(({ id, done }) => [id, done])).toEqual([['a', 4], ['b', 0]]);
    model.hear(job('a', 'DONE', { done: 6 }));
    expect(model.counts()).toEqual({ RUNNING: 0, FAILED: 1, DONE: 41 });
  });

  it('puts a new job on top and counts it once', async () => {
    const model = new JobsModel(gateway());
    await model.load();
    model.hear(job('c', 'WAITING'));
    model.hear(job('c', 'RUNNING'));
    expect(model.jobs().map(({ id }) => id)).toEqual(['c', 'a', 'b']);
    expect(model.counts()).toMatchObject({ WAITING: 0, RUNNING: 2 });
  });

  it('counts pulls that were started elsewhere and are first heard of when they run or have ended', async () => {
    jest.useFakeTimers();
    try {
      const inPostgres = new Map<string, JobRunView['state']>([['b', 'FAILED']]);
      const counted = () => [...inPostgres.values()].reduce<Record<string, number>>((counts, state) => ({ ...counts, [state]: (counts[state] ?? 0) + 1 }), {});
      let asked = 0;
      const model = new JobsModel({ ...gateway(), list: async () => { asked += 1; return answered({ jobs: [job('b', 'FAILED')], nextCursor: null, counts: counted() }); } });
      await model.load();
      const happens = (id: string, state: JobRunView['state'], told = true): void => { inPostgres.set(id, state); if (told) model.hear(job(id, state)); };
      for (const id of ['1', '2', '3', '4', '5', '6', '7']) {
        // The stream gathers changes of a tenth of a second: waiting, and often running too, is told to nobody.
        happens(id, 'WAITING', false);
        happens(id, 'RUNNING', id > '3');
        for (const done of [1, 2, 3]) if (id > '3') model.hear(job(id, 'RUNNING', { done }));
      }
      for (const id of ['1', '2', '3', '4', '5', '6', '7']) happens(id, id < '4' ? 'FAILED' : 'DONE');
      await jest.advanceTimersByTimeAsync(1_000);
      expect(model.counts()).toEqual({ FAILED: 4, DONE: 4 });
      expect(model.jobs().filter(({ state }) => state === 'FAILED')).toHaveLength(4);
      expect(asked).toBe(2);
    } finally {
      jest.useRealTimers();
    }
  });

  it('marks a failure that a later success has overtaken, of which no news comes', async () => {
    jest.useFakeTimers();
    try {
      let overtaken = false;
      const model = new JobsModel({ ...gateway(), list: async () => answered({ jobs: [job('b', 'FAILED', overtaken ? { overtaken, retryable: false } : {})], nextCursor: null, counts: {} }) });
      await model.load();
      const counted = model.counted();
      overtaken = true;
      model.hear(job('c', 'DONE'));
      await jest.advanceTimersByTimeAsync(1_000);
      expect(model.jobs().map((one) => [one.id, one.overtaken, one.retryable])).toEqual([['c', false, false], ['b', true, false]]);
      // The causes are read again.
      expect(model.counted()).toBe(counted + 1);
      model.leave();
    } finally {
      jest.useRealTimers();
    }
  });

  it('does not believe a count that was overtaken by news, and asks no more once nobody looks', async () => {
    jest.useFakeTimers();
    try {
      const arrivals: ((counts: Record<string, number>) => void)[] = [];
      let loaded = false;
      const model = new JobsModel({ ...gateway(), list: () => (loaded ? new Promise((resolve) => { arrivals.push((counts) => resolve(answered({ ...first, counts }))); }) : Promise.resolve(answered(first))) });
      await model.load();
      loaded = true;
      model.hear(job('n', 'RUNNING'));
      await jest.advanceTimersByTimeAsync(1_000);
      model.hear(job('n', 'DONE'));
      arrivals[0]?.({ RUNNING: 2, FAILED: 1, DONE: 40 });
      await jest.advanceTimersByTimeAsync(1_000);
      arrivals[1]?.({ RUNNING: 1, FAILED: 1, DONE: 41 });
      await jest.advanceTimersByTimeAsync(0);
      expect(model.counts()).toEqual({ RUNNING: 1, FAILED: 1, DONE: 41 });
      model.hear(job('m', 'DONE'));
      model.leave();
      await jest.advanceTimersByTimeAsync(10_000);
      expect(arrivals).toHaveLength(2);
    } finally {
      jest.useRealTimers();
    }
  });

  it('shows only failures when asked, and a retried one leaves them', async () => {
    const model = new JobsModel(gateway());
    await model.load();
    model.state.set('FAILED');
    expect(model.jobs().map(({ id }) => id)).toEqual(['b']);
    await model.retry('b');
    expect(model.jobs()).toEqual([]);
  });

  it('keeps the list and says why when a retry is refused', async () => {
    const problem = ownProblem('web.unreachable');
    const model = new JobsModel({ ...gateway(), retry: async () => refused(problem) });
    await model.load();
    await model.retry('b');
    expect(model.refused()).toEqual({ id: 'b', problem });
    expect(model.jobs()).toHaveLength(2);
  });

  it('takes a running job back at once, and keeps it when that is refused', async () => {
    const model = new JobsModel(gateway());
    await model.load();
    await model.cancel('a');
    expect(model.jobs().map(({ id, state, cancellable }) => [id, state, cancellable])).toEqual([['a', 'CANCELLED', false], ['b', 'FAILED', false]]);
    const problem = ownProblem('web.unreachable');
    const other = new JobsModel({ ...gateway(), cancel: async () => refused(problem) });
    await other.load();
    await other.cancel('a');
    expect([other.jobs()[0]?.state, other.refused()]).toEqual(['RUNNING', { id: 'a', problem }]);
  });

  it('joins the next page without doubling what news brought already', async () => {
    const pages = [first, { jobs: [job('b', 'FAILED'), job('z', 'DONE')], nextCursor: null, counts: first.counts }];
    const model = new JobsModel({ ...gateway(), list: async ({ cursor }) => answered(pages[cursor ? 1 : 0] as typeof first) });
    await model.load();
    await model.loadMore();
    expect(model.jobs().map(({ id }) => id)).toEqual(['a', 'b', 'z']);
    expect(model.hasMore()).toBe(false);
  });

  it('does not let a list that was on its way overtake what was heard meanwhile', async () => {
    let arrive: (list: typeof first) => void = () => undefined;
    const model = new JobsModel({ ...gateway(), list: () => new Promise((resolve) => { arrive = (list) => resolve(answered(list)); }) });
    const loading = model.load();
    model.hear(job('a', 'DONE', { done: 6 }));
    model.hear(job('new', 'WAITING'));
    arrive(first);
    await loading;
    expect(model.jobs().map(({ id, state }) => [id, state])).toEqual([['new', 'WAITING'], ['a', 'DONE'], ['b', 'FAILED']]);
  });

  it('takes the later of two lists when the stream opened while the first was on its way', async () => {
    const arrivals: ((list: typeof first) => void)[] = [];
    const model = new JobsModel({ ...gateway(), list: () => new Promise((resolve) => { arrivals.push((list) => resolve(answered(list))); }) });
    const loads = [model.load(), model.load()];
    arrivals[1]?.({ ...first, jobs: [job('a', 'DONE'), job('b', 'FAILED')] });
    arrivals[0]?.(first);
    await Promise.all(loads);
    expect(model.jobs()[0]?.state).toBe('DONE');
    expect(model.loading()).toBe(false);
  });

  it('tells how long a job took only when it has ended', () => {
    const createdAt = '2025-01-09T00:59:00Z';
    expect(secondsOf({ createdAt, startedAt: '2025-01-09T01:00:00Z', finishedAt: null })).toBeNull();
    expect(secondsOf({ createdAt, startedAt: '2025-01-09T01:00:00Z', finishedAt: '2025-01-09T01:00:02.600Z' })).toEqual({ own: 3, inAll: 63 });
  });

  it('asks which running jobs are silent, of those that are shown, and asks nothing while none runs', async () => {
    const asked: (string | null)[] = [];
    let silentSeconds = 14;
    const model = new JobsModel({
      ...gateway(), list: async ({ state }) => {
        asked.push(state);
        return answered(state === null ? first : { jobs: [job('a', 'RUNNING', { silentSeconds }), job('z', 'RUNNING', { silentSeconds: 90 })], nextCursor: null, counts: {} });
      },
    });
    await model.listen();
    expect(asked).toEqual([]);
    await model.load();
    await model.listen();
    expect([asked, [...model.silent()]]).toEqual([[null, 'RUNNING'], []]);
    silentSeconds = 15;
    await model.listen();
    expect([...model.silent()]).toEqual([['a', 15]]);
    // Another process has taken it up.
    silentSeconds = 0;
    await model.listen();
    expect([...model.silent()]).toEqual([]);
    silentSeconds = 40;
    await model.listen();
    model.hear(job('a', 'DONE'));
    await model.listen();
    expect([[...model.silent()], asked.length]).toEqual([[], 5]);
  });

  it('says nothing of silence where the server does not answer', async () => {
    const model = new JobsModel({ ...gateway(), list: async ({ state }) => (state === null ? answered(first) : refused(ownProblem('web.unreachable'))) });
    await model.load();
    await model.listen();
    expect([[...model.silent()], model.problem()]).toEqual([[], null]);
  });
});
