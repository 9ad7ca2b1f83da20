import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { MainTask } from '@jiheng/domain';
import { DecimalColumn } from '../platform/database/decimal.column';

/** 绩效目标表: one version of the promise of one subject and year. Triggers keep an approved version as it was approved. */
@Entity('performance_target_table')
@Unique('performance_target_table_version_once', ['lineageId', 'version'])
@Unique('performance_target_table_lineage', ['id', 'lineageId'])
@Index('performance_target_table_one_in_force', { synchronize: false })
@Index('performance_target_table_one_under_way', { synchronize: false })
@Index('performance_target_table_by_year', ['fiscalYear', 'unitId'])
@Index('performance_target_table_by_unit', ['unitId', 'fiscalYear'])
@Index('performance_target_table_by_base', { synchronize: false })
@Check('performance_target_table_subject_known', `subject in ('PROJECT', 'UNIT')`)
@Check('performance_target_table_project_named', `(subject = 'PROJECT') = (project <> '')`)
@Check('performance_target_table_year_sane', 'fiscal_year between 2000 and 2100')
@Check('performance_target_table_version_positive', 'version >= 1')
@Check('performance_target_table_revision_grows', 'revision >= 0')
@Check('performance_target_table_state_known', `state in ('DRAFT', 'SUBMITTED', 'REVIEWED', 'SIGNED', 'DEPARTMENT_ACCEPTED', 'APPROVED', 'RETURNED', 'SUPERSEDED')`)
@Check('performance_target_table_tasks_listed', `jsonb_typeof(main_tasks) = 'array'`)
@Check('performance_target_table_money_not_negative', 'least(budget_total, budget_fiscal, budget_other, budget_higher_level, budget_local_level) >= 0')
export class PerformanceTargetTableEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'performance_target_table_pk' }) id!: string;
  /** The same in all versions. */
  @Column('uuid', { name: 'lineage_id' }) lineageId!: string;
  @ForeignKey('BudgetUnitEntity', { name: 'performance_target_table_unit_fk' })
  @Column('uuid', { name: 'unit_id' }) unitId!: string;
  @Column('text') subject!: 'PROJECT' | 'UNIT';
  /** '' for the unit as a whole. */
  @Column('text', { default: '' }) project!: string;
  @Column('integer', { name: 'fiscal_year' }) fiscalYear!: number;
  @Column('integer') version!: number;
  @Column('text') state!: 'DRAFT' | 'SUBMITTED' | 'REVIEWED' | 'SIGNED' | 'DEPARTMENT_ACCEPTED' | 'APPROVED' | 'RETURNED' | 'SUPERSEDED';
  @Column('integer', { default: 0 }) revision!: number;
  @Column('text', { name: 'goal_text' }) goalText!: string;
  @Column('text', { nullable: true }) lead!: string | null;
  /** Amounts in 万元, decimal text. */
  @DecimalColumn({ name: 'budget_total', nullable: true }) budgetTotal!: string | null;
  @DecimalColumn({ name: 'budget_fiscal', nullable: true }) budgetFiscal!: string | null;
  @DecimalColumn({ name: 'budget_other', nullable: true }) budgetOther!: string | null;
  @DecimalColumn({ name: 'budget_higher_level', nullable: true }) budgetHigherLevel!: string | null;
  @DecimalColumn({ name: 'budget_local_level', nullable: true }) budgetLocalLevel!: string | null;
  @ForeignKey('PerformanceTargetTableEntity', { name: 'performance_target_table_based_on_fk' })
  @Column('uuid', { name: 'based_on_id', nullable: true }) basedOnId!: string | null;
  @ForeignKey('PersonEntity', { name: 'performance_target_table_creator_fk' })
  @Column('uuid', { name: 'created_by', nullable: true }) createdBy!: string | null;
  @Column('uuid', { array: true, default: () => `'{}'` }) recorders!: string[];
  /** 年度主要任务 of a whole unit; null where its form has none. */
  @Column('jsonb', { name: 'main_tasks', nullable: true }) tasks!: readonly MainTask[] | null;
  @Column('timestamptz', { name: 'created_at', default: () => 'now()' }) createdAt!: Date;
}
