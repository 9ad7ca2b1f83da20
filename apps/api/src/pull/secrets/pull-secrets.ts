import type { PullSecretName, PullSecrets as GivenSecrets } from '@jiheng/contract';
import { type Result, ok, refuse } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import { AppConfig } from '../../platform/config/app-config';
import type { Db, Tx } from '../../platform/database/tx';
import { PullSecretRepository, type StoredSecret } from './pull-secret.repository';
import { SecretKeys } from './secret-keys';
import { SourceSecrets, secretWords } from './source-secrets';

/** What a source does with secrets: which it may have, which it cannot do without, and to whom they are shown. */
export interface SecretNeeds {
  readonly may: readonly PullSecretName[];
  readonly must: readonly PullSecretName[];
  /** Scheme, account, host and port. A stored secret is never shown to another. */
  readonly audience: string;
}

/** 取数凭据: sealed when they come in, opened only to ask their source. */
@Injectable()
export class PullSecrets {
  private readonly keys: SecretKeys;

  constructor(config: AppConfig, private readonly secrets: PullSecretRepository) {
    this.keys = new SecretKeys(config.JIHENG_SECRET_KEY);
  }

  /**
   * Keeps what was given, drops what the source no longer uses.
   * @returns refuses what is missing, a stored one whose audience has changed, and anything to keep where the server has no key
   */
  async keep(tx: Tx, { id: sourceId, name: sourceName }: { readonly id: string; readonly name: string }, given: GivenSecrets, needs: SecretNeeds, by: string, at: Date): Promise<Result<void>> {
    const stored = new Map((await this.secrets.ofSource(tx, sourceId)).map((secret) => [secret.name, secret]));
    const lawful = this.check(sourceName, given, needs, stored);
    if (!lawful.ok) return lawful;
    for (const { name } of stored.values()) if (!needs.may.includes(name) || given[name] === '') await this.secrets.remove(tx, sourceId, name);
    for (const name of needs.may) {
      const text = given[name];
      if (text === undefined || text === '') continue;
      const { keyId, bytes } = this.keys.seal(text, contextOf({ sourceId, name, audience: needs.audience }));
      await this.secrets.put(tx, { sourceId, name, audience: needs.audience, keyId, sealed: bytes, setBy: by, at });
    }
    return ok(undefined);
  }

  /** The secrets to ask with: given ones before stored ones. `sourceId` null: nothing is stored. */
  async open(db: Db, sourceId: string | null, sourceName: string, given: GivenSecrets, needs: SecretNeeds): Promise<Result<SourceSecrets>> {
    const stored = new Map(sourceId === null ? [] : (await this.secrets.ofSource(db, sourceId)).map((secret) => [secret.name, secret]));
    const texts = new Map<PullSecretName, string>();
    for (const name of needs.may) {
      const now = given[name];
      const secret = stored.get(name);
      if (now !== undefined) {
        if (now !== '') texts.set(name, now);
        continue;
      }
      if (secret === undefined) continue;
      if (secret.audience !== needs.audience) return refuse('pull.secret-again', secretWords(name));
      const text = this.keys.open({ keyId: secret.keyId, bytes: secret.sealed }, contextOf(secret));
      if (text === null) return refuse('pull.secret-unreadable', { source: sourceName, keyId: secret.keyId });
      texts.set(name, text);
    }
    const missing = needs.must.find((name) => !texts.has(name));
    return missing === undefined ? ok(new SourceSecrets(texts)) : refuse('pull.secret-missing', { source: sourceName, ...secretWords(missing) });
  }

  private check(source: string, given: GivenSecrets, needs: SecretNeeds, stored: ReadonlyMap<PullSecretName, StoredSecret>): Result<void> {
    for (const name of needs.may) {
      const text = given[name];
      if (text !== undefined && text !== '' && this.keys.currentId === null) return refuse('pull.no-secret-key');
      if (text !== undefined) continue;
      const secret = stored.get(name);
      if (secret !== undefined && secret.audience !== needs.audience) return refuse('pull.secret-again', secretWords(name));
    }
    const missing = needs.must.find((name) => given[name] === '' || (given[name] === undefined && !stored.has(name)));
    return missing === undefined ? ok(undefined) : refuse('pull.secret-missing', { source, ...secretWords(missing) });
  }
}

/** What a seal is bound to: a row moved to another source, name or audience does not open. */
export function contextOf({ sourceId, name, audience }: Pick<StoredSecret, 'sourceId' | 'name' | 'audience'>): string {
  return `${sourceId}\n${name}\n${audience}`;
}
