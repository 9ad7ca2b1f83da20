import type { recordActual as recordActualBody } from '@jiheng/contract';
import { type ActualOrigin, ok, recordActual, refuse, type Result, sameValue } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { Access } from '../platform/access/access';
import type { Actor } from '../platform/access/actor';
import { AuditTrail } from '../platform/audit/audit-trail';
import { Clock } from '../platform/clock/clock';
import type { Tx } from '../platform/database/tx';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { Outbox } from '../platform/outbox/outbox';
import { TargetTables } from '../target-table/target-table.public';
import { fromActualBody } from './actual.mapper';
import { ActualRepository } from './actual.repository';
import { CandidateRepository } from './candidate.repository';
import { actualRecorded, type ReportHead } from './monitoring.public';
import { MonitoringReportRepository } from './monitoring-report.repository';
import { hasMoreTime } from './report-editable';

/** The cell's revision that a recording reached. */
export interface RecordedCellRevision {
  readonly revision: number;
}

/** What is recorded, by whoever chose it: a person typing, or a person taking over a source's value. */
export interface Recording {
  readonly requestId: string;
  readonly expectedRevision: number;
  readonly actual: Parameters<typeof recordActual>[0]['entry'];
  readonly origin: ActualOrigin;
  readonly observationId: string | null;
}

/** 实际完成值 is taken down: lock, load, ask the domain, add a revision, ring, note. */
@Injectable()
export class RecordActualService {
  constructor(
    private readonly unitOfWork: UnitOfWork, private readonly reports: MonitoringReportRepository, private readonly actuals: ActualRepository,
    private readonly candidates: CandidateRepository, private readonly targetTables: TargetTables, private readonly outbox: Outbox, private readonly audit: AuditTrail,
    private readonly access: Access, private readonly clock: Clock,
  ) {}

  /**
   * Records a typed value. Delivered twice with the same request id, the second delivery changes nothing and is answered like the first.
   * Refusals: those of the domain's `recordActual`, `monitoring-report.not-found`, `report-row.not-found`, `actual.request-used`.
   */
  record(actor: Actor, reportId: string, indicatorId: string, body: z.output<typeof recordActualBody>): Promise<Result<RecordedCellRevision>> {
    return this.unitOfWork.run(async (tx) => {
      const head = await this.reports.lock(tx, reportId);
      if (head === null) return refuse('monitoring-report.not-found');
      const allowed = this.access.requireRole(actor, ['reporter'], head.unitPath, 'monitoring-report.not-found');
      if (!allowed.ok) return allowed;
      return this.write(tx, actor, head, indicatorId, {
        requestId: body.requestId, expectedRevision: body.expectedRevision, actual: { actual: fromActualBody(body.actual) }, origin: 'TYPED', observationId: null,
      });
    });
  }

  /** The same inside a transaction that holds the lock on the report. */
  async write(tx: Tx, actor: Actor, head: ReportHead, indicatorId: string, recording: Recording): Promise<Result<RecordedCellRevision>> {
    const row = await this.targetTables.indicator(tx, head.tableId, indicatorId);
    if (row === null) return refuse('report-row.not-found');
    const { indicator } = row;
    const [delivered, current] = await Promise.all([
      this.actuals.byRequest(tx, head.id, recording.requestId, head.period.fiscalYear), this.actuals.latest(tx, head.id, indicator.key, head.period.fiscalYear),
    ]);
    if (delivered !== null) {
      // The answer was lost on the way and the browser asks again.
      return delivered.indicatorKey === indicator.key ? ok({ revision: delivered.revision }) : refuse('actual.request-used');
    }
    const decided = recordActual({
      reportState: head.state, period: { ...head.period, months: head.period.ordinal * 3 }, today: this.clock.today(), reopened: hasMoreTime(head, this.clock.today()), indicator,
      roles: this.access.rolesAt(actor, head.unitPath), current, seenRevision: recording.expectedRevision, entry: recording.actual, origin: recording.origin,
    });
    if (!decided.ok) return decided;
    const { actual, revision, changed } = decided.value;
    // Sources that say what stands there now agree; those that say something else go on waiting.
    const agreed = (await this.candidates.waiting(tx, head.id, indicator.key)).filter((waiting) => sameValue(actual, waiting.actual, indicator));
    if (agreed.length > 0) await this.candidates.agree(tx, agreed.map(({ id }) => id), this.clock.now());
    if (!changed) return ok({ revision });
    const origin = recording.origin === 'TYPED' && head.state === 'RETURNED' && current !== null ? 'CORRECTED' : recording.origin;
    // In this order and together: none needs the answer of another.
    await Promise.all([
      this.actuals.append(tx, {
        reportId: head.id, fiscalYear: head.period.fiscalYear, indicatorId, indicatorKey: indicator.key, revision, actual, origin, observationId: recording.observationId,
        requestId: recording.requestId, recordedBy: actor.personId, at: this.clock.now(),
      }),
      this.reports.touch(tx, head.id),
      this.outbox.put(tx, actualRecorded, { reportId: head.id, indicatorId }, { dedupKey: `actual-recorded/${head.id}` }),
      this.audit.append(tx, actor, 'actual.recorded', head.id, { indicatorKey: indicator.key, revision: String(revision), kind: actual.kind }),
    ]);
    return ok({ revision });
  }
}
