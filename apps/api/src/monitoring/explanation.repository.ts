import { Injectable } from '@nestjs/common';
import { newId } from '../platform/database/new-id';
import type { Db, Tx } from '../platform/database/tx';
import type { StoredExplanation } from './monitoring.public';

interface ExplanationRow {
  readonly report_id: string;
  readonly indicator_key: string;
  readonly revision: number;
  readonly causes: StoredExplanation['causes'];
  readonly sentence: string;
  readonly measures: string;
  readonly likelihood: StoredExplanation['likelihood'];
  readonly forecast: string | null;
  readonly by: string;
  readonly recorded_at: Date;
}

const EXPLANATION_SQL = `select e.report_id, e.indicator_key, e.revision, e.causes, e.sentence, e.measures, e.likelihood, e.forecast, w.display_name as by, e.recorded_at
  from deviation_explanation e join person w on w.id = e.recorded_by`;

function toExplanation(row: ExplanationRow): StoredExplanation {
  return {
    revision: row.revision, causes: row.causes, sentence: row.sentence, measures: row.measures, likelihood: row.likelihood, forecast: row.forecast, by: row.by, at: row.recorded_at,
  };
}

/** Memory of 偏差原因及改进措施: read and added, never changed. */
@Injectable()
export class ExplanationRepository {
  async latest(db: Db, reportId: string, indicatorKey: string): Promise<StoredExplanation | null> {
    const rows: ExplanationRow[] = await db.manager.query(`${EXPLANATION_SQL} where e.report_id = $1 and e.indicator_key = $2 order by e.revision desc limit 1`, [reportId, indicatorKey]);
    return rows[0] === undefined ? null : toExplanation(rows[0]);
  }

  /** The row that an earlier delivery of the same request wrote to; null when this is the first. */
  async keyOfRequest(db: Db, reportId: string, requestId: string): Promise<string | null> {
    const rows: { indicator_key: string }[] = await db.manager.query('select indicator_key from deviation_explanation where report_id = $1 and request_id = $2', [reportId, requestId]);
    return rows[0]?.indicator_key ?? null;
  }

  /** Present explanations of several reports, by report id and row key. */
  async present(db: Db, reportIds: readonly string[]): Promise<Map<string, Map<string, StoredExplanation>>> {
    const rows: ExplanationRow[] = await db.manager.query(
      `select distinct on (e.report_id, e.indicator_key) e.report_id, e.indicator_key, e.revision, e.causes, e.sentence, e.measures, e.likelihood, e.forecast,
              w.display_name as by, e.recorded_at
       from deviation_explanation e join person w on w.id = e.recorded_by where e.report_id = any($1) order by e.report_id, e.indicator_key, e.revision desc`, [reportIds]);
    const present = new Map<string, Map<string, StoredExplanation>>(reportIds.map((id) => [id, new Map()]));
    for (const row of rows) present.get(row.report_id)?.set(row.indicator_key, toExplanation(row));
    return present;
  }

  async append(tx: Tx, made: {
    reportId: string; indicatorId: string; indicatorKey: string; revision: number; explanation: Omit<StoredExplanation, 'revision' | 'by' | 'at'>;
    requestId: string; recordedBy: string; at: Date;
  }): Promise<string> {
    const id = newId();
    const { explanation } = made;
    await tx.manager.query(
      `insert into deviation_explanation (id, report_id, indicator_id, indicator_key, revision, causes, sentence, measures, likelihood, forecast, request_id, recorded_by, recorded_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
      [id, made.reportId, made.indicatorId, made.indicatorKey, made.revision, explanation.causes, explanation.sentence, explanation.measures, explanation.likelihood,
        explanation.forecast, made.requestId, made.recordedBy, made.at]);
    return id;
  }
}
