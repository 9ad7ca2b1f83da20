import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';

/** 预算单位: who spends and reports, in a tree. `path` is the chain of ids from the root to itself, `/a/b/`. */
@Entity('budget_unit')
@Unique('budget_unit_code_uq', ['code'])
@Unique('budget_unit_path_uq', ['path'])
@Check('budget_unit_kind_ck', `kind in ('UNIT', 'DEPARTMENT', 'FINANCE')`)
@Check('budget_unit_path_ck', `path like '%/' || id::text || '/'`)
@Check('budget_unit_region_ck', `region_code ~ '^[0-9]{2,12}$'`)
@Index('budget_unit_path_prefix_ix', { synchronize: false })
@Index('budget_unit_parent_ix', ['parentId'])
@Index('budget_unit_by_region', { synchronize: false })
export class BudgetUnitEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'budget_unit_pk' }) id!: string;
  @Column('text') code!: string;
  @Column('text') name!: string;
  @Column('text') kind!: 'UNIT' | 'DEPARTMENT' | 'FINANCE';
  @ForeignKey('BudgetUnitEntity', { name: 'budget_unit_parent_fk' })
  @Column('uuid', { name: 'parent_id', nullable: true }) parentId!: string | null;
  @Column('text') path!: string;
  /** 行政区划代码 of its own; null: that of the nearest unit above holds. */
  @Column('text', { name: 'region_code', nullable: true }) regionCode!: string | null;
  @Column('timestamptz', { name: 'closed_at', nullable: true }) closedAt!: Date | null;
  @Column('timestamptz', { name: 'created_at', default: () => 'now()' }) createdAt!: Date;
}
