import type { ReportArtifactView, SelfEvaluationView } from '@jiheng/contract';
import { compareDecimal } from '@jiheng/domain';

/** Why a file no longer says what the page says: other points, or words written after it was asked for. null: nothing known against it. */
export type ArtifactAge = 'POINTS' | 'WORDS' | null;

/** Compares a file with the document as it is now. The total of a file is the computed one; adjustments are told by their time. */
export function ageOf(artifact: ReportArtifactView, view: SelfEvaluationView): ArtifactAge {
  const { computedTotal } = view;
  if (artifact.scoreTotal !== null && (computedTotal === null || compareDecimal(artifact.scoreTotal, computedTotal) !== 0)) return 'POINTS';
  const isLater = (at: string | undefined): boolean => at !== undefined && Date.parse(at) > Date.parse(artifact.at);
  if (view.rows.some((row) => isLater(row.adjustment?.at))) return 'POINTS';
  return view.rows.some((row) => isLater(row.explanation?.at)) ? 'WORDS' : null;
}

/** Whether a file is still being made. */
export function isUnderway(artifact: ReportArtifactView): boolean {
  return artifact.state === 'WAITING' || artifact.state === 'RUNNING';
}
