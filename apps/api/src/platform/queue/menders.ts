import { Injectable } from '@nestjs/common';
import type { Db } from '../database/tx';

/** Who stands in where the person who should mend something is not there any more, in this order: the first role that somebody active holds. */
const STAND_IN = ['reporter', 'manager', 'administrator'] as const;
export type StandIn = (typeof STAND_IN)[number];

/** Who hears that something is out of order. */
export interface Menders {
  /** Ids and names, each once. */
  readonly people: readonly { readonly id: string; readonly name: string }[];
  /** The role of those who hear of it beside or instead of the owner; null: the owner alone. */
  readonly standIn: StandIn | null;
}

/** A role counts in its own unit and in those below it: the units above one are in its path. Asked by their ids, so that nobody else's people are read. */
const HOLDERS = `select distinct p.id, p.display_name as name
  from budget_unit u cross join unnest(string_to_array(trim(both '/' from u.path), '/')::uuid[]) as above join role_assignment r on r.unit_id = above join person p on p.id = r.person_id
  where u.id = $2 and p.active and r.role = any($1) order by name, p.id`;
/** Of what belongs to no unit: whoever holds the role at the top. */
const HOLDERS_AT_TOP = `select distinct p.id, p.display_name as name from budget_unit top join role_assignment r on r.unit_id = top.id join person p on p.id = r.person_id
  where top.parent_id is null and p.active and r.role = any($1) order by name, p.id`;

/** Finds the active people who can mend what keeps the jobs of a unit from passing. */
@Injectable()
export class MendersOfJobs {
  /** Who holds a role for a unit; where nobody does, the next in line. */
  async ofRole(db: Db, role: StandIn, unitId: string | null): Promise<Menders> {
    for (const one of STAND_IN.slice(STAND_IN.indexOf(role))) {
      const people = await this.holders(db, [one], unitId);
      if (people.length > 0) return { people, standIn: one };
    }
    return { people: [], standIn: null };
  }

  /**
   * The owner of a source: whoever made it or took it over, as long as that person is active and may change it. One who is no reporter of the unit (an administrator above it) is not at hand there: then
   * its reporters hear of it as well. Without such an owner those stand in who are next in line.
   */
  async ofSource(db: Db, ownerId: string, unitId: string | null): Promise<Menders> {
    const held: { id: string; name: string; role: string }[] = await db.manager.query(
      `select p.id, p.display_name as name, r.role from person p join role_assignment r on r.person_id = p.id join budget_unit held on held.id = r.unit_id join budget_unit u on u.id = $2
       where p.id = $1 and p.active and r.role in ('reporter', 'administrator') and starts_with(u.path, held.path)`, [ownerId, unitId]);
    const [owner] = held;
    if (owner === undefined) return this.ofRole(db, 'reporter', unitId);
    const own = { id: owner.id, name: owner.name };
    if (held.some(({ role }) => role === 'reporter')) return { people: [own], standIn: null };
    const reporters = await this.holders(db, ['reporter'], unitId);
    return { people: [own, ...reporters.filter(({ id }) => id !== own.id)], standIn: reporters.length > 0 ? 'reporter' : null };
  }

  private holders(db: Db, roles: readonly StandIn[], unitId: string | null): Promise<Menders['people']> {
    return unitId === null ? db.manager.query(HOLDERS_AT_TOP, [roles]) : db.manager.query(HOLDERS, [roles, unitId]);
  }
}
