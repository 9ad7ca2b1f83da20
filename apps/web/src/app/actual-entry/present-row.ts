import type { ReportRow } from '@jiheng/contract';

/**
 * The row that a 409 brings as `present`: the whole row, or an answer that holds it, or only the present revision of the cell.
 * Told apart by shape and not parsed with the contract's schema: Zod would weigh more than this whole page.
 */
export function presentRow(present: unknown, known: ReportRow): ReportRow | null {
  if (!isObject(present)) return null;
  if (isRow(present)) return present;
  const { row } = present as { row?: unknown };
  if (isObject(row) && isRow(row)) return row;
  return isRevision(present) ? { ...known, current: present } : null;
}

function isObject(thing: unknown): thing is object {
  return typeof thing === 'object' && thing !== null;
}

function isRow(thing: object): thing is ReportRow {
  return 'indicator' in thing && isObject(thing.indicator) && 'current' in thing && 'evidence' in thing && Array.isArray(thing.evidence);
}

function isRevision(thing: object): thing is NonNullable<ReportRow['current']> {
  return 'revision' in thing && typeof thing.revision === 'number' && 'actual' in thing && isObject(thing.actual) && 'kind' in thing.actual && 'by' in thing;
}
