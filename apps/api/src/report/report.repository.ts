import { Injectable } from '@nestjs/common';
import type { Db, Tx } from '../platform/database/tx';
import type { ReportContent } from './report-content';

export type ReportFormat = 'xlsx' | 'docx';

/** A report file, asked for or made. */
export interface StoredArtifact {
  readonly id: string;
  readonly documentId: string;
  readonly format: ReportFormat;
  readonly state: 'WAITING' | 'RUNNING' | 'READY' | 'FAILED';
  readonly fileName: string;
  readonly size: number | null;
  readonly sha256: string | null;
  readonly jobRunId: string | null;
  readonly requestedAt: Date;
  readonly unitPath: string;
}

export interface NewArtifact {
  readonly id: string;
  readonly documentId: string;
  readonly templateId: string;
  readonly format: ReportFormat;
  readonly scoreId: string;
  readonly contentDigest: string;
  readonly content: ReportContent;
  readonly fileName: string;
  readonly requestedBy: string;
  readonly at: Date;
}

const ARTIFACT = `select a.id, a.document_id as "documentId", a.format, a.state, a.file_name as "fileName", a.size_bytes as size, a.sha256, a.job_run_id as "jobRunId",
    a.requested_at as "requestedAt", u.path as "unitPath"
  from report_artifact a join self_evaluation e on e.id = a.document_id join performance_target_table t on t.id = e.table_id join budget_unit u on u.id = t.unit_id`;

/** Memory of report files. The bytes lie in the file store under their digest. */
@Injectable()
export class ReportRepository {
  async byId(db: Db, id: string): Promise<StoredArtifact | null> {
    return first(await db.manager.query(`${ARTIFACT} where a.id = $1`, [id]));
  }

  async byKey(db: Db, made: Pick<NewArtifact, 'documentId' | 'templateId' | 'format' | 'scoreId' | 'contentDigest'>): Promise<StoredArtifact | null> {
    return first(await db.manager.query(
      `${ARTIFACT} where a.document_kind = 'SELF_EVALUATION' and a.document_id = $1 and a.template_id = $2 and a.format = $3 and a.score_id = $4 and a.content_digest = $5`,
      [made.documentId, made.templateId, made.format, made.scoreId, made.contentDigest]));
  }

  /** @returns false when somebody else asked for the same file a moment ago */
  async insert(tx: Tx, made: NewArtifact): Promise<boolean> {
    const rows: unknown[] = await tx.manager.query(
      `insert into report_artifact (id, document_kind, document_id, template_id, format, score_id, fiscal_year, content_digest, content, file_name, requested_by, requested_at)
       select $1, 'SELF_EVALUATION', $2, $3, $4, s.id, s.fiscal_year, $6, $7, $8, $9, $10 from score s where s.id = $5 on conflict on constraint report_artifact_once do nothing returning id`,
      [made.id, made.documentId, made.templateId, made.format, made.scoreId, made.contentDigest, JSON.stringify(made.content), made.fileName, made.requestedBy, made.at]);
    return rows.length > 0;
  }

  async content(db: Db, id: string): Promise<ReportContent | null> {
    return first<{ content: ReportContent }>(await db.manager.query('select content from report_artifact where id = $1', [id]))?.content ?? null;
  }

  async wait(tx: Tx, id: string, jobRunId: string): Promise<void> {
    await tx.manager.query(`update report_artifact set state = 'WAITING', job_run_id = $2, failure_zh = null, failure_en = null where id = $1 and state <> 'READY'`, [id, jobRunId]);
  }

  async begin(tx: Tx, id: string): Promise<void> {
    await tx.manager.query(`update report_artifact set state = 'RUNNING' where id = $1 and state <> 'READY'`, [id]);
  }

  async finish(tx: Tx, id: string, sha256: string, size: number): Promise<void> {
    await tx.manager.query(`update report_artifact set state = 'READY', sha256 = $2, size_bytes = $3, failure_zh = null, failure_en = null where id = $1 and state <> 'READY'`, [id, sha256, size]);
  }

  async fail(tx: Tx, id: string, failure: { readonly zh: string; readonly en: string }): Promise<void> {
    await tx.manager.query(`update report_artifact set state = 'FAILED', failure_zh = $2, failure_en = $3 where id = $1 and state <> 'READY'`, [id, failure.zh, failure.en]);
  }
}

function first<T>(rows: readonly T[]): T | null {
  return rows[0] ?? null;
}
