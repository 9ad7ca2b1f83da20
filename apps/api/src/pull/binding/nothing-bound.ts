import { type Refusal, periodWords, refuse } from '@jiheng/domain';
import type { PullPlace, StoredPeriod } from '../../monitoring/monitoring.public';
import type { Binding } from './binding';

/** Why a source need not be asked for a period: nothing is bound to it, or nothing of what is bound is in a report of the period. Null where there is something to ask for. */
export function nothingBound(source: { readonly id: string; readonly name: string }, period: Pick<StoredPeriod, 'fiscalYear' | 'ordinal' | 'label'>, bindings: readonly Binding[], places: readonly PullPlace[]): Refusal | null {
  if (bindings.length === 0) return refuse('pull.nothing-bound', { source: source.name, sourceId: source.id }).refusal;
  const there = new Set(places.map((place) => place.indicator.key));
  return bindings.some((binding) => there.has(binding.indicatorKey)) ? null : refuse('pull.bound-elsewhere', { source: source.name, sourceId: source.id, ...periodWords(period) }).refusal;
}
