import type { INestApplicationContext } from '@nestjs/common';
import { OutboxRelay } from './outbox/outbox-relay';
import { JobRunner, type RunnerOptions } from './queue/job-runner';

/** Makes an application answer the jobs: the runner first, so that what the relay rings finds somebody. */
export async function startJobs(app: INestApplicationContext, options: RunnerOptions = {}): Promise<void> {
  await app.get(JobRunner).start(options);
  await app.get(OutboxRelay).start();
}
