import { Injectable } from '@nestjs/common';
import { newId } from '../platform/database/new-id';
import type { Db, Tx } from '../platform/database/tx';
import type { StoredPeriod } from './monitoring.public';

const COLUMNS = `p.id, p.fiscal_year, p.ordinal, p.label, p.starts_on::text, p.ends_on::text, p.due_on::text`;

/** A period as a statement returns it. */
export interface PeriodRow {
  readonly id: string;
  readonly fiscal_year: number;
  readonly ordinal: number;
  readonly label: string;
  readonly starts_on: string;
  readonly ends_on: string;
  readonly due_on: string;
}

/** A stored period from its row. */
export function toStoredPeriod(row: PeriodRow): StoredPeriod {
  return { id: row.id, fiscalYear: row.fiscal_year, ordinal: row.ordinal, label: row.label, startsOn: row.starts_on, endsOn: row.ends_on, dueOn: row.due_on };
}

/** Memory of reporting periods. */
@Injectable()
export class PeriodRepository {
  async byId(db: Db, periodId: string): Promise<StoredPeriod | null> {
    const rows: PeriodRow[] = await db.manager.query(`select ${COLUMNS} from reporting_period p where p.id = $1`, [periodId]);
    return rows[0] === undefined ? null : toStoredPeriod(rows[0]);
  }

  /** The periods of a year in order. */
  async ofYear(db: Db, fiscalYear: number): Promise<StoredPeriod[]> {
    const rows: PeriodRow[] = await db.manager.query(`select ${COLUMNS} from reporting_period p where p.fiscal_year = $1 order by p.ordinal`, [fiscalYear]);
    return rows.map(toStoredPeriod);
  }

  /** Periods that have begun by `today` (a day in Asia/Shanghai) and are not over yet, and those somebody has opened. */
  async begunOf(db: Db, fiscalYear: number, today: string): Promise<StoredPeriod[]> {
    const rows: PeriodRow[] = await db.manager.query(
      `select ${COLUMNS} from reporting_period p where p.fiscal_year = $1 and p.starts_on <= $2 order by p.ordinal`, [fiscalYear, today]);
    return rows.map(toStoredPeriod);
  }

  /** Periods that begin by today and have not been opened, of whatever year. */
  async unopenedBy(db: Db, today: string): Promise<StoredPeriod[]> {
    const rows: PeriodRow[] = await db.manager.query(
      `select ${COLUMNS} from reporting_period p where p.opened_at is null and p.starts_on <= $1 order by p.fiscal_year, p.ordinal`, [today]);
    return rows.map(toStoredPeriod);
  }

  /** Writes the periods of a year that are not there yet; those that are stay as they are. */
  async ensure(tx: Tx, periods: readonly Omit<StoredPeriod, 'id'>[]): Promise<void> {
    for (const period of periods) {
      await tx.manager.query(
        `insert into reporting_period (id, fiscal_year, ordinal, label, starts_on, ends_on, due_on) values ($1, $2, $3, $4, $5, $6, $7) on conflict (fiscal_year, ordinal) do nothing`,
        [newId(), period.fiscalYear, period.ordinal, period.label, period.startsOn, period.endsOn, period.dueOn]);
    }
  }

  /** Marks a period as opened; the first opening stays. */
  async markOpened(tx: Tx, periodId: string, at: Date): Promise<void> {
    await tx.manager.query('update reporting_period set opened_at = coalesce(opened_at, $2) where id = $1', [periodId, at]);
  }
}
