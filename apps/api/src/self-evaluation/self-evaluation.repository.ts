import type { Actual, DeviationExplanation } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import { newId } from '../platform/database/new-id';
import type { Db, Tx } from '../platform/database/tx';
import type { SelfEvaluationHead, SelfEvaluationState, WrittenChapter } from './loaded-self-evaluation';

/** The latest revision of what was answered to one row, with who wrote which part. */
export interface StoredAnswer {
  readonly indicatorKey: string;
  readonly revision: number;
  readonly judgement: Actual | null;
  readonly explanation: DeviationExplanation | null;
  readonly adjustedPoints: string | null;
  readonly adjustmentReason: string | null;
  readonly judgementBy: string | null;
  readonly explanationBy: string | null;
  readonly explanationByName: string | null;
  readonly explanationAt: Date | null;
  readonly adjustmentBy: string | null;
  readonly adjustmentByName: string | null;
  readonly adjustmentAt: Date | null;
  readonly recordedByName: string;
}

/** A new revision of an answer. */
export type NewAnswer = Omit<StoredAnswer, 'explanationByName' | 'adjustmentByName' | 'recordedByName'> & {
  readonly selfEvaluationId: string; readonly requestId: string; readonly recordedBy: string; readonly recordedAt: Date;
};

// The department is the nearest unit of that kind on the way up; paths hold the ids of all units above.
const HEAD = `select e.id, e.lineage_id as "lineageId", e.table_id as "tableId", t.unit_id as "unitId", u.name as "unitName", u.path as "unitPath",
    (select d.name from budget_unit d where d.kind = 'DEPARTMENT' and d.id <> u.id and u.path like d.path || '%' order by length(d.path) desc limit 1) as "departmentName",
    t.subject, nullif(t.project, '') as project, t.fiscal_year as "fiscalYear", e.state, e.revision
  from self_evaluation e join performance_target_table t on t.id = e.table_id join budget_unit u on u.id = t.unit_id`;

/** Memory of self-evaluations. Answers and chapters are added, never changed. */
@Injectable()
export class SelfEvaluationRepository {
  async head(db: Db, id: string): Promise<SelfEvaluationHead | null> {
    return first(await db.manager.query(`${HEAD} where e.id = $1`, [id]));
  }

  async lock(tx: Tx, id: string): Promise<SelfEvaluationHead | null> {
    return first(await tx.manager.query(`${HEAD} where e.id = $1 for update of e`, [id]));
  }

  async ofLineage(db: Db, lineageId: string): Promise<SelfEvaluationHead | null> {
    return first(await db.manager.query(`${HEAD} where e.lineage_id = $1`, [lineageId]));
  }

  /** Two people pressing the button at once make one. @returns false when there was one already */
  async insert(tx: Tx, made: { readonly id: string; readonly lineageId: string; readonly tableId: string; readonly createdBy: string; readonly at: Date }): Promise<boolean> {
    const rows: unknown[] = await tx.manager.query(
      `insert into self_evaluation (id, lineage_id, table_id, created_by, created_at, state_since) values ($1, $2, $3, $4, $5, $5) on conflict (lineage_id) do nothing returning id`,
      [made.id, made.lineageId, made.tableId, made.createdBy, made.at]);
    return rows.length > 0;
  }

  /** A later version of the table has come into force before the year was submitted. */
  async evaluateVersion(tx: Tx, id: string, tableId: string): Promise<void> {
    await tx.manager.query('update self_evaluation set table_id = $2, revision = revision + 1 where id = $1', [id, tableId]);
  }

  async setState(tx: Tx, id: string, to: SelfEvaluationState, at: Date): Promise<number> {
    const answer: [{ revision: number }[], number] = await tx.manager.query(
      'update self_evaluation set state = $2, state_since = $3, revision = revision + 1 where id = $1 returning revision', [id, to, at]);
    return revisionOf(answer);
  }

  async touch(tx: Tx, id: string): Promise<number> {
    return revisionOf(await tx.manager.query('update self_evaluation set revision = revision + 1 where id = $1 returning revision', [id]));
  }

