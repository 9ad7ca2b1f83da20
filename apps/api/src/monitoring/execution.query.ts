import type { ExecutionView } from '@jiheng/contract';
import { executionLightOf, executionRate, MONEY_PARTS, type MoneyPart, moneyLinesOf } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import { lookUp } from '../platform/database/look-up';
import { Prepared, type Reads } from '../platform/database/prepared';

interface PartRow {
  readonly revision: number;
  readonly reason: string | null;
  readonly by: string;
  readonly recorded_at: Date;
  readonly ordinal: number;
  readonly part: MoneyPart;
  readonly initial: string | null;
  readonly adjusted: string | null;
  readonly executed: string | null;
}

interface BudgetRow {
  readonly ordinal: number;
  readonly subject: 'PROJECT' | 'UNIT';
  readonly budget_total: string | null;
  readonly budget_fiscal: string | null;
  readonly budget_higher_level: string | null;
  readonly budget_local_level: string | null;
  readonly budget_other: string | null;
}

/** The money block of a report, for screens. */
@Injectable()
export class ExecutionQuery {
  constructor(private readonly prepared: Prepared) {}

  /** The latest revision; before anybody recorded money, revision 0 with the budgets of the table; null when there is no such report. */
  async view(reportId: string, reads: Reads = this.prepared): Promise<ExecutionView | null> {
    const rows = await reads.rows<PartRow>('execution-latest', `
      select e.revision, e.reason, w.display_name as by, e.recorded_at, p.ordinal, x.part, x.initial, x.adjusted, x.executed
      from monitoring_report r join reporting_period p on p.id = r.period_id
        cross join lateral (select * from budget_execution where report_id = r.id and fiscal_year = r.fiscal_year order by revision desc limit 1) e join person w on w.id = e.recorded_by
        ${lookUp('budget_execution_part', 'x', 'execution_id = e.id and fiscal_year = e.fiscal_year')}
      where r.id = $1
      order by array_position($2::text[], x.part)`, [reportId, MONEY_PARTS]);
    const first = rows[0];
    if (first === undefined) return this.before(reads, reportId);
    const total = rows.find((row) => row.part === 'TOTAL');
    const figures = { initial: total?.initial ?? null, adjusted: total?.adjusted ?? null, executed: total?.executed ?? null };
    const rate = executionRate(figures);
    return {
      revision: first.revision, rows: rows.map(({ part, initial, adjusted, executed }) => ({ part, initial, adjusted, executed })),
      rate: rate.ok ? rate.value.rate : null, reason: first.reason, by: first.by, at: first.recorded_at.toISOString(),
      light: executionLightOf(figures.adjusted ?? figures.initial, figures.executed, first.ordinal * 3).light,
    };
  }

  private async before(reads: Reads, reportId: string): Promise<ExecutionView | null> {
    const table = await reads.one<BudgetRow>('execution-budget', `
      select p.ordinal, t.subject, t.budget_total, t.budget_fiscal, t.budget_higher_level, t.budget_local_level, t.budget_other
      from monitoring_report r join performance_target_table t on t.id = r.table_id join reporting_period p on p.id = r.period_id where r.id = $1`, [reportId]);
    if (table === null) return null;
    const budgets: Readonly<Record<MoneyPart, string | null>> = {
      TOTAL: table.budget_total, FISCAL: table.budget_fiscal, CARRY_OVER: null, HIGHER_LEVEL: table.budget_higher_level, LOCAL_LEVEL: table.budget_local_level, OTHER: table.budget_other,
    };
    // The target table promises nothing of last year's rest; whoever has some writes it down.
    const rows = moneyLinesOf(table.subject).filter((part) => part !== 'CARRY_OVER').map((part) => ({ part, initial: budgets[part], adjusted: budgets[part], executed: null }));
    return { revision: 0, rows, rate: null, reason: null, by: null, at: null, light: 'NONE' };
  }
}
