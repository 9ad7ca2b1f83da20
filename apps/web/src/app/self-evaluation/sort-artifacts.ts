import type { ReportArtifactView, SelfEvaluationView } from '@jiheng/contract';
import { type ArtifactAge, ageOf } from './artifact-age';

/** A file with what is known against it. */
export interface AgedArtifact {
  readonly artifact: ReportArtifactView;
  readonly age: ArtifactAge;
}

/** Files as they are shown: of each format the newest that still holds (or else the newest), with everything that is not ready; the rest folds away. */
export function sortArtifacts(view: SelfEvaluationView): { readonly first: readonly AgedArtifact[]; readonly older: readonly AgedArtifact[] } {
  const aged = view.artifacts.map((artifact) => ({ artifact, age: ageOf(artifact, view) }));
  const chosen = (['xlsx', 'docx'] as const).map((format) => {
    const ready = aged.filter(({ artifact }) => artifact.format === format && artifact.state === 'READY');
    return ready.find(({ age }) => age === null) ?? ready[0];
  });
  const isFirst = (one: AgedArtifact): boolean => one.artifact.state !== 'READY' || chosen.includes(one);
  return { first: aged.filter(isFirst), older: aged.filter((one) => !isFirst(one)) };
}
