import type { Role } from '@jiheng/contract';
import { ok, type Refusal, refuse, type Result } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import type { Actor } from './actor';

/** An administrator of a topmost unit answers for the whole house. */
export function isHouseAdministrator(actor: Actor): boolean {
  return actor.roles.some((held) => held.role === 'administrator' && held.path === `/${held.unitId}/`);
}

/** What a person may see and do: a role reaches its unit and everything below it, by the prefix of the unit's path. */
@Injectable()
export class Access {
  /** The path prefixes a person may read below, without those already covered by another; for `path like any(prefixes || '%')`. */
  scopeOf(actor: Actor): string[] {
    const paths = [...new Set(actor.roles.map((role) => role.path))].sort();
    return paths.filter((path, at) => !paths.slice(0, at).some((above) => path.startsWith(above)));
  }

  /** The `like` patterns of {@link scopeOf}, ready as one text[] parameter: `where unit.path like any($1)`. */
  scopePatterns(actor: Actor): string[] {
    return this.scopeOf(actor).map((path) => `${path}%`);
  }

  /** The `like` patterns of the units for which one role is held. */
  patternsOf(actor: Actor, role: Role): string[] {
    return [...new Set(actor.roles.filter((held) => held.role === role).map((held) => `${held.path}%`))];
  }

  /** May this person read what belongs to the unit at this path? Any role reads. */
  mayRead(actor: Actor, unitPath: string): boolean {
    return actor.roles.some((role) => unitPath.startsWith(role.path));
  }

  /** Does this person have the role for the unit at this path? */
  hasRole(actor: Actor, role: Role, unitPath: string): boolean {
    return actor.roles.some((held) => held.role === role && unitPath.startsWith(held.path));
  }

  /** The roles this person has for the unit at this path. */
  rolesAt(actor: Actor, unitPath: string): Role[] {
    return [...new Set(actor.roles.filter((held) => unitPath.startsWith(held.path)).map((held) => held.role))];
  }

  /**
   * Refuses unless one of the roles is held for the unit. What may not even be read is "not found": nobody learns
   * what exists elsewhere by trying ids.
   * @param notFound what the caller says of an id that belongs to nothing: both must be the same answer, or the difference tells
   */
  requireRole(actor: Actor, roles: readonly Role[], unitPath: string, notFound: Refusal['code'] = 'house.not-found'): Result<void> {
    if (roles.some((role) => this.hasRole(actor, role, unitPath))) return ok(undefined);
    return this.mayRead(actor, unitPath) ? refuse('house.not-allowed') : refuse(notFound);
  }

  /** Refuses with "not found", in the words of the caller, unless the unit may be read. */
  requireRead(actor: Actor, unitPath: string, notFound: Refusal['code'] = 'house.not-found'): Result<void> {
    return this.mayRead(actor, unitPath) ? ok(undefined) : refuse(notFound);
  }
}
