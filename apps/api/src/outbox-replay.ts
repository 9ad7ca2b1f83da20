// `node dist/apps/api/outbox-replay.mjs [HOURS]`, after Redis was emptied (docs/operations.md). Reads the settings of the server.
import 'reflect-metadata';
import { ConfigError, readConfig } from './platform/config/app-config';
import { replayOutbox } from './platform/outbox/replay-outbox';

const given = process.argv[2] ?? '24';
if (!/^\d{1,3}$/.test(given) || Number(given) > 720) {
  console.error('用法：outbox-replay [小时数，0–720，默认 24]\nUsage: outbox-replay [hours, 0–720, 24 when absent]');
  process.exit(2);
}
try {
  const count = await replayOutbox(readConfig(process.env), Number(given));
  console.log(`${count} 条消息重新等待派发。\n${count} messages wait to be rung again.`);
} catch (error) {
  console.error(error instanceof ConfigError ? error.message : error);
  process.exit(1);
}
