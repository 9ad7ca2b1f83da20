import type { MigrationInterface } from 'typeorm';
import { Platform1767100000000 } from './1767100000000-platform';
import { CreateTargetTables1767200000000 } from './1767200000000-create-target-tables';
import { CreateMonitoring1767200001000 } from './1767200001000-create-monitoring';
import { CreateBudgetExecution1767200002000 } from './1767200002000-create-budget-execution';
import { ExtendReports1767200003000 } from './1767200003000-extend-reports';
import { CreatePull1767300000000 } from './1767300000000-create-pull';
import { CreateScoring1767300001000 } from './1767300001000-create-scoring';
import { CreateSelfEvaluation1767300002000 } from './1767300002000-create-self-evaluation';
import { CreateSignOff1767300003000 } from './1767300003000-create-sign-off';
import { CreateReportArtifacts1767300004000 } from './1767300004000-create-report-artifacts';
import { KeepWhatWasHandedIn1767400000000 } from './1767400000000-keep-what-was-handed-in';
import { MoneyLinesOfUnits1767400001000 } from './1767400001000-money-lines-of-units';
import { AssignRuleProfiles1767600000000 } from './1767600000000-assign-rule-profiles';
import { AcceptFindings1767600001000 } from './1767600001000-accept-findings';
import { CreateDocumentImports1767700000000 } from './1767700000000-create-document-imports';
import { ScoreInBulk1767800000000 } from './1767800000000-score-in-bulk';
import { RollUp1767800001000 } from './1767800001000-roll-up';
import { CreateBudgetDocuments1767850000000 } from './1767850000000-create-budget-documents';
import { PullFromMoreKinds1767900000000 } from './1767900000000-pull-from-more-kinds';
import { BindReconcileSchedule1767910000000 } from './1767910000000-bind-reconcile-schedule';
import { StageBudgetTables1767920000000 } from './1767920000000-stage-budget-tables';
import { KeepFindings1767930000000 } from './1767930000000-keep-findings';
import { PreviewRuleProfiles1767940000000 } from './1767940000000-preview-rule-profiles';
import { PartitionByFiscalYear1767950000000 } from './1767950000000-partition-by-fiscal-year';
import { ArchiveYears1767960000000 } from './1767960000000-archive-years';
import { WriteScoresLean1767970000000 } from './1767970000000-write-scores-lean';
import { IndexPages1767980000000 } from './1767980000000-index-pages';
import { MoneyOnce1767990000000 } from './1767990000000-money-once';
import { IndexDisagreements1767990001000 } from './1767990001000-index-disagreements';
import { ProposeImportedActuals1767991000000 } from './1767991000000-propose-imported-actuals';
import { KeepMainTasks1767992000000 } from './1767992000000-keep-main-tasks';
import { IndexAcceptances1767993000000 } from './1767993000000-index-acceptances';
import { MakeRoomPatiently1767994000000 } from './1767994000000-make-room-patiently';
import { KeepImportMoney1768000000000 } from './1768000000000-keep-import-money';
import { ProposeImportedRemarks1768000001000 } from './1768000001000-propose-imported-remarks';
import { TellOutboxLater1768200000000 } from './1768200000000-tell-outbox-later';
import { CountByRules1768300000000 } from './1768300000000-count-by-rules';
import { MarkPeriods1768500000000 } from './1768500000000-mark-periods';
import { CheckPointersTogether1768500001000 } from './1768500001000-check-pointers-together';
import { CheckProfilesTogether1768500002000 } from './1768500002000-check-profiles-together';
import { KeepRecoveredPrint1769000020000 } from './1769000020000-keep-recovered-print';
import { IndexPosts1769000040000 } from './1769000040000-index-posts';
import { MarkOwnPeriod1769000060000 } from './1769000060000-mark-own-period';
import { IndexKeys1769000080000 } from './1769000080000-index-keys';
import { KeepAnswerOfObservation1769000200000 } from './1769000200000-keep-answer-of-observation';
import { WaitBySource1769000300000 } from './1769000300000-wait-by-source';
import { IndexSourcesOfCandidates1769000400000 } from './1769000400000-index-sources-of-candidates';
import { ReviseSources1769000600000 } from './1769000600000-revise-sources';
import { KeepHistoryOfDeleted1769000700000 } from './1769000700000-keep-history-of-deleted';
import { TellOfSilence1769000800000 } from './1769000800000-tell-of-silence';
import { GiveSignOfLife1769000900000 } from './1769000900000-give-sign-of-life';

/** Every step of the schema, oldest first. Forward only: what has run somewhere is never edited, a new step is added below. */
export const MIGRATIONS: readonly (new () => MigrationInterface)[] = [
  Platform1767100000000,
  CreateTargetTables1767200000000, CreateMonitoring1767200001000, CreateBudgetExecution1767200002000, ExtendReports1767200003000,
  CreatePull1767300000000, CreateScoring1767300001000, CreateSelfEvaluation1767300002000, CreateSignOff1767300003000, CreateReportArtifacts1767300004000,
  KeepWhatWasHandedIn1767400000000, MoneyLinesOfUnits1767400001000,
  AssignRuleProfiles1767600000000, AcceptFindings1767600001000,
  CreateDocumentImports1767700000000,
  ScoreInBulk1767800000000, RollUp1767800001000,
  CreateBudgetDocuments1767850000000,
  PullFromMoreKinds1767900000000, BindReconcileSchedule1767910000000,
  StageBudgetTables1767920000000,
  KeepFindings1767930000000,
  PreviewRuleProfiles1767940000000,
  PartitionByFiscalYear1767950000000, ArchiveYears1767960000000,
  WriteScoresLean1767970000000,
  IndexPages1767980000000, MoneyOnce1767990000000, IndexDisagreements1767990001000,
  ProposeImportedActuals1767991000000,
  KeepMainTasks1767992000000,
  IndexAcceptances1767993000000,
  MakeRoomPatiently1767994000000,
  KeepImportMoney1768000000000, ProposeImportedRemarks1768000001000,
  TellOutboxLater1768200000000,
  CountByRules1768300000000,
  MarkPeriods1768500000000, CheckPointersTogether1768500001000, CheckProfilesTogether1768500002000,
  KeepRecoveredPrint1769000020000,
  IndexPosts1769000040000,
  MarkOwnPeriod1769000060000,
  IndexKeys1769000080000,
  KeepAnswerOfObservation1769000200000,
  WaitBySource1769000300000,
  IndexSourcesOfCandidates1769000400000,
  ReviseSources1769000600000,
  KeepHistoryOfDeleted1769000700000,
  TellOfSilence1769000800000,
  GiveSignOfLife1769000900000,
];
