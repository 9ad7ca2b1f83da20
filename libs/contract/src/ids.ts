import { z } from 'zod';

/** A row's identity: UUID text. Branded, so that the id of one thing cannot be passed for another. */
const id = <B extends string>() => z.uuid().brand<B>();
export const budgetUnitId = id<'BudgetUnitId'>();
export const personId = id<'PersonId'>();
export const targetTableId = id<'TargetTableId'>();
export const indicatorId = id<'IndicatorId'>();
export const periodId = id<'PeriodId'>();
export const monitoringReportId = id<'MonitoringReportId'>();
export const selfEvaluationId = id<'SelfEvaluationId'>();
export const candidateId = id<'CandidateId'>();
export const evidenceId = id<'EvidenceId'>();
export const pullSourceId = id<'PullSourceId'>();
export const pullRunId = id<'PullRunId'>();
export const jobRunId = id<'JobRunId'>();
export const scoreId = id<'ScoreId'>();
export const artifactId = id<'ArtifactId'>();
export const documentImportId = id<'DocumentImportId'>();
export type BudgetUnitId = z.infer<typeof budgetUnitId>;
export type PersonId = z.infer<typeof personId>;
export type TargetTableId = z.infer<typeof targetTableId>;
export type IndicatorId = z.infer<typeof indicatorId>;
export type PeriodId = z.infer<typeof periodId>;
export type MonitoringReportId = z.infer<typeof monitoringReportId>;
export type SelfEvaluationId = z.infer<typeof selfEvaluationId>;
export type CandidateId = z.infer<typeof candidateId>;
export type EvidenceId = z.infer<typeof evidenceId>;
export type PullSourceId = z.infer<typeof pullSourceId>;
export type PullRunId = z.infer<typeof pullRunId>;
export type JobRunId = z.infer<typeof jobRunId>;
export type ScoreId = z.infer<typeof scoreId>;
export type ArtifactId = z.infer<typeof artifactId>;
export type DocumentImportId = z.infer<typeof documentImportId>;
/** Made by the browser once per intended change, so that a lost answer can be asked for again without doing the deed twice. */
export const requestId = z.uuid();
