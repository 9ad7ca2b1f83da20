import { Injectable } from '@nestjs/common';
import { HandlesJob, type JobHandler } from '../platform/queue/job-handler';
import { openBegunPeriods } from './open-period.job';
import { OpenPeriodService } from './open-period.service';

/** Runs `open-begun-periods`. */
@Injectable()
@HandlesJob(openBegunPeriods)
export class OpenBegunPeriodsHandler implements JobHandler<Record<string, never>> {
  constructor(private readonly service: OpenPeriodService) {}

  async handle(): Promise<void> {
    await this.service.openBegun();
  }
}
