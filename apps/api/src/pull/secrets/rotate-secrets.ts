import type { Tx } from '../../platform/database/tx';
import { PullSecretRepository } from './pull-secret.repository';
import { contextOf } from './pull-secrets';
import type { SecretKeys } from './secret-keys';

/** What a rotation did. */
export interface Rotation {
  /** How many secrets are sealed with the first key now and were not before. */
  readonly resealed: number;
  /** Ids of keys that are missing, each with the number of secrets that wait for it. */
  readonly unreadable: ReadonlyMap<string, number>;
}

const BATCH = 200;

/**
 * Seals every secret with the first key. What cannot be opened stays as it is and is counted; a second run finds only that.
 * @param inTransaction runs a deed in a transaction of its own: a crash in the middle loses nothing, because every secret names its key
 */
export async function rotateSecrets(keys: SecretKeys, inTransaction: <T>(deed: (tx: Tx) => Promise<T>) => Promise<T>): Promise<Rotation> {
  const { currentId } = keys;
  if (currentId === null) throw new Error('there is no key to seal with');
  const secrets = new PullSecretRepository();
  const unreadable = new Map<string, number>();
  let resealed = 0;
  let after: readonly [string, string] = ['', ''];
  for (;;) {
    const batch = await inTransaction(async (tx) => {
      const found = await secrets.sealedOtherwise(tx, currentId, after, BATCH);
      for (const secret of found) {
        const text = keys.open({ keyId: secret.keyId, bytes: secret.sealed }, contextOf(secret));
        if (text === null) {
          unreadable.set(secret.keyId, (unreadable.get(secret.keyId) ?? 0) + 1);
          continue;
        }
        await secrets.reseal(tx, secret.sourceId, secret.name, currentId, keys.seal(text, contextOf(secret)).bytes);
        resealed += 1;
      }
      return found;
    });
    const last = batch.at(-1);
    if (last === undefined) return { resealed, unreadable };
    after = [last.sourceId, last.name];
  }
}
