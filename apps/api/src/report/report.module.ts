import { Module } from '@nestjs/common';
import { ScoringModule } from '../scoring/scoring.module';
import { SelfEvaluationModule } from '../self-evaluation/self-evaluation.module';
import { TargetTableModule } from '../target-table/target-table.module';
import { DrawTargetTable } from './draw-target-table.service';
import { RenderReportHandler } from './render-report.handler';
import { RenderReport } from './render-report.service';
import { ReportController } from './report.controller';
import { ReportQuery } from './report.query';
import { ReportRepository } from './report.repository';
import { RequestReport } from './request-report.service';

/** Paper: what the year comes to, as files. */
@Module({
  imports: [TargetTableModule, SelfEvaluationModule, ScoringModule],
  controllers: [ReportController],
  providers: [ReportRepository, RequestReport, RenderReport, RenderReportHandler, ReportQuery, DrawTargetTable],
})
export class ReportModule {}
