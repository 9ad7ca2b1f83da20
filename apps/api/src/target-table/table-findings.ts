import { createHash } from 'node:crypto';
import { type Finding, type RuleProfile, checkLead, checkTargetTable } from '@jiheng/domain';
import type { LoadedTargetTable } from './target-table.public';

/** A finding about a stored table, with the name it is accepted by. */
export interface TableFinding extends Finding {
  /** Digest of its code, its words and the row (or head) it is about: another one as soon as that changes. */
  readonly id: string;
  /** Key of the row; null for the head. */
  readonly rowKey: string | null;
}

/** Everything the quality check says of a stored version, by the rules in force for its unit and year. */
export function findingsOf(loaded: Pick<LoadedTargetTable, 'table' | 'lead'>, rules: RuleProfile): readonly TableFinding[] {
  const { table, lead } = loaded;
  const { indicators, ...head } = table;
  return [...checkLead(table.subject, lead), ...checkTargetTable(table, rules)].map((finding) => {
    const row = finding.row === null ? null : (indicators[finding.row] ?? null);
    const about = row === null ? { head, lead } : row;
    const id = createHash('sha256').update(JSON.stringify([finding.code, finding.params, about])).digest('hex').slice(0, 32);
    return { ...finding, id, rowKey: row?.key ?? null };
  });
}
