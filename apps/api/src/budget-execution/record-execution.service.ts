import type { recordExecution } from '@jiheng/contract';
import { addDecimal, compareDecimal, moneyLinesOf, ok, refuse, type Result, type Subject } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { MonitoringReports } from '../monitoring/monitoring.public';
import { Access } from '../platform/access/access';
import type { Actor } from '../platform/access/actor';
import { AuditTrail } from '../platform/audit/audit-trail';
import { Clock } from '../platform/clock/clock';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { Outbox } from '../platform/outbox/outbox';
import { BudgetExecutionRepository } from './budget-execution.repository';
import { type ExecutionPart, executionRecorded } from './budget-execution.public';

const COLUMN_NAMES = {
  initial: { column: '年初预算数', columnEn: 'Initial budget' }, adjusted: { column: '全年预算数', columnEn: 'Adjusted budget' }, executed: { column: '执行数', columnEn: 'Executed' },
} as const;
type Column = keyof typeof COLUMN_NAMES;
const COLUMNS = Object.keys(COLUMN_NAMES) as Column[];

/** 预算执行 of a report is taken down: a new revision, whole. */
@Injectable()
export class RecordExecutionService {
  constructor(
    private readonly unitOfWork: UnitOfWork, private readonly executions: BudgetExecutionRepository, private readonly reports: MonitoringReports, private readonly outbox: Outbox,
    private readonly audit: AuditTrail, private readonly access: Access, private readonly clock: Clock,
  ) {}

  /** @returns the revision that was written, or that an earlier delivery of the same request wrote */
  record(actor: Actor, reportId: string, body: z.output<typeof recordExecution>): Promise<Result<{ revision: number }>> {
    return this.unitOfWork.run(async (tx) => {
      const head = await this.reports.lock(tx, reportId);
      if (head === null) return refuse('monitoring-report.not-found');
      const allowed = this.access.requireRole(actor, ['reporter'], head.unitPath, 'monitoring-report.not-found');
      if (!allowed.ok) return allowed;
      const delivered = await this.executions.revisionOfRequest(tx, reportId, body.requestId);
      if (delivered !== null) return ok({ revision: delivered });
      const editable = this.reports.mayEdit(head);
      if (!editable.ok) return editable;
      const current = await this.executions.latest(tx, reportId);
      if (body.expectedRevision !== (current?.revision ?? 0)) {
        return refuse('execution.stale-revision', { by: current?.by ?? '', current: String(current?.revision ?? 0) });
      }
      const parts = lawfulParts(head.subject, body.rows);
      if (!parts.ok) return parts;
      const revision = (current?.revision ?? 0) + 1;
      await this.executions.append(tx, {
        reportId, fiscalYear: head.period.fiscalYear, revision, parts: parts.value, reason: body.reason === '' ? null : body.reason, requestId: body.requestId, recordedBy: actor.personId, at: this.clock.now(),
      });
      await this.reports.touch(tx, reportId);
      await this.outbox.put(tx, executionRecorded, { reportId }, { dedupKey: `execution-recorded/${reportId}` });
      await this.audit.append(tx, actor, 'execution.recorded', reportId, { revision: String(revision) });
      return ok({ revision });
    });
  }
}

/**
 * The lines of the money block, if they can be true: one total, each line once, only lines of this subject's form, nothing negative, the total the exact sum of its parts in
 * every column that all parts fill, and no spending without a budget.
 */
export function lawfulParts(subject: Subject, rows: readonly ExecutionPart[]): Result<readonly ExecutionPart[]> {
  const total = rows.find((row) => row.part === 'TOTAL');
  if (total === undefined || new Set(rows.map((row) => row.part)).size !== rows.length) return refuse('execution.total-needed');
  if (rows.some((row) => !moneyLinesOf(subject).includes(row.part))) return refuse(subject === 'PROJECT' ? 'execution.lines-of-a-unit' : 'execution.lines-of-a-project');
  // A line left blank in every column says nothing and is not kept.
  const parts = rows.filter((row) => row.part !== 'TOTAL' && COLUMNS.some((column) => row[column] !== null));
  for (const row of [total, ...parts]) {
    for (const column of COLUMNS) {
      const amount = row[column];
      if (amount !== null && compareDecimal(amount, '0') < 0) return refuse('execution.negative', { ...COLUMN_NAMES[column], amount });
    }
    if (row.executed !== null && compareDecimal(row.executed, '0') > 0 && (row.adjusted ?? row.initial) === null) {
      return refuse('execution.without-budget', { executed: row.executed });
    }
  }
  for (const column of COLUMNS) {
    const amounts = parts.map((row) => row[column]);
    if (amounts.length === 0 || !amounts.every((amount) => amount !== null)) continue;
    const sum = addDecimal(...amounts);
    if (total[column] === null || compareDecimal(total[column], sum) !== 0) {
      return refuse('execution.not-the-sum', { ...COLUMN_NAMES[column], total: total[column] ?? '', sum });
    }
  }
  return ok([total, ...parts]);
}
