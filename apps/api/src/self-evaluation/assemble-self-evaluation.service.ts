import { type Result, assembleSelfEvaluation, ok, refuse } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import { MonitoringReports } from '../monitoring/monitoring.public';
import { Access } from '../platform/access/access';
import type { Actor } from '../platform/access/actor';
import { AuditTrail } from '../platform/audit/audit-trail';
import { Clock } from '../platform/clock/clock';
import { newId } from '../platform/database/new-id';
import type { Tx } from '../platform/database/tx';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { Outbox } from '../platform/outbox/outbox';
import { type TargetTableHead, TargetTables } from '../target-table/target-table.public';
import { selfEvaluationChanged } from './self-evaluation.public';
import { SelfEvaluationRepository } from './self-evaluation.repository';

/** Puts the year together from its signed quarters. Asked again, it answers the one that is there. */
@Injectable()
export class AssembleSelfEvaluation {
  constructor(
    private readonly unitOfWork: UnitOfWork, private readonly tables: TargetTables, private readonly reports: MonitoringReports, private readonly repository: SelfEvaluationRepository,
    private readonly outbox: Outbox, private readonly access: Access, private readonly audit: AuditTrail, private readonly clock: Clock,
  ) {}

  async assemble(actor: Actor, tableId: string): Promise<Result<{ id: string }>> {
    return this.unitOfWork.run(async (tx) => {
      const asked = await this.tables.lock(tx, tableId);
      if (asked === null || !this.access.mayRead(actor, asked.unitPath)) return refuse('target-table.not-found');
      const allowed = this.access.requireRole(actor, ['reporter'], asked.unitPath);
      if (!allowed.ok) return allowed;
      // Whichever version was asked for, the one in force is evaluated.
      const table = await this.tables.inForce(tx, asked.lineageId);
      if (table === null) return refuse('self-evaluation.table-not-approved');
      const signed = await this.quartersSigned(tx, table);
      if (!signed.ok) return signed;

      const before = await this.repository.ofLineage(tx, table.lineageId);
      if (before !== null) {
        if (before.tableId !== table.id && (before.state === 'DRAFT' || before.state === 'RETURNED')) {
          await this.repository.evaluateVersion(tx, before.id, table.id);
          await this.outbox.put(tx, selfEvaluationChanged, { selfEvaluationId: before.id });
        }
        return ok({ id: before.id });
      }
      const id = newId();
      if (!(await this.repository.insert(tx, { id, lineageId: table.lineageId, tableId: table.id, createdBy: actor.personId, at: this.clock.now() }))) {
        const other = await this.repository.ofLineage(tx, table.lineageId);
        return other === null ? refuse('self-evaluation.not-found') : ok({ id: other.id });
      }
      await this.outbox.put(tx, selfEvaluationChanged, { selfEvaluationId: id });
      await this.audit.append(tx, actor, 'self-evaluation.assembled', id, { tableId: table.id });
      return ok({ id });
    });
  }

  /** Asked of the domain: is every quarter there and signed? The values themselves are read anew whenever the year is looked at. */
  private async quartersSigned(tx: Tx, head: TargetTableHead): Promise<Result<void>> {
    const loaded = await this.tables.load(tx, head.id);
    if (loaded === null) return refuse('target-table.not-found');
    const year = await this.reports.loadYear(tx, head.lineageId);
    const assembled = assembleSelfEvaluation({
      table: loaded.table, periods: await this.reports.periodsOf(tx, head.fiscalYear), judgements: new Map(),
      reports: year.quarters.map((quarter) => ({
        ordinal: quarter.head.period.ordinal, label: quarter.head.period.label, isSigned: quarter.head.state === 'SIGNED',
        actuals: new Map([...quarter.actuals].map(([key, recorded]) => [key, recorded.actual])),
      })),
    });
    if (!assembled.ok) return assembled;
    return year.quarters.length === 0 ? refuse('self-evaluation.quarter-missing', { table: head.project ?? head.unitName, period: String(head.fiscalYear) }) : ok(undefined);
  }
}
