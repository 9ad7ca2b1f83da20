// Writes .env.example from the schema of the settings, so that the two cannot differ. `--check` only compares (a test asks it to).
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleTypeScript } from '../bundle-typescript.mjs';

const { configSchema } = await bundleTypeScript('apps/api/src/platform/config/app-config.ts');
const file = join(import.meta.dirname, '../../.env.example');
const lines = ['# 绩衡的全部环境变量。由 tools/docs/env-example.mjs 生成，请勿手工修改。', '# Every setting of Jiheng. Made by tools/docs/env-example.mjs; do not edit by hand.', ''];
for (const [name, setting] of Object.entries(configSchema.shape)) {
  const preset = setting.safeParse(undefined);
  const value = preset.success && preset.data !== undefined ? preset.data : '';
  lines.push(`# ${setting.description}`, `${preset.success ? '# ' : ''}${name}=${value === false ? '0' : value === true ? '1' : String(value)}`, '');
}
// What only docker-compose.yml reads; a test holds it to the variables that stand there.
lines.push('# ── docker-compose.yml ──', '',
  '# 数据库密码、Redis 密码（必填）· passwords of PostgreSQL and Redis, needed by docker compose', '# POSTGRES_PASSWORD=', '# REDIS_PASSWORD=', '',
  '# 对外端口 · published port', '# JIHENG_PORT=8080', '',
  '# 接口与后台进程各几个 · how many API and worker replicas', '# API_REPLICAS=2', '# WORKER_REPLICAS=2', '',
  '# 表格来源的文件夹，只读挂载；其下“单位编码/”归该单位，“shared/”各单位共用 · folder of sheet sources on the host, mounted read-only: <code of the unit>/ and shared/', '# PULL_FOLDER=./pull', '');
const text = lines.join('\n');
if (!process.argv.includes('--check')) writeFileSync(file, text);
else {
  let present = '';
  try { present = readFileSync(file, 'utf8'); } catch { /* then it differs */ }
  if (present !== text) { console.error('.env.example is not what the settings say; run: node tools/docs/env-example.mjs'); process.exit(1); }
}
