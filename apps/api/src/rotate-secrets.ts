import 'reflect-metadata';
import { ConfigError, readConfig } from './platform/config/app-config';
import { makeDataSource } from './platform/database/data-source';
import { UnitOfWork } from './platform/database/unit-of-work';
import { SecretKeys } from './pull/secrets/secret-keys';
import { type Rotation, rotateSecrets } from './pull/secrets/rotate-secrets';

/**
 * Seals the passwords of sources with the first key of the settings, while the product may be running: what is set meanwhile is sealed with that key anyway.
 * @returns what was done, and the id of the first key; throws `ConfigError` without a database or without a key
 */
export async function rotateAllSecrets(env: Readonly<Record<string, string | undefined>>): Promise<Rotation & { readonly keyId: string }> {
  const config = readConfig(env);
  const keys = new SecretKeys(config.JIHENG_SECRET_KEY);
  if (keys.currentId === null) throw new ConfigError('JIHENG_SECRET_KEY: 没有密钥 · there is no key');
  const dataSource = await makeDataSource({ url: config.DATABASE_URL, entities: [], poolSize: 1, applicationName: 'jiheng rotate-secrets' }).initialize();
  try {
    const unitOfWork = new UnitOfWork(dataSource);
    return { keyId: keys.currentId, ...await rotateSecrets(keys, (deed) => unitOfWork.always(deed)) };
  } finally {
    await dataSource.destroy();
  }
}
