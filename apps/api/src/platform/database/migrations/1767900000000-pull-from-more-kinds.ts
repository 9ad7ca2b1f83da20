import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * More kinds of sources, what they are asked with, and their secrets. A secret is sealed before it comes here (AES-256-GCM under a key that the
 * database never sees); `audience` says to whom it may be shown, and is part of what the seal covers.
 */
export class PullFromMoreKinds1767900000000 implements MigrationInterface {
  readonly name = 'PullFromMoreKinds1767900000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table pull_source drop constraint pull_source_kind_known;
      alter table pull_source add constraint pull_source_kind_known check (kind in ('HTTP_JSON', 'DHIS2', 'SQL', 'SHEET_FOLDER', 'SFTP_FOLDER'));
      alter table pull_source add column settings jsonb not null default '{}';
      alter table pull_source add constraint pull_source_settings_object check (jsonb_typeof(settings) = 'object');

      create table pull_secret (
        source_id uuid not null,
        name text not null,
        audience text not null,
        -- which key sealed it: the first 8 hex digits of that key's SHA-256
        key_id text not null,
        -- nonce (12) + text + tag (16)
        sealed bytea not null,
        set_by uuid not null,
        set_at timestamptz not null,
        constraint pull_secret_pk primary key (source_id, name),
        constraint pull_secret_source_fk foreign key (source_id) references pull_source (id) on delete cascade,
        constraint pull_secret_person_fk foreign key (set_by) references person (id),
        constraint pull_secret_name_known check (name in ('PASSWORD', 'TOKEN', 'CLIENT_SECRET', 'PRIVATE_KEY')),
        constraint pull_secret_key_id_shape check (key_id ~ '^[0-9a-f]{8}$'),
        constraint pull_secret_sealed_length check (octet_length(sealed) > 28)
      );
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only: restore a backup instead');
  }
}
