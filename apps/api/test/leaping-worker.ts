import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { readConfig } from '../src/platform/config/app-config';
import { startJobs } from '../src/platform/start-jobs';
import { WorkerModule } from '../src/worker.module';

/*
 * The product's own worker, only that it notices in a second and not in half a minute that another one has died or that the clock was set
 * back. Told `{ leap }`, the wall clock of the whole process (our own and BullMQ's) is off by so many milliseconds; timers go on as on any
 * machine whose clock is set.
 */
const Real = Date;
let offset = 0;
const now = (): number => Real.now() + offset;
globalThis.Date = new Proxy(Real, {
  construct: (target, args: readonly unknown[]) => (args.length === 0 ? new target(now()) : Reflect.construct(target, args)),
  get: (target, key, receiver) => (key === 'now' ? now : Reflect.get(target, key, receiver)),
});
process.on('message', (told: { readonly leap?: number }) => { if (told.leap !== undefined) offset = told.leap; });

const app = await NestFactory.createApplicationContext(WorkerModule.forRoot(readConfig({ ...process.env, JIHENG_ROLE: 'worker' })), { logger: false, abortOnError: false });
await startJobs(app, { lockMs: 1_500, stalledEveryMs: 500, remindEveryMs: 1_000 });
console.log('READY');
process.on('SIGTERM', () => { void app.close().then(() => process.exit(0)); });
// A test run that was broken off must not leave its workers behind.
process.on('disconnect', () => { process.exit(0); });
