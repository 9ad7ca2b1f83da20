import { DEFAULT_RULE_PROFILE, type RuleProfile } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import type { Db } from '../platform/database/tx';

/** Which rules a unit's documents of a year are judged by: the nearest assignment up the tree of units, else the default of the house. */
@Injectable()
export class RulesInForce {
  /** Profiles by id: the database forbids one to change, and there are few. */
  private readonly kept = new Map<string, RuleProfile>();

  /** The profile of an id that `rule_profile_in_force` answered; null is the default of the house. */
  async byId(db: Db, profileId: string | null): Promise<RuleProfile> {
    if (profileId === null) return DEFAULT_RULE_PROFILE;
    const known = this.kept.get(profileId);
    if (known !== undefined) return known;
    const rows: { parameters: RuleProfile }[] = await db.manager.query('select parameters from rule_profile where id = $1', [profileId]);
    const found = rows[0]?.parameters;
    if (found === undefined) throw new Error(`rule profile ${profileId} is in force and not on record`);
    this.kept.set(profileId, found);
    return found;
  }

  async of(db: Db, unitPath: string, fiscalYear: number): Promise<RuleProfile> {
    const rows: { parameters: RuleProfile }[] = await db.manager.query('select parameters from rule_profile where id = rule_profile_in_force($1, $2)', [unitPath, fiscalYear]);
    return rows[0]?.parameters ?? DEFAULT_RULE_PROFILE;
  }
}
