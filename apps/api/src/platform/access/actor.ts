import type { Role } from '@jiheng/contract';

/** A role in a scope: the unit and everything below it. */
export interface ActorRole {
  readonly role: Role;
  readonly unitId: string;
  readonly unitName: string;
  /** The unit's materialised path of ids, `/a/b/`. */
  readonly path: string;
}

/** The signed-in person on whose behalf a request runs. */
export interface Actor {
  readonly personId: string;
  readonly login: string;
  readonly displayName: string;
  readonly roles: readonly ActorRole[];
}
