import { appendFile, mkdir, mkdtemp, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { FOURTH_QUARTER, aSource, short } from '../testing/a-source';
import { SheetFolderConnector } from './sheet-folder.connector';

const WHOLE = '指标,数值\n参保,264000\n';

/** A neighbour's export writes while the house reads. */
describe('a folder that somebody is at', () => {
  let root: string;
  const file = (name: string): string => join(root, 'shared', name);
  const ask = async (settleMs: number): Promise<readonly string[]> => short(await new SheetFolderConnector({ root, maxBytes: 1_048_576, maxRows: 100, maxFiles: 5, settleMs }).fetch(aSource({ place: 'shared', keyField: '指标', valueField: '数值' }), FOURTH_QUARTER));

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'unsettled-'));
    await mkdir(join(root, 'shared'));
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  it('does not take 2640 for 264000 because the rest is still to come, and takes it once it has come', async () => {
    const writing = (async () => {
      await writeFile(file('a.csv'), WHOLE.slice(0, -3));
      await wait(300);
      await appendFile(file('a.csv'), WHOLE.slice(-3));
    })();
    await wait(50);
    expect(await ask(1_000)).toEqual(['SOURCE_AWAY', 'pull.file-unsettled']);
    await writing;
    expect(await ask(200)).toEqual(['参保=264000']);
  });

  it('asks nobody to wait for a file of last week, whose clock is an hour ahead or not', async () => {
    for (const aside of [-7 * 86_400, 3_600]) {
      await writeFile(file('a.csv'), WHOLE);
      const at = Date.now() / 1000 + aside;
      await utimes(file('a.csv'), at, at);
      const begun = performance.now();
      expect(await ask(60_000)).toEqual(['参保=264000']);
      expect(performance.now() - begun).toBeLessThan(30_000);
    }
  });

  it('a file that is taken away or replaced while it is read is tried again, and is no fault of the house', async () => {
    let isOver = false;
    const churning = (async () => {
      while (!isOver) {
        await writeFile(file('.a.part'), WHOLE);
        await rename(file('.a.part'), file('a.csv'));
        await wait(1);
        await rm(file('a.csv'), { force: true });
      }
    })();
    const met = new Set<string>();
    for (let time = 0; time < 60; time += 1) met.add((await ask(0)).join(' '));
    isOver = true;
    await churning;
    expect([...met].filter((one) => !['参保=264000', 'SOURCE_AWAY pull.file-unsettled', 'NOT_THERE pull.not-there'].includes(one))).toEqual([]);
  });

  it('a link that leads nowhere is a link like any other', async () => {
    await symlink(join(root, 'nowhere'), file('a.csv'));
    expect(await ask(0)).toEqual(['MISPLACED', 'pull.place-forbidden']);
  });
});
