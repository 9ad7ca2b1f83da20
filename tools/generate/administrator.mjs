// Somebody who can sign in to a generated province: an administrator of its topmost unit, whose password is shown once and replaced at the first sign-in.
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { bundleTypeScript } from '../bundle-typescript.mjs';

/** As the product asks of accounts (session.contract.ts). */
export const LOGIN = /^[a-z0-9._-]{2,64}$/u;

/** Makes the account and answers its one-time password. */
export async function giveAdministrator(url, login) {
  const { hashPassword, oneTimePassword } = await bundleTypeScript('apps/api/src/budget-unit/password.ts');
  const password = oneTimePassword(), personId = randomUUID();
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('begin');
    await client.query('insert into person (id, login, display_name, password_hash, must_change_password) values ($1, $2, $3, $4, true)', [personId, login, '管理员', await hashPassword(password)]);
    await client.query(`insert into role_assignment (person_id, role, unit_id) select $1, 'administrator', id from budget_unit where parent_id is null`, [personId]);
    await client.query('commit');
  } finally { await client.end(); }
  return password;
}
