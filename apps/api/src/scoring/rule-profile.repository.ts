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

/** A profile with who brought it in and when; `by` is null for what ships. */
export interface RecordedProfile extends StoredProfile {
  readonly by: string | null;
  readonly at: Date;
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

  async all(db: Db): Promise<RecordedProfile[]> {
    const rows: (ProfileRow & { by: string | null; at: Date })[] = await db.manager.query(`
      select r.id, r.sha256, r.parameters, p.display_name as by, r.created_at as at from rule_profile r left join person p on p.id = r.created_by order by r.name, r.version`);
    return rows.map((row) => ({ id: row.id, sha256: row.sha256, profile: row.parameters, by: row.by, at: row.at }));
  }

  /** The profile an assignment gives to a unit in a year, else the one of this name and version; null: neither is there. */
  async inForceOr(db: Db, unitPath: string, fiscalYear: number, name: string, version: number): Promise<StoredProfile | null> {
    const rows: ProfileRow[] = await db.manager.query(`
      select r.id, r.sha256, r.parameters from rule_profile r
      where r.id = coalesce((select rule_profile_in_force($1, $2)), (select standard.id from rule_profile standard where standard.name = $3 and standard.version = $4))`, [unitPath, fiscalYear, name, version]);
    return rows[0] === undefined ? null : { id: rows[0].id, sha256: rows[0].sha256, profile: rows[0].parameters };
  }

  /** The profile an assignment gives to a unit in a year, and which assignment; null: none reaches it. */
  async inForce(db: Db, unitPath: string, fiscalYear: number): Promise<{ readonly assignmentId: string; readonly stored: StoredProfile } | null> {
    const rows: (ProfileRow & { assignmentId: string })[] = await db.manager.query(`
      select r.id, r.sha256, r.parameters, a.id as "assignmentId" from rule_profile_assignment a join rule_profile r on r.id = a.profile_id
      where a.id = rule_profile_assignment_in_force($1, $2)`, [unitPath, fiscalYear]);
    const [row] = rows;
    return row === undefined ? null : { assignmentId: row.assignmentId, stored: { id: row.id, sha256: row.sha256, profile: row.parameters } };
  }

  /**
   * Several processes may start together: the first inserts, the others find.
   * @returns false when the name and version are on record already
   */
  async insert(tx: Tx, profile: RuleProfile, at: Date, createdBy: string | null = null): Promise<boolean> {
    const rows: unknown[] = await tx.manager.query(
      `insert into rule_profile (id, name, version, parameters, sha256, created_at, created_by) values ($1, $2, $3, $4, $5, $6, $7)
       on conflict (name, version) do nothing returning id`,
      [newId(), profile.name, profile.version, JSON.stringify(profile), digestOf(profile), at, createdBy]);
    return rows.length > 0;
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