  async answers(db: Db, id: string): Promise<readonly StoredAnswer[]> {
    return db.manager.query(
      `select distinct on (a.indicator_key) a.indicator_key as "indicatorKey", a.revision, a.judgement, a.explanation, a.adjusted_points as "adjustedPoints",
         a.adjustment_reason as "adjustmentReason", a.judgement_by as "judgementBy", a.explanation_by as "explanationBy", pe.display_name as "explanationByName",
         a.explanation_at as "explanationAt", a.adjustment_by as "adjustmentBy", pa.display_name as "adjustmentByName", a.adjustment_at as "adjustmentAt", pr.display_name as "recordedByName"
       from self_evaluation_answer a join person pr on pr.id = a.recorded_by left join person pe on pe.id = a.explanation_by left join person pa on pa.id = a.adjustment_by
       where a.self_evaluation_id = $1 order by a.indicator_key, a.revision desc`, [id]);
  }

  /** Whether this wish was granted before: its answer was lost on the way, and it is asked again. */
  async requestDone(db: Db, id: string, requestId: string): Promise<boolean> {
    const rows: unknown[] = await db.manager.query(
      `select 1 from self_evaluation_answer where self_evaluation_id = $1 and request_id = $2
       union all select 1 from self_evaluation_chapter where self_evaluation_id = $1 and request_id = $2`, [id, requestId]);
    return rows.length > 0;
  }

  async insertAnswer(tx: Tx, made: NewAnswer): Promise<void> {
    await tx.manager.query(
      `insert into self_evaluation_answer (id, self_evaluation_id, indicator_key, revision, judgement, explanation, adjusted_points, adjustment_reason, request_id, recorded_by, recorded_at,
         judgement_by, explanation_by, explanation_at, adjustment_by, adjustment_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
      [newId(), made.selfEvaluationId, made.indicatorKey, made.revision, json(made.judgement), json(made.explanation), made.adjustedPoints, made.adjustmentReason, made.requestId,
        made.recordedBy, made.recordedAt, made.judgementBy, made.explanationBy, made.explanationAt, made.adjustmentBy, made.adjustmentAt]);
  }

  async chapters(db: Db, id: string): Promise<readonly WrittenChapter[]> {
    return db.manager.query(
      `select distinct on (c.chapter_id) c.chapter_id as "chapterId", c.revision, c.written, p.display_name as by
       from self_evaluation_chapter c join person p on p.id = c.recorded_by where c.self_evaluation_id = $1 order by c.chapter_id, c.revision desc`, [id]);
  }

  async insertChapter(tx: Tx, made: { readonly selfEvaluationId: string; readonly chapterId: string; readonly revision: number; readonly written: string; readonly requestId: string; readonly recordedBy: string; readonly recordedAt: Date }): Promise<void> {
    await tx.manager.query(
      'insert into self_evaluation_chapter (id, self_evaluation_id, chapter_id, revision, written, request_id, recorded_by, recorded_at) values ($1, $2, $3, $4, $5, $6, $7, $8)',
      [newId(), made.selfEvaluationId, made.chapterId, made.revision, made.written, made.requestId, made.recordedBy, made.recordedAt]);
  }

  /** Persons whose judgement, explanation, adjustment or words stand in the latest revisions. */
  async recorders(db: Db, id: string): Promise<readonly string[]> {
    const rows: { id: string }[] = await db.manager.query(
      `select distinct who.id from (select distinct on (indicator_key) judgement_by, explanation_by, adjustment_by from self_evaluation_answer
         where self_evaluation_id = $1 order by indicator_key, revision desc) a, lateral unnest(array[a.judgement_by, a.explanation_by, a.adjustment_by]) as who(id) where who.id is not null
       union select recorded_by from (select distinct on (chapter_id) recorded_by from self_evaluation_chapter where self_evaluation_id = $1 order by chapter_id, revision desc) written`, [id]);
    return rows.map((row) => row.id);
  }
}

function first<T>(rows: readonly T[]): T | null {
  return rows[0] ?? null;
}

function json(value: unknown): string | null {
  return value === null ? null : JSON.stringify(value);
}

// TypeORM answers `update … returning` as [rows, count].
function revisionOf(answer: [{ revision: number }[], number]): number {
  const revision = answer[0][0]?.revision;
  if (revision === undefined) throw new Error('a self-evaluation that was locked is gone');
  return revision;
}
