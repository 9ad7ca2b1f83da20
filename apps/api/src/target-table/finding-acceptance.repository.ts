import { Injectable } from '@nestjs/common';
import { newId } from '../platform/database/new-id';
import type { Db, Tx } from '../platform/database/tx';
import type { TableFinding } from './table-findings';

/** A warning that somebody took on. */
export interface StoredAcceptance {
  readonly findingId: string;
  readonly reason: string;
  readonly by: string;
  readonly at: Date;
}

/** Memory of accepted warnings. Added, never changed: a warning that comes back after a change is another one. */
@Injectable()
export class FindingAcceptanceRepository {
  async of(db: Db, tableId: string): Promise<ReadonlyMap<string, StoredAcceptance>> {
    const rows: StoredAcceptance[] = await db.manager.query(`
      select a.finding_id as "findingId", a.reason, p.display_name as by, a.accepted_at as at from finding_acceptance a join person p on p.id = a.accepted_by
      where a.document_kind = 'TARGET_TABLE' and a.document_id = $1`, [tableId]);
    return new Map(rows.map((row) => [row.findingId, row]));
  }

  /** A second acceptance of the same finding leaves the first as it is. */
  async insert(tx: Tx, made: { readonly tableId: string; readonly finding: TableFinding; readonly reason: string; readonly acceptedBy: string; readonly at: Date }): Promise<void> {
    const { finding } = made;
    await tx.manager.query(
      `insert into finding_acceptance (id, document_kind, document_id, finding_id, code, row_key, message, reason, accepted_by, accepted_at)
       values ($1, 'TARGET_TABLE', $2, $3, $4, $5, $6, $7, $8, $9) on conflict on constraint finding_acceptance_once do nothing`,
      [newId(), made.tableId, finding.id, finding.code, finding.rowKey, finding.message, made.reason, made.acceptedBy, made.at]);
  }
}
