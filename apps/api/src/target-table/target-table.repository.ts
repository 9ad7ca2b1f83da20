import type { Indicator, PerformanceTargetTable } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import { insertRows } from '../platform/database/insert-rows';
import { newId } from '../platform/database/new-id';
import type { Db, Tx } from '../platform/database/tx';
import { In } from 'typeorm';
import { IndicatorEntity } from './indicator.entity';
import { PerformanceTargetTableEntity } from './target-table.entity';
import { toBudgetColumns, toIndicator, toIndicatorColumns, toPerformanceTargetTable } from './target-table.mapper';
import type { LoadedTargetTable, TargetTableHead, TargetTableState } from './target-table.public';

/** What a new version is made of. */
export interface NewTargetTable {
  readonly lineageId: string;
  readonly unitId: string;
  readonly version: number;
  readonly basedOnId: string | null;
  readonly createdBy: string | null;
  readonly lead: string | null;
  readonly table: PerformanceTargetTable;
}

/** Memory of target tables and their rows. */
@Injectable()
export class TargetTableRepository {
  /** Head without a lock. */
  async head(db: Db, tableId: string): Promise<TargetTableHead | null> {
    const row = await db.manager.findOneBy(PerformanceTargetTableEntity, { id: tableId });
    return row === null ? null : this.headOf(db, row);
  }

  /** Head under `for update`. */
  async lock(tx: Tx, tableId: string): Promise<TargetTableHead | null> {
    const row = await tx.manager.findOne(PerformanceTargetTableEntity, { where: { id: tableId }, lock: { mode: 'pessimistic_write' } });
    return row === null ? null : this.headOf(tx, row);
  }

  /** The version in force of a lineage. */
  async inForce(db: Db, lineageId: string): Promise<TargetTableHead | null> {
    const row = await db.manager.findOneBy(PerformanceTargetTableEntity, { lineageId, state: 'APPROVED' });
    return row === null ? null : this.headOf(db, row);
  }

  /** A whole version: head and rows in order. */
  async load(db: Db, tableId: string): Promise<LoadedTargetTable | null> {
    const row = await db.manager.findOneBy(PerformanceTargetTableEntity, { id: tableId });
    if (row === null) return null;
    const head = await this.headOf(db, row);
    const rows = await db.manager.find(IndicatorEntity, { where: { tableId }, order: { ordinal: 'ASC' } });
    const indicators = rows.map((stored) => ({ id: stored.id, ordinal: stored.ordinal, indicator: toIndicator(stored) }));
    return { head, lead: row.lead, indicators, table: toPerformanceTargetTable(row, head.unitName, indicators.map((stored) => stored.indicator)) };
  }

  /** Name and place of a unit; null when there is none. */
  async unitOf(db: Db, unitId: string): Promise<{ name: string; path: string } | null> {
    const rows: { name: string; path: string }[] = await db.manager.query('select name, path from budget_unit where id = $1', [unitId]);
    return rows[0] ?? null;
  }

  /** The highest version of a lineage, 0 when there is none. */
  async lastVersion(db: Db, lineageId: string): Promise<number> {
    const rows: { last: number | null }[] = await db.manager.query('select max(version) as last from performance_target_table where lineage_id = $1', [lineageId]);
    return rows[0]?.last ?? 0;
  }

  /** A version of the same subject and year that is not superseded; a second promise beside it is not possible. */
  async standing(db: Db, unitId: string, fiscalYear: number, subject: 'PROJECT' | 'UNIT', project: string | null): Promise<{ id: string; state: TargetTableState } | null> {
    const rows: { id: string; state: TargetTableState }[] = await db.manager.query(
      `select id, state from performance_target_table where unit_id = $1 and fiscal_year = $2 and subject = $3 and project = $4 and state <> 'SUPERSEDED'
       order by version desc limit 1`, [unitId, fiscalYear, subject, project ?? '']);
    return rows[0] ?? null;
  }

