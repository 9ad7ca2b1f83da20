import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type OwnProcess, runOwn } from './own-process';

interface Entry { readonly pid: number; readonly content: object | null }

describe('entries of processes in a folder', () => {
  let folder: string;
  let processes: OwnProcess[];
  let livingIn: (folder: string) => Promise<Entry[]>;
  beforeEach(async () => {
    ({ livingIn } = (await import('./living-entries.mjs')) as { livingIn: typeof livingIn });
    folder = join(mkdtempSync(join(tmpdir(), 'jiheng-entries-')), 'entries');
    processes = [];
  });
  afterEach(async () => {
    for (const one of processes) await one.end('SIGKILL');
    rmSync(join(folder, '..'), { recursive: true, force: true });
  });

  const entered = async (content: object): Promise<OwnProcess> => {
    const one = runOwn('living-entries.mjs', `const entry = await m.enter(${JSON.stringify(folder)}, ${JSON.stringify(content)}); say('in'); setInterval(() => {}, 1000);
      for (let told; (told = await line()) !== undefined;) { if (told === 'leave') entry.leave(); else if (told === 'halt') { say('halted'); for (;;); } else entry.change(JSON.parse(told)); say('done'); }`);
    processes.push(one);
    expect(await one.said()).toBe('in');
    return one;
  };
  const contents = async (): Promise<(object | null)[]> => (await livingIn(folder)).map(({ content }) => content);
  const only = (): string => join(folder, readdirSync(folder)[0] ?? '');

  it('are none where nobody has written one', async () => {
    expect(await livingIn(folder)).toEqual([]);
  });

  it('each process has its own: one leaves, one says something else, and the others stay as they are', async () => {
    const [first, second, third] = [await entered({ a: 1 }), await entered({ b: 2 }), await entered({ c: 3 })];
    expect((await livingIn(folder)).map(({ pid, content }) => [pid, content])).toEqual(expect.arrayContaining([[first.pid, { a: 1 }], [second.pid, { b: 2 }], [third.pid, { c: 3 }]]));
    expect(readdirSync(folder).map((name) => statSync(join(folder, name)).mode & 0o777)).toEqual([0o600, 0o600, 0o600]);
    first.tell('leave');
    second.tell('{"b":4}');
    await Promise.all([first.said(), second.said()]);
    expect(await contents()).toHaveLength(2);
    expect(await contents()).toEqual(expect.arrayContaining([{ b: 4 }, { c: 3 }]));
  });

  it('of a process that was killed are not believed and cleaned away', async () => {
    const one = await entered({ a: 1 });
    await one.end('SIGKILL');
    expect(readdirSync(folder)).toHaveLength(1);
    expect(await contents()).toEqual([]);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('are not believed where the number of the process, or its port too, belongs to another one by now', async () => {
    const [gone, other] = [await entered({ a: 1 }), await entered({ b: 2 })];
    const files = Object.fromEntries(readdirSync(folder).map((name) => [Number(name.split('-')[0]), join(folder, name)]));
    const left = JSON.parse(readFileSync(files[gone.pid] ?? '', 'utf8')) as object;
    const { port } = JSON.parse(readFileSync(files[other.pid] ?? '', 'utf8')) as { port: number };
    await gone.end('SIGKILL');
    // This process lives and does not answer at the port of the one that is gone; the other one answers at its own, and not with these words.
    writeFileSync(join(folder, `${process.pid}-of-the-dead.json`), JSON.stringify(left));
    writeFileSync(join(folder, `${other.pid}-of-the-dead.json`), JSON.stringify({ ...left, port }));
    expect(await contents()).toEqual([{ b: 2 }]);
    expect(readdirSync(folder)).toHaveLength(1);
  });

  it('of a process that is there and too busy to answer count', async () => {
    const one = await entered({ a: 1 });
    one.tell('halt');
    expect(await one.said()).toBe('halted');
    expect(await contents()).toEqual([{ a: 1 }]);
  });

  it('that are broken are cleaned away', async () => {
    await entered({ a: 1 });
    writeFileSync(only(), '{"pid":');
    expect(await contents()).toEqual([]);
  });
});
