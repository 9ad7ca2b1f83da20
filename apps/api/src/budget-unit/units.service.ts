import type { createUnit } from '@jiheng/contract';
import { ok, refuse, type Result } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { Access, isHouseAdministrator } from '../platform/access/access';
import type { Actor } from '../platform/access/actor';
import { AuditTrail } from '../platform/audit/audit-trail';
import { newId } from '../platform/database/new-id';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { BudgetUnits, type BudgetUnitRow } from './budget-units.query';

/** Administration of the tree of units. */
@Injectable()
export class Units {
  constructor(private readonly unitOfWork: UnitOfWork, private readonly units: BudgetUnits, private readonly access: Access, private readonly audit: AuditTrail) {}

  /** Adds a unit below another, or a topmost one (only an administrator of a topmost unit). The code is unique in the house. */
  async create(actor: Actor, wish: z.output<typeof createUnit>): Promise<Result<BudgetUnitRow>> {
    return this.unitOfWork.run(async (tx) => {
      const parent = wish.parentId === null ? null : await this.units.find(tx, wish.parentId);
      if (parent === null) {
        if (wish.parentId !== null) return refuse('house.not-found');
        if (!isHouseAdministrator(actor)) return refuse('house.unit-above-needed');
      } else {
        const allowed = this.access.requireRole(actor, ['administrator'], parent.path);
        if (!allowed.ok) return allowed;
      }
      const id = newId();
      const path = `${parent?.path ?? '/'}${id}/`;
      const made: unknown[] = await tx.manager.query('insert into budget_unit (id, code, name, kind, parent_id, path) values ($1, $2, $3, $4, $5, $6) on conflict (code) do nothing returning id',
        [id, wish.code, wish.name, wish.kind, wish.parentId, path]);
      if (made.length === 0) {
        const holder = await this.units.findByCode(tx, wish.code);
        // The name of a unit that this administrator may not see is not told.
        const visible = holder !== null && this.access.mayRead(actor, holder.path);
        return refuse('house.unit-code-taken', { code: wish.code, name: visible ? holder.name : '…' });
      }
      // A topmost unit would otherwise be out of its own maker's reach.
      if (parent === null) await tx.manager.query(`insert into role_assignment (person_id, role, unit_id) values ($1, 'administrator', $2)`, [actor.personId, id]);
      await this.audit.append(tx, actor, 'unit.created', id, { code: wish.code, name: wish.name, kind: wish.kind, parentId: wish.parentId ?? '' });
      return ok({ id, code: wish.code, name: wish.name, kind: wish.kind, parentId: wish.parentId, path });
    });
  }
}
