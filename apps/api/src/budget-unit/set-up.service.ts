import type { setUp } from '@jiheng/contract';
import { ok, refuse, type Result } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { AuditTrail } from '../platform/audit/audit-trail';
import { newId } from '../platform/database/new-id';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { hashPassword } from './password';
import { PersonEntity } from './person.entity';
import { RoleAssignmentEntity } from './role-assignment.entity';
import { BudgetUnitEntity } from './budget-unit.entity';
import { Sessions, type OpenedSession } from './sessions.service';

/** The first visit: nobody exists, so whoever comes names the topmost unit and becomes its administrator. */
@Injectable()
export class SetUp {
  constructor(private readonly unitOfWork: UnitOfWork, private readonly sessions: Sessions, private readonly audit: AuditTrail) {}

  /** Makes the topmost unit and its administrator, and signs them in. Refused as soon as anybody exists. */
  async setUp(wish: z.output<typeof setUp>): Promise<Result<OpenedSession>> {
    if (wish.password.toLowerCase().includes(wish.login)) return refuse('house.password-is-login');
    const passwordHash = await hashPassword(wish.password);
    return this.unitOfWork.run(async (tx) => {
      // Two first visitors at once: the second waits here and then finds somebody.
      await tx.manager.query('lock table person in share row exclusive mode');
      if (await tx.manager.existsBy(PersonEntity, {})) return refuse('house.set-up-already');
      const [unitId, personId] = [newId(), newId()];
      await tx.manager.insert(BudgetUnitEntity, {
        id: unitId, code: wish.unitCode ?? '001', name: wish.unitName, kind: wish.unitKind ?? 'UNIT', parentId: null, path: `/${unitId}/`, regionCode: wish.regionCode ?? null,
      });
      await tx.manager.insert(PersonEntity, { id: personId, login: wish.login, displayName: wish.displayName, passwordHash, active: true, mustChangePassword: false });
      await tx.manager.insert(RoleAssignmentEntity, { personId, role: 'administrator', unitId });
      const opened = await this.sessions.open(tx, personId);
      await this.audit.append(tx, { personId, displayName: wish.displayName }, 'house.set-up', unitId, { unit: wish.unitName, login: wish.login });
      return ok(opened);
    });
  }
}
