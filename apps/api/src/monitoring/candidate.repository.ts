import type { Actual } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import { newId } from '../platform/database/new-id';
import type { Db, Tx } from '../platform/database/tx';

/** A value of a source beside the present one. */
export interface StoredCandidate {
  readonly id: string;
  readonly reportId: string;
  readonly indicatorId: string;
  readonly indicatorKey: string;
  readonly actual: Actual;
  readonly outcome: 'CANDIDATE' | 'SAME' | 'IMPLAUSIBLE';
  readonly warning: string | null;
  readonly observationId: string;
  readonly sourceName: string;
  readonly observedAt: Date;
  readonly verbatim: string;
  readonly sha256: string;
  /** PULLED: a source was asked. IMPORTED: a document that somebody brought says so. */
  readonly origin: 'PULLED' | 'IMPORTED';
  readonly settlement: 'ACCEPTED' | 'KEPT' | 'AGREED' | 'REPLACED' | 'WITHDRAWN' | null;
}

/** What a person chose. `deviation`: how far the source was from the value that stood there, as a part of it (decimal text). */
export interface CandidateChoice {
  readonly settlement: 'ACCEPTED' | 'KEPT';
  readonly by: string;
  readonly at: Date;
  readonly reason: string | null;
  readonly deviation: string | null;
}

interface CandidateRow {
  readonly id: string;
  readonly report_id: string;
  readonly indicator_id: string;
  readonly indicator_key: string;
  readonly actual: Actual;
  readonly outcome: StoredCandidate['outcome'];
  readonly warning: string | null;
  readonly observation_id: string;
  readonly source_name: string;
  readonly observed_at: Date;
  readonly verbatim: string;
  readonly sha256: string;
  readonly origin: StoredCandidate['origin'];
  readonly settlement: StoredCandidate['settlement'];
}

const CANDIDATE_SQL = `select c.id, c.report_id, c.indicator_id, c.indicator_key, c.actual, c.outcome, c.warning, c.observation_id, c.source_name, c.observed_at, c.verbatim,
  c.sha256, c.origin, c.settlement from candidate c`;

function toCandidate(row: CandidateRow): StoredCandidate {
  return {
    id: row.id, reportId: row.report_id, indicatorId: row.indicator_id, indicatorKey: row.indicator_key, actual: row.actual, outcome: row.outcome, warning: row.warning,
    observationId: row.observation_id, sourceName: row.source_name, observedAt: row.observed_at, verbatim: row.verbatim, sha256: row.sha256, origin: row.origin, settlement: row.settlement,
  };
}

/** Who says a value: a source, or a document by its name. */
export type CandidateSource = Pick<StoredCandidate, 'sourceName' | 'origin'> & { readonly sourceId: string | null };

/** Memory of 候选值: of each source one may wait beside a cell, and each is settled once. One whose acceptance was taken back is appended once more, with the settled one that it repeats. */
@Injectable()
export class CandidateRepository {
  async byId(db: Db, candidateId: string): Promise<StoredCandidate | null> {
    const rows: CandidateRow[] = await db.manager.query(`${CANDIDATE_SQL} where c.id = $1`, [candidateId]);
    return rows[0] === undefined ? null : toCandidate(rows[0]);
  }

  /** What became of what an observation said beside a cell: its candidate, or the last that repeats it. Ids rise in the order of making. */
  async byObservation(db: Db, reportId: string, indicatorKey: string, observationId: string): Promise<StoredCandidate | null> {
    const rows: CandidateRow[] = await db.manager.query(`${CANDIDATE_SQL} where c.report_id = $1 and c.indicator_key = $2 and c.observation_id = $3 order by c.id desc limit 1`, [reportId, indicatorKey, observationId]);
    return rows[0] === undefined ? null : toCandidate(rows[0]);
  }

  /** The latest candidate of a row against which a person kept the own value, unless another value was recorded since. */
  async lastKept(db: Db, reportId: string, indicatorKey: string): Promise<StoredCandidate | null> {
    const rows: CandidateRow[] = await db.manager.query(
      `${CANDIDATE_SQL} where c.report_id = $1 and c.indicator_key = $2 and c.settlement = 'KEPT'
         and not exists (select 1 from actual a where a.report_id = c.report_id and a.indicator_key = c.indicator_key and a.recorded_at > c.settled_at)
       order by c.settled_at desc limit 1`, [reportId, indicatorKey]);
    return rows[0] === undefined ? null : toCandidate(rows[0]);
  }

  /** What waits for a choice beside one cell, the newest first. */
  async waiting(db: Db, reportId: string, indicatorKey: string): Promise<StoredCandidate[]> {
    const rows: CandidateRow[] = await db.manager.query(`${CANDIDATE_SQL} where c.report_id = $1 and c.indicator_key = $2 and c.settled_at is null order by c.observed_at desc, c.id desc`, [reportId, indicatorKey]);
    return rows.map(toCandidate);
  }

  /** What one source said of a cell and nobody has chosen. */
  async openOf(db: Db, cell: Pick<StoredCandidate, 'reportId' | 'indicatorKey'>, source: CandidateSource): Promise<StoredCandidate | null> {
    const rows: CandidateRow[] = await db.manager.query(
      `${CANDIDATE_SQL} where c.report_id = $1 and c.indicator_key = $2 and c.origin = $3 and coalesce(c.source_id::text, c.source_name) = coalesce($4::uuid::text, $5) and c.settled_at is null`,
      [cell.reportId, cell.indicatorKey, source.origin, source.sourceId, source.sourceName]);
    return rows[0] === undefined ? null : toCandidate(rows[0]);
  }

