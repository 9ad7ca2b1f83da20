import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Who did what to what. Append-only: a trigger refuses update, delete and truncate. */
@Entity('audit_event')
@Index('audit_event_subject_ix', ['subjectId', 'id'])
export class AuditEventEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'audit_event_pk' }) id!: string;
  @Column('timestamptz', { default: () => 'clock_timestamp()' }) at!: Date;
  @Column('uuid', { name: 'actor_id', nullable: true }) actorId!: string | null;
  @Column('text', { name: 'actor_name' }) actorName!: string;
  @Column('text') action!: string;
  @Column('text', { name: 'subject_id' }) subjectId!: string;
  @Column('jsonb') facts!: Record<string, string>;
}
