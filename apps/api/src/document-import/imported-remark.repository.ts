import type { ImportedRemark } from '@jiheng/contract';
import { Injectable } from '@nestjs/common';
import { newId } from '../platform/database/new-id';
import type { Db, Tx } from '../platform/database/tx';

/** What a form says of one row, or of the money of a report. */
export interface OfferedRemark {
  /** null: the money. */
  readonly indicatorKey: string | null;
  readonly body: Pick<ImportedRemark, 'explanation' | 'money'>;
}

/** Memory of what imported monitoring forms say beside their values. */
@Injectable()
export class ImportedRemarkRepository {
  /** Lays remarks beside a report; an unsettled one of the same row gives way. */
  async offer(
    tx: Tx, made: { readonly importId: string; readonly at: number; readonly reportId: string; readonly by: string; readonly madeAt: Date }, remarks: readonly OfferedRemark[],
  ): Promise<void> {
    if (remarks.length === 0) return;
    const keys = remarks.map((one) => one.indicatorKey ?? '');
    await tx.manager.query(`update import_remark set settlement = 'REPLACED', settled_by = $3, settled_at = $4 where report_id = $1 and indicator_key = any($2) and settlement is null`,
      [made.reportId, keys, made.by, made.madeAt]);
    await tx.manager.query(`insert into import_remark (id, import_id, ordinal, report_id, indicator_key, body, made_by, made_at)
      select r.id, $1, $2, $3, r.key, r.body::jsonb, $4, $5 from unnest($6::uuid[], $7::text[], $8::text[]) r(id, key, body)`,
    [made.importId, made.at, made.reportId, made.by, made.madeAt, remarks.map(() => newId()), keys, remarks.map((one) => JSON.stringify(one.body))]);
  }

  /** What nobody has settled of a report, in the order in which it was offered. */
  async open(db: Db, reportId: string): Promise<readonly ImportedRemark[]> {
    const rows: { id: string; importId: string; sourceName: string; at: Date; key: string; body: OfferedRemark['body'] }[] = await db.manager.query(
      `select r.id, r.import_id as "importId", i.file_name as "sourceName", r.made_at as at, r.indicator_key as key, r.body
       from import_remark r join document_import i on i.id = r.import_id where r.report_id = $1 and r.settlement is null order by r.id`, [reportId]);
    return rows.map(({ id, importId, sourceName, at, key, body }) => ({ id, importId: importId as ImportedRemark['importId'], sourceName, at: at.toISOString(), indicatorKey: key === '' ? null : key, ...body }));
  }

  /** The report of a remark, under a lock; null when there is no such remark. */
  async lock(tx: Tx, id: string): Promise<{ readonly reportId: string; readonly isOpen: boolean } | null> {
    const rows: { reportId: string; isOpen: boolean }[] = await tx.manager.query('select report_id as "reportId", settlement is null as "isOpen" from import_remark where id = $1 for update', [id]);
    return rows[0] ?? null;
  }

  async settle(tx: Tx, id: string, choice: 'TAKEN' | 'KEPT', by: string, at: Date): Promise<void> {
    await tx.manager.query('update import_remark set settlement = $2, settled_by = $3, settled_at = $4 where id = $1', [id, choice, by, at]);
  }

  /** Takes back what an import offered and nobody has settled. */
  async withdraw(tx: Tx, importId: string, by: string, at: Date): Promise<void> {
    await tx.manager.query(`update import_remark set settlement = 'WITHDRAWN', settled_by = $2, settled_at = $3 where import_id = $1 and settlement is null`, [importId, by, at]);
  }
}
