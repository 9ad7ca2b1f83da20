import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { readConfig } from '../src/platform/config/app-config';
import { startJobs } from '../src/platform/start-jobs';
import { WorkerModule } from '../src/worker.module';

/*
 * The product's own worker, only that it takes a job over from a dead one after seconds instead of half a minute, so that a test need not wait.
 */
const app = await NestFactory.createApplicationContext(WorkerModule.forRoot(readConfig({ ...process.env, JIHENG_ROLE: 'worker' })), { logger: false, abortOnError: false });
await startJobs(app, { lockMs: 1500, stalledEveryMs: 500 });
console.log('READY');
process.on('SIGTERM', () => { void app.close().then(() => process.exit(0)); });
