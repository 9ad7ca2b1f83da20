import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { HandlesJob, type JobContext, type JobHandler } from '../platform/queue/job-handler';
import { previewRuleProfileJob } from './rule-profile-preview.job';
import { RuleProfilePreviews } from './rule-profile-previews.service';

type Payload = z.output<typeof previewRuleProfileJob.payload>;

@Injectable()
@HandlesJob(previewRuleProfileJob)
export class RuleProfilePreviewHandler implements JobHandler<Payload> {
  constructor(private readonly previews: RuleProfilePreviews) {}

  handle({ previewId }: Payload, context: JobContext): Promise<void> {
    return this.previews.compute(previewId, context);
  }
}
