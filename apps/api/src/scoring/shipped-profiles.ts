import { DEFAULT_RULE_PROFILE, RULE_PROFILES, type RuleProfile, refuse, sayRefusal } from '@jiheng/domain';
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Clock } from '../platform/clock/clock';
import type { Db } from '../platform/database/tx';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { RuleProfileRepository, type StoredProfile, digestOf } from './rule-profile.repository';

/**
 * The profiles that ship are put on record when the server starts. One that differs from the record under the same version stops the start:
 * scores name a profile and version, and what that means must not drift.
 */
@Injectable()
export class ShippedProfiles implements OnApplicationBootstrap {
  constructor(private readonly unitOfWork: UnitOfWork, private readonly profiles: RuleProfileRepository, private readonly clock: Clock) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.record(RULE_PROFILES);
  }

  async record(shipped: readonly RuleProfile[]): Promise<void> {
    await this.unitOfWork.always(async (tx) => {
      for (const profile of shipped) {
        await this.profiles.insert(tx, profile, this.clock.now());
        const stored = await this.profiles.find(tx, profile.name, profile.version);
        if (stored?.sha256 === digestOf(profile)) continue;
        throw new Error(sayRefusal(refuse('scoring.profile-changed', { name: profile.name, version: String(profile.version) }).refusal));
      }
    });
  }

  /** The profile of units and years for which nobody assigned another: the default of the ministry (decision 1). */
  async inForce(db: Db): Promise<StoredProfile> {
    const stored = await this.profiles.find(db, DEFAULT_RULE_PROFILE.name, DEFAULT_RULE_PROFILE.version);
    if (stored === null) throw new Error(`rule profile ${DEFAULT_RULE_PROFILE.name} is not on record`);
    return stored;
  }

  /** The profile that scores a unit's documents of a year: the nearest assignment up the tree of units, else the default. */
  async inForceFor(db: Db, unitPath: string, fiscalYear: number): Promise<StoredProfile> {
    const stored = await this.profiles.inForceOr(db, unitPath, fiscalYear, DEFAULT_RULE_PROFILE.name, DEFAULT_RULE_PROFILE.version);
    if (stored === null) throw new Error(`rule profile ${DEFAULT_RULE_PROFILE.name} is not on record`);
    return stored;
  }
}
