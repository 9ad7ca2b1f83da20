import { normalizeDecimal } from '../decimal';
import type { TableToScore } from './score-table';
import type { RuleProfile } from './rule-profile';
import type { ScoringContext } from './score';

/** Version of the law in code. It changes when the same inputs may give other points; stored scores keep the one they were made with. */
export const ENGINE_VERSION = '1.0.0';

// Derivation texts and the clauses behind parameters do not change points; leaving them out keeps a reworded note from rescoring a region.
const SILENT_KEYS = new Set(['accumulated', 'clauses', 'notes', 'title', 'basis', 'previousActual', 'evidence', 'raw', 'note', 'numerator', 'denominator']);
const DECIMAL = /^-?\d+\.\d*0$/;

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value).filter(([key, held]) => !SILENT_KEYS.has(key) && held !== undefined);
    entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    return `{${entries.map(([key, held]) => `${JSON.stringify(key)}:${canonical(held)}`).join(',')}}`;
  }
  // 26.10 and 26.1 are one number and must not look like a change.
  return JSON.stringify(typeof value === 'string' && DECIMAL.test(value) ? normalizeDecimal(value) : (value ?? null));
}

/**
 * Everything that decides the points of a table, as one text with sorted keys: the caller hashes it, and a score whose digest is known
 * need not be computed again. Equal numbers in another spelling give the same text.
 */
export function canonicalInputs(table: TableToScore, profile: RuleProfile, context: ScoringContext): string {
  return canonical({ engine: ENGINE_VERSION, profile, context, table });
}
