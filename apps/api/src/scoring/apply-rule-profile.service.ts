import { type Result, ok, refuse } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock/clock';
import { ArchivedYears } from '../platform/database/archived-years';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { type RegionContext, ScoreRegion } from './bulk/score-region.service';
import { RuleProfileAssignmentRepository } from './rule-profile-assignment.repository';

/**
 * Scores again what an approved assignment decides, as a region's run: slices that every worker may do, resumable from the last one. Signed
 * documents keep the points they were signed with; earlier scores stay with the profile version they were made by.
 */
@Injectable()
export class ApplyRuleProfile {
  constructor(
    private readonly unitOfWork: UnitOfWork, private readonly assignments: RuleProfileAssignmentRepository, private readonly regions: ScoreRegion, private readonly clock: Clock,
    private readonly archive: ArchivedYears,
  ) {}

  async apply(assignmentId: string, context: RegionContext): Promise<void> {
    const assignment = await this.assignments.byId(this.unitOfWork.db, assignmentId);
    if (assignment?.approved !== true) return;
    await this.unitOfWork.always((tx) => this.assignments.cutRun(tx, assignment, this.clock.now()));
    await this.regions.run(assignmentId, context);
  }

  /** Before somebody has it go on: not of a year that was set aside. */
  async mayGoOn(assignmentId: string): Promise<Result<void>> {
    const assignment = await this.assignments.byId(this.unitOfWork.db, assignmentId);
    return assignment !== null && await this.archive.has(assignment.fiscalYear) ? refuse('year.archived', { year: String(assignment.fiscalYear) }) : ok(undefined);
  }

  /** After the last failure, from which trying again goes on where it stopped, or taken back. */
  async markEnded(assignmentId: string, state: 'FAILED' | 'CANCELLED'): Promise<void> {
    await this.regions.markEnded(assignmentId, state);
  }
}
