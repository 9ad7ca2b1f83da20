import type { Role } from '@jiheng/contract';
import { addDays, isDayText, isEditable, MONITORING_REPORT_WORKFLOW, ok, refuse, type Result, stateWords } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import { Access } from '../platform/access/access';
import type { Actor } from '../platform/access/actor';
import { AuditTrail } from '../platform/audit/audit-trail';
import { Clock } from '../platform/clock/clock';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { Outbox } from '../platform/outbox/outbox';
import { MonitoringReportRepository } from './monitoring-report.repository';
import { monitoringReportExtended } from './monitoring.public';

/** Who may give a late report more time: those above the reporter, and nobody by rank of administration alone. */
export const EXTENDERS: readonly Role[] = ['manager', 'department', 'finance'];

/** Most days an extension may reach from today. */
const LONGEST_DAYS = 92;

/** A report that is past its due day is given more time, with a reason (domain.md §4.3: "may reopen per unit with reason"). */
@Injectable()
export class ExtendReportService {
  constructor(
    private readonly unitOfWork: UnitOfWork, private readonly reports: MonitoringReportRepository, private readonly audit: AuditTrail, private readonly access: Access, private readonly clock: Clock,
    private readonly outbox: Outbox,
  ) {}

  /** @param until the new last day, that day included */
  extend(actor: Actor, reportId: string, until: string, reason: string): Promise<Result<void>> {
    return this.unitOfWork.run(async (tx) => {
      const head = await this.reports.lock(tx, reportId);
      if (head === null) return refuse('monitoring-report.not-found');
      const allowed = this.access.requireRole(actor, EXTENDERS, head.unitPath, 'monitoring-report.not-found');
      if (!allowed.ok) return allowed;
      if (!isEditable(MONITORING_REPORT_WORKFLOW, head.state)) return refuse('monitoring-report.extension-not-needed', stateWords(MONITORING_REPORT_WORKFLOW.states[head.state]));
      const today = this.clock.today();
      const latest = addDays(today, LONGEST_DAYS);
      if (!isDayText(until) || until < today || until > latest) return refuse('monitoring-report.extension-not-lawful', { today, latest, until });
      await this.reports.extend(tx, reportId, until, reason, actor.personId, this.clock.now());
      await this.reports.touch(tx, reportId);
      await this.outbox.put(tx, monitoringReportExtended, { reportId });
      await this.audit.append(tx, actor, 'monitoring-report.extended', reportId, { until, reason });
      return ok(undefined);
    });
  }
}
