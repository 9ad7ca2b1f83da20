import { Injectable } from '@nestjs/common';
import { HandlesJob, type JobHandler } from '../../platform/queue/job-handler';
import { ringDueSchedules } from './ring-due-schedules.job';
import { RingDueSchedules } from './ring-due-schedules.service';

/** Runs `ring-due-schedules`. */
@Injectable()
@HandlesJob(ringDueSchedules)
export class RingDueSchedulesHandler implements JobHandler<Record<string, never>> {
  constructor(private readonly service: RingDueSchedules) {}

  async handle(): Promise<void> {
    await this.service.ring();
  }
}
