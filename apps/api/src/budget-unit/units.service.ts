import type { changeUnit, createUnit } from '@jiheng/contract';
import { ok, refuse, type Result } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { Access, isHouseAdministrator } from '../platform/access/access';
import type { Actor } from '../platform/access/actor';
import { AuditTrail } from '../platform/audit/audit-trail';
import { newId } from '../platform/database/new-id';
import type { Tx } from '../platform/database/tx';
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
        if (parent.closedAt !== null) return refuse('house.unit-closed', { name: parent.name });
      }
      const id = newId();
      const path = `${parent?.path ?? '/'}${id}/`;
      const made: unknown[] = await tx.manager.query('insert into budget_unit (id, code, name, kind, parent_id, path, region_code) values ($1, $2, $3, $4, $5, $6, $7) on conflict (code) do nothing returning id',
        [id, wish.code, wish.name, wish.kind, wish.parentId, path, wish.regionCode ?? null]);
      if (made.length === 0) return this.codeTaken(tx, actor, wish.code);
      // A topmost unit would otherwise be out of its own maker's reach.
      if (parent === null) await tx.manager.query(`insert into role_assignment (person_id, role, unit_id) values ($1, 'administrator', $2)`, [actor.personId, id]);
      await this.audit.append(tx, actor, 'unit.created', id, { code: wish.code, name: wish.name, kind: wish.kind, parentId: wish.parentId ?? '' });
      return ok({ id, code: wish.code, name: wish.name, kind: wish.kind, parentId: wish.parentId, path, regionCode: wish.regionCode ?? null, closedAt: null });
    });
  }

  /** Changes name, code, kind, region, or the unit above; everything below moves along. What was is kept in the trail of deeds. */
  async change(actor: Actor, unitId: string, wish: z.output<typeof changeUnit>): Promise<Result<BudgetUnitRow>> {
    return this.unitOfWork.run(async (tx) => {
      const found = await this.lock(tx, actor, unitId);
      if (!found.ok) return found;
      const before = found.value;
      const place = await this.placeFor(tx, actor, before, wish.parentId);
      if (!place.ok) return place;
      const regionCode = wish.regionCode === undefined ? before.regionCode : wish.regionCode;
      const holder = await this.units.findByCode(tx, wish.code);
      if (holder !== null && holder.id !== unitId) return this.codeTaken(tx, actor, wish.code);
      await tx.manager.query('update budget_unit set code = $2, name = $3, kind = $4, parent_id = $5, region_code = $6 where id = $1', [unitId, wish.code, wish.name, wish.kind, wish.parentId, regionCode]);
      // The whole branch in one statement: a path of a unit below begins with that of the unit.
      if (place.value !== before.path) await tx.manager.query('update budget_unit set path = $2 || substr(path, length($1) + 1) where starts_with(path, $1)', [before.path, place.value]);
      const after = { ...before, code: wish.code, name: wish.name, kind: wish.kind, parentId: wish.parentId, regionCode, path: place.value };
      const changes = await this.changesOf(tx, before, after);
      if (Object.keys(changes).length > 0) await this.audit.append(tx, actor, 'unit.changed', unitId, { ...changes, ...(wish.reason === undefined || wish.reason === '' ? {} : { reason: wish.reason }) });
      return ok(after);
    });
  }

  /** Closes a unit: it keeps its documents and takes no new ones. Refused while units below it are open or something of it is in progress. */
  async close(actor: Actor, unitId: string, reason: string): Promise<Result<BudgetUnitRow>> {
    return this.unitOfWork.run(async (tx) => {
      const found = await this.lock(tx, actor, unitId);
      if (!found.ok) return found;
      const unit = found.value;
      if (unit.closedAt !== null) return refuse('house.unit-closed', { name: unit.name });
      if (unit.parentId === null && actor.roles.some((held) => held.role === 'administrator' && held.unitId === unitId)) return refuse('house.unit-is-yours');
      // Itself is the first of its path; three names are said.
      const below = (await this.units.page(tx, [`${unit.path}%`], { open: true, limit: 4 })).units.filter((one) => one.id !== unitId);
      if (below.length > 0) return refuse('house.unit-has-units', { name: unit.name, below: below.slice(0, 3).map((one) => one.name).join('、') });
      const [busy]: { count: number }[] = await tx.manager.query(`
        select ((select count(*) from performance_target_table t where t.unit_id = $1 and t.state in ('SUBMITTED', 'REVIEWED', 'SIGNED', 'DEPARTMENT_ACCEPTED'))
          + (select count(*) from monitoring_report r join performance_target_table t on t.id = r.table_id where t.unit_id = $1 and r.state in ('SUBMITTED', 'REVIEWED')))::int as count`, [unitId]);
      if ((busy?.count ?? 0) > 0) return refuse('house.unit-has-drafts', { name: unit.name, count: String(busy?.count) });
      await tx.manager.query('update budget_unit set closed_at = now() where id = $1', [unitId]);
      await this.audit.append(tx, actor, 'unit.closed', unitId, { reason });
      return ok((await this.units.find(tx, unitId)) ?? unit);
    });
  }

  async reopen(actor: Actor, unitId: string, reason: string): Promise<Result<BudgetUnitRow>> {
    return this.unitOfWork.run(async (tx) => {
      const found = await this.lock(tx, actor, unitId);
      if (!found.ok) return found;
      const unit = found.value;
      if (unit.closedAt === null) return refuse('house.unit-not-closed', { name: unit.name });
      const parent = unit.parentId === null ? null : await this.units.find(tx, unit.parentId);
      if (parent !== null && parent.closedAt !== null) return refuse('house.unit-closed', { name: parent.name });
      await tx.manager.query('update budget_unit set closed_at = null where id = $1', [unitId]);
      await this.audit.append(tx, actor, 'unit.reopened', unitId, { reason });
      return ok({ ...unit, closedAt: null });
    });
  }

  /** One change of the tree at a time: two units moved below each other at once would make a ring. */
  private async lock(tx: Tx, actor: Actor, unitId: string): Promise<Result<BudgetUnitRow>> {
    await tx.manager.query(`select pg_advisory_xact_lock(hashtext('budget_unit.tree'))`);
    const unit = await this.units.find(tx, unitId);
    if (unit === null) return refuse('house.not-found');
    const allowed = this.access.requireRole(actor, ['administrator'], unit.path);
    return allowed.ok ? ok(unit) : allowed;
  }

  /** The path of the unit below its new parent. */
  private async placeFor(tx: Tx, actor: Actor, unit: BudgetUnitRow, parentId: string | null): Promise<Result<string>> {
    if (parentId === unit.parentId) return ok(unit.path);
    if (parentId === null) return isHouseAdministrator(actor) ? ok(`/${unit.id}/`) : refuse('house.unit-above-needed');
    const parent = await this.units.find(tx, parentId);
    if (parent === null) return refuse('house.not-found');
    const allowed = this.access.requireRole(actor, ['administrator'], parent.path);
    if (!allowed.ok) return allowed;
    if (parent.path.startsWith(unit.path)) return refuse('house.unit-below-itself', { name: unit.name });
    return parent.closedAt === null ? ok(`${parent.path}${unit.id}/`) : refuse('house.unit-closed', { name: parent.name });
  }

  private async changesOf(tx: Tx, before: BudgetUnitRow, after: BudgetUnitRow): Promise<Record<string, string>> {
    const nameOf = async (id: string | null): Promise<string> => (id === null ? '' : ((await this.units.find(tx, id))?.name ?? ''));
    const said = async (unit: BudgetUnitRow): Promise<Record<string, string>> =>
      ({ code: unit.code, name: unit.name, kind: unit.kind, parent: await nameOf(unit.parentId), regionCode: unit.regionCode ?? '' });
    const [was, is] = [await said(before), await said(after)];
    return Object.fromEntries(Object.keys(is).filter((key) => was[key] !== is[key]).flatMap((key) => [[`${key}From`, was[key] ?? ''], [`${key}To`, is[key] ?? '']]));
  }

  private async codeTaken(tx: Tx, actor: Actor, code: string): Promise<Result<never>> {
    const holder = await this.units.findByCode(tx, code);
    // The name of a unit that this administrator may not see is not told.
    const visible = holder !== null && this.access.mayRead(actor, holder.path);
    return refuse('house.unit-code-taken', { code, name: visible ? holder.name : '…' });
  }
}
