import { Module } from '@nestjs/common';
import { BudgetExecutionModule } from '../budget-execution/budget-execution.module';
import { MonitoringModule } from '../monitoring/monitoring.module';
import { provideListeners } from '../platform/queue/define-news';
import { SelfEvaluationModule } from '../self-evaluation/self-evaluation.module';
import { RuleProfileRepository } from './rule-profile.repository';
import { ScoreDocument } from './score-document.service';
import { ScoreController } from './score.controller';
import { ScoreMonitoringReportHandler } from './score-monitoring-report.handler';
import { ScoreQuery } from './score.query';
import { ScoreRepository } from './score.repository';
import { ScoreSelfEvaluationHandler } from './score-self-evaluation.handler';
import { ScoringInputsReader } from './scoring-inputs.reader';
import { scoringListeners } from './scoring.listeners';
import { Scores } from './scoring.public';
import { ShippedProfiles } from './shipped-profiles';

/** Turning facts into points. */
@Module({
  imports: [MonitoringModule, BudgetExecutionModule, SelfEvaluationModule],
  controllers: [ScoreController],
  providers: [
    RuleProfileRepository, ShippedProfiles, ScoreRepository, ScoringInputsReader, ScoreDocument, ScoreQuery, ScoreMonitoringReportHandler, ScoreSelfEvaluationHandler,
    { provide: Scores, useExisting: ScoreDocument }, provideListeners(scoringListeners),
  ],
  exports: [Scores],
})
export class ScoringModule {}
