import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** A wish written in the same transaction as the facts it follows from; rung after the commit. */
@Entity('outbox_message')
@Check('outbox_message_kind_ck', `kind in ('JOB', 'NEWS')`)
@Index('outbox_message_waiting_ix', { synchronize: false })
@Index('outbox_message_dedup_uq', { synchronize: false })
@Index('outbox_message_job_run_ix', ['jobRunId'])
export class OutboxMessageEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'outbox_message_pk' }) id!: string;
  @Column('text') kind!: 'JOB' | 'NEWS';
  @Column('text') name!: string;
  @Column('jsonb') payload!: unknown;
  @Column('text', { name: 'dedup_key', nullable: true }) dedupKey!: string | null;
  @ForeignKey('JobRunEntity', { name: 'outbox_message_job_run_fk', onDelete: 'CASCADE' })
  @Column('uuid', { name: 'job_run_id', nullable: true }) jobRunId!: string | null;
  @Column('timestamptz', { name: 'created_at', default: () => 'now()' }) createdAt!: Date;
  @Column('timestamptz', { name: 'rung_at', nullable: true }) rungAt!: Date | null;
}
