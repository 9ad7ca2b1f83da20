import { type Result, type Words, ok, refuse } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import { Access } from '../platform/access/access';
import type { Actor } from '../platform/access/actor';
import { AuditTrail } from '../platform/audit/audit-trail';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { JobNotices } from '../platform/queue/job-notices';
import { JobRuns } from '../platform/queue/job-runs';
import { withoutQuery } from './connectors/place-url';
import { lockOwnSource } from './lock-own-source';
import { PullRepository } from './pull.repository';
import { subjectOfSource } from './run-pull.job';

/** 删除取数来源: takes away a source that was set up by mistake. One that has brought values is where they come from, and stays. */
@Injectable()
export class DeletePullSource {
  constructor(
    private readonly unitOfWork: UnitOfWork, private readonly pulls: PullRepository, private readonly jobRuns: JobRuns, private readonly notices: JobNotices, private readonly access: Access,
    private readonly audit: AuditTrail,
  ) {}

  /**
   * Its bindings, schedule, secrets and attempts go with it, and a pull that waits or runs is taken back. The jobs of its pulls stay as history that asks nobody for anything. Refuses once a value has
   * come of it, read or unreadable. The trail keeps what it was.
   */
  delete(actor: Actor, sourceId: string): Promise<Result<void>> {
    return this.unitOfWork.run(async (tx) => {
      const found = await lockOwnSource(tx, { pulls: this.pulls, access: this.access }, actor, sourceId);
      if (!found.ok) return found;
      const { name, place } = found.value;
      // A value may be landing at this moment: it is waited for, and then it has come.
      const jobs = await this.pulls.lockRuns(tx, sourceId);
      if (await this.pulls.hasBrought(tx, sourceId)) return refuse('pull.source-has-values', { source: name });
      const bindings = await this.pulls.bindings(tx, sourceId);
      await this.pulls.deleteSource(tx, sourceId);
      const takenBack = await this.jobRuns.takeAway(tx, jobs.filter((id) => id !== null), goneOf(name));
      await this.notices.takeAway(tx, subjectOfSource(sourceId));
      await this.audit.appendAll(tx, actor, 'job.cancelled', takenBack.map((id) => ({ id })));
      await this.audit.append(tx, actor, 'pull-source.deleted', sourceId, { name, place: withoutQuery(place), bindings: String(bindings.length), pulls: String(jobs.length) });
      return ok(undefined);
    });
  }
}

/** The name it had when it was deleted: it may have been renamed since it was pulled. */
function goneOf(name: string): Words {
  return { zh: `来源已删除（${name}）`, en: `the source “${name}” was deleted` };
}
