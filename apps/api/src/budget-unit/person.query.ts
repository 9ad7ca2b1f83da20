import type { PeopleList, PersonView, Role } from '@jiheng/contract';
import { Injectable } from '@nestjs/common';
import { containing } from '../platform/database/containing';
import { Prepared } from '../platform/database/prepared';

interface PersonRow {
  id: string; login: string; display_name: string; active: boolean; must_change_password: boolean;
  roles: { role: Role; unitId: string; unitName: string }[];
}

/** Who moves a table to its approval and a quarter to its signature. */
const POSTS: readonly Role[] = ['reporter', 'reviewer', 'manager', 'department', 'finance'];

const SELECT = `select person.id, person.login, person.display_name, person.active, person.must_change_password,
  coalesce((select json_agg(json_build_object('role', held.role, 'unitId', unit.id, 'unitName', unit.name) order by unit.path, held.role)
    from role_assignment held join budget_unit unit on unit.id = held.unit_id where held.person_id = person.id), '[]') as roles from person`;

/** Names as they are written, accounts in any case of letters (which takes PostgreSQL several times as long); units by their names, all of them looked through once. */
const NARROWED = `($3::text is null or person.login > $3) and ($2::text is null or person.display_name like $2 or person.login like lower($2)
  or person.id in (select held.person_id from role_assignment held join budget_unit unit on unit.id = held.unit_id where unit.name like $2))`;

/** Reads of people. */
@Injectable()
export class PersonQuery {
  constructor(private readonly prepared: Prepared) {}

  async view(id: string): Promise<PersonView | null> {
    const row = await this.prepared.one<PersonRow>('person-view', `${SELECT} where person.id = $1`, [id]);
    return row === null ? null : viewOf(row);
  }

  /**
   * A page of the people with a role in one of the scopes (`like` patterns of unit paths), by account; with `withoutRole` also those who have none anywhere.
   * @param ask.q part of a name, an account, or the name of a unit for which a role is held
   */
  async inScope(patterns: readonly string[], withoutRole: boolean, ask: { readonly q?: string | undefined; readonly after?: string | undefined; readonly limit: number }): Promise<PeopleList> {
    const asked = [patterns, ask.q === undefined ? null : containing(ask.q), ask.after ?? null, ask.limit + 1];
    // Nearly everybody is in the scope of the house: by account, one after the other, until the page is full. Of a county it is quicker to begin with its units.
    const [rows, vacant] = await Promise.all([
      withoutRole
        ? this.prepared.rows<PersonRow>('person-in-house', `${SELECT}
          where ${NARROWED} and ((select true from role_assignment held join budget_unit unit on unit.id = held.unit_id where held.person_id = person.id and unit.path like any($1) limit 1)
            or not exists (select 1 from role_assignment held where held.person_id = person.id)) order by person.login limit $4`, asked)
        : this.prepared.rows<PersonRow>('person-in-scope', `${SELECT}
          where ${NARROWED} and person.id in (select held.person_id from role_assignment held join budget_unit unit on unit.id = held.unit_id where unit.path like any($1)) order by person.login limit $4`, asked),
      // One assignment after the other until somebody holds the post: as a join all of them would be read.
      this.prepared.rows<{ role: Role }>('posts-vacant', `select post.role from unnest($2::text[]) with ordinality post(role, place)
        left join lateral (select true as there from role_assignment held where held.role = post.role and (select active from person where id = held.person_id)
          and (select path like any($1) from budget_unit where id = held.unit_id) limit 1) holder on true where holder.there is null order by post.place`, [patterns, POSTS]),
    ]);
    return { people: rows.slice(0, ask.limit).map(viewOf), more: rows.length > ask.limit, vacant: vacant.map((post) => post.role) };
  }

  /** The names of people by id, for lists and histories. */
  async names(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const rows = await this.prepared.rows<{ id: string; display_name: string }>('person-names', 'select id, display_name from person where id = any($1)', [[...new Set(ids)]]);
    return new Map(rows.map((row) => [row.id, row.display_name]));
  }

  /** Does anybody exist? Until then the first visitor sets the house up. */
  async anybody(): Promise<boolean> {
    const row = await this.prepared.one<{ there: boolean }>('person-anybody', 'select exists (select 1 from person) as there', []);
    return row?.there === true;
  }
}

function viewOf(row: PersonRow): PersonView {
  return {
    id: row.id as PersonView['id'], login: row.login, displayName: row.display_name, active: row.active, mustChangePassword: row.must_change_password,
    roles: row.roles.map((held) => ({ role: held.role, unitId: held.unitId as PersonView['roles'][number]['unitId'], unitName: held.unitName })),
  };
}
