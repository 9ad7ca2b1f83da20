import type { Actual } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import { newId } from '../platform/database/new-id';
import type { Db, Tx } from '../platform/database/tx';
import { gaveWay, observationOf, waitsBehind } from './candidate-line';

/** A value of a source beside the present one. */
export interface StoredCandidate {
  readonly id: string;
  readonly reportId: string;
  readonly indicatorId: string;
  readonly indicatorKey: string;
  readonly actual: Actual;
  readonly outcome: 'CANDIDATE' | 'SAME' | 'IMPLAUSIBLE';
  readonly warning: string | null;
  /** The observation it goes back to, also where it stands again. */
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

/** How a candidate is settled without anybody choosing between it and the present value: both say the same, another came to the front, or who brought it took it back. */
export interface UnchosenSettlement {
  readonly settlement: 'AGREED' | 'REPLACED' | 'WITHDRAWN';
  readonly by: string | null;
  readonly at: Date;
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

const CANDIDATE_SQL = `select c.id, c.report_id, c.indicator_id, c.indicator_key, c.actual, c.outcome, c.warning, ${observationOf('c')} as observation_id, c.source_name, c.observed_at, c.verbatim,
  c.sha256, c.origin, c.settlement from candidate c`;

function toCandidate(row: CandidateRow): StoredCandidate {
  return {
    id: row.id, reportId: row.report_id, indicatorId: row.indicator_id, indicatorKey: row.indicator_key, actual: row.actual, outcome: row.outcome, warning: row.warning,
    observationId: row.observation_id, sourceName: row.source_name, observedAt: row.observed_at, verbatim: row.verbatim, sha256: row.sha256, origin: row.origin, settlement: row.settlement,
  };
}

/** Who says a value: a source, or a document by its name. */
export type CandidateSource = Pick<StoredCandidate, 'sourceName' | 'origin'> & { readonly sourceId: string | null };

/** Memory of 候选值: one in front and one of each other source behind it (`candidate-line.ts`), each settled once. */
@Injectable()
export class CandidateRepository {
  async byId(db: Db, candidateId: string): Promise<StoredCandidate | null> {
    const rows: CandidateRow[] = await db.manager.query(`${CANDIDATE_SQL} where c.id = $1`, [candidateId]);
    return rows[0] === undefined ? null : toCandidate(rows[0]);
  }

  async byObservation(db: Db, reportId: string, indicatorKey: string, observationId: string): Promise<StoredCandidate | null> {
    const rows: CandidateRow[] = await db.manager.query(`${CANDIDATE_SQL} where c.report_id = $1 and c.indicator_key = $2 and c.observation_id = $3`, [reportId, indicatorKey, observationId]);
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

  /** What waits for a choice beside one cell: the one in front first, then the last word of each other source, the newest first. */
  async waiting(db: Db, reportId: string, indicatorKey: string): Promise<StoredCandidate[]> {
    const rows: CandidateRow[] = await db.manager.query(
      `${CANDIDATE_SQL} where c.report_id = $1 and c.indicator_key = $2 and (c.settled_at is null or ${waitsBehind('c')}) order by c.settled_at is null desc, c.observed_at desc, c.id desc`, [reportId, indicatorKey]);
    return rows.map(toCandidate);
  }

  /** The newest of those that gave way to another source's, whether or not anybody is in front. */
  async nextBehind(db: Db, reportId: string, indicatorKey: string): Promise<StoredCandidate | null> {
    const rows: CandidateRow[] = await db.manager.query(`${CANDIDATE_SQL} where c.report_id = $1 and c.indicator_key = $2 and ${gaveWay('c')} order by c.observed_at desc, c.id desc limit 1`, [reportId, indicatorKey]);
    return rows[0] === undefined ? null : toCandidate(rows[0]);
  }

  /** Those that wait of what these observations said. */
  async waitingOf(db: Db, observationIds: readonly string[]): Promise<StoredCandidate[]> {
    const rows: CandidateRow[] = await db.manager.query(
      `with recursive theirs as (select id from candidate where observation_id = any($1) union all select n.id from theirs join candidate n on n.observation_id = theirs.id)
       ${CANDIDATE_SQL} join theirs on theirs.id = c.id where c.settled_at is null or ${waitsBehind('c')}`, [observationIds]);
    return rows.map(toCandidate);
  }

  /** A candidate, or the one that now stands for it. */
  async standing(db: Db, candidateId: string): Promise<StoredCandidate | null> {
    const rows: CandidateRow[] = await db.manager.query(
      `with recursive again as (select $1::uuid as id union all select n.id from again join candidate n on n.observation_id = again.id) ${CANDIDATE_SQL} join again on again.id = c.id order by c.id desc limit 1`, [candidateId]);
    return rows[0] === undefined ? null : toCandidate(rows[0]);
  }

  async openCount(db: Db, reportId: string): Promise<number> {
    const rows: { open: number }[] = await db.manager.query('select count(*)::int as open from candidate where report_id = $1 and settled_at is null', [reportId]);
    return rows[0]?.open ?? 0;
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
   * Appends a settled candidate once more, open or settled another way; the settled one stays as it is. Under the row that the report is made under by now. In a report
   * that was handed on, or without the row, nobody waits any more: nothing is appended.
   */
  async standAgain(tx: Tx, candidateId: string, settled: UnchosenSettlement | null): Promise<string> {
    const id = newId();
    await tx.manager.query(
      `insert into candidate (id, report_id, indicator_id, indicator_key, actual, outcome, warning, observation_id, source_name, observed_at, verbatim, sha256, origin, source_id, settlement, settled_by, settled_at)
       select $2, c.report_id, i.id, c.indicator_key, c.actual, c.outcome, c.warning, c.id, c.source_name, c.observed_at, c.verbatim, c.sha256, c.origin, c.source_id, $3, $4, $5
       from candidate c join monitoring_report r on r.id = c.report_id and r.state in ('DRAFT', 'RETURNED') join indicator i on i.table_id = r.table_id and i.indicator_key = c.indicator_key where c.id = $1`,
      [candidateId, id, settled?.settlement ?? null, settled?.by ?? null, settled?.at ?? null]);
    return id;
  }

  /** Settles one candidate by a person's choice. */
  async settle(tx: Tx, candidateId: string, choice: CandidateChoice): Promise<void> {
    await tx.manager.query('update candidate set settlement = $2, settled_by = $3, settled_at = $4, settle_reason = $5, deviation = $6 where id = $1 and settled_at is null',
      [candidateId, choice.settlement, choice.by, choice.at, choice.reason, choice.deviation]);
  }

  /** Settles the candidate in front of a cell without a choice; of one source only, where one is named. @returns whether there was one */
  async settleFront(tx: Tx, cell: Pick<StoredCandidate, 'reportId' | 'indicatorKey'>, settled: UnchosenSettlement, source: CandidateSource | null = null): Promise<boolean> {
    const [, count]: [unknown, number] = await tx.manager.query(
      `update candidate set settlement = $3, settled_by = $4, settled_at = $5 where report_id = $1 and indicator_key = $2 and settled_at is null
         and ($6::text is null or (origin = $6 and (source_id = $7::uuid or (num_nulls(source_id, $7::uuid) > 0 and source_name = $8))))`,
      [cell.reportId, cell.indicatorKey, settled.settlement, settled.by, settled.at, source?.origin ?? null, source?.sourceId ?? null, source?.sourceName ?? null]);
    return count > 0;
  }
}
