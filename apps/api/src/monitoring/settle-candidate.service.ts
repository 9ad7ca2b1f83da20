import type { settleCandidate } from '@jiheng/contract';
import { deviationOfPulled, ok, refuse, type Result, retell } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { Access } from '../platform/access/access';
import type { Actor } from '../platform/access/actor';
import { AuditTrail } from '../platform/audit/audit-trail';
import { Clock } from '../platform/clock/clock';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { TargetTables } from '../target-table/target-table.public';
import { ActualRepository } from './actual.repository';
import { CandidateRepository } from './candidate.repository';
import { MonitoringReportRepository } from './monitoring-report.repository';
import { RecordActualService } from './record-actual.service';
import { mayEditReport } from './report-editable';

/** What was chosen, and where the row stands now. */
export interface SettledCandidate {
  readonly indicatorId: string;
  readonly revision: number;
}

/** A person chooses between the source's value and the present one. Taking it over is recording it, with the source as its origin. */
@Injectable()
export class SettleCandidateService {
  constructor(
    private readonly unitOfWork: UnitOfWork, private readonly reports: MonitoringReportRepository, private readonly candidates: CandidateRepository,
    private readonly actuals: ActualRepository, private readonly targetTables: TargetTables, private readonly recording: RecordActualService,
    private readonly audit: AuditTrail, private readonly access: Access, private readonly clock: Clock,
  ) {}

  settle(actor: Actor, reportId: string, candidateId: string, body: z.output<typeof settleCandidate>): Promise<Result<SettledCandidate>> {
    return this.unitOfWork.run(async (tx) => {
      const head = await this.reports.lock(tx, reportId);
      if (head === null) return refuse('monitoring-report.not-found');
      const allowed = this.access.requireRole(actor, ['reporter'], head.unitPath, 'monitoring-report.not-found');
      if (!allowed.ok) return allowed;
      const candidate = await this.candidates.byId(tx, candidateId);
      if (candidate === null || candidate.reportId !== reportId) return refuse('candidate.not-found');
      const row = await this.targetTables.indicatorByKey(tx, head.tableId, candidate.indicatorKey);
      if (row === null) return refuse('report-row.not-found');
      const current = await this.actuals.latest(tx, reportId, candidate.indicatorKey, head.period.fiscalYear);
      const wanted = body.choice === 'ACCEPT' ? 'ACCEPTED' : 'KEPT';
      if (candidate.settlement !== null) {
        // The same choice delivered again; any other choice came too late.
        return candidate.settlement === wanted ? ok({ indicatorId: row.id, revision: current?.revision ?? 0 }) : refuse('candidate.not-found');
      }
      const editable = mayEditReport(head, this.clock.today());
      if (!editable.ok) return editable;
      if (body.expectedRevision !== (current?.revision ?? 0)) {
        return refuse('actual.stale-revision', { by: current?.by ?? '', current: String(current?.revision ?? 0) });
      }
      const reason = body.reason?.trim() ?? '';
      // Whoever reviews the report reads it: a source is set aside for a reason, or not at all.
      if (wanted === 'KEPT' && reason === '') return refuse('candidate.reason-missing');
      if (wanted === 'ACCEPTED' && candidate.warning !== null && body.sure !== true) return refuse('candidate.doubtful', { warning: candidate.warning, warningEn: retell(candidate.warning, 'en') });
      const deviation = deviationOfPulled(current?.actual ?? null, candidate.actual, row.indicator);
      await this.candidates.settle(tx, candidate.id, { settlement: wanted, by: actor.personId, at: this.clock.now(), reason: reason === '' ? null : reason, deviation });
      if (wanted === 'KEPT') {
        await this.reports.touch(tx, reportId);
        await this.audit.append(tx, actor, 'candidate.kept-mine', reportId, { indicatorKey: candidate.indicatorKey, candidateId, reason });
        return ok({ indicatorId: row.id, revision: current?.revision ?? 0 });
      }
      const written = await this.recording.write(tx, actor, head, row.id, {
        requestId: body.requestId, expectedRevision: body.expectedRevision, actual: { actual: candidate.actual }, origin: candidate.origin, observationId: candidate.observationId,
      });
      return written.ok ? ok({ indicatorId: row.id, revision: written.value.revision }) : written;
    });
  }
}
