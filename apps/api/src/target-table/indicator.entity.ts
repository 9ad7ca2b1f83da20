import type { Accumulation, Comparator, Direction, IndicatorKind, ScoringRule } from '@jiheng/domain';
import { Check, Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import { DecimalColumn } from '../platform/database/decimal.column';

/** 三级指标: one row of one version. `indicatorKey` stays the same in every version, so what was reported stays with its row. */
@Entity('indicator')
@Unique('indicator_key_once', ['tableId', 'indicatorKey'])
@Unique('indicator_ordinal_once', ['tableId', 'ordinal'], { deferrable: 'INITIALLY DEFERRED' })
@Check('indicator_key_given', `indicator_key <> ''`)
@Check('indicator_weight_positive', 'weight > 0 and scale(trim_scale(weight)) <= 2')
@Check('indicator_kind_known', `target_kind in ('QUANT', 'QUAL', 'DATE', 'BOOL')`)
@Check('indicator_comparator_known', `target_comparator in ('GE', 'GT', 'EQ', 'LE', 'LT', 'BETWEEN', 'NONE')`)
@Check('indicator_kind_decides', `case target_kind when 'DATE' then target_magnitude is null and target_magnitude_high is null
  when 'QUANT' then target_date is null else target_magnitude is null and target_magnitude_high is null and target_date is null end`)
@Check('indicator_between_has_both', `target_comparator <> 'BETWEEN' or target_magnitude is null or target_magnitude_high >= target_magnitude`)
@Check('indicator_date_shape', `target_date ~ '^[0-9]{4}-[0-9]{2}(-[0-9]{2})?$'`)
@Check('indicator_direction_known', `direction in ('POSITIVE', 'NEGATIVE', 'POINT')`)
@Check('indicator_rule_known', `scoring_rule in ('PROPORTIONAL', 'GRADE', 'SATISFACTION', 'DIRECT')`)
@Check('indicator_accumulation_known', `accumulation in ('SUM', 'LAST', 'RATIO', 'MAX', 'MIN', 'SURVEY', 'MANUAL')`)
@Check('indicator_pass_threshold_is_share', 'pass_threshold between 0 and 1')
export class IndicatorEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'indicator_pk' }) id!: string;
  @ForeignKey('PerformanceTargetTableEntity', { name: 'indicator_table_fk', onDelete: 'CASCADE' })
  @Column('uuid', { name: 'table_id' }) tableId!: string;
  @Column('text', { name: 'indicator_key' }) indicatorKey!: string;
  @Column('integer') ordinal!: number;
  @Column('text') level1!: string;
  @Column('text') level2!: string;
  @Column('text') name!: string;
  @Column('text', { name: 'target_kind' }) targetKind!: IndicatorKind;
  @Column('text', { name: 'target_comparator' }) targetComparator!: Comparator;
  @DecimalColumn({ name: 'target_magnitude', nullable: true }) targetMagnitude!: string | null;
  @DecimalColumn({ name: 'target_magnitude_high', nullable: true }) targetMagnitudeHigh!: string | null;
  /** `YYYY-MM` or `YYYY-MM-DD`. */
  @Column('text', { name: 'target_date', nullable: true }) targetDate!: string | null;
  @Column('text', { name: 'target_unit', nullable: true }) targetUnit!: string | null;
  @Column('text', { name: 'target_text', nullable: true }) targetText!: string | null;
  @Column('text', { name: 'target_raw' }) targetRaw!: string;
  @Column('text', { nullable: true }) direction!: Direction | null;
  @DecimalColumn() weight!: string;
  @Column('text', { nullable: true }) basis!: string | null;
  @Column('text', { name: 'previous_actual', nullable: true }) previousActual!: string | null;
  @Column('text', { name: 'scoring_rule', nullable: true }) scoringRule!: ScoringRule | null;
  @Column('text', { nullable: true }) evidence!: string | null;
  @Column('text') accumulation!: Accumulation;
  @DecimalColumn({ name: 'pass_threshold', nullable: true }) passThreshold!: string | null;
}
