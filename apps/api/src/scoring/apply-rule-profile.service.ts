import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock/clock';
import { UnitOfWork } from '../platform/database/unit-of-work';
import type { JobContext } from '../platform/queue/job-handler';
import { ScoreRegion } from './bulk/score-region.service';
import { RuleProfileAssignmentRepository } from './rule-profile-assignment.repository';

/**
 * Scores again what an approved assignment decides, as a region's run: slices that every worker may do, resumable from the last one. Signed
 * documents keep the points they were signed with; earlier scores stay with the profile version they were made by.
 */
@Injectable()
export class ApplyRuleProfile {
  constructor(
    private readonly unitOfWork: UnitOfWork, private readonly assignments: RuleProfileAssignmentRepository, private readonly regions: ScoreRegion, private readonly clock: Clock,
  ) {}

  async apply(assignmentId: string, context: Pick<JobContext, 'progress' | 'cancelled' | 'signal'>): Promise<void> {
    const assignment = await this.assignments.byId(this.unitOfWork.db, assignmentId);
    if (assignment?.approved !== true) return;
    await this.unitOfWork.always((tx) => this.assignments.cutRun(tx, assignment, this.clock.now()));
    await this.regions.run(assignmentId, context);
  }

  /** After the last failure, from which trying again goes on where it stopped, or taken back. */
  async markEnded(assignmentId: string, state: 'FAILED' | 'CANCELLED'): Promise<void> {
    await this.regions.markEnded(assignmentId, state);
  }
}
