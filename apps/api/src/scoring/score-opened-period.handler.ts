import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { HandlesJob, type JobHandler } from '../platform/queue/job-handler';
import { scoreOpenedPeriod } from './score-opened-period.job';
import { ScoreOpenedPeriod } from './score-opened-period.service';

type Payload = z.output<typeof scoreOpenedPeriod.payload>;

@Injectable()
@HandlesJob(scoreOpenedPeriod)
export class ScoreOpenedPeriodHandler implements JobHandler<Payload> {
  constructor(private readonly opened: ScoreOpenedPeriod) {}

  handle({ periodId }: Payload): Promise<void> {
    return this.opened.score(periodId);
  }
}
