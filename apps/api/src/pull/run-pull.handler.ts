import type { Result } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { type JobFailure, WillNotPass } from '../platform/queue/job-failure';
import { HandlesJob, type JobContext, type JobHandler } from '../platform/queue/job-handler';
import { PULL_CONSEQUENCES } from './pull-failure';
import { runPull } from './run-pull.job';
import { RunPull } from './run-pull.service';

type Payload = z.output<typeof runPull.payload>;

/** The source did not answer; it may next time. */
class SourceAway extends Error {}

@Injectable()
@HandlesJob(runPull)
export class RunPullHandler implements JobHandler<Payload> {
  constructor(private readonly pull: RunPull) {}

  async handle({ pullRunId }: Payload, context: JobContext): Promise<void> {
    const outcome = await this.pull.run(pullRunId, (done, total, at) => context.progress(done, total, at), () => context.cancelled());
    if (outcome.state === 'OVER') return;
    const { refusal, kind } = outcome.failure;
    // On the last try the source's own sentence goes to the people, not "failed after 4 attempts".
    if (outcome.state === 'STOPPED' || context.attempt >= runPull.attempts) throw new WillNotPass(refusal, PULL_CONSEQUENCES[kind].mender, { ownerId: await this.pull.ownerOf(pullRunId) });
    throw new SourceAway(refusal.code);
  }

  async failed({ pullRunId }: Payload, failure: JobFailure): Promise<void> {
    await this.pull.giveUp(pullRunId, failure);
  }

  mayRetry({ pullRunId }: Payload): Promise<Result<void>> {
    return this.pull.mayRetry(pullRunId);
  }

  async takenBack({ pullRunId }: Payload): Promise<void> {
    await this.pull.takeBack(pullRunId);
  }
}
