import type { EntityManager } from 'typeorm';

/** What a read needs: a manager that sees the committed state (or, inside a deed, the deed's own writes). */
export interface Db {
  readonly manager: EntityManager;
}

declare const writes: unique symbol;

/**
 * What a write needs. Only {@link UnitOfWork} makes one, so a write outside a transaction does not compile: a plain `Db`
 * lacks the mark, and the mark's name is not exported.
 */
export interface Tx extends Db {
  readonly [writes]: true;
}
