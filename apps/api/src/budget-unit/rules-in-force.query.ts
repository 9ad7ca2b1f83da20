import { DEFAULT_RULE_PROFILE, type RuleProfile } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import type { Db } from '../platform/database/tx';

/** Which rules a unit's documents of a year are judged by: the nearest assignment up the tree of units, else the default of the house. */
@Injectable()
export class RulesInForce {
  async of(db: Db, unitPath: string, fiscalYear: number): Promise<RuleProfile> {
    const rows: { parameters: RuleProfile }[] = await db.manager.query('select parameters from rule_profile where id = rule_profile_in_force($1, $2)', [unitPath, fiscalYear]);
    return rows[0]?.parameters ?? DEFAULT_RULE_PROFILE;
  }
}
