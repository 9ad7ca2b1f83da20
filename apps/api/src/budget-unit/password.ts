import { randomInt } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';

/** Argon2id (the library's own choice), 19 MiB, two passes: OWASP's first recommendation; about 15 ms here, dear for whoever steals the table. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** The password as it is stored, in PHC form. */
export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFKC'), COST);
}

/** In the place of a hash: somebody who has no password, as those of a generated province. No password fits. */
const NO_PASSWORD = '!';

let decoy: Promise<string> | null = null;

/**
 * Is this the password? With no hash at hand (an unknown login, somebody without a password) a decoy is tried, so that the answer takes as long
 * and nobody learns which logins exist.
 */
export async function passwordFits(password: string, stored: string | null): Promise<boolean> {
  if (stored !== null && stored !== NO_PASSWORD) return verify(stored, password.normalize('NFKC'));
  decoy ??= hashPassword(oneTimePassword());
  await verify(await decoy, password.normalize('NFKC'));
  return false;
}

/** Letters and digits that nobody confuses when reading them out. */
const PLAIN = 'abcdefghjkmnpqrstuvwxyz23456789';

/** A password to be handed over once and replaced at the first sign-in: 4 × 4 plain characters, 79 bits. */
export function oneTimePassword(): string {
  const four = (): string => Array.from({ length: 4 }, () => PLAIN.charAt(randomInt(PLAIN.length))).join('');
  return [four(), four(), four(), four()].join('-');
}
