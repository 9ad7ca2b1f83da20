import { ok, refuse, type Result } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import { BudgetUnits } from '../budget-unit/budget-unit.public';
import { Access } from '../platform/access/access';
import type { Actor } from '../platform/access/actor';
import { AuditTrail } from '../platform/audit/audit-trail';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { DocumentImportRepository } from './document-import.repository';
import { requireStaged } from './import-rights';

/** Says whose document it is. Only before anything of it is in the books. */
@Injectable()
export class ChooseImportUnit {
  constructor(
    private readonly unitOfWork: UnitOfWork, private readonly imports: DocumentImportRepository, private readonly units: BudgetUnits, private readonly access: Access, private readonly audit: AuditTrail,
  ) {}

  choose(actor: Actor, importId: string, unitId: string): Promise<Result<void>> {
    return this.unitOfWork.run(async (tx) => {
      const head = requireStaged(this.access, actor, await this.imports.lock(tx, importId));
      if (!head.ok) return head;
      const unit = await this.units.find(tx, unitId);
      if (unit === null) return refuse('house.not-found');
      const allowed = this.access.requireRole(actor, ['reporter'], unit.path);
      if (!allowed.ok) return allowed;
      if (head.value.unitId === unitId) return ok(undefined);
      if ((await this.imports.standingAcceptances(tx, importId)).length > 0 || (await this.imports.budgetState(tx, importId)) === 'STORED') return refuse('import.not-staged', { state: '已部分采纳', stateEn: 'accepted in part' });
      await this.imports.setUnit(tx, importId, unitId);
      await this.audit.append(tx, actor, 'import.unit-chosen', importId, { unit: unit.name });
      return ok(undefined);
    });
  }
}
