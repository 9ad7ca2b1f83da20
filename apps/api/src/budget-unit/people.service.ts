import type { changePerson, createPerson } from '@jiheng/contract';
import { ok, refuse, type Result } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import type { z } from 'zod';
import { Access, isHouseAdministrator } from '../platform/access/access';
import type { Actor } from '../platform/access/actor';
import { AuditTrail } from '../platform/audit/audit-trail';
import { newId } from '../platform/database/new-id';
import type { Tx } from '../platform/database/tx';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { BudgetUnitEntity } from './budget-unit.entity';
import { hashPassword, oneTimePassword } from './password';
import { PersonEntity } from './person.entity';
import { RoleAssignmentEntity } from './role-assignment.entity';

type Roles = z.output<typeof changePerson>['roles'];

/** Administration of people: each administrator within the reach of their own role. */
@Injectable()
export class People {
  constructor(private readonly unitOfWork: UnitOfWork, private readonly access: Access, private readonly audit: AuditTrail) {}

  /** Adds a person with roles; answers the one-time password, which is shown once and stored only as its hash. */
  async create(actor: Actor, wish: z.output<typeof createPerson>): Promise<Result<{ personId: string; oneTimePassword: string }>> {
    const password = oneTimePassword();
    const passwordHash = await hashPassword(password);
    return this.unitOfWork.run(async (tx) => {
      const allowed = await this.mayAssign(tx, actor, wish.roles);
      if (!allowed.ok) return allowed;
      const personId = newId();
      // The unique key decides, and not a look beforehand: two administrators may ask for the same login at once.
      const made: unknown[] = await tx.manager.query(
        'insert into person (id, login, display_name, password_hash, must_change_password) values ($1, $2, $3, $4, true) on conflict (login) do nothing returning id',
        [personId, wish.login, wish.displayName, passwordHash]);
      if (made.length === 0) return refuse('house.login-taken', { login: wish.login });
      await this.assign(tx, personId, wish.roles);
      await this.audit.append(tx, actor, 'person.created', personId, { login: wish.login, roles: rolesText(wish.roles) });
      return ok({ personId, oneTimePassword: password });
    });
  }

  /** Changes name, roles and whether the person may sign in. Deactivating or changing roles ends nothing by halves: sessions of the inactive end at once. */
  async change(actor: Actor, personId: string, wish: z.output<typeof changePerson>): Promise<Result<void>> {
    return this.unitOfWork.run(async (tx) => {
      const found = await this.administered(tx, actor, personId);
      if (!found.ok) return found;
      const before = await tx.manager.findBy(RoleAssignmentEntity, { personId });
      // Only what changes has to be within reach: a role elsewhere that stays is not this administrator's business, and may not be dropped by them.
      const allowed = await this.mayAssign(tx, actor, difference(before, wish.roles));
      if (!allowed.ok) return allowed;
      await tx.manager.update(PersonEntity, { id: personId }, { displayName: wish.displayName, active: wish.active });
      await tx.manager.delete(RoleAssignmentEntity, { personId });
      await this.assign(tx, personId, wish.roles);
      if (!(await this.somebodyAdministers(tx))) return refuse('house.last-administrator');
      if (!wish.active) await tx.manager.query('delete from session where person_id = $1', [personId]);
      await this.audit.append(tx, actor, 'person.changed', personId, { displayName: wish.displayName, active: String(wish.active), rolesBefore: rolesText(before), roles: rolesText(wish.roles) });
      return ok(undefined);
    });
  }

  /** Gives a person a new one-time password; their sessions end. */
  async resetPassword(actor: Actor, personId: string): Promise<Result<string>> {
    const password = oneTimePassword();
    const passwordHash = await hashPassword(password);
    return this.unitOfWork.run(async (tx) => {
      const found = await this.administered(tx, actor, personId);
      if (!found.ok) return found;
      // Whoever sets another's password can be them: that needs reach over everything they may do, not just over a part.
      const held = await tx.manager.findBy(RoleAssignmentEntity, { personId });
      const allowed = await this.mayAssign(tx, actor, held);
      if (!allowed.ok) return allowed;
      await tx.manager.update(PersonEntity, { id: personId }, { passwordHash, mustChangePassword: true });
      await tx.manager.query('delete from session where person_id = $1', [personId]);
      await this.audit.append(tx, actor, 'password.reset', personId);
      return ok(password);
    });
  }

  /** The person, locked, if any of their roles (or their lack of roles) is within the administrator's reach. */
  private async administered(tx: Tx, actor: Actor, personId: string): Promise<Result<PersonEntity>> {
    const person = await tx.manager.findOne(PersonEntity, { where: { id: personId }, lock: { mode: 'pessimistic_write' } });
    if (person === null) return refuse('house.not-found');
    const held: { path: string }[] = await tx.manager.query('select unit.path from role_assignment held join budget_unit unit on unit.id = held.unit_id where held.person_id = $1', [personId]);
    const reach = held.length === 0 ? isHouseAdministrator(actor) : held.some(({ path }) => this.access.hasRole(actor, 'administrator', path));
    return reach ? ok(person) : refuse('house.not-found');
  }

  private async mayAssign(tx: Tx, actor: Actor, roles: readonly { unitId: string }[]): Promise<Result<void>> {
    const ids = [...new Set(roles.map(({ unitId }) => unitId))];
    if (ids.length === 0) return ok(undefined);
    const units = await tx.manager.findBy(BudgetUnitEntity, { id: In(ids) });
    if (units.length < ids.length) return refuse('house.not-found');
    for (const unit of units) {
      const allowed = this.access.requireRole(actor, ['administrator'], unit.path);
      if (!allowed.ok) return allowed;
    }
    return ok(undefined);
  }

  private async assign(tx: Tx, personId: string, roles: Roles): Promise<void> {
    const unique = new Map(roles.map((held) => [`${held.role} ${held.unitId}`, held]));
    if (unique.size > 0) await tx.manager.insert(RoleAssignmentEntity, [...unique.values()].map((held) => ({ personId, role: held.role, unitId: held.unitId })));
  }

  private async somebodyAdministers(tx: Tx): Promise<boolean> {
    // The lock makes two administrators who retire each other at the same moment wait for one another.
    await tx.manager.query('select pg_advisory_xact_lock($1)', [7_245_532]);
    const rows: unknown[] = await tx.manager.query(`select 1 from role_assignment held join person on person.id = held.person_id and person.active
      join budget_unit unit on unit.id = held.unit_id where held.role = 'administrator' and unit.parent_id is null limit 1`);
    return rows.length > 0;
  }
}

function difference(before: readonly { role: string; unitId: string }[], after: readonly { role: string; unitId: string }[]): { role: string; unitId: string }[] {
  const key = (held: { role: string; unitId: string }): string => `${held.role} ${held.unitId}`;
  const [old, next] = [new Set(before.map(key)), new Set(after.map(key))];
  return [...before.filter((held) => !next.has(key(held))), ...after.filter((held) => !old.has(key(held)))];
}

function rolesText(roles: readonly { role: string; unitId: string }[]): string {
  return roles.map((held) => `${held.role}@${held.unitId}`).sort().join(' ');
}
