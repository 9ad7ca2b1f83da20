import { Module } from '@nestjs/common';
import { BudgetUnitModule } from '../budget-unit/budget-unit.module';
import { BudgetExecutionModule } from '../budget-execution/budget-execution.module';
import { MonitoringModule } from '../monitoring/monitoring.module';
import { ScoringModule } from '../scoring/scoring.module';
import { SelfEvaluationModule } from '../self-evaluation/self-evaluation.module';
import { TargetTableModule } from '../target-table/target-table.module';
import { InboxQuery } from './inbox.query';
import { MonitoringReportMoves } from './monitoring-report.moves';
import { MoveDocument } from './move-document.service';
import { SelfEvaluationMoves } from './self-evaluation.moves';
import { SignOffController } from './sign-off.controller';
import { SignOffRepository } from './sign-off.repository';
import { TargetTableMoves } from './target-table.moves';

/** Review, return, sign: the same acts for all three documents, and what waits for whom. */
@Module({
  imports: [BudgetUnitModule, TargetTableModule, MonitoringModule, BudgetExecutionModule, SelfEvaluationModule, ScoringModule],
  controllers: [SignOffController],
  providers: [SignOffRepository, MoveDocument, TargetTableMoves, MonitoringReportMoves, SelfEvaluationMoves, InboxQuery],
})
export class SignOffModule {}
