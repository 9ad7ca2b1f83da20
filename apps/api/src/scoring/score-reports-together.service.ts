import { Injectable } from '@nestjs/common';
import type { StoredPeriod } from '../monitoring/monitoring.public';
import { lookUp } from '../platform/database/look-up';
import type { Tx } from '../platform/database/tx';
import { Outbox } from '../platform/outbox/outbox';
import { ScoreRegion } from './bulk/score-region.service';
import { scoreMonitoringReport } from './score-monitoring-report.job';

/** So many reports are wished for one by one; more are a region's run. */
const FEW = 200;

/** Reports of one period as the rest of a statement: what stands behind `from`, with `r` for the report, and the values of its parameters. */
export interface SomeReports { readonly from: string; readonly params: readonly unknown[] }

/** Has reports of a period scored that a statement finds: a few by themselves, many as a region's run. */
@Injectable()
export class ScoreReportsTogether {
  constructor(private readonly regions: ScoreRegion, private readonly outbox: Outbox) {}

  /** Answers how many it found, of many only that they are more than a few. @throws while a run of the same region is under way: whoever asks comes back */
  async wish(tx: Tx, period: StoredPeriod, { from, params }: SomeReports): Promise<number> {
    const some: { id: string }[] = await tx.manager.query(`select r.id from ${from} limit ${FEW + 1}`, [...params]);
    if (some.length <= FEW) {
      for (const { id } of some) await this.outbox.put(tx, scoreMonitoringReport, { reportId: id });
      return some.length;
    }
    for (const unitId of await this.unitsAbove(tx, { from, params })) await this.regions.askByItself(tx, { unitId, fiscalYear: period.fiscalYear, periodOrdinal: period.ordinal });
    return some.length;
  }

  /** The lowest unit that stands above all of these reports, or the topmost ones where several trees have some. */
  private async unitsAbove(tx: Tx, { from, params }: SomeReports): Promise<readonly string[]> {
    const [ends]: { first: string | null; last: string | null }[] = await tx.manager.query(`
      select min(u.path collate "C") as first, max(u.path collate "C") as last
      from (select r.table_id from ${from}) r ${lookUp('performance_target_table', 't', 'id = r.table_id')} ${lookUp('budget_unit', 'u', 'id = t.unit_id')}`, [...params]);
    const [first, last] = [ends?.first?.split('/') ?? [], ends?.last?.split('/') ?? []];
    // What two ends of the order have in common, all between them has.
    const common = first.slice(0, first.findIndex((part, at) => part !== last[at] || at === first.length - 1)).filter((part) => part !== '').at(-1);
    if (common !== undefined) return [common];
    const roots: { id: string }[] = await tx.manager.query('select id from budget_unit where parent_id is null order by id');
    return roots.map(({ id }) => id);
  }
}
