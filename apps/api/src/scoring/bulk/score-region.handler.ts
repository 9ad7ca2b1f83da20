import type { Result } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { HandlesJob, type JobContext, type JobHandler } from '../../platform/queue/job-handler';
import { ScoreRegion } from './score-region.service';
import { scoreRegion } from './score-region.job';

type Payload = z.output<typeof scoreRegion.payload>;

@Injectable()
@HandlesJob(scoreRegion)
export class ScoreRegionHandler implements JobHandler<Payload> {
  constructor(private readonly regions: ScoreRegion) {}

  handle({ runId }: Payload, context: JobContext): Promise<void> {
    return this.regions.run(runId, context);
  }

  mayRetry({ runId }: Payload): Promise<Result<void>> {
    return this.regions.mayGoOn(runId);
  }

  async failed({ runId }: Payload): Promise<void> {
    await this.regions.markEnded(runId, 'FAILED');
  }

  async takenBack({ runId }: Payload): Promise<void> {
    await this.regions.markEnded(runId, 'CANCELLED');
  }
}
