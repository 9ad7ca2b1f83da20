import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

describe('the key that npm start makes for itself', () => {
  const dir = mkdtempSync(join(tmpdir(), 'key-'));
  afterAll(() => rmSync(dir, { recursive: true, force: true }));
  const ask = (): string => spawnSync(process.execPath, ['-e', `import(${JSON.stringify(join(__dirname, 'development-key.mjs'))}).then((m) => process.stdout.write(m.developmentKey(${JSON.stringify(join(dir, 'data'))})))`], { encoding: 'utf8' }).stdout;

  it('is 32 bytes, made once, and readable by its owner only', () => {
    const first = ask();
    expect(Buffer.from(first, 'base64')).toHaveLength(32);
    const file = join(dir, 'data/secret.key');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    chmodSync(file, 0o644);
    expect(ask()).toBe(first);
    expect([readFileSync(file, 'utf8').trim(), statSync(file).mode & 0o777]).toEqual([first, 0o600]);
  });
});
