import { ok, refuse, type Result } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import { Access } from '../platform/access/access';
import type { Actor } from '../platform/access/actor';
import { AuditTrail } from '../platform/audit/audit-trail';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { TargetTableRepository } from './target-table.repository';

/** 删除草稿: takes away a table or an adjustment that was begun by mistake. What was once handed on has been seen by others and stays. */
@Injectable()
export class DiscardDraftService {
  constructor(private readonly unitOfWork: UnitOfWork, private readonly tables: TargetTableRepository, private readonly access: Access, private readonly audit: AuditTrail) {}

  /** Refuses another state than DRAFT, a version that was submitted before, and a revision the caller has not seen. The trail keeps what it was. */
  discard(actor: Actor, tableId: string, expectedRevision: number): Promise<Result<void>> {
    return this.unitOfWork.run(async (tx) => {
      const head = await this.tables.lock(tx, tableId);
      if (head === null) return refuse('target-table.not-found');
      const allowed = this.access.requireRole(actor, ['reporter'], head.unitPath, 'target-table.not-found');
      if (!allowed.ok) return allowed;
      if (head.state !== 'DRAFT' || (await this.tables.wasSubmitted(tx, tableId))) return refuse('target-table.not-discardable');
      if (expectedRevision !== head.revision) {
        const by = await this.tables.lastHand(tx, tableId);
        return refuse('target-table.stale-revision', { current: String(head.revision), by: by ?? '其他人', byEn: by ?? 'somebody else' });
      }
      await this.tables.remove(tx, tableId);
      await this.audit.append(tx, actor, 'target-table.removed', tableId, { fiscalYear: String(head.fiscalYear), project: head.project ?? '', version: String(head.version) });
      return ok(undefined);
    });
  }
}
