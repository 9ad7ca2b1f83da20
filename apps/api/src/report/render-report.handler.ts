import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { type JobFailure, TAKEN_BACK } from '../platform/queue/job-failure';
import { HandlesJob, type JobContext, type JobHandler } from '../platform/queue/job-handler';
import { renderReport } from './render-report.job';
import { RenderReport } from './render-report.service';

type Payload = z.output<typeof renderReport.payload>;

@Injectable()
@HandlesJob(renderReport)
export class RenderReportHandler implements JobHandler<Payload> {
  constructor(private readonly rendering: RenderReport) {}

  handle({ artifactId }: Payload, context: JobContext): Promise<void> {
    return this.rendering.render(artifactId, (done, total, at) => context.progress(done, total, at));
  }

  failed({ artifactId }: Payload, failure: JobFailure): Promise<void> {
    return this.rendering.markFailed(artifactId, failure);
  }

  takenBack({ artifactId }: Payload): Promise<void> {
    return this.rendering.markFailed(artifactId, TAKEN_BACK);
  }
}
