import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BoundedThread, type ThreadBounds, type Worked } from './bounded-thread';

/** Does what it is told: works so many milliseconds of processor, waits so many of the clock, eats memory, breaks, leaves; then says who it is. */
const PROGRAM = `import { parentPort, threadId } from 'node:worker_threads';
parentPort.on('message', async ({ workMs = 0, waitMs = 0, eats, breaks, leaves, environment, room }) => {
  const used = () => { const { user, system } = process.threadCpuUsage(); return (user + system) / 1000; };
  const begun = used();
  while (used() - begun < workMs);
  await new Promise((rest) => setTimeout(rest, waitMs));
  if (eats) { const eaten = []; for (;;) eaten.push(Array.from({ length: 1_000 }, () => ({}))); }
  if (breaks) throw new Error('broken reader');
  if (leaves) process.exit();
  parentPort.postMessage(environment ? Object.keys(process.env).length : room ? room.byteLength : threadId);
});`;

interface Task { readonly workMs?: number; readonly waitMs?: number; readonly eats?: true; readonly breaks?: true; readonly leaves?: true; readonly environment?: true; readonly room?: Uint8Array<ArrayBuffer> }

describe('work on what strangers send, in a thread with bounds', () => {
  let folder: string;
  let program: string;
  const threads: BoundedThread<Task, number>[] = [];
  const threadWith = (bounds: Partial<ThreadBounds> = {}): BoundedThread<Task, number> => {
    const thread = new BoundedThread<Task, number>(program, { memoryMb: 128, youngMb: 16, restMs: 30_000, crowded: 4, ...bounds });
    threads.push(thread);
    return thread;
  };
  const answer = (worked: Worked<number>): number | string => worked.ended ?? worked.answer;
  beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 'bounded-')); program = join(folder, 'does.mjs'); writeFileSync(program, PROGRAM); });
  afterEach(async () => { await Promise.all(threads.splice(0).map((thread) => thread.end())); });
  afterAll(() => { rmSync(folder, { recursive: true, force: true }); });

  it('what counts is the work: one that waits longer than its patience for its turn is not given up, one that works longer is', async () => {
    const thread = threadWith();
    const waited = await thread.work({ waitMs: 2_500 }, 1_000);
    expect(waited.ended).toBeNull();
    expect(waited.workedMs).toBeLessThan(1_000);
    expect(await thread.work({ workMs: 2_500 }, 1_000)).toMatchObject({ ended: 'TOO_SLOW' });
  });

  it('by the clock it has an end all the same', async () => {
    expect(answer(await threadWith({ crowded: 2 }).work({ waitMs: 60_000 }, 500))).toBe('TOO_SLOW');
  });

  it('each piece is told the work it took and not that of those before', async () => {
    const thread = threadWith();
    const [long, short] = [await thread.work({ workMs: 1_200 }, 20_000), await thread.work({}, 20_000)];
    expect(long.workedMs).toBeGreaterThanOrEqual(1_200);
    expect(short.workedMs).toBeLessThan(1_200);
    // A patience that the first used up would leave nothing to the third.
    expect((await thread.work({ workMs: 300 }, 1_000)).ended).toBeNull();
  });

  it('work that takes too much memory is given up, and the process lives; the next has a new thread', async () => {
    const thread = threadWith({ memoryMb: 64 });
    const first = answer(await thread.work({}, 100_000));
    expect(answer(await thread.work({ eats: true }, 100_000))).toBe('TOO_HEAVY');
    const next = answer(await thread.work({}, 100_000));
    expect([typeof next, next === first]).toEqual(['number', false]);
  });

  it('one thread does piece after piece until it has done as many as it may, or rested long enough', async () => {
    const thread = threadWith({ pieces: 2, restMs: 300 });
    const who = async (): Promise<number | string> => answer(await thread.work({}, 20_000));
    const [first, second, third] = [await who(), await who(), await who()];
    expect([second === first, third === first]).toEqual([true, false]);
    await new Promise((rest) => setTimeout(rest, 1_000));
    expect(await who()).not.toBe(third);
  });

  it('a program that breaks or leaves is a fault; the next piece has a new thread', async () => {
    const thread = threadWith();
    const first = answer(await thread.work({}, 20_000));
    await expect(thread.work({ breaks: true }, 20_000)).rejects.toThrow('broken reader');
    await expect(thread.work({ leaves: true }, 20_000)).rejects.toThrow('said nothing');
    const next = answer(await thread.work({}, 20_000));
    expect([typeof next, next === first]).toEqual(['number', false]);
  });

  it('the environment of the server stays here, and a room that is moved is not copied', async () => {
    expect(answer(await threadWith().work({ environment: true }, 20_000))).toBe(0);
    const room = new Uint8Array(1_000);
    expect(answer(await threadWith().work({ room }, 20_000, [room.buffer]))).toBe(1_000);
    expect(room.byteLength).toBe(0);
  });
});
