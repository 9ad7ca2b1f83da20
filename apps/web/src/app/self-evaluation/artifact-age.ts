import type { ReportArtifactView, SelfEvaluationView } from '@jiheng/contract';
import { compareDecimal } from '@jiheng/domain';

/** Why a file no longer says what the page says: other computed points, or anything else that prints. null: it still holds. */
export type ArtifactAge = 'POINTS' | 'WORDS' | null;

/** Compares a file with the document as it is now. The server compares what they say; the total it was made from tells what kind of change it was. */
export function ageOf(artifact: ReportArtifactView, { computedTotal }: SelfEvaluationView): ArtifactAge {
  if (artifact.scoreTotal !== null && (computedTotal === null || compareDecimal(artifact.scoreTotal, computedTotal) !== 0)) return 'POINTS';
  return artifact.outdated === true ? 'WORDS' : null;
}

/** Whether a file is still being made. */
export function isUnderway(artifact: ReportArtifactView): boolean {
  return artifact.state === 'WAITING' || artifact.state === 'RUNNING';
}