  /** Adds what a source said; `agreedAt`: nothing to choose, it says what stands there. */
  async insert(tx: Tx, made: Omit<StoredCandidate, 'id' | 'settlement'> & CandidateSource, agreedAt: Date | null): Promise<string> {
    const id = newId();
    await tx.manager.query(
      `insert into candidate (id, report_id, indicator_id, indicator_key, actual, outcome, warning, observation_id, source_name, observed_at, verbatim, sha256, settlement, settled_at, origin, source_id)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
      [id, made.reportId, made.indicatorId, made.indicatorKey, JSON.stringify(made.actual), made.outcome, made.warning, made.observationId, made.sourceName, made.observedAt,
        made.verbatim, made.sha256, agreedAt === null ? null : 'AGREED', agreedAt, made.origin, made.sourceId]);
    return id;
  }

  /**
   * Appends a settled candidate once more, so that it waits again; the settled one stays as it is. Where the source has said something newer meanwhile, which waits, the repetition has been
   * replaced from the beginning.
   */
  async repeat(tx: Tx, candidateId: string, indicatorId: string, at: Date): Promise<void> {
    await tx.manager.query(
      `insert into candidate (id, report_id, indicator_id, indicator_key, actual, outcome, warning, observation_id, source_name, observed_at, verbatim, sha256, origin, source_id, repeats_id, settlement, settled_at)
       select $2, c.report_id, $3, c.indicator_key, c.actual, c.outcome, c.warning, c.observation_id, c.source_name, c.observed_at, c.verbatim, c.sha256, c.origin, c.source_id, c.id,
         case when newer.id is not null then 'REPLACED' end, case when newer.id is not null then $4::timestamptz end
       from candidate c left join candidate newer on newer.report_id = c.report_id and newer.indicator_key = c.indicator_key and newer.origin = c.origin
         and coalesce(newer.source_id::text, newer.source_name) = coalesce(c.source_id::text, c.source_name) and newer.settled_at is null
       where c.id = $1`, [candidateId, newId(), indicatorId, at]);
  }

  /** Settles one candidate by a person's choice. */
  async settle(tx: Tx, candidateId: string, choice: CandidateChoice): Promise<void> {
    await tx.manager.query('update candidate set settlement = $2, settled_by = $3, settled_at = $4, settle_reason = $5, deviation = $6 where id = $1 and settled_at is null',
      [candidateId, choice.settlement, choice.by, choice.at, choice.reason, choice.deviation]);
  }

  /** Settles candidates that say what stands there now. */
  async agree(tx: Tx, candidateIds: readonly string[], at: Date): Promise<void> {
    await tx.manager.query(`update candidate set settlement = 'AGREED', settled_at = $2 where id = any($1) and settled_at is null`, [candidateIds, at]);
  }

  /** Settles what a source said of a cell before and nobody chose: it says something newer. Those of other sources go on waiting. */
  async replace(tx: Tx, cell: Pick<StoredCandidate, 'reportId' | 'indicatorKey'>, source: CandidateSource, at: Date): Promise<void> {
    await tx.manager.query(
      `update candidate set settlement = 'REPLACED', settled_at = $6 where report_id = $1 and indicator_key = $2 and origin = $3 and coalesce(source_id::text, source_name) = coalesce($4::uuid::text, $5) and settled_at is null`,
      [cell.reportId, cell.indicatorKey, source.origin, source.sourceId, source.sourceName, at]);
  }

  /** Settles what a source said of the reports of a period, where it states the row no longer. Each report is locked first, as by whoever chooses; of a signed one nothing is changed. */
  async closeUnstated(tx: Tx, from: { readonly sourceId: string; readonly periodId: string }, stated: readonly Pick<StoredCandidate, 'reportId' | 'indicatorKey'>[], at: Date): Promise<void> {
    const open: { id: string }[] = await tx.manager.query(
      `select r.id from monitoring_report r where r.period_id = $2 and r.state <> 'SIGNED'
         and exists (select 1 from candidate c where c.report_id = r.id and c.source_id = $1 and c.origin = 'PULLED' and c.settled_at is null) order by r.id for update of r`, [from.sourceId, from.periodId]);
    await tx.manager.query(
      `update candidate set settlement = 'REPLACED', settled_at = $5 where source_id = $1 and origin = 'PULLED' and settled_at is null and report_id = any($2)
         and not exists (select 1 from unnest($3::uuid[], $4::text[]) said(report_id, indicator_key) where said.report_id = candidate.report_id and said.indicator_key = candidate.indicator_key)`,
      [from.sourceId, open.map(({ id }) => id), stated.map((cell) => cell.reportId), stated.map((cell) => cell.indicatorKey), at]);
  }

  /** Settles those of these observations that wait: whoever brought them takes them back. @returns how many that were */
  async withdraw(tx: Tx, observationIds: readonly string[], by: string, at: Date): Promise<number> {
    const [, count]: [unknown, number] = await tx.manager.query(
      `update candidate set settlement = 'WITHDRAWN', settled_by = $2, settled_at = $3 where observation_id = any($1) and settled_at is null`, [observationIds, by, at]);
    return count;
  }
}
