import type { Refusal, ScoringContext, TableScore, TableToScore } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import type { Db, Tx } from '../platform/database/tx';
import { type FactsRow, inputsOfFacts } from './bulk/inputs-of-facts.query';
import type { ScoredKind, StoredScore } from './scoring.public';

/** What was computed from, as kept beside the score. */
export interface StoredInputs {
  readonly table: TableToScore;
  readonly context: ScoringContext;
}

export interface NewScore {
  readonly id: string;
  readonly kind: ScoredKind;
  readonly documentId: string;
  readonly profileId: string;
  readonly engineVersion: string;
  readonly inputsDigest: string;
  readonly inputs: StoredInputs;
  readonly indicatorIds: readonly string[];
  readonly score: TableScore;
  readonly at: Date;
}

const SCORE = `select s.id, s.document_kind as "documentKind", s.document_id as "documentId", p.name as "profileName", p.version as "profileVersion",
  s.engine_version as "engineVersion", s.inputs_digest as "inputsDigest", s.indicator_points as "indicatorPoints", s.total, s.rating, s.computed_at as "computedAt"
  from score s join rule_profile p on p.id = s.profile_id`;

/** Memory of scores. Scores are added, never changed; only the request of a document moves. */
@Injectable()
export class ScoreRepository {
  /**
   * Takes the document's turn until the end of the transaction: whoever scores the same document later reads what this one read, or more,
   * so an older computation never overtakes a newer one.
   */
  async takeTurn(tx: Tx, kind: ScoredKind, documentId: string, at: Date): Promise<void> {
    const lock = (): Promise<unknown[]> => tx.manager.query('select 1 from score_request where document_kind = $1 and document_id = $2 for update', [kind, documentId]);
    if ((await lock()).length > 0) return;
    // Only the first time: all later ones find the row.
    await tx.manager.query(
      `insert into score_request (document_kind, document_id, state, requested_at) values ($1, $2, 'RUNNING', $3) on conflict (document_kind, document_id) do nothing`,
      [kind, documentId, at]);
    await lock();
  }

  async byDigest(db: Db, kind: ScoredKind, documentId: string, fiscalYear: number, profileId: string, digest: string): Promise<StoredScore | null> {
    return first(await db.manager.query(`${SCORE} where s.document_kind = $1 and s.document_id = $2 and s.profile_id = $3 and s.inputs_digest = $4 and s.fiscal_year = $5`, [kind, documentId, profileId, digest, fiscalYear]));
  }

  async byId(db: Db, scoreId: string): Promise<StoredScore | null> {
    return first(await db.manager.query(`${SCORE} where s.id = $1`, [scoreId]));
  }

  async current(db: Db, kind: ScoredKind, documentId: string): Promise<StoredScore | null> {
    return first(await db.manager.query(`${SCORE} join score_request r on r.score_id = s.id and r.fiscal_year = s.fiscal_year where r.document_kind = $1 and r.document_id = $2`, [kind, documentId]));
  }

  async inputs(db: Db, scoreId: string): Promise<{ readonly inputs: StoredInputs; readonly profileId: string } | null> {
    const stored = first<Omit<FactsRow, 'inputs'> & { readonly inputs: StoredInputs | FactsRow['inputs']; readonly profileId: string }>(await db.manager.query(`
      select inputs, profile_id as "profileId", document_kind as "documentKind", document_id as "documentId", facts_table as "factsTable", facts_reports as "factsReports", facts_revisions as "factsRevisions"
      from score where id = $1`, [scoreId]));
    if (stored === null) return null;
    const { inputs, profileId } = stored;
    return { profileId, inputs: 'facts' in inputs ? await inputsOfFacts(db, { ...stored, inputs }) : inputs };
  }

  async insert(tx: Tx, made: NewScore): Promise<void> {
    const { score } = made;
    const head = tx.manager.query(
      `insert into score (id, document_kind, document_id, profile_id, engine_version, inputs_digest, inputs, indicator_points, applicable_weight, execution_rate,
         execution_points, execution_weight, total, rating, rescaled, computed_at, fiscal_year) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`,
      [made.id, made.kind, made.documentId, made.profileId, made.engineVersion, made.inputsDigest, JSON.stringify(made.inputs), score.indicatorPoints, score.applicableWeight,
        score.execution?.rate ?? null, score.execution?.points ?? null, score.execution?.weight ?? null, score.total, score.rating, score.rescaled, made.at, made.inputs.context.fiscalYear]);
    const rows = score.rows.map((row, at) => ({
      score_id: made.id, indicator_id: made.indicatorIds[at], indicator_key: row.key, ordinal: at + 1, points: row.points, weight: row.weight, attainment_rate: row.attainmentRate,
      deviation_rate: row.deviationRate, flags: row.flags, explanation_owed: row.explanationOwed, blocked_code: row.blocked?.code ?? null, blocked_params: row.blocked?.params ?? null, fiscal_year: made.inputs.context.fiscalYear,
    }));
    const lines = tx.manager.query(
      `insert into indicator_score select * from jsonb_to_recordset($1::jsonb) as r(score_id uuid, indicator_id uuid, indicator_key text, ordinal integer, points numeric,
         weight numeric, attainment_rate numeric, deviation_rate numeric, flags text[], explanation_owed boolean, blocked_code text, blocked_params jsonb, fiscal_year integer)`, [JSON.stringify(rows)]);
    await Promise.all([head, lines]);
  }

  /** From the commit on these are the document's points; browsers that have it open are told. */
  async pointAt(tx: Tx, kind: ScoredKind, documentId: string, fiscalYear: number, scoreId: string, documentRevision: number, at: Date): Promise<void> {
    await tx.manager.query(
      `update score_request set state = 'DONE', score_id = $3, fiscal_year = $6, document_revision = $4, finished_at = $5, failure_code = null, failure_params = null, failure_zh = null, failure_en = null
       where document_kind = $1 and document_id = $2 returning pg_notify('jiheng_points', document_id::text)`, [kind, documentId, scoreId, documentRevision, at, fiscalYear]);
  }

  async markFailed(tx: Tx, kind: ScoredKind, documentId: string, failure: { readonly code: string; readonly zh: string; readonly en: string; readonly params?: Refusal['params'] }, at: Date): Promise<void> {
    await tx.manager.query(
      `insert into score_request (document_kind, document_id, state, requested_at, finished_at, failure_code, failure_params, failure_zh, failure_en)
       values ($1, $2, 'FAILED', $3, $3, $4, $5, $6, $7)
       on conflict (document_kind, document_id) do update set state = 'FAILED', finished_at = $3, failure_code = $4, failure_params = $5, failure_zh = $6, failure_en = $7
       returning pg_notify('jiheng_points', document_id::text)`,
      [kind, documentId, at, failure.code, JSON.stringify(failure.params ?? {}), failure.zh, failure.en]);
  }

  async trace(db: Db, scoreId: string): Promise<TableScore | null> {
    return first<{ trace: TableScore }>(await db.manager.query('select trace from score_trace where score_id = $1', [scoreId]))?.trace ?? null;
  }

  async insertTrace(tx: Tx, scoreId: string, trace: TableScore, at: Date): Promise<void> {
    await tx.manager.query('insert into score_trace (score_id, fiscal_year, trace, stored_at) select s.id, s.fiscal_year, $2, $3 from score s where s.id = $1 on conflict (score_id, fiscal_year) do nothing', [scoreId, JSON.stringify(trace), at]);
  }
}

function first<T>(rows: readonly T[]): T | null {
  return rows[0] ?? null;
}
