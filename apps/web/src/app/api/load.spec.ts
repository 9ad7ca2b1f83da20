import { Load } from './load';
import { answered, refused, type Answer } from './problem';
import { aRefusal } from './testing/a-refusal';

describe('what a page reads', () => {
  it('is first loading, then there', async () => {
    const load = new Load<number>();
    const run = load.run(() => Promise.resolve(answered(6)));
    expect([load.first(), load.loading(), load.value()]).toEqual([true, true, null]);
    await run;
    expect([load.first(), load.loading(), load.value()]).toEqual([false, false, 6]);
  });
  it('stays on the screen when asking again is refused', async () => {
    const load = new Load<number>();
    await load.run(() => Promise.resolve(answered(6)));
    await load.run(() => Promise.resolve(refused(aRefusal('house.not-ready', 503))));
    expect(load.value()).toBe(6);
    expect(load.problem()?.code).toBe('house.not-ready');
    load.set(7);
    expect([load.value(), load.problem()]).toEqual([7, null]);
  });
  it('takes the newest answer, not the latest to arrive', async () => {
    const load = new Load<string>();
    let late: (answer: Answer<string>) => void = () => undefined;
    const first = load.run(() => new Promise((resolve) => { late = resolve; }));
    await load.run(() => Promise.resolve(answered('2024')));
    late(answered('2023'));
    await first;
    expect(load.value()).toBe('2024');
  });
  it('changes what is there and nothing else', () => {
    const load = new Load<number>();
    load.update((n) => n + 1);
    expect(load.value()).toBeNull();
    load.set(1);
    load.update((n) => n + 1);
    expect(load.value()).toBe(2);
  });
});
