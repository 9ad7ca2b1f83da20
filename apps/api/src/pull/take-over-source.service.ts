import { type Result, ok } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import { Access } from '../platform/access/access';
import type { Actor } from '../platform/access/actor';
import { AuditTrail } from '../platform/audit/audit-trail';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { lockOwnSource } from './lock-own-source';
import { PullRepository } from './pull.repository';

/** 由我负责: whoever may change a source answers for it from now on, and hears when it fails. */
@Injectable()
export class TakeOverSource {
  constructor(private readonly unitOfWork: UnitOfWork, private readonly pulls: PullRepository, private readonly access: Access, private readonly audit: AuditTrail) {}

  takeOver(actor: Actor, sourceId: string): Promise<Result<void>> {
    return this.unitOfWork.run(async (tx) => {
      const found = await lockOwnSource(tx, { pulls: this.pulls, access: this.access }, actor, sourceId);
      if (!found.ok) return found;
      const before = await this.pulls.giveTo(tx, sourceId, actor.personId);
      if (before !== actor.personId) await this.audit.append(tx, actor, 'pull-source.taken-over', sourceId, { name: found.value.name, before });
      return ok(undefined);
    });
  }
}
