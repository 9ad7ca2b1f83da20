import { Check, Column, Entity, PrimaryColumn, Unique } from 'typeorm';

/** 报告期 of a fiscal year. Days are `YYYY-MM-DD` in Asia/Shanghai. */
@Entity('reporting_period')
@Unique('reporting_period_once', ['fiscalYear', 'ordinal'])
@Check('reporting_period_ordinal_sane', 'ordinal between 1 and 12')
@Check('reporting_period_in_order', 'starts_on <= ends_on and ends_on <= due_on')
export class ReportingPeriodEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'reporting_period_pk' }) id!: string;
  @Column('integer', { name: 'fiscal_year' }) fiscalYear!: number;
  @Column('integer') ordinal!: number;
  @Column('text') label!: string;
  @Column('date', { name: 'starts_on' }) startsOn!: string;
  @Column('date', { name: 'ends_on' }) endsOn!: string;
  @Column('date', { name: 'due_on' }) dueOn!: string;
  @Column('timestamptz', { name: 'opened_at', nullable: true }) openedAt!: Date | null;
}
