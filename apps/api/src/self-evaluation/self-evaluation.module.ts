import { Module } from '@nestjs/common';
import { BudgetUnitModule } from '../budget-unit/budget-unit.module';
import { BudgetExecutionModule } from '../budget-execution/budget-execution.module';
import { MonitoringModule } from '../monitoring/monitoring.module';
import { TargetTableModule } from '../target-table/target-table.module';
import { AnswerSelfEvaluation } from './answer-self-evaluation.service';
import { AssembleSelfEvaluation } from './assemble-self-evaluation.service';
import { SelfEvaluationController } from './self-evaluation.controller';
import { SelfEvaluations } from './self-evaluation.public';
import { SelfEvaluationQuery } from './self-evaluation.query';
import { SelfEvaluationRepository } from './self-evaluation.repository';
import { SelfEvaluationsDoor } from './self-evaluations.door';
import { WriteChapter } from './write-chapter.service';
import { YearReader } from './year.reader';

/** The year: quarters put together, judged, explained, written up. */
@Module({
  imports: [BudgetUnitModule, TargetTableModule, MonitoringModule, BudgetExecutionModule],
  controllers: [SelfEvaluationController],
  providers: [
    SelfEvaluationRepository, YearReader, AssembleSelfEvaluation, AnswerSelfEvaluation, WriteChapter, SelfEvaluationQuery, { provide: SelfEvaluations, useClass: SelfEvaluationsDoor },
  ],
  exports: [SelfEvaluations],
})
export class SelfEvaluationModule {}
