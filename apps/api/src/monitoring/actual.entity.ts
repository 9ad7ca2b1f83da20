import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { DecimalColumn } from '../platform/database/decimal.column';

/** 实际完成值: one revision of one row's value in one report. Append-only by trigger; the highest revision is the present one. */
@Entity('actual')
@Unique('actual_revision_once', ['reportId', 'indicatorKey', 'revision', 'fiscalYear'])
@Unique('actual_request_once', ['reportId', 'requestId', 'fiscalYear'])
@Index('actual_by_indicator', ['indicatorId'])
@Check('actual_revision_positive', 'revision >= 1')
@Check('actual_origin_known', `origin in ('TYPED', 'PULLED', 'IMPORTED', 'CORRECTED')`)
@Check('actual_pulled_has_observation', `origin <> 'PULLED' or observation_id is not null`)
@Check('actual_kind_decides', `kind in ('REPORTED', 'JUDGED', 'ANSWERED', 'DATED', 'UNFINISHED', 'NOT_REPORTED', 'NOT_APPLICABLE')`)
@Check('actual_grade_known', `grade in ('A', 'B', 'C')`)
@Check('actual_share_is_share', 'share between 0 and 1')
@Check('actual_denominator_not_negative', 'denominator >= 0')
@Check('actual_date_shape', `reached_on ~ '^[0-9]{4}-[0-9]{2}(-[0-9]{2})?$'`)
@Check('actual_reason_given', `btrim(reason) <> ''`)
export class ActualEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'actual_pk' }) id!: string;
  @ForeignKey('MonitoringReportEntity', { name: 'actual_report_fk' })
  @Column('uuid', { name: 'report_id' }) reportId!: string;
  /** The row in the version that was in force when the value was recorded; `indicatorKey` is the row in every version. */
  @ForeignKey('IndicatorEntity', { name: 'actual_indicator_fk' })
  @Column('uuid', { name: 'indicator_id' }) indicatorId!: string;
  @Column('text', { name: 'indicator_key' }) indicatorKey!: string;
  @Column('integer') revision!: number;
  @Column('text') kind!: 'REPORTED' | 'JUDGED' | 'ANSWERED' | 'DATED' | 'UNFINISHED' | 'NOT_REPORTED' | 'NOT_APPLICABLE';
  @DecimalColumn({ nullable: true }) magnitude!: string | null;
  @Column('text', { name: 'unit_symbol', nullable: true }) unitSymbol!: string | null;
  /** `magnitude` in base units (万人 → 人). */
  @DecimalColumn({ name: 'base_magnitude', nullable: true }) baseMagnitude!: string | null;
  @DecimalColumn({ nullable: true }) numerator!: string | null;
  @DecimalColumn({ nullable: true }) denominator!: string | null;
  @Column('text', { nullable: true }) grade!: 'A' | 'B' | 'C' | null;
  @DecimalColumn({ nullable: true }) share!: string | null;
  @Column('text', { nullable: true }) note!: string | null;
  @Column('boolean', { nullable: true }) answer!: boolean | null;
  @DecimalColumn({ nullable: true }) deduction!: string | null;
  /** `YYYY-MM` or `YYYY-MM-DD`. */
  @Column('text', { name: 'reached_on', nullable: true }) reachedOn!: string | null;
  @Column('text', { nullable: true }) reason!: string | null;
  @Column('text') origin!: 'TYPED' | 'PULLED' | 'IMPORTED' | 'CORRECTED';
  @Column('uuid', { name: 'observation_id', nullable: true }) observationId!: string | null;
  @Column('uuid', { name: 'request_id' }) requestId!: string;
  @ForeignKey('PersonEntity', { name: 'actual_recorder_fk' })
  @Column('uuid', { name: 'recorded_by' }) recordedBy!: string;
  @Column('timestamptz', { name: 'recorded_at' }) recordedAt!: Date;
  /** The report's year; values lie in one partition a year. */
  @PrimaryColumn('integer', { name: 'fiscal_year', primaryKeyConstraintName: 'actual_pk' }) fiscalYear!: number;
}
