import { Injectable } from '@nestjs/common';
import type { Db, Tx } from '../../platform/database/tx';
import type { ScheduleRule, ScheduleWindow } from './occasions';

/** When a source is asked by itself, as stored. */
export interface StoredSchedule {
  readonly sourceId: string;
  readonly rule: ScheduleRule;
  readonly window: ScheduleWindow | null;
  readonly minGapMinutes: number;
  readonly state: 'ACTIVE' | 'PAUSED';
  readonly nextAt: Date | null;
  readonly lastAt: Date | null;
  readonly missed: number;
  readonly note: { readonly zh: string; readonly en: string } | null;
}

interface ScheduleRow {
  readonly source_id: string; readonly kind: ScheduleRule['kind']; readonly day: number | null; readonly time_of_day: string | null; readonly cron: string | null; readonly window_from: string | null;
  readonly window_to: string | null; readonly min_gap_minutes: number; readonly state: 'ACTIVE' | 'PAUSED'; readonly next_at: Date | null; readonly last_at: Date | null; readonly missed: number;
  readonly note_zh: string | null; readonly note_en: string | null;
}

const SELECT = 'select source_id, kind, day, time_of_day, cron, window_from, window_to, min_gap_minutes, state, next_at, last_at, missed, note_zh, note_en from pull_schedule';

/** Memory of schedules. */
@Injectable()
export class ScheduleRepository {
  async of(db: Db, sourceId: string): Promise<StoredSchedule | null> {
    return first(await db.manager.query(`${SELECT} where source_id = $1`, [sourceId]));
  }

  /** Under a row lock that waits for nobody: null where it is gone, or another worker has it. */
  async take(tx: Tx, sourceId: string): Promise<StoredSchedule | null> {
    return first(await tx.manager.query(`${SELECT} where source_id = $1 for update skip locked`, [sourceId]));
  }

  /** Sources whose time has come, the longest overdue first. */
  async due(db: Db, now: Date): Promise<readonly string[]> {
    const rows: { source_id: string }[] = await db.manager.query(`select source_id from pull_schedule where state = 'ACTIVE' and next_at <= $1 order by next_at limit 500`, [now]);
    return rows.map((row) => row.source_id);
  }

  async put(tx: Tx, made: Pick<StoredSchedule, 'sourceId' | 'rule' | 'window' | 'minGapMinutes'> & { readonly nextAt: Date; readonly by: string; readonly at: Date }): Promise<void> {
    const { rule } = made;
    await tx.manager.query(
      `insert into pull_schedule (source_id, kind, day, time_of_day, cron, window_from, window_to, min_gap_minutes, next_at, changed_by, changed_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
       on conflict (source_id) do update set kind = excluded.kind, day = excluded.day, time_of_day = excluded.time_of_day, cron = excluded.cron, window_from = excluded.window_from,
         window_to = excluded.window_to, min_gap_minutes = excluded.min_gap_minutes, next_at = excluded.next_at, state = 'ACTIVE', note_zh = null, note_en = null,
         changed_by = excluded.changed_by, changed_at = excluded.changed_at`,
      [made.sourceId, rule.kind, rule.kind === 'CRON' ? null : rule.day, rule.kind === 'CRON' ? null : rule.time, rule.kind === 'CRON' ? rule.cron : null,
        made.window?.from ?? null, made.window?.to ?? null, made.minGapMinutes, made.nextAt, made.by, made.at]);
  }

  async setState(tx: Tx, sourceId: string, state: 'ACTIVE' | 'PAUSED', nextAt: Date | null): Promise<void> {
    await tx.manager.query('update pull_schedule set state = $2, next_at = $3 where source_id = $1', [sourceId, state, nextAt]);
  }

  async remove(tx: Tx, sourceId: string): Promise<void> {
    await tx.manager.query('delete from pull_schedule where source_id = $1', [sourceId]);
  }

  /** What became of an occasion. `lastAt` null: it was not used. */
  async moveOn(tx: Tx, sourceId: string, to: { readonly nextAt: Date; readonly lastAt: Date | null; readonly missed: number; readonly note: StoredSchedule['note'] }): Promise<void> {
    await tx.manager.query('update pull_schedule set next_at = $2, last_at = coalesce($3, last_at), missed = $4, note_zh = $5, note_en = $6 where source_id = $1',
      [sourceId, to.nextAt, to.lastAt, to.missed, to.note?.zh ?? null, to.note?.en ?? null]);
  }

  /** When the source was last asked, by whomever; null: never. */
  async lastAskedAt(db: Db, sourceId: string): Promise<Date | null> {
    const rows: { at: Date | null }[] = await db.manager.query('select max(coalesce(started_at, requested_at)) as at from pull_run where source_id = $1', [sourceId]);
    return rows[0]?.at ?? null;
  }
}

function first(rows: readonly ScheduleRow[]): StoredSchedule | null {
  const [row] = rows;
  if (row === undefined) return null;
  return {
    sourceId: row.source_id, minGapMinutes: row.min_gap_minutes, state: row.state, nextAt: row.next_at, lastAt: row.last_at, missed: row.missed,
    window: row.window_from === null || row.window_to === null ? null : { from: row.window_from, to: row.window_to },
    rule: row.kind === 'CRON' ? { kind: 'CRON', cron: row.cron ?? '' } : { kind: row.kind, day: row.day ?? 1, time: row.time_of_day ?? '00:00' },
    note: row.note_zh === null ? null : { zh: row.note_zh, en: row.note_en ?? row.note_zh },
  };
}
