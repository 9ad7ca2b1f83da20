import type { EntityTarget, ObjectLiteral } from 'typeorm';
import { BudgetUnitEntity } from './budget-unit/budget-unit.entity';
import { PersonEntity } from './budget-unit/person.entity';
import { RoleAssignmentEntity } from './budget-unit/role-assignment.entity';
import { ActualEntity } from './monitoring/actual.entity';
import { MonitoringReportEntity } from './monitoring/monitoring-report.entity';
import { ReportingPeriodEntity } from './monitoring/reporting-period.entity';
import { AuditEventEntity } from './platform/audit/audit-event.entity';
import { OutboxMessageEntity } from './platform/outbox/outbox-message.entity';
import { JobRunEntity } from './platform/queue/job-run.entity';
import { IndicatorEntity } from './target-table/indicator.entity';
import { PerformanceTargetTableEntity } from './target-table/target-table.entity';

/** Every entity of every feature: the drift test holds this list against the migrations. One line a feature's file. */
export const ENTITIES: readonly EntityTarget<ObjectLiteral>[] = [
  BudgetUnitEntity, PersonEntity, RoleAssignmentEntity,
  AuditEventEntity, OutboxMessageEntity, JobRunEntity,
  PerformanceTargetTableEntity, IndicatorEntity,
  ReportingPeriodEntity, MonitoringReportEntity, ActualEntity,
];
