import type { ImportState, ImportTableSummary } from '@jiheng/contract';

/**
 * Where an import stands by its tables: ACCEPTED once all its target tables are in the books. Forms that hold results may still be used after
 * that; a document of such forms alone is done when each of them was.
 */
export function settledState(tables: readonly Pick<ImportTableSummary, 'form' | 'accepted' | 'proposed'>[]): Extract<ImportState, 'STAGED' | 'ACCEPTED'> {
  const targets = tables.filter((table) => table.form === 'TARGET');
  return (targets.length > 0 ? targets : tables).every((table) => table.accepted?.undone === false || table.proposed === true) ? 'ACCEPTED' : 'STAGED';
}
