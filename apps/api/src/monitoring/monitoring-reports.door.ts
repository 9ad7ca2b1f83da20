import type { ExecutionView } from '@jiheng/contract';
import type { Result } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock/clock';
import type { Db, Tx } from '../platform/database/tx';
import { TargetTables } from '../target-table/target-table.public';
import { ActualRepository } from './actual.repository';
import { CandidateRepository } from './candidate.repository';
import { ExplanationRepository } from './explanation.repository';
import { ExecutionQuery } from './execution.query';
import { EvidenceRepository } from './evidence.repository';
import {
  type EarlierOf, MonitoringReports, type MonitoringReportState, type MonitoringYear, type OfferedValue, type OfferOutcome, type OfferPreview, type PullPlace, type ReportHead, type ScoringInputs, type StatedCell, type StoredPeriod,
} from './monitoring.public';
import { MonitoringReportRepository } from './monitoring-report.repository';
import { OfferCandidateService } from './offer-candidate.service';
import { PeriodRepository } from './period.repository';
import { mayEditReport } from './report-editable';
import { ScoringInputsQuery } from './scoring-inputs.query';

/** What stands behind the public door. */
@Injectable()
export class MonitoringReportsDoor extends MonitoringReports {
  constructor(
    private readonly reports: MonitoringReportRepository, private readonly actuals: ActualRepository, private readonly explanations: ExplanationRepository,
    private readonly evidence: EvidenceRepository, private readonly candidates: CandidateRepository, private readonly periods: PeriodRepository,
    private readonly inputs: ScoringInputsQuery, private readonly offers: OfferCandidateService, private readonly targetTables: TargetTables,
    private readonly executions: ExecutionQuery, private readonly clock: Clock,
  ) { super(); }

  override head(db: Db, reportId: string): Promise<ReportHead | null> { return this.reports.head(db, reportId); }
  override lock(tx: Tx, reportId: string): Promise<ReportHead | null> { return this.reports.lock(tx, reportId); }
  override setState(tx: Tx, reportId: string, to: MonitoringReportState): Promise<number> { return this.reports.setState(tx, reportId, to); }
  override touch(tx: Tx, reportId: string): Promise<number> { return this.reports.touch(tx, reportId); }
  override loadScoringInputs(db: Db, reportId: string): Promise<ScoringInputs | null> { return this.inputs.load(db, reportId); }
  override recordersOf(db: Db, reportId: string): Promise<readonly string[]> { return this.actuals.recordersOf(db, reportId); }
  override offerCandidate(tx: Tx, offered: OfferedValue): Promise<Result<OfferOutcome>> { return this.offers.offer(tx, offered); }
  override withdrawCandidates(tx: Tx, observationIds: readonly string[], by: string): Promise<number> { return this.candidates.withdraw(tx, observationIds, by, this.clock.now()); }
  override closeUnstated(tx: Tx, from: { readonly sourceId: string; readonly periodId: string }, stated: readonly StatedCell[]): Promise<void> { return this.candidates.closeUnstated(tx, from, stated, this.clock.now()); }
  override earlierInYear(db: Db, cells: readonly StatedCell[]): Promise<EarlierOf> { return this.actuals.earlierInYear(db, cells); }
  override previewCandidate(db: Db, place: Pick<OfferedValue, 'reportId' | 'indicatorKey' | 'actual' | 'earlier'>): Promise<Result<OfferPreview>> { return this.offers.preview(db, place); }
  override mayEdit(head: Pick<ReportHead, 'state' | 'period' | 'extendedUntil'>): Result<void> { return mayEditReport(head, this.clock.today()); }
  override executionView(reportId: string): Promise<ExecutionView | null> { return this.executions.view(reportId); }
  override period(db: Db, periodId: string): Promise<StoredPeriod | null> { return this.periods.byId(db, periodId); }
  override periodsOf(db: Db, fiscalYear: number): Promise<readonly StoredPeriod[]> { return this.periods.ofYear(db, fiscalYear); }

  override async loadYear(db: Db, lineageId: string): Promise<MonitoringYear> {
    const heads = await this.reports.ofLineage(db, lineageId);
    const ids = heads.map((head) => head.id);
    const actuals = await this.actuals.present(db, ids);
    const explanations = await this.explanations.present(db, ids);
    const evidence = await this.evidence.present(db, ids);
    return {
      lineageId,
      quarters: heads.map((head) => ({
        head, actuals: actuals.get(head.id) ?? new Map(), explanations: explanations.get(head.id) ?? new Map(), evidence: evidence.get(head.id) ?? new Map(),
      })),
    };
  }

  override async placesOf(db: Db, unitId: string, periodId: string): Promise<readonly PullPlace[]> {
    const places: PullPlace[] = [];
    for (const head of await this.reports.ofUnit(db, unitId, periodId)) {
      const loaded = await this.targetTables.content(db, head.tableId);
      for (const { id, indicator } of loaded?.indicators ?? []) {
        places.push({ reportId: head.id, reportState: head.state, tableId: head.tableId, indicatorId: id, indicator });
      }
    }
    return places;
  }
}
