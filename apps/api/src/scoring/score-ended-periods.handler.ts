import { Injectable } from '@nestjs/common';
import { HandlesJob, type JobHandler } from '../platform/queue/job-handler';
import { scoreEndedPeriods } from './score-ended-periods.job';
import { ScoreEndedPeriods } from './score-ended-periods.service';

@Injectable()
@HandlesJob(scoreEndedPeriods)
export class ScoreEndedPeriodsHandler implements JobHandler<Record<string, never>> {
  constructor(private readonly ended: ScoreEndedPeriods) {}

  async handle(): Promise<void> {
    await this.ended.score();
  }
}
