import { Injectable } from '@nestjs/common';
import { MonitoringReports } from '../monitoring/monitoring.public';
import { ArchivedYears } from '../platform/database/archived-years';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { ScoreReportsTogether } from './score-reports-together.service';

// Everything is looked up by its key: of a period that was opened a moment ago PostgreSQL takes the reports for one or two.
const UNSCORED = `monitoring_report r where r.period_id = $1 and not exists (select 1 from score_request q where q.document_kind = 'MONITORING_REPORT' and q.document_id = r.id offset 0)`;

/** Finds the reports of a period that never had points, and has them scored. Looks at what there is, so it may be asked any number of times. */
@Injectable()
export class ScoreOpenedPeriod {
  constructor(private readonly unitOfWork: UnitOfWork, private readonly monitoring: MonitoringReports, private readonly together: ScoreReportsTogether, private readonly archive: ArchivedYears) {}

  async score(periodId: string): Promise<void> {
    await this.unitOfWork.always(async (tx) => {
      const period = await this.monitoring.period(tx, periodId);
      if (period === null || (await this.archive.has(period.fiscalYear, tx))) return;
      await this.together.wish(tx, period, { from: UNSCORED, params: [periodId] });
    });
  }
}
