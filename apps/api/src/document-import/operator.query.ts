import { ok, refuse, type Result } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import type { Actor, ActorRole } from '../platform/access/actor';
import { Prepared } from '../platform/database/prepared';

interface PersonRow { readonly id: string; readonly login: string; readonly name: string; readonly roles: readonly ActorRole[] }

const SELECT = `select p.id, p.login, p.display_name as name,
  coalesce((select json_agg(json_build_object('role', held.role, 'unitId', u.id, 'unitName', u.name, 'path', u.path)) from role_assignment held join budget_unit u on u.id = held.unit_id where held.person_id = p.id), '[]') as roles
  from person p where p.active`;

/** On whose behalf the command line brings documents: every draft has somebody who wrote it, and that person may not sign it. */
@Injectable()
export class OperatorQuery {
  constructor(private readonly prepared: Prepared) {}

  /** The person of a login, or the only one who reports for a unit. Refusals: `import.operator-unknown`, `import.operator-open`. */
  async find(login: string | null, unitId: string | null): Promise<Result<Actor>> {
    if (login !== null) {
      const person = await this.prepared.one<PersonRow>('operator-by-login', `${SELECT} and p.login = $1`, [login]);
      return person === null ? refuse('import.operator-unknown', { login }) : ok(actorOf(person));
    }
    const people = unitId === null ? [] : await this.prepared.rows<PersonRow>('operators-of-unit', `${SELECT} and exists (select 1 from role_assignment r where r.person_id = p.id and r.role = 'reporter' and r.unit_id = $1) order by p.login`, [unitId]);
    const [only, ...others] = people;
    return only === undefined || others.length > 0 ? refuse('import.operator-open', { logins: people.map((one) => one.login).join(' ') || '—' }) : ok(actorOf(only));
  }
}

function actorOf({ id, login, name, roles }: PersonRow): Actor {
  return { personId: id, login, displayName: name, roles };
}
