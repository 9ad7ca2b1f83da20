import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { type JobFailure, TAKEN_BACK } from '../platform/queue/job-failure';
import { HandlesJob, type JobContext, type JobHandler } from '../platform/queue/job-handler';
import { readDocumentJob } from './read-document.job';
import { StageDocument } from './stage-document.service';

type Payload = z.output<typeof readDocumentJob.payload>;

@Injectable()
@HandlesJob(readDocumentJob)
export class ReadDocumentHandler implements JobHandler<Payload> {
  constructor(private readonly staging: StageDocument) {}

  handle({ importId }: Payload, context: JobContext): Promise<void> {
    return this.staging.stage(importId, (done, total, at) => context.progress(done, total, at));
  }

  failed({ importId }: Payload, failure: JobFailure): Promise<void> {
    return this.staging.giveUp(importId, { code: failure.code, zh: failure.zh, en: failure.en });
  }

  takenBack({ importId }: Payload): Promise<void> {
    return this.staging.giveUp(importId, TAKEN_BACK);
  }
}
