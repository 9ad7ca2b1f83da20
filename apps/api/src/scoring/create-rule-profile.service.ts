import { type Result, isReservedName, ok, refuse, validateRuleProfile } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../platform/access/actor';
import { AuditTrail } from '../platform/audit/audit-trail';
import { Clock } from '../platform/clock/clock';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { RuleProfileRepository, digestOf } from './rule-profile.repository';

/** Takes a profile that a person wrote on record. A version is never changed: a correction is the next one. */
@Injectable()
export class CreateRuleProfile {
  constructor(private readonly unitOfWork: UnitOfWork, private readonly profiles: RuleProfileRepository, private readonly audit: AuditTrail, private readonly clock: Clock) {}

  /** Refuses what the domain's strict check refuses, a name kept for profiles that ship, and a name and version that exist. @returns the id of the profile */
  create(actor: Actor, json: unknown): Promise<Result<string>> {
    return this.unitOfWork.run(async (tx) => {
      const read = validateRuleProfile(json);
      if (!read.ok) return read;
      const profile = read.value;
      if (isReservedName(profile.name)) return refuse('scoring.profile-name-reserved', { name: profile.name });
      if (!(await this.profiles.insert(tx, profile, this.clock.now(), actor.personId))) {
        return refuse('scoring.profile-exists', { name: profile.name, version: String(profile.version) });
      }
      const stored = await this.profiles.find(tx, profile.name, profile.version);
      if (stored === null) throw new Error(`rule profile ${profile.name} was inserted and is gone`);
      await this.audit.append(tx, actor, 'rule-profile.created', stored.id, { name: profile.name, version: String(profile.version), sha256: digestOf(profile) });
      return ok(stored.id);
    });
  }
}
