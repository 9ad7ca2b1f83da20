import { Injectable } from '@nestjs/common';
import { MonitoringReports } from '../monitoring/monitoring.public';
import { ArchivedYears } from '../platform/database/archived-years';
import { lookUp } from '../platform/database/look-up';
import type { Db } from '../platform/database/tx';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { Outbox } from '../platform/outbox/outbox';
import { ScoreRegion } from './bulk/score-region.service';
import { scoreMonitoringReport } from './score-monitoring-report.job';

/** So many reports are wished for one by one; more are a region's run. */
const FEW = 200;

// Everything is looked up by its key: of a period that was opened a moment ago PostgreSQL takes the reports for one or two.
const UNSCORED = `monitoring_report r where r.period_id = $1 and not exists (select 1 from score_request q where q.document_kind = 'MONITORING_REPORT' and q.document_id = r.id offset 0)`;

/** Finds the reports of a period that never had points, and has them scored. Looks at what there is, so it may be asked any number of times. */
@Injectable()
export class ScoreOpenedPeriod {
  constructor(
    private readonly unitOfWork: UnitOfWork, private readonly monitoring: MonitoringReports, private readonly regions: ScoreRegion, private readonly outbox: Outbox, private readonly archive: ArchivedYears,
  ) {}

  async score(periodId: string): Promise<void> {
    await this.unitOfWork.always(async (tx) => {
      const period = await this.monitoring.period(tx, periodId);
      if (period === null || (await this.archive.has(period.fiscalYear, tx))) return;
      const some: { id: string }[] = await tx.manager.query(`select r.id from ${UNSCORED} limit ${FEW + 1}`, [periodId]);
      if (some.length <= FEW) {
        for (const { id } of some) await this.outbox.put(tx, scoreMonitoringReport, { reportId: id });
        return;
      }
      for (const unitId of await this.unitsAbove(tx, periodId)) await this.regions.askByItself(tx, { unitId, fiscalYear: period.fiscalYear, periodOrdinal: period.ordinal });
    });
  }

  /** The lowest unit that stands above all of these reports, or the topmost ones where several trees have some. */
  private async unitsAbove(db: Db, periodId: string): Promise<readonly string[]> {
    const [ends]: { first: string | null; last: string | null }[] = await db.manager.query(`
      select min(u.path collate "C") as first, max(u.path collate "C") as last
      from (select r.table_id from ${UNSCORED}) r ${lookUp('performance_target_table', 't', 'id = r.table_id')} ${lookUp('budget_unit', 'u', 'id = t.unit_id')}`, [periodId]);
    const [first, last] = [ends?.first?.split('/') ?? [], ends?.last?.split('/') ?? []];
    // What two ends of the order have in common, all between them has.
    const common = first.slice(0, first.findIndex((part, at) => part !== last[at] || at === first.length - 1)).filter((part) => part !== '').at(-1);
    if (common !== undefined) return [common];
    const roots: { id: string }[] = await db.manager.query('select id from budget_unit where parent_id is null order by id');
    return roots.map(({ id }) => id);
  }
}
