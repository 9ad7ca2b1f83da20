import { Check, Column, Entity, PrimaryColumn, Unique } from 'typeorm';

/** Somebody who signs in. */
@Entity('person')
@Unique('person_login_uq', ['login'])
@Check('person_login_ck', 'login = lower(login)')
export class PersonEntity {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'person_pk' }) id!: string;
  @Column('text') login!: string;
  @Column('text', { name: 'display_name' }) displayName!: string;
  /** Argon2id in PHC form. */
  @Column('text', { name: 'password_hash' }) passwordHash!: string;
  @Column('boolean', { default: true }) active!: boolean;
  @Column('boolean', { name: 'must_change_password', default: false }) mustChangePassword!: boolean;
  @Column('timestamptz', { name: 'created_at', default: () => 'now()' }) createdAt!: Date;
}
