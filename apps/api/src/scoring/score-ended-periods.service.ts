import { LEAN_BIT } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import { MonitoringReports } from '../monitoring/monitoring.public';
import { Clock } from '../platform/clock/clock';
import { ArchivedYears } from '../platform/database/archived-years';
import { lookUp } from '../platform/database/look-up';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { ScoreReportsTogether } from './score-reports-together.service';
import { SIGNED_STATES } from './signed-states';

// Said in the statement and not given to it: only so does PostgreSQL see that its index of open reports (`monitoring_report_open`) holds all of them.
const SIGNED = SIGNED_STATES.map((state) => `'${state}'`).join(', ');
// The points of such a report were made while there was still time: a row that nobody had spoken for was waiting. The last extension holds, as where points are made.
const STILL_WAITING = `monitoring_report r ${lookUp('score_request', 'q', `document_kind = 'MONITORING_REPORT' and document_id = r.id`)}
  ${lookUp('score', 's', 'id = q.score_id and fiscal_year = $2')}
  where r.period_id = $1 and r.state not in (${SIGNED}) and s.inputs -> 'context' ->> 'periodClosed' = 'false' and exists (select 1 from unnest(s.line_flags) flags where flags & ${LEAN_BIT.NOT_REPORTED} <> 0)
    and coalesce((select x.until from report_extension x where x.report_id = r.id order by x.id desc limit 1), '-infinity') < $3::date`;

/**
 * Has the reports scored again whose last day has passed since they were scored: what nobody reported is worth zero from then on (domain.md §3.6), and no save would say
 * so. Looks at what there is: after days without a worker nothing is missed, and what has its points is not found again.
 */
@Injectable()
export class ScoreEndedPeriods {
  constructor(
    private readonly unitOfWork: UnitOfWork, private readonly monitoring: MonitoringReports, private readonly together: ScoreReportsTogether, private readonly archive: ArchivedYears, private readonly clock: Clock,
  ) {}

  async score(): Promise<void> {
    const today = this.clock.today();
    const ended: { id: string }[] = await this.unitOfWork.db.manager.query('select id from reporting_period where due_on < $1 order by fiscal_year, ordinal', [today]);
    for (const { id } of ended) await this.unitOfWork.always(async (tx) => {
      const period = await this.monitoring.period(tx, id);
      if (period === null || (await this.archive.has(period.fiscalYear, tx))) return;
      await this.together.wish(tx, period, { from: STILL_WAITING, params: [id, period.fiscalYear, today] });
    });
  }
}
