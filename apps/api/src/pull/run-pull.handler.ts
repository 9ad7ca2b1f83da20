import { type Result, sayRefusal } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { type JobFailure, MayPassLater, WillNotPass } from '../platform/queue/job-failure';
import { Clock, minuteWords } from '../platform/clock/clock';
import { HandlesJob, type JobContext, type JobHandler, type JobSubject } from '../platform/queue/job-handler';
import { PULL_CONSEQUENCES, type PullFailure, toldUntilNext } from './pull-failure';
import { leftAloneFor, waitAfter } from './pull-waits';
import { runPull } from './run-pull.job';
import { RunPull } from './run-pull.service';

type Payload = z.output<typeof runPull.payload>;

@Injectable()
@HandlesJob(runPull)
export class RunPullHandler implements JobHandler<Payload> {
  constructor(private readonly pull: RunPull, private readonly clock: Clock) {}

  async handle({ pullRunId }: Payload, context: JobContext): Promise<void> {
    const outcome = await this.pull.run(pullRunId, (done, total, at) => context.progress(done, total, at), () => context.cancelled());
    if (outcome.state === 'OVER') {
      if (outcome.remark !== undefined) await context.remark(outcome.remark);
      return;
    }
    const { refusal, kind } = outcome.failure;
    // On the last try the source's own sentence goes to the people, not "failed after 4 attempts".
    if (outcome.state === 'STOPPED' || context.attempt >= runPull.attempts) throw new WillNotPass(this.pull.afterTries(refusal, context.attempt), PULL_CONSEQUENCES[kind].mender, { ownerId: await this.pull.ownerOf(pullRunId) });
    throw await this.later(pullRunId, outcome.failure, context.attempt);
  }

  /** The source did not answer; it may next time. Whoever looks meanwhile reads why, and when that is. */
  private async later(pullRunId: string, { refusal, waitMs }: PullFailure, attempt: number): Promise<MayPassLater> {
    const afterMs = waitAfter(attempt, runPull.backoffMs, waitMs);
    const now = this.clock.now().getTime();
    const nextTryAt = new Date(now + afterMs);
    await this.pull.noteWait(pullRunId, { nextTryAt, leftAloneUntil: waitMs === undefined ? null : new Date(now + leftAloneFor(waitMs)) });
    const at = minuteWords(nextTryAt);
    const told = toldUntilNext(refusal, { at: at.zh, atEn: at.en, next: String(attempt + 1), tries: String(runPull.attempts) });
    return new MayPassLater(afterMs, { zh: sayRefusal(told, 'zh'), en: sayRefusal(told, 'en') });
  }

  async failed({ pullRunId }: Payload, failure: JobFailure): Promise<void> {
    await this.pull.giveUp(pullRunId, failure);
  }

  mayRetry({ pullRunId }: Payload): Promise<Result<void>> {
    return this.pull.mayRetry(pullRunId);
  }

  subjectsOf(payloads: readonly Payload[]): Promise<readonly (JobSubject | null)[]> {
    return this.pull.subjectsOf(payloads.map(({ pullRunId }) => pullRunId));
  }

  async takenBack({ pullRunId }: Payload): Promise<void> {
    await this.pull.takeBack(pullRunId);
  }
}
