import { type MonitoringAccount, type MoneyPart, type Result, monitoringForm, ok, refuse } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import { BudgetExecutions } from '../budget-execution/budget-execution.public';
import { BudgetUnits } from '../budget-unit/budget-unit.public';
import { MonitoringReports, type ScoringInputs } from '../monitoring/monitoring.public';
import { Access } from '../platform/access/access';
import type { Actor } from '../platform/access/actor';
import { Clock } from '../platform/clock/clock';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { DrawingDesk } from './drawing-desk';
import type { ReportFormat } from './report.repository';
import { fileNameOf } from './request-report.service';

/** 执行监控表 (F3) as a file: the year so far as the report stands, signed or not. Drawn while somebody waits; nothing is kept of it. */
@Injectable()
export class DrawMonitoringForm {
  constructor(
    private readonly unitOfWork: UnitOfWork, private readonly reports: MonitoringReports, private readonly executions: BudgetExecutions, private readonly units: BudgetUnits,
    private readonly access: Access, private readonly clock: Clock, private readonly desk: DrawingDesk,
  ) {}

  async draw(actor: Actor, reportId: string, format: ReportFormat): Promise<Result<{ bytes: Buffer; fileName: string }>> {
    const { db } = this.unitOfWork;
    const inputs = await this.reports.loadScoringInputs(db, reportId);
    if (inputs === null || !this.access.mayRead(actor, inputs.head.unitPath)) return refuse('monitoring-report.not-found');
    const { head, table } = inputs;
    const department = await this.units.departmentOf(db, head.unitPath);
    const money = (await this.executions.of(db, reportId))?.parts ?? promised(table.budget);
    const form = monitoringForm(accountOf(inputs, department?.name ?? null, money));
    const bytes = await this.desk.form(form, format, this.clock.now());
    return ok({ bytes, fileName: fileNameOf(`${head.period.fiscalYear}年${head.period.label}执行监控表-${head.project ?? head.unitName}`, format) });
  }
}

type Money = readonly { readonly part: MoneyPart; readonly initial: string | null; readonly executed: string | null }[];

function accountOf({ head, table, rows }: ScoringInputs, department: string | null, money: Money): MonitoringAccount {
  const lastMonth = Number(head.period.endsOn.slice(5, 7));
  return {
    fiscalYear: head.period.fiscalYear, budgetUnit: head.unitName, department, project: head.project, period: `1—${lastMonth}月`, goalText: table.goalText,
    // Nobody enters a forecast of the money; its column is left to be filled in by hand.
    money: money.map(({ part, initial, executed }) => ({ part, initial, executed, forecast: null })),
    rows: rows.map(({ indicator, yearToDate, explanation }) => ({ indicator, actual: yearToDate, explanation })),
  };
}

/** Before anybody has entered what was spent, the budget of the promise stands alone. */
function promised(budget: ScoringInputs['table']['budget']): Money {
  const parts = { total: 'TOTAL', fiscal: 'FISCAL', higherLevel: 'HIGHER_LEVEL', localLevel: 'LOCAL_LEVEL', other: 'OTHER' } as const;
  const amounts = new Map(Object.entries(budget));
  return Object.entries(parts).flatMap(([key, part]) => (amounts.has(key) ? [{ part, initial: amounts.get(key) ?? null, executed: null }] : []));
}
