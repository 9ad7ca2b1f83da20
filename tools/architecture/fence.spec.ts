import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

interface Trial { readonly file: string; readonly fence: string; readonly rule: string; readonly said: readonly string[] }

const outcome = spawnSync(process.execPath, [join(__dirname, 'try-the-fence.mjs')], { encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: '' }, maxBuffer: 1 << 24 });
const trials: readonly Trial[] = outcome.status === 0 ? JSON.parse(outcome.stdout) : [];

describe('the fence between the layers', () => {
  it('was tried by at least two dozen trespassers', () => {
    expect(outcome.stderr).toBe('');
    expect(trials.length).toBeGreaterThanOrEqual(24);
  });

  it.each(trials.map((trial) => [trial.file, trial] as const))('refuses %s', (_file, trial) => {
    expect(trial.said).toContain(trial.rule);
  });
});
