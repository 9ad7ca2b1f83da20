import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { readConfig } from '../src/platform/config/app-config';
import { startJobs } from '../src/platform/start-jobs';
import { WorkerModule } from '../src/worker.module';

// The real worker, which notices in a second and not in half a minute that another one has died: tests kill it and do not want to wait.
const app = await NestFactory.createApplicationContext(WorkerModule.forRoot(readConfig({ ...process.env, JIHENG_ROLE: 'worker' })), { logger: false, abortOnError: false });
await startJobs(app, { lockMs: 1_500, stalledEveryMs: 500 });
console.log('READY');
process.on('SIGTERM', () => { void app.close().then(() => process.exit(0)); });
