import type { RuleProfileAssignmentList, RuleProfileAssignmentView, RuleProfileInForce, RuleProfileList, RuleProfileView } from '@jiheng/contract';
import { DEFAULT_RULE_PROFILE, RULE_PROFILES, type Result, ok, refuse } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import { BudgetUnits } from '../budget-unit/budget-unit.public';
import { Access } from '../platform/access/access';
import type { Actor } from '../platform/access/actor';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { AssignRuleProfile, RULERS } from './assign-rule-profile.service';
import { RuleProfileAssignmentRepository, type StoredAssignment } from './rule-profile-assignment.repository';
import { RuleProfilePreviews } from './rule-profile-previews.service';
import { type RecordedProfile, RuleProfileRepository } from './rule-profile.repository';
import { RuleProfiles, type WaitingAssignment } from './scoring.public';
import { ShippedProfiles } from './shipped-profiles';

/** The rules of scoring and where they hold. */
@Injectable()
export class RuleProfileQuery extends RuleProfiles {
  constructor(
    private readonly unitOfWork: UnitOfWork, private readonly profiles: RuleProfileRepository, private readonly shipped: ShippedProfiles,
    private readonly assignments: RuleProfileAssignmentRepository, private readonly assigning: AssignRuleProfile, private readonly units: BudgetUnits, private readonly access: Access,
    private readonly previews: RuleProfilePreviews,
  ) { super(); }

  async profilesFor(actor: Actor): Promise<RuleProfileList> {
    const profiles = await this.profiles.all(this.unitOfWork.db);
    return { profiles: profiles.map(toProfileView), mayCreate: actor.roles.some(({ role }) => role === 'finance' || role === 'administrator') };
  }

  async profile(id: string): Promise<Result<RuleProfileView>> {
    const found = (await this.profiles.all(this.unitOfWork.db)).find((profile) => profile.id === id);
    return found === undefined ? refuse('rule-profile.not-found') : ok(toProfileView(found));
  }

  /** Those that concern a unit above, at or below one the reader may see. */
  async assignmentsFor(actor: Actor, fiscalYear: number | null): Promise<RuleProfileAssignmentList> {
    const { db } = this.unitOfWork;
    const seen: RuleProfileAssignmentView[] = [];
    for (const assignment of await this.assignments.all(db, fiscalYear)) {
      if (await this.assigning.maySee(db, actor, assignment.scope)) seen.push(await this.toView(actor, assignment));
    }
    const standard = await this.shipped.inForce(db);
    return { assignments: seen, defaultProfile: { id: standard.id, name: standard.profile.name, version: standard.profile.version } };
  }

  async waitingFor(actor: Actor): Promise<readonly WaitingAssignment[]> {
    // Nobody else may decide; most people who look for their work ask nothing here.
    if (!actor.roles.some(({ role }) => RULERS.includes(role))) return [];
    const { db } = this.unitOfWork;
    const waiting: StoredAssignment[] = [];
    for (const assignment of await this.assignments.undecided(db)) if (await this.assigning.mayDecide(db, actor, assignment)) waiting.push(assignment);
    return waiting;
  }

  async assignment(actor: Actor, id: string): Promise<Result<RuleProfileAssignmentView>> {
    const { db } = this.unitOfWork;
    const found = await this.assignments.byId(db, id);
    if (found === null || !(await this.assigning.maySee(db, actor, found.scope))) return refuse('rule-profile.assignment-not-found');
    return ok(await this.toView(actor, found));
  }

  async inForce(actor: Actor, unitId: string, fiscalYear: number): Promise<Result<RuleProfileInForce>> {
    const { db } = this.unitOfWork;
    const unit = await this.units.find(db, unitId);
    if (unit === null || !this.access.mayRead(actor, unit.path)) return refuse('house.not-found');
    const assigned = await this.profiles.inForce(db, unit.path, fiscalYear);
    const stored = assigned?.stored ?? (await this.shipped.inForce(db));
    return ok({ profile: { id: stored.id, name: stored.profile.name, version: stored.profile.version }, assignmentId: assigned?.assignmentId ?? null });
  }

  private async toView(actor: Actor, assignment: StoredAssignment): Promise<RuleProfileAssignmentView> {
    const { approved, scope } = assignment;
    return {
      id: assignment.id, scope: scope as RuleProfileAssignmentView['scope'], scopeName: assignment.scopeName, fiscalYear: assignment.fiscalYear,
      profile: { id: assignment.profileId, name: assignment.profileName, version: assignment.profileVersion },
      state: approved === null ? 'PROPOSED' : approved ? 'APPROVED' : 'REJECTED', assignedBy: assignment.assignedBy, assignedAt: assignment.assignedAt.toISOString(), reason: assignment.reason,
      decidedBy: assignment.decidedBy, decidedAt: assignment.decidedAt?.toISOString() ?? null, opinion: assignment.opinion, inForce: approved === true && assignment.isLatest,
      // Whoever decides it now sees how old the numbers are; what is decided stays as it was shown.
      preview: approved === null ? await this.previews.withAge(this.unitOfWork.db, scope, assignment.fiscalYear, assignment.preview) : assignment.preview, mayDecide: await this.assigning.mayDecide(this.unitOfWork.db, actor, assignment), jobRunId: assignment.jobRunId as RuleProfileAssignmentView['jobRunId'],
      rescoring: approved === true && assignment.isLatest ? await this.assignments.rescoring(this.unitOfWork.db, assignment.id) : null,
    };
  }
}

function toProfileView({ id, sha256, profile, by, at }: RecordedProfile): RuleProfileView {
  return {
    id, name: profile.name, version: profile.version, sha256, isDefault: profile.name === DEFAULT_RULE_PROFILE.name && profile.version === DEFAULT_RULE_PROFILE.version,
    parameters: { ...profile }, shipped: RULE_PROFILES.some((one) => one.name === profile.name && one.version === profile.version), by, at: at.toISOString(),
  };
}
