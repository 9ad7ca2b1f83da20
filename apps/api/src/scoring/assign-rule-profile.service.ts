import type { Role, RuleProfilePreview, decideRuleProfile, previewRuleProfile, proposeRuleProfile } from '@jiheng/contract';
import { type Result, ok, refuse } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { BudgetUnits } from '../budget-unit/budget-unit.public';
import { Access } from '../platform/access/access';
import type { Actor } from '../platform/access/actor';
import { AuditTrail } from '../platform/audit/audit-trail';
import { Clock } from '../platform/clock/clock';
import { ArchivedYears } from '../platform/database/archived-years';
import { newId } from '../platform/database/new-id';
import type { Db, Tx } from '../platform/database/tx';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { Outbox } from '../platform/outbox/outbox';
import { JobRuns } from '../platform/queue/job-runs';
import { applyRuleProfile } from './apply-rule-profile.job';
import { type AssignmentScope, RuleProfileAssignmentRepository, type StoredAssignment } from './rule-profile-assignment.repository';
import { type AskedPreview, RuleProfilePreviews } from './rule-profile-previews.service';
import { RuleProfileRepository } from './rule-profile.repository';
import { ShippedProfiles } from './shipped-profiles';

/** Who may say by which rules a unit is scored. */
export const RULERS: readonly Role[] = ['finance', 'administrator'];

type Wish = Pick<z.output<typeof previewRuleProfile>, 'scope' | 'fiscalYear' | 'profileId' | 'waitsFor' | 'anew'>;

/** 评分规则指定: shown first, proposed by one person, decided by another; then the points are computed again. */
@Injectable()
export class AssignRuleProfile {
  constructor(
    private readonly unitOfWork: UnitOfWork, private readonly units: BudgetUnits, private readonly profiles: RuleProfileRepository, private readonly assignments: RuleProfileAssignmentRepository,
    private readonly previews: RuleProfilePreviews, private readonly shipped: ShippedProfiles, private readonly access: Access, private readonly audit: AuditTrail, private readonly outbox: Outbox, private readonly jobRuns: JobRuns,
    private readonly clock: Clock, private readonly archive: ArchivedYears,
  ) {}

  /** What the profile would change for the scope and year, or the job that computes it; no score is written. */
  async preview(actor: Actor, wish: Wish): Promise<Result<RuleProfilePreview>> {
    const ground = await this.ground(this.unitOfWork.db, actor, wish);
    return ground.ok ? ok(await this.previews.show(actor, ground.value, wish.waitsFor ?? null, wish.anew === true)) : ground;
  }

  /** Writes the proposal with what would change: computed at this moment, or, for many documents, by the job of its preview. @returns its id */
  propose(actor: Actor, wish: z.output<typeof proposeRuleProfile>): Promise<Result<string>> {
    return this.unitOfWork.run(async (tx) => {
      const ground = await this.ground(tx, actor, wish);
      if (!ground.ok) return ground;
      await this.assignments.takeTurn(tx);
      const { scopeName, stored: { id: profileId, profile } } = ground.value;
      const said = { scope: scopeName, year: String(wish.fiscalYear) };
      if (await this.assignments.waiting(tx, wish.scope, wish.fiscalYear)) return refuse('rule-profile.already-proposed', said);
      const standard = await this.shipped.inForce(tx);
      if (await this.assignments.holdsEverywhere(tx, wish.scope, wish.fiscalYear, profileId, standard.id)) {
        return this.refuseWhatHolds(tx, wish, { ...said, name: profile.name, version: String(profile.version) });
      }
      const preview = await this.previews.forProposal(tx, ground.value);
      if (preview === null) return refuse('rule-profile.preview-first', said);
      const id = newId();
      await this.assignments.insert(tx, { id, scope: wish.scope, fiscalYear: wish.fiscalYear, profileId, assignedBy: actor.personId, reason: wish.reason, preview, at: this.clock.now() });
      await this.audit.append(tx, actor, 'rule-profile.proposed', id, { ...said, name: profile.name, version: String(profile.version) });
      return ok(id);
    });
  }

  /** A second person approves or rejects; approving asks for the points of every document it decides. */
  decide(actor: Actor, assignmentId: string, wish: z.output<typeof decideRuleProfile>): Promise<Result<void>> {
    return this.unitOfWork.run(async (tx) => {
      await this.assignments.takeTurn(tx);
      const assignment = await this.assignments.byId(tx, assignmentId);
      const allowed = assignment === null ? refuse('rule-profile.assignment-not-found') : await this.mayRule(tx, actor, assignment.scope);
      if (!allowed.ok || assignment === null) return allowed.ok ? refuse('rule-profile.assignment-not-found') : allowed;
      if (assignment.approved !== null) return refuse('rule-profile.decided');
      if (assignment.assignedById === actor.personId) return refuse('rule-profile.own-proposal');
      const approved = wish.decision === 'APPROVE';
      if (approved && await this.archive.has(assignment.fiscalYear, tx)) return refuse('year.archived', { year: String(assignment.fiscalYear) });
      if (!approved && wish.opinion === '') return refuse('rule-profile.opinion-needed');
      const jobRunId = approved ? await this.askForPoints(tx, actor, assignment) : null;
      if (!(await this.assignments.decide(tx, { assignmentId, approved, decidedBy: actor.personId, opinion: wish.opinion, jobRunId, at: this.clock.now() }))) return refuse('rule-profile.decided');
      await this.audit.append(tx, actor, approved ? 'rule-profile.approved' : 'rule-profile.rejected', assignmentId, { scope: assignment.scopeName, year: String(assignment.fiscalYear) });
      return ok(undefined);
    });
  }

