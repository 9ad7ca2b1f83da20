import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const root = join(__dirname, '../../..');

describe('the bench of one value’s way to its points, in small', () => {
  it('sees the points of every value it saved, and prints a row for each thing it measured', async () => {
    const env = { ...process.env };
    delete env['NODE_OPTIONS'];
    const child = spawn(process.execPath, [join(root, 'tools/bench/latency/run.mjs'), '--times', '5', '--asked', '3', '--backends', 'postgres'], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let [told, said] = ['', ''];
    child.stdout.on('data', (text: Buffer) => { told += text.toString(); });
    child.stderr.on('data', (text: Buffer) => { said += text.toString(); });
    const [code] = await once(child, 'exit') as [number | null];
    expect({ code, said: code === 0 ? '' : said }).toEqual({ code: 0, said: '' });
    const rows = told.split('\n').filter((line) => line.startsWith('| postgres |'));
    expect(rows).toHaveLength(4);
    for (const row of rows) expect(row).toMatch(/\| [0-9.]+ \| [0-9.]+ \| [0-9.]+ \|$/u);
  }, 240_000);
});
