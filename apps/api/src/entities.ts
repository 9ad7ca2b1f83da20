import type { EntityTarget, ObjectLiteral } from 'typeorm';
import { BudgetUnitEntity } from './budget-unit/budget-unit.entity';
import { PersonEntity } from './budget-unit/person.entity';
import { RoleAssignmentEntity } from './budget-unit/role-assignment.entity';
import { AuditEventEntity } from './platform/audit/audit-event.entity';
import { OutboxMessageEntity } from './platform/outbox/outbox-message.entity';
import { JobRunEntity } from './platform/queue/job-run.entity';

/** Every entity of every feature: the drift test holds this list against the migrations. One line a feature's file. */
export const ENTITIES: readonly EntityTarget<ObjectLiteral>[] = [
  BudgetUnitEntity, PersonEntity, RoleAssignmentEntity,
  AuditEventEntity, OutboxMessageEntity, JobRunEntity,
];
