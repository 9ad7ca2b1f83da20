import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** A job that a person can see. The queue may be emptied at any time; this row stays. */
@Entity('job_run')
@Check('job_run_state_ck', `state in ('WAITING', 'RUNNING', 'DONE', 'FAILED', 'CANCELLED')`)
@Check('job_run_gone_in_both', `(gone_zh is null) = (gone_en is null)`)
@Index('job_run_unit_ix', ['unitId', 'id'])
@Index('job_run_person_ix', ['requestedBy', 'id'])
@Index('job_run_by_title', ['titleZh', 'name', 'id'])
@Index('job_run_failed_ix', { synchronize: false })
@Index('job_run_done_by_subject', { synchronize: false })
@Index('job_run_finished_ix', { synchronize: false })
export class JobRunEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'job_run_pk' }) id!: string;
  @Column('text') name!: string;
  @Column('text', { name: 'title_zh' }) titleZh!: string;
  @Column('text', { name: 'title_en' }) titleEn!: string;
  @Column('text', { default: 'WAITING' }) state!: 'WAITING' | 'RUNNING' | 'DONE' | 'FAILED' | 'CANCELLED';
  @Column('integer', { default: 0 }) done!: number;
  @Column('integer', { default: 0 }) total!: number;
  @Column('text', { nullable: true }) at!: string | null;
  @Column('text', { name: 'failure_zh', nullable: true }) failureZh!: string | null;
  @Column('text', { name: 'failure_en', nullable: true }) failureEn!: string | null;
  /** The refusal by which failed jobs are gathered. */
  @Column('text', { name: 'failure_code', nullable: true }) failureCode!: string | null;
  /** What it is about, for example pull-source/<id>: a later success of the same subject ends an outage. */
  @Column('text', { nullable: true }) subject!: string | null;
  @Column('text', { nullable: true }) mender!: string | null;
  /** What it was about was deleted, in words: it is history, and asks nobody for anything. */
  @Column('text', { name: 'gone_zh', nullable: true }) goneZh!: string | null;
  @Column('text', { name: 'gone_en', nullable: true }) goneEn!: string | null;
  @Column('integer', { default: 0 }) attempts!: number;
  @Column('text', { nullable: true }) link!: string | null;
  // Named by text: the ground floor imports nothing from the features above it.
  @ForeignKey('BudgetUnitEntity', { name: 'job_run_unit_fk' })
  @Column('uuid', { name: 'unit_id', nullable: true }) unitId!: string | null;
  @ForeignKey('PersonEntity', { name: 'job_run_person_fk' })
  @Column('uuid', { name: 'requested_by', nullable: true }) requestedBy!: string | null;
  @Column('timestamptz', { name: 'created_at', default: () => 'now()' }) createdAt!: Date;
  @Column('timestamptz', { name: 'started_at', nullable: true }) startedAt!: Date | null;
  /** When its worker last gave a sign of life, by PostgreSQL's clock. */
  @Column('timestamptz', { name: 'seen_at', nullable: true }) seenAt!: Date | null;
  @Column('timestamptz', { name: 'finished_at', nullable: true }) finishedAt!: Date | null;
}
