import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const root = join(__dirname, '../../..');

describe('the bench of reading one table, in small', () => {
  it('finds product, bare server and findOne answering the same body, without an error under load', async () => {
    const env = { ...process.env };
    delete env['NODE_OPTIONS'];
    const child = spawn(process.execPath, [join(root, 'tools/bench/read/run.mjs'), '--tables', '60', '--rounds', '1', '--seconds', '1', '--connections', '5'], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let [told, said] = ['', ''];
    child.stdout.on('data', (text: Buffer) => { told += text.toString(); });
    child.stderr.on('data', (text: Buffer) => { said += text.toString(); });
    const [code] = await once(child, 'exit') as [number | null];
    expect({ code, said: code === 0 ? '' : said }).toEqual({ code: 0, said: '' });
    expect(told).toContain('Errors 0. Bodies equal for 50 tables');
  }, 240_000);
});
