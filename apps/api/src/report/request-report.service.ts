import { DEFAULT_RULE_PROFILE, type Result, ok, refuse } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import { Access } from '../platform/access/access';
import type { Actor } from '../platform/access/actor';
import { AuditTrail } from '../platform/audit/audit-trail';
import { Clock } from '../platform/clock/clock';
import { newId } from '../platform/database/new-id';
import type { Tx } from '../platform/database/tx';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { Outbox } from '../platform/outbox/outbox';
import { JobRuns } from '../platform/queue/job-runs';
import { Scores } from '../scoring/scoring.public';
import { SelfEvaluations, accountOf } from '../self-evaluation/self-evaluation.public';
import { renderReport } from './render-report.job';
import { TEMPLATE_OF_SUBJECT, contentDigestOf, reportContentOf } from './report-content';
import { type NewArtifact, type ReportFormat, ReportRepository } from './report.repository';

/** Asks for a report file. The same content, template and score give the same file, however often it is asked for. */
@Injectable()
export class RequestReport {
  constructor(
    private readonly unitOfWork: UnitOfWork, private readonly selfEvaluations: SelfEvaluations, private readonly scores: Scores, private readonly reports: ReportRepository,
    private readonly outbox: Outbox, private readonly jobRuns: JobRuns, private readonly access: Access, private readonly audit: AuditTrail, private readonly clock: Clock,
  ) {}

  async request(actor: Actor, selfEvaluationId: string, format: ReportFormat): Promise<Result<{ artifactId: string }>> {
    return this.unitOfWork.run(async (tx) => {
      // Under the lock the content cannot change between its score and its cells.
      const head = await this.selfEvaluations.lock(tx, selfEvaluationId);
      if (head === null || !this.access.mayRead(actor, head.unitPath)) return refuse('self-evaluation.not-found');
      const score = await this.scores.scoreNow(tx, 'SELF_EVALUATION', selfEvaluationId);
      if (!score.ok) return score;
      const year = await this.selfEvaluations.load(tx, selfEvaluationId);
      const profile = await this.scores.profileOf(tx, score.value.id);
      if (year === null) return refuse('self-evaluation.not-found');
      const { account } = accountOf(year, profile ?? DEFAULT_RULE_PROFILE);
      if (account.total === null) return refuse('report.not-scored');
      const content = reportContentOf(account);
      const subject = account.project ?? account.budgetUnit;
      const wanted: NewArtifact = {
        id: newId(), documentId: selfEvaluationId, templateId: TEMPLATE_OF_SUBJECT[account.subject], format, scoreId: score.value.id, content,
        contentDigest: contentDigestOf(content), fileName: fileNameOf(`${account.fiscalYear}年度绩效自评-${subject}`, format),
        requestedBy: actor.personId, at: this.clock.now(),
      };
      const before = await this.reports.byKey(tx, wanted);
      if (before !== null && before.state !== 'FAILED') return ok({ artifactId: before.id });
      const artifactId = before?.id ?? wanted.id;
      if (before === null && !(await this.reports.insert(tx, wanted))) return ok({ artifactId: (await this.reports.byKey(tx, wanted))?.id ?? artifactId });
      await this.ring(tx, actor, artifactId, head.unitId, `${subject}（${format}）`, selfEvaluationId);
      return ok({ artifactId });
    });
  }

  private async ring(tx: Tx, actor: Actor, artifactId: string, unitId: string, title: string, selfEvaluationId: string): Promise<void> {
    const jobRunId = await this.jobRuns.create(tx, {
      name: renderReport.name, titleZh: `生成自评报告：${title}`, titleEn: `Make the report: ${title}`, unitId, requestedBy: actor.personId, link: `/self-evaluations/${selfEvaluationId}`,
    });
    await this.reports.wait(tx, artifactId, jobRunId);
    await this.outbox.put(tx, renderReport, { artifactId }, { jobRunId });
    await this.audit.append(tx, actor, 'report.requested', artifactId, { selfEvaluationId });
  }
}

/** A file name that every system takes. */
export function fileNameOf(name: string, format: ReportFormat): string {
  return `${name.replace(/[\\/:*?"<>|\s]+/gu, '_').slice(0, 120)}.${format}`;
}
