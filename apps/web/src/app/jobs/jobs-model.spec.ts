import type { JobRunView } from '@jiheng/contract';
import { answered, ownProblem, refused } from '../api/problem';
import { JobsModel, secondsOf } from './jobs-model';

const job = (id: string, state: JobRunView['state'], over: Partial<JobRunView> = {}): JobRunView => ({
  id: id as JobRunView['id'], name: 'run-pull', title: '取数：社保核心系统', titleEn: 'Pull', state, done: 0, total: 6, at: null, failureZh: null, failureEn: null, mender: null,
  attempts: 1, link: null, by: '填报人', createdAt: '2025-01-09T01:00:00Z', startedAt: null, finishedAt: null, retryable: state === 'FAILED', cancellable: state === 'WAITING' || state === 'RUNNING', ...over,
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
    expect(secondsOf({ startedAt: '2025-01-09T01:00:00Z', finishedAt: null })).toBeNull();
    expect(secondsOf({ startedAt: '2025-01-09T01:00:00Z', finishedAt: '2025-01-09T01:00:02.600Z' })).toBe(3);
  });
});
