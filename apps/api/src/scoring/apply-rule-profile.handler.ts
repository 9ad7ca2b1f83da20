import type { Result } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { HandlesJob, type JobContext, type JobHandler } from '../platform/queue/job-handler';
import { applyRuleProfile } from './apply-rule-profile.job';
import { ApplyRuleProfile } from './apply-rule-profile.service';

type Payload = z.output<typeof applyRuleProfile.payload>;

@Injectable()
@HandlesJob(applyRuleProfile)
export class ApplyRuleProfileHandler implements JobHandler<Payload> {
  constructor(private readonly applying: ApplyRuleProfile) {}

  handle({ assignmentId }: Payload, context: JobContext): Promise<void> {
    return this.applying.apply(assignmentId, context);
  }

  mayRetry({ assignmentId }: Payload): Promise<Result<void>> {
    return this.applying.mayGoOn(assignmentId);
  }

  async failed({ assignmentId }: Payload): Promise<void> {
    await this.applying.markEnded(assignmentId, 'FAILED');
  }

  async takenBack({ assignmentId }: Payload): Promise<void> {
    await this.applying.markEnded(assignmentId, 'CANCELLED');
  }
}
