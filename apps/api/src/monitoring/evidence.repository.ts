import { Injectable } from '@nestjs/common';
import { newId } from '../platform/database/new-id';
import type { Db, Tx } from '../platform/database/tx';
import type { StoredEvidence } from './monitoring.public';

/** A file with the row and report it belongs to. */
export interface PlacedEvidence extends StoredEvidence {
  readonly reportId: string;
  readonly indicatorId: string;
  readonly indicatorKey: string;
  readonly withdrawn: boolean;
}

interface EvidenceRow {
  readonly id: string;
  readonly report_id: string;
  readonly indicator_id: string;
  readonly indicator_key: string;
  readonly file_name: string;
  readonly media_type: string;
  readonly size_bytes: number;
  readonly sha256: string;
  readonly by: string;
  readonly uploaded_at: Date;
  readonly withdrawn: boolean;
}

const EVIDENCE_SQL = `select e.id, e.report_id, e.indicator_id, e.indicator_key, e.file_name, e.media_type, e.size_bytes, e.sha256, w.display_name as by, e.uploaded_at,
  e.withdrawn_at is not null as withdrawn from evidence e join person w on w.id = e.uploaded_by`;

function toEvidence(row: EvidenceRow): PlacedEvidence {
  return {
    id: row.id, reportId: row.report_id, indicatorId: row.indicator_id, indicatorKey: row.indicator_key, fileName: row.file_name, mediaType: row.media_type,
    size: row.size_bytes, sha256: row.sha256, by: row.by, at: row.uploaded_at, withdrawn: row.withdrawn,
  };
}

/** Memory of 佐证资料: added, withdrawn once, never changed. */
@Injectable()
export class EvidenceRepository {
  async byId(db: Db, evidenceId: string): Promise<PlacedEvidence | null> {
    const rows: EvidenceRow[] = await db.manager.query(`${EVIDENCE_SQL} where e.id = $1`, [evidenceId]);
    return rows[0] === undefined ? null : toEvidence(rows[0]);
  }

  /** The same bytes behind the same row, not withdrawn. */
  async twin(db: Db, reportId: string, indicatorKey: string, sha256: string): Promise<PlacedEvidence | null> {
    const rows: EvidenceRow[] = await db.manager.query(`${EVIDENCE_SQL} where e.report_id = $1 and e.indicator_key = $2 and e.sha256 = $3 and e.withdrawn_at is null`, [reportId, indicatorKey, sha256]);
    return rows[0] === undefined ? null : toEvidence(rows[0]);
  }

  /** Files that stand behind the rows of several reports, by report id and row key, in the order they came. */
  async present(db: Db, reportIds: readonly string[]): Promise<Map<string, Map<string, PlacedEvidence[]>>> {
    const rows: EvidenceRow[] = await db.manager.query(`${EVIDENCE_SQL} where e.report_id = any($1) and e.withdrawn_at is null order by e.id`, [reportIds]);
    const present = new Map<string, Map<string, PlacedEvidence[]>>(reportIds.map((id) => [id, new Map()]));
    for (const row of rows) {
      const byKey = present.get(row.report_id);
      byKey?.set(row.indicator_key, [...(byKey.get(row.indicator_key) ?? []), toEvidence(row)]);
    }
    return present;
  }

  async insert(tx: Tx, made: { reportId: string; indicatorId: string; indicatorKey: string; fileName: string; mediaType: string; size: number; sha256: string; uploadedBy: string; at: Date }): Promise<string> {
    const id = newId();
    await tx.manager.query(
      `insert into evidence (id, report_id, indicator_id, indicator_key, file_name, media_type, size_bytes, sha256, uploaded_by, uploaded_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [id, made.reportId, made.indicatorId, made.indicatorKey, made.fileName, made.mediaType, made.size, made.sha256, made.uploadedBy, made.at]);
    return id;
  }

  async withdraw(tx: Tx, evidenceId: string, by: string, at: Date): Promise<void> {
    await tx.manager.query('update evidence set withdrawn_by = $2, withdrawn_at = $3 where id = $1', [evidenceId, by, at]);
  }
}
