import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const root = join(__dirname, '../../..');

interface Evening {
  readonly saves: number; readonly acknowledged: number; readonly conflicts: number; readonly failed: number; readonly codes: Readonly<Record<string, number>>;
  readonly faults: readonly string[]; readonly runs: number; readonly formsFailed: number; readonly behind: number;
}

/** The bench itself, small; not a word about time. */
async function evening(): Promise<Evening> {
  const env = { ...process.env };
  delete env['NODE_OPTIONS'];
  const child = spawn(process.execPath, [join(root, 'tools/bench/evening/run.mjs'), '--editors', '20', '--seconds', '6', '--settle', '2', '--think', '0.7', '--pairs', '5', '--units', '30', '--json'], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let [told, said] = ['', ''];
  child.stdout.on('data', (text: Buffer) => { told += text.toString(); });
  child.stderr.on('data', (text: Buffer) => { said += text.toString(); });
  await once(child, 'exit');
  const line = told.trim().split('\n').at(-1) ?? '';
  if (!line.startsWith('{')) throw new Error(`the evening did not end well:\n${told}\n${said}`);
  return JSON.parse(line) as Evening;
}

describe('a quarter-end evening in small', () => {
  it('loses no save of twenty editors, five pairs of them on one cell, while the region is scored and forms are taken out', async () => {
    const { faults, failed, codes, acknowledged, conflicts, runs, formsFailed, behind } = await evening();
    expect(faults).toEqual([]);
    expect({ failed, codes }).toEqual({ failed: 0, codes: {} });
    expect(acknowledged).toBeGreaterThan(10);
    // Two who save the same cell by turns are refused sooner or later; that they were told what is there is one of the faults looked for.
    expect(conflicts).toBeGreaterThan(0);
    expect([runs > 0, formsFailed, behind]).toEqual([true, 0, 0]);
  }, 240_000);
});