  /** Of several subjects of a unit, the indices of those of which a version stands that is not superseded. */
  async whichStand(db: Db, unitId: string, subjects: readonly Pick<PerformanceTargetTable, 'fiscalYear' | 'subject' | 'project'>[]): Promise<ReadonlySet<number>> {
    const rows: { at: number }[] = await db.manager.query(
      `select (asked.at - 1)::int as at from unnest($2::int[], $3::text[], $4::text[]) with ordinality asked(year, subject, project, at)
       where exists (select from performance_target_table t where t.unit_id = $1 and t.fiscal_year = asked.year and t.subject = asked.subject and t.project = asked.project and t.state <> 'SUPERSEDED')`,
      [unitId, subjects.map((one) => one.fiscalYear), subjects.map((one) => one.subject), subjects.map((one) => one.project ?? '')]);
    return new Set(rows.map((row) => row.at));
  }

  /** Heads under `for update`, by id; those that are gone are missing. */
  async lockAll(tx: Tx, tableIds: readonly string[]): Promise<ReadonlyMap<string, TargetTableHead>> {
    const heads = new Map<string, TargetTableHead>();
    if (tableIds.length === 0) return heads;
    // Always in the same order, so that two who lock many wait for one another and not for each other.
    const rows = await tx.manager.find(PerformanceTargetTableEntity, { where: { id: In([...tableIds]) }, order: { id: 'ASC' }, lock: { mode: 'pessimistic_write' } });
    const units: { id: string; name: string; path: string }[] = await tx.manager.query('select id, name, path from budget_unit where id = any($1)', [[...new Set(rows.map((row) => row.unitId))]]);
    const unitById = new Map(units.map((unit) => [unit.id, unit]));
    for (const row of rows) heads.set(row.id, headWith(row, unitById.get(row.unitId) ?? null));
    return heads;
  }

  /** Writes a new DRAFT version with its rows. @returns its id */
  async insert(tx: Tx, made: NewTargetTable): Promise<string> {
    const [id] = await this.insertAll(tx, [made]);
    if (id === undefined) throw new Error('a table was written and has no id');
    return id;
  }

  /** Writes new DRAFT versions with their rows, many in one statement. @returns their ids in order */
  async insertAll(tx: Tx, all: readonly NewTargetTable[]): Promise<string[]> {
    const ids = all.map(() => newId());
    for (let from = 0; from < all.length; from += TABLES_A_STATEMENT) {
      const some = all.slice(from, from + TABLES_A_STATEMENT);
      await insertRows(tx, PerformanceTargetTableEntity, some.map(({ lineageId, unitId, version, basedOnId, createdBy, lead, table }, at) => ({
        id: ids[from + at] as string, lineageId, unitId, subject: table.subject, project: table.project ?? '', fiscalYear: table.fiscalYear, version, state: 'DRAFT' as const, revision: 0, goalText: table.goalText,
        lead, ...toBudgetColumns({ ...table.budget }), basedOnId, createdBy, recorders: createdBy === null ? [] : [createdBy],
        tasks: table.tasks === undefined ? null : [...table.tasks],
      })));
      // A new version that says nothing of the tasks has those of the one it is based on.
      const silent = some.flatMap(({ basedOnId, table }, at) => (basedOnId === null || table.tasks !== undefined ? [] : [ids[from + at] as string]));
      if (silent.length > 0) await tx.manager.query('update performance_target_table t set main_tasks = b.main_tasks from performance_target_table b where b.id = t.based_on_id and b.main_tasks is not null and t.id = any($1)', [silent]);
      const rows = some.flatMap(({ table }, at) => table.indicators.map((indicator, ordinal) => ({ id: newId(), tableId: ids[from + at] as string, ordinal: ordinal + 1, ...toIndicatorColumns(indicator) })));
      for (let row = 0; row < rows.length; row += ROWS_A_STATEMENT) await insertRows(tx, IndicatorEntity, rows.slice(row, row + ROWS_A_STATEMENT));
    }
    return ids;
  }

