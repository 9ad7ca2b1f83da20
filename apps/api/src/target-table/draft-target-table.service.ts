import type { ChangeTargetTable, TargetTableBody } from '@jiheng/contract';
import { isEditable, ok, type PerformanceTargetTable, refuse, type Result, stateWords, TARGET_TABLE_WORKFLOW } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import { Access } from '../platform/access/access';
import type { Actor } from '../platform/access/actor';
import { AuditTrail } from '../platform/audit/audit-trail';
import { newId } from '../platform/database/new-id';
import type { Tx } from '../platform/database/tx';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { readTargetTableBody } from './target-table-body';
import { TargetTableRepository } from './target-table.repository';

/** Writes the first version of a promise, and writes drafts anew until they are submitted. */
@Injectable()
export class DraftTargetTableService {
  constructor(private readonly unitOfWork: UnitOfWork, private readonly tables: TargetTableRepository, private readonly access: Access, private readonly audit: AuditTrail) {}

  /** A new table in DRAFT. Refuses when the subject already has one that year. @returns its id */
  create(actor: Actor, body: TargetTableBody): Promise<Result<string>> {
    return this.unitOfWork.run(async (tx) => {
      const unit = await this.tables.unitOf(tx, body.unitId);
      if (unit === null) return refuse('house.not-found');
      const allowed = this.access.requireRole(actor, ['reporter'], unit.path);
      if (!allowed.ok) return allowed;
      const table = readTargetTableBody(body, unit.name);
      if (!table.ok) return table;
      return this.draft(tx, actor, body.unitId, table.value, body.lead);
    });
  }

  /** Writes a table read elsewhere (an import) as a draft of the unit. The caller has asked for the right. */
  async draft(tx: Tx, actor: Actor, unitId: string, table: PerformanceTargetTable, lead: string | null): Promise<Result<string>> {
    const made = await this.draftAll(tx, actor, unitId, [{ table, lead }]);
    return made.ok ? ok(made.value[0] ?? '') : made;
  }

  /** The same for tables of different subjects, in a few statements however many they are. @returns their ids in order */
  async draftAll(tx: Tx, actor: Actor, unitId: string, drafts: readonly { readonly table: PerformanceTargetTable; readonly lead: string | null }[]): Promise<Result<readonly string[]>> {
    if (drafts.length === 0) return ok([]);
    const [closed]: { name: string }[] = await tx.manager.query('select name from budget_unit where id = $1 and closed_at is not null', [unitId]);
    if (closed !== undefined) return refuse('house.unit-closed', { name: closed.name });
    const standing = await this.tables.whichStand(tx, unitId, drafts.map(({ table }) => table));
    const there = drafts.find((_, at) => standing.has(at))?.table;
    if (there !== undefined) return refuse('target-table.already-there', { year: String(there.fiscalYear), title: there.project ?? '单位整体', titleEn: there.project ?? 'the unit as a whole' });
    const ids = await this.tables.insertAll(tx, drafts.map(({ table, lead }) => ({ lineageId: newId(), unitId, version: 1, basedOnId: null, createdBy: actor.personId, lead, table })));
    await this.audit.appendAll(tx, actor, 'target-table.drafted', drafts.map(({ table }, at) => ({ id: ids[at] ?? '', facts: { fiscalYear: String(table.fiscalYear), project: table.project ?? '' } })));
    return ok(ids);
  }

  /** Writes a DRAFT or RETURNED version anew. Unit, year and subject stay. @returns the new revision */
  change(actor: Actor, tableId: string, body: ChangeTargetTable): Promise<Result<number>> {
    return this.unitOfWork.run(async (tx) => {
      const head = await this.tables.lock(tx, tableId);
      if (head === null) return refuse('target-table.not-found');
      const allowed = this.access.requireRole(actor, ['reporter'], head.unitPath, 'target-table.not-found');
      if (!allowed.ok) return allowed;
      if (!isEditable(TARGET_TABLE_WORKFLOW, head.state)) {
        return head.state === 'APPROVED' ? refuse('target-table.locked') : refuse('target-table.not-editable', stateWords(TARGET_TABLE_WORKFLOW.states[head.state]));
      }
      if (body.expectedRevision !== head.revision) {
        const by = await this.tables.lastHand(tx, tableId);
        return refuse('target-table.stale-revision', { current: String(head.revision), by: by ?? '其他人', byEn: by ?? 'somebody else' });
      }
      if (body.unitId !== head.unitId || body.subject !== head.subject || body.fiscalYear !== head.fiscalYear || (head.version > 1 && body.project !== head.project)) {
        return refuse('target-table.other-subject');
      }
      const table = readTargetTableBody(body, head.unitName);
      if (!table.ok) return table;
      const revision = await this.tables.rewrite(tx, tableId, table.value, body.lead, actor.personId);
      await this.audit.append(tx, actor, 'target-table.changed', tableId, { revision: String(revision) });
      return ok(revision);
    });
  }
}
