import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ConfigError, readConfig } from './app-config';

const url = 'postgres://jiheng@127.0.0.1:5432/jiheng';

describe('the settings', () => {
  it('need only a database', () => {
    expect(readConfig({ DATABASE_URL: url })).toMatchObject({ PORT: 3000, HOST: '127.0.0.1', JIHENG_ROLE: 'all', SECURE_COOKIES: false, PULL_ALLOWED_HOSTS: [], MAX_UPLOAD_MB: 20 });
    expect(readConfig({ DATABASE_URL: url }).REDIS_URL).toBeUndefined();
  });

  it('count an empty variable as absent, as a shell or a compose file leaves it', () => {
    expect(readConfig({ DATABASE_URL: url, REDIS_URL: '', PORT: '', JIHENG_TODAY: '' })).toMatchObject({ PORT: 3000 });
  });

  it('read lists and truths', () => {
    expect(readConfig({ DATABASE_URL: url, PULL_ALLOWED_HOSTS: ' 10.0.0.7, sources.example ,', SECURE_COOKIES: '1' })).toMatchObject({ PULL_ALLOWED_HOSTS: ['10.0.0.7', 'sources.example'], SECURE_COOKIES: true });
  });

  it('name what is wrong and never print a value', () => {
    const wrong = { DATABASE_URL: '', PORT: '70000', JIHENG_TODAY: '9 January', JIHENG_ROLE: 'hunter2' };
    expect(() => readConfig(wrong)).toThrow(ConfigError);
    try { readConfig(wrong); } catch (error) {
      const { message } = error as ConfigError;
      for (const name of ['DATABASE_URL', 'PORT', 'JIHENG_TODAY', 'JIHENG_ROLE']) expect(message).toContain(name);
      expect(message).not.toContain('hunter2');
    }
  });

  it('are listed in .env.example as the schema says', () => {
    const root = join(__dirname, '../../../../..');
    expect(spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', join(root, 'tools/docs/env-example.mjs'), '--check'], { encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
  });
});
