// Writes .env.example from the schema of the settings, so that the two cannot differ. `--check` only compares (a test asks it to).
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { configSchema } from '../../apps/api/src/platform/config/app-config.ts';

const file = join(import.meta.dirname, '../../.env.example');
const lines = ['# 绩衡的全部环境变量。由 tools/docs/env-example.mjs 生成，请勿手工修改。', '# Every setting of Jiheng. Made by tools/docs/env-example.mjs; do not edit by hand.', ''];
for (const [name, setting] of Object.entries(configSchema.shape)) {
  const preset = setting.safeParse(undefined);
  const value = preset.success && preset.data !== undefined ? preset.data : '';
  lines.push(`# ${setting.description}`, `${preset.success ? '# ' : ''}${name}=${value === false ? '0' : value === true ? '1' : String(value)}`, '');
}
const text = lines.join('\n');
if (!process.argv.includes('--check')) writeFileSync(file, text);
else {
  let present = '';
  try { present = readFileSync(file, 'utf8'); } catch { /* then it differs */ }
  if (present !== text) { console.error('.env.example is not what the settings say; run: node tools/docs/env-example.mjs'); process.exit(1); }
}
