import type { UnitHistory } from '@jiheng/contract';
import { type Result, ok, refuse } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import { Access } from '../platform/access/access';
import type { Actor } from '../platform/access/actor';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { BudgetUnits } from './budget-units.query';

type Entry = UnitHistory['entries'][number];
interface EventRow { action: Entry['action']; by: string; at: Date; facts: Record<string, string> }

const FIELDS = ['code', 'name', 'kind', 'parent', 'regionCode'] as const;

/** What became of a unit, read from the trail of deeds. */
@Injectable()
export class UnitHistoryQuery {
  constructor(private readonly unitOfWork: UnitOfWork, private readonly units: BudgetUnits, private readonly access: Access) {}

  async of(actor: Actor, unitId: string): Promise<Result<UnitHistory>> {
    const { db } = this.unitOfWork;
    const unit = await this.units.find(db, unitId);
    if (unit === null) return refuse('house.not-found');
    const allowed = this.access.requireRole(actor, ['administrator'], unit.path);
    if (!allowed.ok) return allowed;
    const rows: EventRow[] = await db.manager.query(`
      select action, actor_name as by, at, facts from audit_event
      where subject_id = $1 and action in ('unit.created', 'unit.changed', 'unit.closed', 'unit.reopened') order by id desc limit 200`, [unitId]);
    return ok({ entries: rows.map(toEntry) });
  }
}

function toEntry({ action, by, at, facts }: EventRow): Entry {
  const changes = FIELDS.flatMap((field) => {
    const [from, to] = [facts[`${field}From`], facts[`${field}To`]];
    return from === undefined || to === undefined ? [] : [{ field, from, to }];
  });
  return { action, by, at: at.toISOString(), reason: facts['reason'] ?? null, changes };
}