  /** Writes a draft anew: head, money and all rows. The state machine has said that it is a draft. @returns the new revision */
  async rewrite(tx: Tx, tableId: string, table: PerformanceTargetTable, lead: string | null, by: string): Promise<number> {
    await tx.manager.delete(IndicatorEntity, { tableId });
    await this.insertIndicators(tx, tableId, table.indicators);
    const budget = toBudgetColumns({ ...table.budget });
    const answer: [{ revision: number }[], number] = await tx.manager.query(
      `update performance_target_table set goal_text = $2, lead = $3, project = $4, budget_total = $5, budget_fiscal = $6, budget_other = $7, budget_higher_level = $8,
       budget_local_level = $9, main_tasks = coalesce($11::jsonb, main_tasks), revision = revision + 1, recorders = case when $10::uuid = any(recorders) then recorders else recorders || $10::uuid end
       where id = $1 returning revision`,
      [tableId, table.goalText, lead, table.project ?? '', budget.budgetTotal, budget.budgetFiscal, budget.budgetOther, budget.budgetHigherLevel, budget.budgetLocalLevel, by,
        table.tasks === undefined ? null : JSON.stringify(table.tasks)]);
    return revisionOf(answer);
  }

  /** The first line in the history of a version made by an adjustment: who started it and why. */
  async insertAdjustmentAction(tx: Tx, made: { readonly tableId: string; readonly actorId: string; readonly reason: string; readonly at: Date }): Promise<void> {
    await tx.manager.query(
      `insert into workflow_action (id, document_kind, document_id, revision, move, from_state, to_state, actor_id, role, opinion, at)
       values ($1, 'TARGET_TABLE', $2, 0, 'adjust', 'APPROVED', 'DRAFT', $3, 'reporter', $4, $5)`, [newId(), made.tableId, made.actorId, made.reason, made.at]);
  }

  /** Who did something to this table last, by the trail; null when nobody did. */
  async lastHand(db: Db, tableId: string): Promise<string | null> {
    const rows: { name: string }[] = await db.manager.query('select actor_name as name from audit_event where subject_id = $1 order by id desc limit 1', [tableId]);
    return rows[0]?.name ?? null;
  }

  /** Whether this version was ever handed on. */
  async wasSubmitted(tx: Tx, tableId: string): Promise<boolean> {
    const rows: { found: boolean }[] = await tx.manager.query(
      `select exists (select from workflow_action where document_kind = 'TARGET_TABLE' and document_id = $1 and move = 'submit') as found`, [tableId]);
    return rows[0]?.found ?? false;
  }

  /** Deletes a draft with its rows. */
  async remove(tx: Tx, tableId: string): Promise<void> {
    await this.removeAll(tx, [tableId]);
  }

  /** Deletes drafts with their rows. */
  async removeAll(tx: Tx, tableIds: readonly string[]): Promise<void> {
    await tx.manager.query('delete from performance_target_table where id = any($1)', [tableIds]);
  }

  /** Writes a state that the workflow has allowed. @returns the new revision */
  async setState(tx: Tx, tableId: string, to: TargetTableState): Promise<number> {
    const answer: [{ revision: number }[], number] = await tx.manager.query(
      'update performance_target_table set state = $2, revision = revision + 1 where id = $1 returning revision', [tableId, to]);
    return revisionOf(answer);
  }

  private async insertIndicators(tx: Tx, tableId: string, indicators: readonly Indicator[]): Promise<void> {
    await insertRows(tx, IndicatorEntity, indicators.map((indicator, at) => ({ id: newId(), tableId, ordinal: at + 1, ...toIndicatorColumns(indicator) })));
  }

  private async headOf(db: Db, row: PerformanceTargetTableEntity): Promise<TargetTableHead> {
    return headWith(row, await this.unitOf(db, row.unitId));
  }
}

/** Tables, and rows of them, that one statement writes. */
const TABLES_A_STATEMENT = 50;
const ROWS_A_STATEMENT = 1_000;

function headWith(row: PerformanceTargetTableEntity, unit: { readonly name: string; readonly path: string } | null): TargetTableHead {
  if (unit === null) throw new Error(`table ${row.id} without its unit`);
  return {
    id: row.id, lineageId: row.lineageId, unitId: row.unitId, unitName: unit.name, unitPath: unit.path, subject: row.subject,
    project: row.project === '' ? null : row.project, fiscalYear: row.fiscalYear, version: row.version, state: row.state, revision: row.revision,
    createdBy: row.createdBy, recorders: row.recorders, basedOnId: row.basedOnId,
  };
}

// TypeORM answers `update … returning` as [rows, count].
function revisionOf(answer: [{ revision: number }[], number]): number {
  const revision = answer[0][0]?.revision;
  if (revision === undefined) throw new Error('a table that was locked is gone');
  return revision;
}
