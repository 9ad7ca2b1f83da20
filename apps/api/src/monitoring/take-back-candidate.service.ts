import type { settleCandidate } from '@jiheng/contract';
import { ok, refuse, type Result, sameValue } from '@jiheng/domain';
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
import type { SettledCandidate } from './settle-candidate.service';

/** 撤销采用: what stood there before a source's value was taken stands there again, as a new revision, and the candidate waits once more. Nothing is rewritten. */
@Injectable()
export class TakeBackCandidateService {
  constructor(
    private readonly unitOfWork: UnitOfWork, private readonly reports: MonitoringReportRepository, private readonly candidates: CandidateRepository,
    private readonly actuals: ActualRepository, private readonly targetTables: TargetTables, private readonly recording: RecordActualService,
    private readonly audit: AuditTrail, private readonly access: Access, private readonly clock: Clock,
  ) {}

  /** Refusals: those of recording, and `candidate.not-found` where the candidate was not taken or another value stands there by now. */
  takeBack(actor: Actor, reportId: string, candidateId: string, body: z.output<typeof settleCandidate>): Promise<Result<SettledCandidate>> {
    return this.unitOfWork.run(async (tx) => {
      const head = await this.reports.lock(tx, reportId);
      if (head === null) return refuse('monitoring-report.not-found');
      const allowed = this.access.requireRole(actor, ['reporter'], head.unitPath, 'monitoring-report.not-found');
      if (!allowed.ok) return allowed;
      const asked = await this.candidates.byId(tx, candidateId);
      if (asked === null || asked.reportId !== reportId) return refuse('candidate.not-found');
      // Taken more than once, it is the last time that is taken back, by whichever id the page knows it.
      const taken = await this.candidates.byObservation(tx, reportId, asked.indicatorKey, asked.observationId) ?? asked;
      const row = await this.targetTables.indicatorByKey(tx, head.tableId, taken.indicatorKey);
      if (row === null) return refuse('report-row.not-found');
      const past = await this.actuals.history(tx, reportId, taken.indicatorKey);
      const revision = past[0]?.revision ?? 0;
      // Delivered again: it waits already, or has given way to a newer word of its source. One that waits under its first id was never taken.
      const isDone = (await this.actuals.byRequest(tx, reportId, body.requestId, head.period.fiscalYear))?.indicatorKey === row.indicator.key || (taken.settlement === null && taken.id !== asked.id);
      if (isDone) return ok({ indicatorId: row.id, revision });
      const editable = mayEditReport(head, this.clock.today());
      if (!editable.ok) return editable;
      if (body.expectedRevision !== revision) return refuse('actual.stale-revision', { by: past[0]?.by ?? '', current: String(revision) });
      const at = past.findIndex((one) => one.observationId === taken.observationId);
      if (taken.settlement !== 'ACCEPTED' || at < 0 || past[0] === undefined || !sameValue(past[0].actual, taken.actual, row.indicator)) return refuse('candidate.not-found');
      const before = past[at + 1];
      const written = await this.recording.write(tx, actor, head, row.id, {
        requestId: body.requestId, expectedRevision: revision, actual: { actual: before?.actual ?? { kind: 'NOT_REPORTED' } }, origin: before?.origin ?? 'TYPED', observationId: before?.observationId ?? null,
      });
      if (!written.ok) return written;
      await this.candidates.repeat(tx, taken.id, row.id, this.clock.now());
      await this.audit.append(tx, actor, 'candidate.taken-back', reportId, { indicatorKey: taken.indicatorKey, candidateId });
      return ok({ indicatorId: row.id, revision: written.value.revision });
    });
  }
}
