import { createHash } from 'node:crypto';
import type { RuleProfile } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import { newId } from '../platform/database/new-id';
import type { Db, Tx } from '../platform/database/tx';

/** A profile with the identity under which scores name it. */
export interface StoredProfile {
  readonly id: string;
  readonly sha256: string;
  readonly profile: RuleProfile;
}

interface ProfileRow { id: string; sha256: string; parameters: RuleProfile }

/** Memory of rule profiles. */
@Injectable()
export class RuleProfileRepository {
  async find(db: Db, name: string, version: number): Promise<StoredProfile | null> {
    const rows: ProfileRow[] = await db.manager.query('select id, sha256, parameters from rule_profile where name = $1 and version = $2', [name, version]);
    return rows[0] === undefined ? null : { id: rows[0].id, sha256: rows[0].sha256, profile: rows[0].parameters };
  }

  async byId(db: Db, id: string): Promise<StoredProfile | null> {
    const rows: ProfileRow[] = await db.manager.query('select id, sha256, parameters from rule_profile where id = $1', [id]);
    return rows[0] === undefined ? null : { id: rows[0].id, sha256: rows[0].sha256, profile: rows[0].parameters };
  }

  async all(db: Db): Promise<StoredProfile[]> {
    const rows: ProfileRow[] = await db.manager.query('select id, sha256, parameters from rule_profile order by name, version');
    return rows.map((row) => ({ id: row.id, sha256: row.sha256, profile: row.parameters }));
  }

  /** Several processes may start together: the first inserts, the others find. */
  async insert(tx: Tx, profile: RuleProfile, at: Date): Promise<void> {
    await tx.manager.query('insert into rule_profile (id, name, version, parameters, sha256, created_at) values ($1, $2, $3, $4, $5, $6) on conflict (name, version) do nothing',
      [newId(), profile.name, profile.version, JSON.stringify(profile), digestOf(profile), at]);
  }
}

/** SHA-256 of a profile, whatever the order of its members. */
export function digestOf(profile: RuleProfile): string {
  return createHash('sha256').update(JSON.stringify(sorted(profile))).digest('hex');
}

function sorted(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(sorted);
  if (typeof part !== 'object' || part === null) return part;
  return Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, value]) => [key, sorted(value)]));
}
