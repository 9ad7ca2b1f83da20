import { ok, type Result } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import type { Db, Tx } from '../platform/database/tx';
import { Outbox } from '../platform/outbox/outbox';
import { type LoadedTargetTable, type StoredIndicator, type TargetTableHead, type TargetTableState, TargetTables, targetTableApproved } from './target-table.public';
import { TargetTableRepository } from './target-table.repository';

/** What stands behind the public door. */
@Injectable()
export class TargetTablesDoor extends TargetTables {
  constructor(private readonly tables: TargetTableRepository, private readonly outbox: Outbox) { super(); }

  override head(db: Db, tableId: string): Promise<TargetTableHead | null> { return this.tables.head(db, tableId); }
  override lock(tx: Tx, tableId: string): Promise<TargetTableHead | null> { return this.tables.lock(tx, tableId); }
  override load(db: Db, tableId: string): Promise<LoadedTargetTable | null> { return this.tables.load(db, tableId); }
  override indicator(db: Db, tableId: string, indicatorId: string): Promise<StoredIndicator | null> { return this.tables.indicator(db, { tableId, id: indicatorId }); }
  override indicatorByKey(db: Db, tableId: string, indicatorKey: string): Promise<StoredIndicator | null> { return this.tables.indicator(db, { tableId, indicatorKey }); }
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
}
