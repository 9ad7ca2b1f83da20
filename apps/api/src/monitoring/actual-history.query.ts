import type { ActualHistory } from '@jiheng/contract';
import { ok, refuse, type Result } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import { Access } from '../platform/access/access';
import type { Actor } from '../platform/access/actor';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { TargetTables } from '../target-table/target-table.public';
import { ActualRepository } from './actual.repository';
import { CandidateRepository } from './candidate.repository';
import { toBody } from './monitoring-report-view.query';
import { MonitoringReportRepository } from './monitoring-report.repository';

/** Where a value comes from: every revision of a cell, and the row a candidate belongs to. */
@Injectable()
export class ActualHistoryQuery {
  constructor(
    private readonly reports: MonitoringReportRepository, private readonly actuals: ActualRepository, private readonly candidates: CandidateRepository,
    private readonly targetTables: TargetTables, private readonly unitOfWork: UnitOfWork, private readonly access: Access,
  ) {}

  /** Every revision, the newest first. */
  async of(actor: Actor, reportId: string, indicatorId: string): Promise<Result<ActualHistory>> {
    const { db } = this.unitOfWork;
    const head = await this.reports.head(db, reportId);
    if (head === null || !this.access.mayRead(actor, head.unitPath)) return refuse('monitoring-report.not-found');
    const row = await this.targetTables.indicator(db, head.tableId, indicatorId);
    if (row === null) return refuse('report-row.not-found');
    const revisions = await this.actuals.history(db, reportId, row.indicator.key);
    return ok({
      revisions: revisions.map(({ revision, actual, origin, by, at, observationId }) => ({ revision, actual: toBody(actual), origin, by, at: at.toISOString(), observationId })),
    });
  }

  /** The row a candidate stands beside, in the version the report is made under; null when there is none. */
  async rowOfCandidate(reportId: string, candidateId: string): Promise<string | null> {
    const { db } = this.unitOfWork;
    const [head, candidate] = [await this.reports.head(db, reportId), await this.candidates.byId(db, candidateId)];
    if (head === null || candidate === null || candidate.reportId !== reportId) return null;
    return (await this.targetTables.indicatorByKey(db, head.tableId, candidate.indicatorKey))?.id ?? null;
  }
}
