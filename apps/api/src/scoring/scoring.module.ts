import { Module } from '@nestjs/common';
import { BudgetExecutionModule } from '../budget-execution/budget-execution.module';
import { BudgetUnitModule } from '../budget-unit/budget-unit.module';
import { MonitoringModule } from '../monitoring/monitoring.module';
import { provideListeners } from '../platform/queue/define-news';
import { SelfEvaluationModule } from '../self-evaluation/self-evaluation.module';
import { ApplyRuleProfileHandler } from './apply-rule-profile.handler';
import { ApplyRuleProfile } from './apply-rule-profile.service';
import { AssignRuleProfile } from './assign-rule-profile.service';
import { BulkRunRepository } from './bulk/bulk-run.repository';
import { JoinRuns } from './bulk/join-runs';
import { ScoreRegion } from './bulk/score-region.service';
import { ScoreRegionHandler } from './bulk/score-region.handler';
import { ScoringRunController } from './bulk/scoring-run.controller';
import { SliceCrew } from './bulk/slice-crew';
import { CreateRuleProfile } from './create-rule-profile.service';
import { PreviewRuleProfile } from './preview-rule-profile.service';
import { RuleProfileAssignmentRepository } from './rule-profile-assignment.repository';
import { RuleProfileController } from './rule-profile.controller';
import { RuleProfilePreviewHandler } from './rule-profile-preview.handler';
import { RuleProfilePreviews } from './rule-profile-previews.service';
import { RuleProfileQuery } from './rule-profile.query';
import { RuleProfileRepository } from './rule-profile.repository';
import { ScoreDocument } from './score-document.service';
import { ScoreController } from './score.controller';
import { ScoreMonitoringReportHandler } from './score-monitoring-report.handler';
import { ScoreOpenedPeriodHandler } from './score-opened-period.handler';
import { ScoreOpenedPeriod } from './score-opened-period.service';
import { ScoreQuery } from './score.query';
import { ScoreRepository } from './score.repository';
import { ScoreEndedPeriodsHandler } from './score-ended-periods.handler';
import { ScoreEndedPeriods } from './score-ended-periods.service';
import { ScoreReportsTogether } from './score-reports-together.service';
import { ScoreSelfEvaluationHandler } from './score-self-evaluation.handler';
import { ScoreTogether } from './score-together.service';
import { ScoringInputsReader } from './scoring-inputs.reader';
import { scoringListeners } from './scoring.listeners';
import { RuleProfiles, Scores } from './scoring.public';
import { ShippedProfiles } from './shipped-profiles';

/** Turning facts into points. */
@Module({
  imports: [BudgetUnitModule, MonitoringModule, BudgetExecutionModule, SelfEvaluationModule],
  controllers: [ScoreController, RuleProfileController, ScoringRunController],
  providers: [
    RuleProfileRepository, ShippedProfiles, ScoreRepository, ScoringInputsReader, ScoreDocument, ScoreTogether, ScoreQuery, ScoreMonitoringReportHandler, ScoreSelfEvaluationHandler, ScoreOpenedPeriod, ScoreOpenedPeriodHandler,
    ScoreReportsTogether, ScoreEndedPeriods, ScoreEndedPeriodsHandler,
    RuleProfileAssignmentRepository, CreateRuleProfile, PreviewRuleProfile, AssignRuleProfile, ApplyRuleProfile, ApplyRuleProfileHandler, RuleProfileQuery,
    RuleProfilePreviews, RuleProfilePreviewHandler,
    BulkRunRepository, SliceCrew, ScoreRegion, ScoreRegionHandler, JoinRuns,
    { provide: Scores, useExisting: ScoreDocument }, { provide: RuleProfiles, useExisting: RuleProfileQuery }, provideListeners(scoringListeners),
  ],
  exports: [Scores, RuleProfiles],
})
export class ScoringModule {}
