import { enableCompileCache, flushCompileCache } from 'node:module';

enableCompileCache();
const { start } = await import('./start');
await start('worker');
flushCompileCache();
