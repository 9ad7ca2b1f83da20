import { type AcceptedFinding, ok, type PerformanceTargetTable, reasonFor, type Result } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import { RulesInForce } from '../budget-unit/budget-unit.public';
import type { Actor } from '../platform/access/actor';
import { AuditTrail } from '../platform/audit/audit-trail';
import { Clock } from '../platform/clock/clock';
import type { Db, Tx } from '../platform/database/tx';
import { DraftTargetTableService } from './draft-target-table.service';
import { FindingAcceptanceRepository } from './finding-acceptance.repository';
import { findingsOf } from './table-findings';
import { type LoadedTargetTable, TargetDrafts, type TargetTableHead } from './target-table.public';
import { TargetTableRepository } from './target-table.repository';

/** What stands behind the door to drafts. */
@Injectable()
export class TargetDraftsDoor extends TargetDrafts {
  constructor(
    private readonly tables: TargetTableRepository, private readonly drafts: DraftTargetTableService, private readonly acceptances: FindingAcceptanceRepository, private readonly rules: RulesInForce,
    private readonly audit: AuditTrail, private readonly clock: Clock,
  ) { super(); }

  override async standing(db: Db, unitId: string, table: Pick<PerformanceTargetTable, 'fiscalYear' | 'subject' | 'project'>): Promise<LoadedTargetTable | null> {
    const found = await this.tables.standing(db, unitId, table.fiscalYear, table.subject, table.project);
    return found === null ? null : this.tables.load(db, found.id);
  }

  override whichStand(db: Db, unitId: string, tables: readonly Pick<PerformanceTargetTable, 'fiscalYear' | 'subject' | 'project'>[]): Promise<ReadonlySet<number>> {
    return this.tables.whichStand(db, unitId, tables);
  }

  override createAll(tx: Tx, actor: Actor, unitId: string, drafts: readonly { readonly table: PerformanceTargetTable; readonly lead: string | null }[]): Promise<Result<readonly string[]>> {
    return this.drafts.draftAll(tx, actor, unitId, drafts);
  }

  override async rewrite(tx: Tx, actor: Actor, tableId: string, table: PerformanceTargetTable, lead: string | null): Promise<number> {
    const revision = await this.tables.rewrite(tx, tableId, table, lead, actor.personId);
    await this.audit.append(tx, actor, 'target-table.changed', tableId, { revision: String(revision) });
    return revision;
  }

  override async adjust(tx: Tx, actor: Actor, inForce: TargetTableHead, table: PerformanceTargetTable, lead: string | null, reason: string): Promise<Result<string>> {
    const version = await this.tables.lastVersion(tx, inForce.lineageId) + 1;
    const id = await this.tables.insert(tx, { lineageId: inForce.lineageId, unitId: inForce.unitId, version, basedOnId: inForce.id, createdBy: actor.personId, lead, table });
    await this.tables.insertAdjustmentAction(tx, { tableId: id, actorId: actor.personId, reason, at: this.clock.now() });
    await this.audit.append(tx, actor, 'target-table.adjusted', id, { from: inForce.id, version: String(version), reason });
    return ok(id);
  }

  override async keepFindings(tx: Tx, actor: Actor, tableId: string, kept: readonly AcceptedFinding[]): Promise<void> {
    const loaded = kept.length === 0 ? null : await this.tables.load(tx, tableId);
    if (loaded === null) return;
    const known = await this.acceptances.of(tx, tableId);
    const findings = findingsOf(loaded, await this.rules.of(tx, loaded.head.unitPath, loaded.head.fiscalYear));
    for (const finding of findings) {
      const reason = reasonFor({ row: finding.rowKey, finding }, kept);
      if (reason === null || finding.severity !== 'WARN' || known.has(finding.id)) continue;
      await this.acceptances.insert(tx, { tableId, finding, reason, acceptedBy: actor.personId, at: this.clock.now() });
      await this.audit.append(tx, actor, 'finding.accepted', tableId, { code: finding.code, row: finding.rowKey ?? '', reason });
    }
  }

  override async removeAll(tx: Tx, actor: Actor, tableIds: readonly string[]): Promise<void> {
    if (tableIds.length === 0) return;
    await this.tables.removeAll(tx, tableIds);
    await this.audit.appendAll(tx, actor, 'target-table.removed', tableIds.map((id) => ({ id })));
  }
}
