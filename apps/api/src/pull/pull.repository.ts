import { type PullSourceKind, type PullSourceSettings, pullSourceSettings } from '@jiheng/contract';
import { Injectable } from '@nestjs/common';
import type { Db, Tx } from '../platform/database/tx';
import type { StatedCell } from '../monitoring/monitoring.public';
import type { Binding } from './binding/binding';
import type { RowUnits } from './binding/binding-units';
import type { PullFailureKind } from './pull-failure';

/** A source as stored. */
export interface StoredSource {
  readonly id: string;
  readonly unitId: string;
  readonly unitPath: string;
  readonly name: string;
  readonly kind: PullSourceKind;
  readonly place: string;
  readonly rowsPath: string;
  readonly keyField: string;
  readonly valueField: string;
  readonly settings: PullSourceSettings;
  readonly state: 'ACTIVE' | 'PAUSED';
  readonly pauseReasonZh: string | null;
  readonly pauseReasonEn: string | null;
  /** Of its schedule; that of the rest is kept by source-revision.ts. */
  readonly scheduleRevision: number;
}

/** What the form of a source says of a binding: field of the source → indicator, and the unit the source counts in. What it does not show is kept when it is saved (form-mappings.ts). */
export type StoredMapping = Pick<Binding, 'indicatorKey' | 'field' | 'unit'>;

/** One attempt. */
export interface StoredRun {
  readonly id: string;
  readonly sourceId: string;
  readonly periodId: string;
  readonly state: 'WAITING' | 'RUNNING' | 'DONE' | 'FAILED';
  /** Whether the source's schedule asked for it and no person did. */
  readonly isScheduled: boolean;
}

/** An attempt between two tries. */
export interface StoredWait {
  readonly jobRunId: string;
  /** Null where it has been brought forward, or nobody wrote it down. */
  readonly nextTryAt: Date | null;
  /** Until when its source asked to be left alone; null where it did not. */
  readonly leftAloneUntil: Date | null;
}

/** What became of one value. */
export type ObservationOutcome = 'SAME' | 'CANDIDATE' | 'IMPLAUSIBLE' | 'LOCKED' | 'UNREADABLE';

export interface NewObservation {
  readonly id: string;
  readonly pullRunId: string;
  readonly sourceKey: string;
  readonly verbatim: string;
  readonly sha256: string;
  readonly indicatorKey: string;
  readonly reportId: string;
  readonly outcome: ObservationOutcome;
  readonly note: { readonly zh: string; readonly en: string } | null;
  readonly observedAt: Date;
  /** The source's rows as they came, bounded; where they were asked for; the formula; and the value that came of them. */
  readonly rowText: string;
  readonly asked: string;
  readonly formula: string;
  readonly reading: string | null;
  /** Digest of the whole answer it came from. */
  readonly bodySha256: string;
}

const SOURCE = `select s.id, s.unit_id as "unitId", u.path as "unitPath", s.name, s.kind, s.place, s.rows_path as "rowsPath", s.key_field as "keyField",
  s.value_field as "valueField", s.settings, s.state, s.pause_reason_zh as "pauseReasonZh", s.pause_reason_en as "pauseReasonEn", s.schedule_revision as "scheduleRevision" from pull_source s join budget_unit u on u.id = s.unit_id`;
const RUN = 'select id, source_id as "sourceId", period_id as "periodId", state, requested_by is null as "isScheduled" from pull_run';
/** So many of its last attempts tell how long a source has been silent. */
const LOOKED_BACK = 200;

/** Memory of sources, attempts and observations. */
@Injectable()
export class PullRepository {
  async source(db: Db, sourceId: string): Promise<StoredSource | null> {
    return withSettings(first(await db.manager.query(`${SOURCE} where s.id = $1`, [sourceId])));
  }

  /** The source under a row lock: two starts of the same source follow one another. */
  async lockSource(tx: Tx, sourceId: string): Promise<StoredSource | null> {
    return withSettings(first(await tx.manager.query(`${SOURCE} where s.id = $1 for update of s`, [sourceId])));
  }

  async bindings(db: Db, sourceId: string): Promise<readonly Binding[]> {
    return db.manager.query(
      `select indicator_key as "indicatorKey", field, unit_symbol as unit, formula, numerator_field as "numeratorField", denominator_field as "denominatorField"
       from pull_mapping where source_id = $1 order by ordinal`, [sourceId]);
  }

