import type { DynamicModule, Type } from '@nestjs/common';
import { TargetTableModule } from './target-table/target-table.module';
import { MonitoringModule } from './monitoring/monitoring.module';
import { BudgetExecutionModule } from './budget-execution/budget-execution.module';
import { BudgetDocumentModule } from './budget-document/budget-document.module';
import { DocumentImportModule } from './document-import/document-import.module';
import { BudgetUnitModule } from './budget-unit/budget-unit.module';
import { PullModule } from './pull/pull.module';
import { ReportModule } from './report/report.module';
import { RollUpModule } from './roll-up/roll-up.module';
import { ScoringModule } from './scoring/scoring.module';
import { SelfEvaluationModule } from './self-evaluation/self-evaluation.module';
import { SignOffModule } from './sign-off/sign-off.module';

/** Every feature, lowest first; both the server and the worker are made of this list. One line a feature. */
export const FEATURES: readonly (Type | DynamicModule)[] = [
  BudgetUnitModule,
  TargetTableModule,
  BudgetDocumentModule,
  DocumentImportModule,
  MonitoringModule,
  BudgetExecutionModule,
  PullModule,
  SelfEvaluationModule,
  ScoringModule,
  RollUpModule,
  SignOffModule,
  ReportModule,
];
