import * as vectors from '@jiheng/domain/testing';
import { SelfCheckModel } from './self-check-model';
import { GROUP_TITLES_EN } from './self-check-words';

describe('the rule check', () => {
  let time = 0;
  const clock = (): number => (time += 12);

  it('finds every numbered case of the law to hold, KZ-A with its 94.19 among them', async () => {
    const model = new SelfCheckModel(async () => vectors, clock);
    expect(model.holds()).toBeNull();
    await model.run();
    expect([model.failed(), model.holds(), model.took()]).toEqual([0, true, 12]);
    expect(model.passed()).toBe(vectors.runVectors().length);
    expect(model.groups().flatMap((group) => group.cases).find((one) => one.id === 'KZ-A')?.got).toContain('84.19 + 10.00 = 94.19 优');
  });

  it('shows a case that came out otherwise, and one that did not run at all', async () => {
    const [first, second, ...rest] = vectors.runVectors();
    const model = new SelfCheckModel(async () => ({ vectorFiles: vectors.vectorFiles, runVectors: () => [{ ...(first as NonNullable<typeof first>), got: '0.00' }, ...rest] }), clock);
    await model.run();
    expect([model.failed(), model.holds()]).toEqual([2, false]);
    model.onlyFailures.set(true);
    expect(model.shown().flatMap((group) => group.cases.map((one) => one.id))).toEqual([first?.id, second?.id]);
  });

  it('proves nothing when the cases do not arrive', async () => {
    const model = new SelfCheckModel(async () => { throw new Error('no network'); }, clock);
    await model.run();
    expect([model.broken(), model.holds(), model.running()]).toEqual([true, null, false]);
  });

  it('has an English title for every group', () => {
    expect(vectors.vectorFiles.filter((file) => !Object.hasOwn(GROUP_TITLES_EN, file.title))).toEqual([]);
  });
});