  /** Writes all bindings of a source anew. */
  async rewriteBindings(tx: Tx, sourceId: string, bindings: readonly Binding[]): Promise<void> {
    await tx.manager.query('delete from pull_mapping where source_id = $1', [sourceId]);
    for (const [ordinal, one] of bindings.entries()) {
      await tx.manager.query(
        'insert into pull_mapping (source_id, indicator_key, ordinal, field, unit_symbol, formula, numerator_field, denominator_field) values ($1, $2, $3, $4, $5, $6, $7, $8)',
        [sourceId, one.indicatorKey, ordinal, one.field, one.unit, one.formula, one.numeratorField, one.denominatorField]);
    }
  }

  async insertSource(tx: Tx, source: Omit<StoredSource, 'unitPath' | 'state' | 'pauseReasonZh' | 'pauseReasonEn' | 'scheduleRevision'>, bindings: readonly Binding[], ownerId: string, at: Date): Promise<void> {
    await tx.manager.query(
      `insert into pull_source (id, unit_id, name, kind, place, rows_path, key_field, value_field, owner_id, created_at, settings) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [source.id, source.unitId, source.name, source.kind, source.place, source.rowsPath, source.keyField, source.valueField, ownerId, at, JSON.stringify(source.settings)]);
    await this.rewriteBindings(tx, source.id, bindings);
  }

  /** Writes a source anew, all but its bindings. */
  async rewriteSource(tx: Tx, sourceId: string, wish: Pick<StoredSource, 'name' | 'kind' | 'place' | 'rowsPath' | 'keyField' | 'valueField' | 'settings'>): Promise<void> {
    await tx.manager.query('update pull_source set name = $2, kind = $3, place = $4, rows_path = $5, key_field = $6, value_field = $7, settings = $8 where id = $1',
      [sourceId, wish.name, wish.kind, wish.place, wish.rowsPath, wish.keyField, wish.valueField, JSON.stringify(wish.settings)]);
  }

  /** Whether the unit already has a source of this name. */
  async nameTaken(db: Db, unitId: string, name: string): Promise<boolean> {
    return ((await db.manager.query('select 1 from pull_source where unit_id = $1 and name = $2', [unitId, name])) as unknown[]).length > 0;
  }

  /** Keys of the indicators in the unit's tables, whichever year, each with its latest name. */
  async knownIndicators(db: Db, unitId: string): Promise<ReadonlyMap<string, string>> {
    const rows: { key: string; name: string }[] = await db.manager.query(
      `select distinct on (i.indicator_key) i.indicator_key as key, i.name from indicator i join performance_target_table t on t.id = i.table_id where t.unit_id = $1
       order by i.indicator_key, t.fiscal_year desc, t.version desc`, [unitId]);
    return new Map(rows.map((row) => [row.key, row.name]));
  }

  /** The units in which the rows of these indicators are measured, in all tables of the unit. */
  async rowUnits(db: Db, unitId: string, keys: readonly string[]): Promise<readonly RowUnits[]> {
    return db.manager.query(
      `select i.indicator_key as key, (array_agg(i.name order by t.fiscal_year desc, t.version desc))[1] as name,
         array_agg(case when i.target_kind = 'QUANT' then i.target_unit end order by t.fiscal_year desc, t.version desc) as units
       from indicator i join performance_target_table t on t.id = i.table_id where t.unit_id = $1 and i.indicator_key = any($2) group by i.indicator_key`, [unitId, keys]);
  }

  async pause(tx: Tx, sourceId: string, reason: { readonly zh: string; readonly en: string }): Promise<void> {
    await tx.manager.query(`update pull_source set state = 'PAUSED', pause_reason_zh = $2, pause_reason_en = $3 where id = $1`, [sourceId, reason.zh, reason.en]);
  }

  /** Whether a paused source is paused because it did not answer: its last attempt ended so, and nobody has switched it off since. */
  async stayedAway(db: Db, sourceId: string): Promise<boolean> {
    const rows: unknown[] = await db.manager.query(
      `select 1 from pull_source s cross join lateral (select failure_kind, failure_zh from pull_run where source_id = s.id order by requested_at desc, id desc limit 1) last
       where s.id = $1 and s.state = 'PAUSED' and last.failure_kind = 'SOURCE_AWAY' and last.failure_zh = s.pause_reason_zh`, [sourceId]);
    return rows.length > 0;
  }

  async resume(tx: Tx, sourceId: string): Promise<void> {
    await tx.manager.query(`update pull_source set state = 'ACTIVE', pause_reason_zh = null, pause_reason_en = null where id = $1`, [sourceId]);
  }

  async insertRun(tx: Tx, run: { readonly id: string; readonly sourceId: string; readonly periodId: string; readonly requestedBy: string | null; readonly jobRunId: string; readonly at: Date }): Promise<void> {
    await tx.manager.query('insert into pull_run (id, source_id, period_id, requested_by, job_run_id, requested_at) values ($1, $2, $3, $4, $5, $6)',
      [run.id, run.sourceId, run.periodId, run.requestedBy, run.jobRunId, run.at]);
  }

  async run(db: Db, runId: string): Promise<StoredRun | null> {
    return first(await db.manager.query(`${RUN} where id = $1`, [runId]));
  }

  /** An attempt of the same source that is not over, for whichever period: a source is asked one thing at a time. */
  async runUnderWay(db: Db, sourceId: string): Promise<StoredRun | null> {
    return first(await db.manager.query(`${RUN} where source_id = $1 and state in ('WAITING', 'RUNNING')`, [sourceId]));
  }

  /** Until when an attempt waits for its next try; null while it is being tried, or has not been tried yet. */
  async waitOf(db: Db, runId: string): Promise<StoredWait | null> {
    return first(await db.manager.query(
      `select job.id as "jobRunId", run.next_try_at as "nextTryAt", run.left_alone_until as "leftAloneUntil" from pull_run run join job_run job on job.id = run.job_run_id
       where run.id = $1 and job.state = 'WAITING' and job.attempts > 0`, [runId]));
  }

  /** When an attempt that is not over is tried next, and until when its source asked to be left alone. */
  async noteWait(tx: Tx, runId: string, wait: { readonly nextTryAt: Date; readonly leftAloneUntil: Date | null } | null): Promise<void> {
    await tx.manager.query(`update pull_run set next_try_at = $2, left_alone_until = $3 where id = $1 and state in ('WAITING', 'RUNNING')`, [runId, wait?.nextTryAt ?? null, wait?.leftAloneUntil ?? null]);
  }

  /** Ends attempts whose job was taken back before it began, or is over in another way: nobody would ever end them. Lock the source first. */
  async endForsaken(tx: Tx, sourceId: string, at: Date, words: { readonly zh: string; readonly en: string }): Promise<void> {
    await tx.manager.query(
      `update pull_run set state = 'FAILED', finished_at = $2, failure_kind = 'CANCELLED', failure_zh = $3, failure_en = $4
       where source_id = $1 and state in ('WAITING', 'RUNNING') and not exists (select 1 from job_run job where job.id = pull_run.job_run_id and job.state in ('WAITING', 'RUNNING'))`,
      [sourceId, at, words.zh, words.en]);
  }

  /** Every attempt of a source under a row lock, so that a value which is landing has landed or never lands; answers the job of each. Lock the source first: then none begins. */
  async lockRuns(tx: Tx, sourceId: string): Promise<readonly (string | null)[]> {
    const rows: { jobRunId: string | null }[] = await tx.manager.query('select job_run_id as "jobRunId" from pull_run where source_id = $1 order by id for update', [sourceId]);
    return rows.map((row) => row.jobRunId);
  }

  /** Whether any attempt of a source ever brought a value, readable or not. */
  async hasBrought(db: Db, sourceId: string): Promise<boolean> {
    return ((await db.manager.query('select 1 from observation o join pull_run r on r.id = o.pull_run_id where r.source_id = $1 limit 1', [sourceId])) as unknown[]).length > 0;
  }

  /** Takes a source away that never brought a value, with its attempts, its schedule and, by their keys, its bindings and secrets. */
  async deleteSource(tx: Tx, sourceId: string): Promise<void> {
    await tx.manager.query('delete from pull_run where source_id = $1', [sourceId]);
    await tx.manager.query('delete from pull_schedule where source_id = $1', [sourceId]);
    await tx.manager.query('delete from pull_source where id = $1', [sourceId]);
  }

  async markRunning(tx: Tx, runId: string, at: Date): Promise<void> {
    await tx.manager.query(`update pull_run set state = 'RUNNING', started_at = $2, finished_at = null, failure_kind = null, failure_zh = null, failure_en = null, next_try_at = null, left_alone_until = null where id = $1 and state <> 'DONE'`, [runId, at]);
  }

  async keepBody(tx: Tx, runId: string, sha256: string): Promise<void> {
    await tx.manager.query('update pull_run set body_sha256 = $2 where id = $1', [runId, sha256]);
  }

  async finish(tx: Tx, runId: string, state: 'DONE' | 'FAILED', at: Date, failure: { readonly kind: PullFailureKind | 'FAULT' | 'CANCELLED'; readonly zh: string; readonly en: string } | null): Promise<void> {
    await tx.manager.query('update pull_run set state = $2, finished_at = $3, failure_kind = $4, failure_zh = $5, failure_en = $6 where id = $1',
      [runId, state, at, failure?.kind ?? null, failure?.zh ?? null, failure?.en ?? null]);
  }

  /**
   * How many scheduled attempts in a row, up to the last, ended well without bringing anything, and when the first of them was asked for. An attempt that brought something ends the row, whoever asked, and a
   * scheduled one that failed; one that was taken back says nothing either way. In the order in which they ended: a failed one may have been tried again later.
   */
  async silence(db: Db, sourceId: string): Promise<{ readonly runs: number; readonly since: Date | null }> {
    const [row]: [{ runs: number; since: Date | null }] = await db.manager.query(
      `with latest as (select state, failure_kind, requested_by, requested_at, finished_at from pull_run where source_id = $1 order by requested_at desc, id desc limit ${LOOKED_BACK})
       select count(*)::int as runs, min(requested_at) as since from latest where requested_by is null and state = 'DONE' and failure_kind = 'NOT_THERE' and finished_at > coalesce((
         select max(finished_at) from latest where (state = 'DONE' and failure_kind is null) or (requested_by is null and state = 'FAILED' and failure_kind <> 'CANCELLED')), '-infinity')`, [sourceId]);
    return row;
  }

  async ownerOf(db: Db, runId: string): Promise<string | null> {
    const rows: { owner: string }[] = await db.manager.query('select s.owner_id as owner from pull_run r join pull_source s on s.id = r.source_id where r.id = $1', [runId]);
    return rows[0]?.owner ?? null;
  }

  /** The sources of attempts, by the attempt. */
  async sourcesOf(db: Db, runIds: readonly string[]): Promise<ReadonlyMap<string, Pick<StoredSource, 'id' | 'name' | 'state' | 'pauseReasonEn'>>> {
    const rows: ({ runId: string } & Pick<StoredSource, 'id' | 'name' | 'state' | 'pauseReasonEn'>)[] = await db.manager.query(
      'select r.id as "runId", s.id, s.name, s.state, s.pause_reason_en as "pauseReasonEn" from pull_run r join pull_source s on s.id = r.source_id where r.id = any($1)', [runIds]);
    return new Map(rows.map((row) => [row.runId, row]));
  }

  /** Somebody else answers for the source. @returns who did before */
  async giveTo(tx: Tx, sourceId: string, ownerId: string): Promise<string> {
    const rows: { owner: string }[] = await tx.manager.query('select owner_id as owner from pull_source where id = $1', [sourceId]);
    await tx.manager.query('update pull_source set owner_id = $2 where id = $1', [sourceId, ownerId]);
    return rows[0]?.owner ?? ownerId;
  }

  /** The attempt under a row lock: two workers that were handed the same job take its values one after the other. False when it is over. */
  async lockRun(tx: Tx, runId: string): Promise<boolean> {
    return ((await tx.manager.query(`select 1 from pull_run where id = $1 and state = 'RUNNING' for update`, [runId])) as unknown[]).length > 0;
  }

  async hasObservation(db: Db, runId: string, sourceKey: string): Promise<boolean> {
    return ((await db.manager.query('select 1 from observation where pull_run_id = $1 and source_key = $2', [runId, sourceKey])) as unknown[]).length > 0;
  }

  /** Where an attempt said a value, taken or not; what it could not read it did not say. */
  async statedCells(db: Db, runId: string): Promise<readonly StatedCell[]> {
    return db.manager.query(`select distinct report_id as "reportId", indicator_key as "indicatorKey" from observation where pull_run_id = $1 and outcome <> 'UNREADABLE'`, [runId]);
  }

  async insertObservation(tx: Tx, seen: NewObservation): Promise<void> {
    await tx.manager.query(
      `insert into observation (id, pull_run_id, source_key, verbatim, sha256, indicator_key, report_id, outcome, note_zh, note_en, observed_at, row_text, asked, formula, reading, body_sha256)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
      [seen.id, seen.pullRunId, seen.sourceKey, seen.verbatim, seen.sha256, seen.indicatorKey, seen.reportId, seen.outcome, seen.note?.zh ?? null, seen.note?.en ?? null, seen.observedAt,
        seen.rowText, seen.asked, seen.formula, seen.reading, seen.bodySha256]);
  }
}

function first<T>(rows: readonly T[]): T | null {
  return rows[0] ?? null;
}

/** Settings of an earlier version lack members that came later; they have their defaults. */
function withSettings(source: StoredSource | null): StoredSource | null {
  return source === null ? null : { ...source, settings: pullSourceSettings.parse(source.settings) };
}
