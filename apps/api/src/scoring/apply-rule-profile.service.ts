import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../platform/database/unit-of-work';
import type { JobContext } from '../platform/queue/job-handler';
import { RuleProfileAssignmentRepository } from './rule-profile-assignment.repository';
import { ScoreDocument } from './score-document.service';

/** Scores again what an approved assignment decides. Signed documents keep the points they were signed with. */
@Injectable()
export class ApplyRuleProfile {
  constructor(private readonly unitOfWork: UnitOfWork, private readonly assignments: RuleProfileAssignmentRepository, private readonly scoring: ScoreDocument) {}

  async apply(assignmentId: string, context: Pick<JobContext, 'progress' | 'cancelled'>): Promise<void> {
    const { db } = this.unitOfWork;
    const assignment = await this.assignments.byId(db, assignmentId);
    if (assignment?.approved !== true) return;
    const open = (await this.assignments.documentsOf(db, assignment.scope, assignment.fiscalYear)).filter((document) => !document.isSigned);
    let done = 0;
    await context.progress(done, open.length);
    for (const document of open) {
      if (await context.cancelled()) return;
      // A document that is gone by now has no points to compute.
      await this.scoring.score(document.kind, document.id);
      done += 1;
      await context.progress(done, open.length, document.unitName);
    }
  }
}
