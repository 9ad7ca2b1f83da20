import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { prefixOf } from '../queue/redis-line';
import { ConfigError, readConfig } from './app-config';
import { readRedisPlace } from './redis-place';

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

  it('say where Redis is: one server, sentinels, or a cluster', () => {
    expect(readRedisPlace('redis://:p%40ss@queue:6379/2')).toEqual({ kind: 'SINGLE', url: 'redis://:p%40ss@queue:6379/2' });
    expect(readRedisPlace('127.0.0.1:6379')).toEqual({ kind: 'SINGLE', url: '127.0.0.1:6379' });
    expect(readRedisPlace('redis+sentinel://jiheng:p%40ss%2F1%3A2@10.1.0.1,10.1.0.2:26380,[fd00::3]/queue-primary?db=2&sentinel-password=seen%26heard')).toEqual({
      kind: 'SENTINEL', primary: 'queue-primary', db: 2, tls: false, asPerson: { username: 'jiheng', password: 'p@ss/1:2' }, asSentinel: { password: 'seen&heard' },
      sentinels: [{ host: '10.1.0.1', port: 26379 }, { host: '10.1.0.2', port: 26380 }, { host: 'fd00::3', port: 26379 }],
    });
    expect(readRedisPlace('rediss+cluster://:secret@a:7000,b:7001,c/')).toEqual({ kind: 'CLUSTER', tls: true, asPerson: { password: 'secret' }, nodes: [{ host: 'a', port: 7000 }, { host: 'b', port: 7001 }, { host: 'c', port: 6379 }] });
    // The same node twice is one.
    expect(readRedisPlace('redis+cluster://a,a:6379')).toMatchObject({ nodes: [{ host: 'a', port: 6379 }] });
  });

  it.each([
    ['several hosts without a word what they are', 'redis://:hunter2@a:6379,b:6379', ['redis+sentinel://', '写明是哨兵还是集群']],
    ['another scheme', 'sentinel://a:26379/primary', ['unknown scheme', '不认识的协议']],
    ['sentinels without the name of the primary', 'redis+sentinel://:hunter2@a,b,c', ['the name of the primary is missing', '缺少主库名称']],
    ['no host', 'redis+sentinel:///primary', ['the list of hosts cannot be read', '主机列表有误']],
    ['a port above the last', 'redis+cluster://a:65536', ['the list of hosts cannot be read']],
    ['a host that is none', 'redis+cluster://a,,b', ['the list of hosts cannot be read']],
    ['a database of a cluster', 'redis+cluster://a,b/1', ['nothing may follow the hosts of a cluster', '不能再有内容']],
    ['an option nobody reads', 'redis+sentinel://a/primary?pasword=hunter2', ['behind the question mark only']],
    ['a percent sign as it is', 'redis+cluster://:hunter2%@a', ['%25']],
  ])('refuse an address of Redis with %s, in both languages and without its password', (_, address, words) => {
    let message = '';
    try { readConfig({ DATABASE_URL: url, REDIS_URL: address }); } catch (error) { message = (error as ConfigError).message; }
    for (const word of ['REDIS_URL', ' · ', ...words]) expect(message).toContain(word);
    expect(message).not.toContain('hunter2');
  });

  it('take a prefix as it always was, or wholly in braces; a cluster gives each queue a slot of its own', () => {
    const prefix = (given: string): string => readConfig({ DATABASE_URL: url, REDIS_PREFIX: given }).REDIS_PREFIX;
    expect([prefix('county-7'), prefix('{jiheng}')]).toEqual(['county-7', '{jiheng}']);
    for (const wrong of ['{jiheng', 'ji{heng}', '{}', 'jiheng:']) expect(() => prefix(wrong)).toThrow(/REDIS_PREFIX: .*一对花括号.* · .*one pair of braces/);
    const [single, cluster] = [readRedisPlace('redis://a'), readRedisPlace('redis+cluster://a,b')];
    const sentinels = readRedisPlace('redis+sentinel://a,b,c/primary');
    // Jobs that wait under the names of before are found.
    expect([prefixOf('jiheng', 'scoring', single), prefixOf('jiheng', 'scoring', sentinels), prefixOf('{jiheng}', 'scoring', single)]).toEqual(['jiheng', 'jiheng', '{jiheng}']);
    expect([prefixOf('jiheng', 'scoring', cluster), prefixOf('{jiheng}', 'scoring', cluster)]).toEqual(['{jiheng:scoring}', '{jiheng}']);
  });

  it('are listed in .env.example as the schema says', () => {
    const root = join(__dirname, '../../../../..');
    expect(spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', join(root, 'tools/docs/env-example.mjs'), '--check'], { encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
  });
});
