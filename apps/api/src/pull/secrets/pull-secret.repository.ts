import type { PullSecretName } from '@jiheng/contract';
import { Injectable } from '@nestjs/common';
import type { Db, Tx } from '../../platform/database/tx';

/** A secret as it lies in the database. */
export interface StoredSecret {
  readonly sourceId: string;
  readonly name: PullSecretName;
  /** To whom it may be shown. */
  readonly audience: string;
  readonly keyId: string;
  readonly sealed: Buffer;
}

const SELECT = 'select source_id as "sourceId", name, audience, key_id as "keyId", sealed from pull_secret';

/** Memory of sealed secrets. */
@Injectable()
export class PullSecretRepository {
  async ofSource(db: Db, sourceId: string): Promise<readonly StoredSecret[]> {
    return db.manager.query(`${SELECT} where source_id = $1 order by name`, [sourceId]);
  }

  async put(tx: Tx, secret: StoredSecret & { readonly setBy: string; readonly at: Date }): Promise<void> {
    await tx.manager.query(`insert into pull_secret (source_id, name, audience, key_id, sealed, set_by, set_at) values ($1, $2, $3, $4, $5, $6, $7)
      on conflict (source_id, name) do update set audience = excluded.audience, key_id = excluded.key_id, sealed = excluded.sealed, set_by = excluded.set_by, set_at = excluded.set_at`,
    [secret.sourceId, secret.name, secret.audience, secret.keyId, secret.sealed, secret.setBy, secret.at]);
  }

  async remove(tx: Tx, sourceId: string, name: PullSecretName): Promise<void> {
    await tx.manager.query('delete from pull_secret where source_id = $1 and name = $2', [sourceId, name]);
  }

  /** Secrets sealed with another key than this, locked against being changed meanwhile; at most `limit` after the given place. */
  async sealedOtherwise(tx: Tx, keyId: string, after: readonly [string, string], limit: number): Promise<readonly StoredSecret[]> {
    return tx.manager.query(`${SELECT} where key_id <> $1 and (source_id::text, name) > ($2, $3) order by source_id::text, name limit $4 for update`, [keyId, ...after, limit]);
  }

  /** The same secret under another key; who set it and when stays. */
  async reseal(tx: Tx, sourceId: string, name: PullSecretName, keyId: string, sealed: Buffer): Promise<void> {
    await tx.manager.query('update pull_secret set key_id = $3, sealed = $4 where source_id = $1 and name = $2', [sourceId, name, keyId, sealed]);
  }
}
