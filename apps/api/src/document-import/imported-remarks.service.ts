import type { ImportedRemarkList, SettleRemark } from '@jiheng/contract';
import { ok, refuse, type Result } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import { MonitoringReports } from '../monitoring/monitoring.public';
import { Access } from '../platform/access/access';
import type { Actor } from '../platform/access/actor';
import { AuditTrail } from '../platform/audit/audit-trail';
import { Clock } from '../platform/clock/clock';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { ImportedRemarkRepository } from './imported-remark.repository';

/** What imported monitoring forms say of a report, for whoever fills it in: shown beside the own words, settled once. */
@Injectable()
export class ImportedRemarksService {
  constructor(
    private readonly unitOfWork: UnitOfWork, private readonly remarks: ImportedRemarkRepository, private readonly reports: MonitoringReports, private readonly access: Access,
    private readonly audit: AuditTrail, private readonly clock: Clock,
  ) {}

  /** Refusal `monitoring-report.not-found`, also for a report outside the reader's units. */
  async of(actor: Actor, reportId: string): Promise<Result<ImportedRemarkList>> {
    const { db } = this.unitOfWork;
    const head = await this.reports.head(db, reportId);
    if (head === null || !this.access.mayRead(actor, head.unitPath)) return refuse('monitoring-report.not-found');
    return ok({ remarks: [...await this.remarks.open(db, reportId)] });
  }

  /** Writes down what became of a remark; taking it over is the reporter's own change and was made before. Refusals `import.remark-not-found`, `.remark-settled`, those of an editable report. */
  settle(actor: Actor, id: string, { choice }: SettleRemark): Promise<Result<void>> {
    return this.unitOfWork.run(async (tx) => {
      const remark = await this.remarks.lock(tx, id);
      const head = remark === null ? null : await this.reports.head(tx, remark.reportId);
      if (remark === null || head === null) return refuse('import.remark-not-found');
      const allowed = this.access.requireRole(actor, ['reporter'], head.unitPath, 'import.remark-not-found');
      if (!allowed.ok) return allowed;
      if (!remark.isOpen) return refuse('import.remark-settled');
      const editable = this.reports.mayEdit(head);
      if (!editable.ok) return editable;
      await this.remarks.settle(tx, id, choice, actor.personId, this.clock.now());
      await this.audit.append(tx, actor, 'import.remark-settled', remark.reportId, { remark: id, choice });
      return ok(undefined);
    });
  }
}
