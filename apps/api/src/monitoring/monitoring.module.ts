import { Module } from '@nestjs/common';
import { provideListeners } from '../platform/queue/define-news';
import { BudgetUnitModule } from '../budget-unit/budget-unit.module';
import { TargetTableModule } from '../target-table/target-table.module';
import { ActualHistoryQuery } from './actual-history.query';
import { ActualRepository } from './actual.repository';
import { AttachEvidenceService } from './attach-evidence.service';
import { CandidateRepository } from './candidate.repository';
import { CellWriter } from './cell-writer';
import { DailyRound } from './daily-round';
import { EvidenceController } from './evidence.controller';
import { EvidenceRepository } from './evidence.repository';
import { ExecutionQuery } from './execution.query';
import { ExplainDeviationService } from './explain-deviation.service';
import { ExplanationRepository } from './explanation.repository';
import { ExtendReportService } from './extend-report.service';
import { MonitoringReportController } from './monitoring-report.controller';
import { MonitoringReportRepository } from './monitoring-report.repository';
import { MonitoringReportViewQuery } from './monitoring-report-view.query';
import { MonitoringReportsDoor } from './monitoring-reports.door';
import { monitoringListeners } from './monitoring.listeners';
import { MonitoringReports } from './monitoring.public';
import { OfferCandidateService } from './offer-candidate.service';
import { OpenBegunPeriodsHandler } from './open-begun-periods.handler';
import { OpenPeriodHandler } from './open-period.handler';
import { OpenPeriodService } from './open-period.service';
import { OpenTableReportsHandler } from './open-table-reports.handler';
import { PeriodController } from './period.controller';
import { PeriodQuery } from './period.query';
import { PeriodRepository } from './period.repository';
import { PointsStream } from './points-stream';
import { RecordActualService } from './record-actual.service';
import { RecordAtOnce } from './record-at-once.service';
import { ReportFactsQuery } from './report-facts.query';
import { ReportPointsQuery } from './report-points.query';
import { ReportScoreQuery } from './report-score.query';
import { ScoringInputsQuery } from './scoring-inputs.query';
import { SettleCandidateService } from './settle-candidate.service';
import { TakeBackCandidateService } from './take-back-candidate.service';

/** What happened each quarter. */
@Module({
  imports: [BudgetUnitModule, TargetTableModule],
  controllers: [PeriodController, MonitoringReportController, EvidenceController],
  providers: [
    PeriodRepository, MonitoringReportRepository, ActualRepository, ExplanationRepository, EvidenceRepository, CandidateRepository,
    OpenPeriodService, OpenPeriodHandler, OpenBegunPeriodsHandler, OpenTableReportsHandler, DailyRound,
    RecordActualService, RecordAtOnce, CellWriter, ExplainDeviationService, SettleCandidateService, TakeBackCandidateService, OfferCandidateService, AttachEvidenceService, ExtendReportService,
    MonitoringReportViewQuery, PeriodQuery, ActualHistoryQuery, ExecutionQuery, ReportScoreQuery, ReportFactsQuery, ScoringInputsQuery, ReportPointsQuery, PointsStream,
    { provide: MonitoringReports, useClass: MonitoringReportsDoor }, provideListeners(monitoringListeners),
  ],
  exports: [MonitoringReports],
})
export class MonitoringModule {}