  /** May this person decide about the scope? (for pages; {@link decide} asks itself) */
  async mayDecide(db: Db, actor: Actor, assignment: StoredAssignment): Promise<boolean> {
    return assignment.approved === null && assignment.assignedById !== actor.personId && (await this.mayRule(db, actor, assignment.scope)).ok;
  }

  /** May this person see what concerns the scope? A unit's people see what reaches their unit's tree. */
  async maySee(db: Db, actor: Actor, scope: AssignmentScope): Promise<boolean> {
    const held = actor.roles.map(({ path }) => path);
    if (scope.kind === 'REGION') return this.assignments.regionTouches(db, scope.regionCode, held);
    const [path] = await this.pathsOf(db, scope);
    return path !== undefined && held.some((one) => one.startsWith(path) || path.startsWith(one));
  }

  /** It holds already; where its documents are not all scored by it, it is not a second assignment that helps. */
  private async refuseWhatHolds(tx: Tx, { scope, fiscalYear, profileId }: Wish, said: Record<'scope' | 'year' | 'name' | 'version', string>): Promise<Result<never>> {
    const holding = await this.assignments.holding(tx, scope, fiscalYear, profileId);
    const owed = holding === null ? null : await this.assignments.rescoring(tx, holding);
    return owed?.jobState === 'CANCELLED' || owed?.jobState === 'FAILED'
      ? refuse('rule-profile.not-all-scored', { ...said, done: String(owed.done), documents: String(owed.documents) }) : refuse('rule-profile.already-in-force', said);
  }

  private async askForPoints(tx: Tx, actor: Actor, assignment: StoredAssignment): Promise<string> {
    const { scopeName, fiscalYear, profileName, profileVersion } = assignment;
    const jobRunId = await this.jobRuns.create(tx, {
      name: applyRuleProfile.name, titleZh: `按评分规则 ${profileName} 第 ${profileVersion} 版重新评分：${scopeName} ${fiscalYear} 年`,
      titleEn: `Score again by ${profileName} version ${profileVersion}: ${scopeName}, ${fiscalYear}`,
      unitId: assignment.scope.kind === 'UNIT' ? assignment.scope.unitId : null, requestedBy: actor.personId, link: '/rule-profiles',
    });
    await this.outbox.put(tx, applyRuleProfile, { assignmentId: assignment.id }, { jobRunId });
    return jobRunId;
  }

  private async ground(db: Db, actor: Actor, wish: Wish): Promise<Result<AskedPreview>> {
    const allowed = await this.mayRule(db, actor, wish.scope);
    if (!allowed.ok) return allowed;
    // Scores of a year that was set aside are neither read nor made.
    if (await this.archive.has(wish.fiscalYear, db)) return refuse('year.archived', { year: String(wish.fiscalYear) });
    const stored = await this.profiles.byId(db, wish.profileId);
    return stored === null ? refuse('rule-profile.not-found') : ok({ scope: wish.scope, scopeName: await this.nameOf(db, wish.scope), fiscalYear: wish.fiscalYear, stored });
  }

  private async mayRule(db: Db, actor: Actor, scope: AssignmentScope): Promise<Result<void>> {
    const paths = await this.pathsOf(db, scope);
    const [first] = paths;
    if (scope.kind === 'UNIT') return first === undefined ? refuse('house.not-found') : this.access.requireRole(actor, RULERS, first);
    if (first === undefined) return refuse('rule-profile.region-empty', { region: scope.regionCode });
    const reaches = (path: string): boolean => RULERS.some((role) => this.access.hasRole(actor, role, path));
    return paths.every(reaches) ? ok(undefined) : refuse('rule-profile.region-out-of-reach', { region: scope.regionCode });
  }

  private async pathsOf(db: Db, scope: AssignmentScope): Promise<readonly string[]> {
    if (scope.kind === 'REGION') return this.assignments.pathsOfRegion(db, scope.regionCode);
    const unit = await this.units.find(db, scope.unitId);
    return unit === null ? [] : [unit.path];
  }

  private async nameOf(db: Db, scope: AssignmentScope): Promise<string> {
    return scope.kind === 'REGION' ? scope.regionCode : ((await this.units.find(db, scope.unitId))?.name ?? '');
  }
}
