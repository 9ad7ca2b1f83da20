import { Injectable } from '@nestjs/common';
import { HandlesJob, type JobHandler } from '../platform/queue/job-handler';
import { openTableReports } from './open-period.job';
import { OpenPeriodService } from './open-period.service';

/** Runs `open-table-reports`. */
@Injectable()
@HandlesJob(openTableReports)
export class OpenTableReportsHandler implements JobHandler<{ tableId: string }> {
  constructor(private readonly service: OpenPeriodService) {}

  async handle({ tableId }: { tableId: string }): Promise<void> {
    await this.service.openForTable(tableId);
  }
}
