// People with sessions of their own, as signing in would have made them (hashing a password is slow on purpose and no part of what is measured).
import { createHash, randomBytes, randomUUID } from 'node:crypto';

/** Opens sessions for `count` new people, each with a role at a unit. Answers what a browser holds: `{ personId, cookie, csrf }`. */
export async function openSessions(db, people) {
  const opened = people.map(({ unitId, role, name }) => {
    const token = randomBytes(32).toString('base64url');
    return { personId: randomUUID(), unitId, role, name, cookie: token, hash: createHash('sha256').update(token).digest('hex'), csrf: createHash('sha256').update(`csrf:${token}`).digest('base64url') };
  });
  const column = (key) => opened.map((one) => one[key]);
  await db.query(`insert into person (id, login, display_name, password_hash) select id, 'bench-' || id, name, '!' from unnest($1::uuid[], $2::text[]) x(id, name)`, [column('personId'), column('name')]);
  await db.query('insert into role_assignment (person_id, role, unit_id) select * from unnest($1::uuid[], $2::text[], $3::uuid[])', [column('personId'), column('role'), column('unitId')]);
  await db.query('insert into session (token_hash, person_id) select * from unnest($1::text[], $2::uuid[])', [column('hash'), column('personId')]);
  return opened.map(({ personId, cookie, csrf }) => ({ personId, cookie, csrf }));
}
