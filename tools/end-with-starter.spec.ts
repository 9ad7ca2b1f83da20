import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

describe('a program whose starter is killed', () => {
  it('is told to stop, once, and stops in its own time', async () => {
    const program = `process.once('SIGTERM', () => { console.log('stopping'); setTimeout(() => { console.log('stopped'); process.exit(); }, 1000); }); setInterval(() => {}, 1000); console.log('runs');`;
    const starter = spawn(process.execPath, ['-e', `require('node:child_process').spawn(process.execPath, ${JSON.stringify(['--import', pathToFileURL(join(__dirname, 'end-with-starter.mjs')).href, '-e', program])}, { stdio: 'inherit' })`], { stdio: ['ignore', 'pipe', 'inherit'] });
    const said: string[] = [];
    // Ends when nobody holds the stream any more: the starter and the program are both gone.
    for await (const line of createInterface({ input: starter.stdout })) {
      said.push(line);
      if (line === 'runs') starter.kill('SIGKILL');
    }
    expect(said).toEqual(['runs', 'stopping', 'stopped']);
  }, 20_000);
});
