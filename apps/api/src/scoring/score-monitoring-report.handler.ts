import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { type JobFailure, WillNotPass } from '../platform/queue/job-failure';
import { HandlesJob, type JobHandler, type OwnWish } from '../platform/queue/job-handler';
import { ScoreDocument } from './score-document.service';
import { ScoreTogether } from './score-together.service';
import { scoreMonitoringReport } from './score-monitoring-report.job';

type Payload = z.output<typeof scoreMonitoringReport.payload>;

@Injectable()
@HandlesJob(scoreMonitoringReport)
export class ScoreMonitoringReportHandler implements JobHandler<Payload> {
  constructor(private readonly scoring: ScoreDocument, private readonly together: ScoreTogether) {}

  async handle({ reportId }: Payload): Promise<void> {
    const scored = await this.scoring.score('MONITORING_REPORT', reportId);
    if (!scored.ok) throw new WillNotPass(scored.refusal, 'administrator');
  }

  handleWaiting(most: number): Promise<number> {
    return this.together.scoreWaiting('MONITORING_REPORT', scoreMonitoringReport, ({ reportId }) => reportId, most);
  }

  handleOwn(wishes: readonly OwnWish<Payload>[]): Promise<readonly string[]> {
    return this.together.scoreOwn('MONITORING_REPORT', wishes.map(({ id, payload }) => ({ id, documentId: payload.reportId })));
  }

  async failed({ reportId }: Payload, failure: JobFailure): Promise<void> {
    await this.scoring.markFailed('MONITORING_REPORT', reportId, failure);
  }
}
