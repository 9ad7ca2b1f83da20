import type { AdjustTargetTable } from '@jiheng/contract';
import { mayAdjust, ok, refuse, type Result } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import { Access } from '../platform/access/access';
import type { Actor } from '../platform/access/actor';
import { AuditTrail } from '../platform/audit/audit-trail';
import { Clock } from '../platform/clock/clock';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { readTargetTableBody } from './target-table-body';
import { TargetTableRepository } from './target-table.repository';

/**
 * 绩效目标调整: a new DRAFT version beside the one in force. Rows keep their keys, so what was reported stays with them; the version in
 * force goes on until the new one is approved (财预〔2015〕88号 art. 28). Why it was started stands first in the history of the new version.
 */
@Injectable()
export class AdjustTargetsService {
  constructor(
    private readonly unitOfWork: UnitOfWork, private readonly tables: TargetTableRepository, private readonly access: Access, private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  /** @returns the id of the new version */
  adjust(actor: Actor, tableId: string, body: AdjustTargetTable): Promise<Result<string>> {
    return this.unitOfWork.run(async (tx) => {
      const head = await this.tables.lock(tx, tableId);
      if (head === null) return refuse('target-table.not-found');
      const readable = this.access.requireRead(actor, head.unitPath, 'target-table.not-found');
      if (!readable.ok) return readable;
      const lawful = mayAdjust({ roles: this.access.rolesAt(actor, head.unitPath) }, head.state);
      if (!lawful.ok) return lawful;
      if (body.unitId !== head.unitId || body.subject !== head.subject || body.fiscalYear !== head.fiscalYear || body.project !== head.project) {
        return refuse('target-table.other-subject');
      }
      const table = readTargetTableBody(body, head.unitName);
      if (!table.ok) return table;
      const standing = await this.tables.standing(tx, head.unitId, head.fiscalYear, head.subject, head.project);
      if (standing !== null && standing.id !== head.id) return refuse('target-table.already-there', { year: String(head.fiscalYear), title: head.project ?? '单位整体', titleEn: head.project ?? 'the unit as a whole' });
      const version = await this.tables.lastVersion(tx, head.lineageId) + 1;
      const id = await this.tables.insert(tx, {
        lineageId: head.lineageId, unitId: head.unitId, version, basedOnId: head.id, createdBy: actor.personId, lead: body.lead, table: table.value,
      });
      await this.tables.insertAdjustmentAction(tx, { tableId: id, actorId: actor.personId, reason: body.reason, at: this.clock.now() });
      await this.audit.append(tx, actor, 'target-table.adjusted', id, { from: head.id, version: String(version), reason: body.reason });
      return ok(id);
    });
  }
}
