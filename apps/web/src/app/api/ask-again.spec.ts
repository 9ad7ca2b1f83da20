import { AskAgain } from './ask-again';

const pass = (ms: number): Promise<void> => jest.advanceTimersByTimeAsync(ms);

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

describe('waiting for points that are being computed', () => {
  function waiting(rounds: number) {
    let left = rounds;
    const asked: number[] = [];
    const again = new AskAgain(async () => {
      asked.push(Date.now());
      left--;
    }, () => left > 0);
    return { again, asked };
  }

  it('asks nothing when nothing is awaited', async () => {
    const { again, asked } = waiting(0);
    again.watch();
    await pass(60_000);
    expect(asked).toEqual([]);
  });

  it('asks with growing pauses until the points are there, then rests', async () => {
    const { again, asked } = waiting(3);
    const start = Date.now();
    again.watch();
    again.watch();
    await pass(60_000);
    expect(asked.map((at) => at - start)).toEqual([800, 2_000, 4_000]);
  });

  it('asks at once on news of the job, and once more for news that came meanwhile', async () => {
    let release = (): void => undefined;
    let count = 0;
    const again = new AskAgain(() => {
      count++;
      return new Promise<void>((done) => { release = done; });
    }, () => false);
    void again.now();
    void again.now();
    void again.now();
    expect(count).toBe(1);
    release();
    await pass(0);
    expect(count).toBe(2);
  });

  it('asks nothing any more when the page is gone', async () => {
    const { again, asked } = waiting(5);
    again.watch();
    again.stop();
    await again.now();
    await pass(60_000);
    expect(asked).toEqual([]);
  });
});
