import type { explainDeviation } from '@jiheng/contract';
import { ok, refuse, type Result } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { Access } from '../platform/access/access';
import type { Actor } from '../platform/access/actor';
import { AuditTrail } from '../platform/audit/audit-trail';
import { Clock } from '../platform/clock/clock';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { Outbox } from '../platform/outbox/outbox';
import { TargetTables } from '../target-table/target-table.public';
import { ExplanationRepository } from './explanation.repository';
import { explanationRecorded } from './monitoring.public';
import { MonitoringReportRepository } from './monitoring-report.repository';
import { mayEditReport } from './report-editable';

/** 偏差原因及改进措施 of one row is written down: a new revision, whoever wrote before. */
@Injectable()
export class ExplainDeviationService {
  constructor(
    private readonly unitOfWork: UnitOfWork, private readonly reports: MonitoringReportRepository, private readonly explanations: ExplanationRepository,
    private readonly targetTables: TargetTables, private readonly outbox: Outbox, private readonly audit: AuditTrail, private readonly access: Access, private readonly clock: Clock,
  ) {}

  /** @returns the revision of the explanation */
  explain(actor: Actor, reportId: string, indicatorId: string, body: z.output<typeof explainDeviation>): Promise<Result<{ revision: number }>> {
    return this.unitOfWork.run(async (tx) => {
      const head = await this.reports.lock(tx, reportId);
      if (head === null) return refuse('monitoring-report.not-found');
      const allowed = this.access.requireRole(actor, ['reporter'], head.unitPath, 'monitoring-report.not-found');
      if (!allowed.ok) return allowed;
      const row = await this.targetTables.indicator(tx, head.tableId, indicatorId);
      if (row === null) return refuse('report-row.not-found');
      const { key } = row.indicator;
      const current = await this.explanations.latest(tx, reportId, key);
      const delivered = await this.explanations.keyOfRequest(tx, reportId, body.requestId);
      if (delivered !== null) return delivered === key ? ok({ revision: current?.revision ?? 0 }) : refuse('actual.request-used');
      const editable = mayEditReport(head, this.clock.today());
      if (!editable.ok) return editable;
      if (body.expectedRevision !== (current?.revision ?? 0)) {
        return refuse('explanation.stale-revision', { by: current?.by ?? '', current: String(current?.revision ?? 0) });
      }
      const { causes, sentence, measures, likelihood, forecast } = body.explanation;
      if (causes.length === 0 && sentence === '') return refuse('explanation.empty');
      const revision = (current?.revision ?? 0) + 1;
      await this.explanations.append(tx, {
        reportId, indicatorId, indicatorKey: key, revision, explanation: { causes: [...new Set(causes)], sentence, measures, likelihood, forecast },
        requestId: body.requestId, recordedBy: actor.personId, at: this.clock.now(),
      });
      await this.reports.touch(tx, reportId);
      await this.outbox.put(tx, explanationRecorded, { reportId, indicatorId }, { dedupKey: `explanation-recorded/${reportId}` });
      await this.audit.append(tx, actor, 'explanation.recorded', reportId, { indicatorKey: key, revision: String(revision) });
      return ok({ revision });
    });
  }
}
