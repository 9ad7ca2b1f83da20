import 'reflect-metadata';
import { Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { z } from 'zod';
import { readConfig } from '../src/platform/config/app-config';
import { UnitOfWork } from '../src/platform/database/unit-of-work';
import { PlatformModule } from '../src/platform/platform.module';
import { defineJob } from '../src/platform/queue/define-job';
import { HandlesJob, type JobContext, type JobHandler } from '../src/platform/queue/job-handler';
import { startJobs } from '../src/platform/start-jobs';
import { ENTITIES } from '../src/entities';

/*
 * A worker of its own process that does one kind of job in ten slow steps, so that a test can kill it between two of them.
 * Started with `go`, it finishes what it finds; each finished step is a row that exists once.
 */
const slowSteps = defineJob({ name: 'slow-steps', queue: 'reports', payload: z.object({ key: z.string() }), attempts: 2, backoffMs: 10, timeoutMs: 60_000 });

@HandlesJob(slowSteps)
@Injectable()
class SlowSteps implements JobHandler<{ key: string }> {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async handle({ key }: { key: string }, context: JobContext): Promise<void> {
    for (let step = 1; step <= 10; step++) {
      await this.unitOfWork.always((tx) => tx.manager.query('insert into step (key, nth, done_by) values ($1, $2, $3) on conflict do nothing', [key, step, process.argv[2] ?? '']));
      await context.progress(step, 10);
      console.log(`STEP ${step}`);
      await new Promise((next) => { setTimeout(next, process.argv[2] === 'slow' ? 300 : 1); });
    }
  }
}

@Module({ providers: [SlowSteps] })
class SlowModule {}

@Module({})
class DyingWorker {}

const app = await NestFactory.createApplicationContext({ module: DyingWorker, imports: [PlatformModule.forRoot(readConfig(process.env), ENTITIES), SlowModule] }, { logger: false });
await startJobs(app, { lockMs: 1500, stalledEveryMs: 500 });
console.log('READY');
process.on('SIGTERM', () => { void app.close().then(() => process.exit(0)); });
