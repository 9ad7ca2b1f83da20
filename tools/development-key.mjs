// The key that encrypts the passwords of sources where nobody has set JIHENG_SECRET_KEY: made once, kept beside the data, readable by its owner only.
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Reads the key of a data folder, or makes one. Two starts at once agree: the file is created only where it is not there.
 * @param {string} dataDir
 * @returns {string} 32 bytes in base64
 */
export function developmentKey(dataDir) {
  const file = join(dataDir, 'secret.key');
  mkdirSync(dataDir, { recursive: true });
  try {
    writeFileSync(file, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  chmodSync(file, 0o600);
  return readFileSync(file, 'utf8').trim();
}
