import { setTimeout as pause } from 'node:timers/promises';
import type { Refusal, Result } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { SQL_STATE, sqlStateOf } from './sql-state';
import type { Db, Tx } from './tx';

/** Carries a refusal out of the transaction callback, so that it rolls back as a throw does. */
class Refused extends Error {
  constructor(readonly refusal: Refusal) { super(refusal.code); }
}

/** The only maker of {@link Tx}: a deed runs here whole or not at all. */
@Injectable()
export class UnitOfWork {
  /** For reads outside a deed. */
  readonly db: Db;

  constructor(private readonly dataSource: DataSource) {
    this.db = { manager: dataSource.manager };
  }

  /**
   * Runs a deed in one transaction. A refusal rolls back as a throw does; the only difference is who gets to see it.
   * A deadlock or a serialization failure is tried again up to three times: such a deed was rolled back whole, so nothing happens twice.
   */
  async run<T>(work: (tx: Tx) => Promise<Result<T>>): Promise<Result<T>> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.dataSource.transaction(async (manager) => {
          const result = await work({ manager } as Tx);
          if (!result.ok) throw new Refused(result.refusal);
          return result;
        });
      } catch (error) {
        if (error instanceof Refused) return { ok: false, refusal: error.refusal };
        const state = sqlStateOf(error);
        if (attempt > 3 || (state !== SQL_STATE.serializationFailure && state !== SQL_STATE.deadlock)) throw error;
        // A little apart from the rival, so that the two do not meet again at once.
        await pause(10 * attempt * attempt + (process.pid % 10));
      }
    }
  }

  /** A deed that nobody can refuse (bookkeeping of the platform itself). Throws roll back. */
  async always<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const result = await this.run(async (tx) => ({ ok: true, value: await work(tx) }));
    if (!result.ok) throw new Error(`a deed without refusals was refused: ${result.refusal.code}`);
    return result.value;
  }
}
