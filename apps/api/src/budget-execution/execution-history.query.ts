import type { ExecutionHistory } from '@jiheng/contract';
import { ok, refuse, type Result } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import { MonitoringReports } from '../monitoring/monitoring.public';
import { Access } from '../platform/access/access';
import type { Actor } from '../platform/access/actor';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { BudgetExecutionRepository } from './budget-execution.repository';

/** Where the money of a report comes from: every revision of it. */
@Injectable()
export class ExecutionHistoryQuery {
  constructor(private readonly executions: BudgetExecutionRepository, private readonly reports: MonitoringReports, private readonly unitOfWork: UnitOfWork, private readonly access: Access) {}

  async of(actor: Actor, reportId: string): Promise<Result<ExecutionHistory>> {
    const head = await this.reports.head(this.unitOfWork.db, reportId);
    if (head === null || !this.access.mayRead(actor, head.unitPath)) return refuse('monitoring-report.not-found');
    const revisions = await this.executions.history(this.unitOfWork.db, reportId);
    return ok({ revisions: revisions.map(({ revision, parts, reason, by, at }) => ({ revision, rows: parts.map((part) => ({ ...part })), reason, by, at: at.toISOString() })) });
  }
}
