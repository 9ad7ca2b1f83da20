// `npm test`: every jest suite of the product. Suites that need Redis run when REDIS_URL is set or a redis-server is found,
// and are named as skipped otherwise; with JIHENG_REQUIRE_REDIS=1 (as in .ci/run) a missing Redis is a failure.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ensureInstalled, productEnvironment, productNode, root } from './installed.mjs';
import { endWith } from './plain-error.mjs';

try { ensureInstalled(); } catch (error) { endWith(error); }
const redis = process.env.REDIS_URL || spawnSync('redis-server', ['--version']).status === 0;
if (!redis) {
  if (process.env.JIHENG_REQUIRE_REDIS === '1') endWith(new Error('JIHENG_REQUIRE_REDIS=1, but there is neither a REDIS_URL nor a redis-server.'));
  console.log('没有找到 Redis：需要它的测试（*.queue.spec.ts 中“on Redis”各项）将跳过，并逐项列出。\nNo Redis found: the suites that need it (“on Redis” in *.queue.spec.ts) are skipped and listed by name.\n');
}
const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
const { status } = spawnSync(productNode(), [...flags, join(root, 'node_modules/jest/bin/jest.js'), ...(redis ? [] : ['--verbose=false']), ...process.argv.slice(2)], {
  cwd: root, stdio: 'inherit',
  env: productEnvironment({ NODE_OPTIONS: [process.env.NODE_OPTIONS, ...flags].filter(Boolean).join(' '), TZ: 'UTC' }),
});
process.exit(status ?? 1);
