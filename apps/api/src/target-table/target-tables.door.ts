import { ok, type Result } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import type { Db, Tx } from '../platform/database/tx';
import { Outbox } from '../platform/outbox/outbox';
import { type LoadedTargetTable, type StoredIndicator, type TargetTableContent, type TargetTableHead, type TargetTableState, TargetTables, targetTableApproved } from './target-table.public';
import { TargetTableRepository } from './target-table.repository';

/** Approved versions kept in memory: some kilobytes each. */
const KEPT = 500;

/** What stands behind the public door. */
@Injectable()
export class TargetTablesDoor extends TargetTables {
  /** Contents of approved versions, the one used longest ago first. */
  private readonly approved = new Map<string, TargetTableContent>();

  constructor(private readonly tables: TargetTableRepository, private readonly outbox: Outbox) { super(); }

  override head(db: Db, tableId: string): Promise<TargetTableHead | null> { return this.tables.head(db, tableId); }
  override lock(tx: Tx, tableId: string): Promise<TargetTableHead | null> { return this.tables.lock(tx, tableId); }
  override lockAll(tx: Tx, tableIds: readonly string[]): Promise<ReadonlyMap<string, TargetTableHead>> { return this.tables.lockAll(tx, tableIds); }
  override load(db: Db, tableId: string): Promise<LoadedTargetTable | null> { return this.tables.load(db, tableId); }

  override async indicator(db: Db, tableId: string, indicatorId: string): Promise<StoredIndicator | null> {
    return (await this.content(db, tableId))?.indicators.find((row) => row.id === indicatorId) ?? null;
  }

  override async indicatorByKey(db: Db, tableId: string, indicatorKey: string): Promise<StoredIndicator | null> {
    return (await this.content(db, tableId))?.indicators.find((row) => row.indicator.key === indicatorKey) ?? null;
  }

  override async content(db: Db, tableId: string): Promise<TargetTableContent | null> {
    const kept = this.approved.get(tableId);
    if (kept !== undefined) {
      this.approved.delete(tableId);
      this.approved.set(tableId, kept);
      return kept;
    }
    const loaded = await this.tables.load(db, tableId);
    if (loaded === null) return null;
    const content = { version: loaded.head.version, table: loaded.table, lead: loaded.lead, indicators: loaded.indicators };
    if (loaded.head.state === 'APPROVED' || loaded.head.state === 'SUPERSEDED') this.keep(tableId, content);
    return content;
  }

  override inForce(db: Db, lineageId: string): Promise<TargetTableHead | null> { return this.tables.inForce(db, lineageId); }

  override async setState(tx: Tx, tableId: string, to: TargetTableState): Promise<Result<number>> {
    if (to !== 'APPROVED') return ok(await this.tables.setState(tx, tableId, to));
    const head = await this.tables.head(tx, tableId);
    if (head === null) throw new Error(`table ${tableId} was locked and is gone`);
    // The old version steps down first: the database allows one in force at any moment.
    const before = await this.tables.inForce(tx, head.lineageId);
    if (before !== null && before.id !== tableId) await this.tables.setState(tx, before.id, 'SUPERSEDED');
    const revision = await this.tables.setState(tx, tableId, 'APPROVED');
    await this.outbox.put(tx, targetTableApproved, { tableId, lineageId: head.lineageId });
    return ok(revision);
  }

  private keep(tableId: string, content: TargetTableContent): void {
    const oldest = this.approved.keys().next().value;
    if (this.approved.size >= KEPT && oldest !== undefined) this.approved.delete(oldest);
    this.approved.set(tableId, content);
  }
}
