import type { Role } from '@jiheng/contract';
import { Check, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** A role of a person for a unit and everything below it. */
@Entity('role_assignment')
@Check('role_assignment_role_ck', `role in ('reporter', 'reviewer', 'manager', 'department', 'finance', 'administrator')`)
@Index('role_assignment_unit_ix', ['unitId'])
@Index('role_assignment_role_ix', ['role'])
export class RoleAssignmentEntity {
  @ForeignKey('PersonEntity', { name: 'role_assignment_person_fk' })
  @PrimaryColumn('uuid', { name: 'person_id', primaryKeyConstraintName: 'role_assignment_pk' }) personId!: string;
  @PrimaryColumn('text', { primaryKeyConstraintName: 'role_assignment_pk' }) role!: Role;
  @ForeignKey('BudgetUnitEntity', { name: 'role_assignment_unit_fk' })
  @PrimaryColumn('uuid', { name: 'unit_id', primaryKeyConstraintName: 'role_assignment_pk' }) unitId!: string;
}
