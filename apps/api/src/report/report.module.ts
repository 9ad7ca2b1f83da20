import { Module } from '@nestjs/common';
import { BudgetExecutionModule } from '../budget-execution/budget-execution.module';
import { BudgetUnitModule } from '../budget-unit/budget-unit.module';
import { MonitoringModule } from '../monitoring/monitoring.module';
import { ScoringModule } from '../scoring/scoring.module';
import { SelfEvaluationModule } from '../self-evaluation/self-evaluation.module';
import { TargetTableModule } from '../target-table/target-table.module';
import { DrawEmptyForm } from './draw-empty-form.service';
import { DrawMonitoringForm } from './draw-monitoring-form.service';
import { DrawingDesk } from './drawing-desk';
import { DrawTargetTable } from './draw-target-table.service';
import { RenderReportHandler } from './render-report.handler';
import { RenderReport } from './render-report.service';
import { ReportController } from './report.controller';
import { ReportQuery } from './report.query';
import { ReportRepository } from './report.repository';
import { RequestReport } from './request-report.service';

/** Paper: what the year comes to, as files. */
@Module({
  imports: [BudgetUnitModule, MonitoringModule, BudgetExecutionModule, TargetTableModule, SelfEvaluationModule, ScoringModule],
  controllers: [ReportController],
  providers: [ReportRepository, RequestReport, RenderReport, RenderReportHandler, ReportQuery, DrawTargetTable, DrawMonitoringForm, DrawEmptyForm, DrawingDesk],
})
export class ReportModule {}
