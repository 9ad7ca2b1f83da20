import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Who tells of new messages by itself says so on its connection (`jiheng.tells_later`), and its commits carry no notification. PostgreSQL lets commits with
 * a notification through one at a time, each until it is on the disk: the saves of an evening queued there, as many a second as the disk can be waited for.
 */
export class TellOutboxLater1768200000000 implements MigrationInterface {
  readonly name = 'TellOutboxLater1768200000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create or replace function tell_outbox() returns trigger language plpgsql as $$ begin
        if coalesce(current_setting('jiheng.tells_later', true), '') <> 'yes' then perform pg_notify('jiheng_outbox', ''); end if;
        return null;
      end $$`);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only: restore a backup instead');
  }
}
