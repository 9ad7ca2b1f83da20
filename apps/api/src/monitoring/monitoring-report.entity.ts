import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';

/** 绩效运行监控表: one table × one period; once a lineage, so that an adjustment of targets takes the report along. */
@Entity('monitoring_report')
@Unique('monitoring_report_once', ['tableId', 'periodId'])
@Unique('monitoring_report_once_a_lineage', ['lineageId', 'periodId'])
@Index('monitoring_report_open', { synchronize: false })
@Check('monitoring_report_state_known', `state in ('DRAFT', 'SUBMITTED', 'REVIEWED', 'SIGNED', 'RETURNED')`)
@Check('monitoring_report_revision_grows', 'revision >= 0')
export class MonitoringReportEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'monitoring_report_pk' }) id!: string;
  @ForeignKey('PerformanceTargetTableEntity', { name: 'monitoring_report_table_fk' })
  @Column('uuid', { name: 'table_id' }) tableId!: string;
  @Column('uuid', { name: 'lineage_id' }) lineageId!: string;
  @ForeignKey('ReportingPeriodEntity', { name: 'monitoring_report_period_fk' })
  @Column('uuid', { name: 'period_id' }) periodId!: string;
  @Column('text', { default: 'DRAFT' }) state!: 'DRAFT' | 'SUBMITTED' | 'REVIEWED' | 'SIGNED' | 'RETURNED';
  @Column('integer', { default: 0 }) revision!: number;
  @Column('timestamptz', { name: 'opened_at', default: () => 'now()' }) openedAt!: Date;
  @Column('timestamptz', { name: 'state_since', default: () => 'now()' }) stateSince!: Date;
  /** The period's year, written by the database: what is reported lies in that year's partitions. */
  @Column('integer', { name: 'fiscal_year' }) fiscalYear!: number;
}
