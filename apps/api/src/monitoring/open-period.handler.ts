import { Injectable } from '@nestjs/common';
import { HandlesJob, type JobContext, type JobHandler } from '../platform/queue/job-handler';
import { openPeriod } from './open-period.job';
import { OpenPeriodService } from './open-period.service';

/** Runs `open-period`. */
@Injectable()
@HandlesJob(openPeriod)
export class OpenPeriodHandler implements JobHandler<{ periodId: string; pathPatterns: string[] | null }> {
  constructor(private readonly service: OpenPeriodService) {}

  async handle({ periodId, pathPatterns }: { periodId: string; pathPatterns: string[] | null }, context: JobContext): Promise<void> {
    await this.service.open(periodId, pathPatterns, (done, total, at) => context.progress(done, total, at), () => context.cancelled());
  }

  async failed({ periodId }: { periodId: string; pathPatterns: string[] | null }): Promise<void> {
    await this.service.giveUp(periodId);
  }
}
