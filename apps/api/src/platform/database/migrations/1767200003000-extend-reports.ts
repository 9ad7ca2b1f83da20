import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A unit that is late is not locked out for ever: whoever answers for it may give one report more time, with a reason. Each extension is
 * added and stays; the latest holds.
 */
export class ExtendReports1767200003000 implements MigrationInterface {
  readonly name = 'ExtendReports1767200003000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table report_extension (
        id uuid not null,
        report_id uuid not null,
        until date not null,
        reason text not null,
        granted_by uuid not null,
        granted_at timestamptz not null,
        constraint report_extension_pk primary key (id),
        constraint report_extension_report_fk foreign key (report_id) references monitoring_report (id),
        constraint report_extension_granter_fk foreign key (granted_by) references person (id),
        constraint report_extension_reason_given check (btrim(reason) <> '')
      )`);
    await runner.query('create index report_extension_by_report on report_extension (report_id, id desc)');
    await runner.query('create trigger report_extension_append_only before update or delete on report_extension for each row execute function forbid_change()');
    await runner.query('create trigger report_extension_not_emptied before truncate on report_extension for each statement execute function forbid_change()');
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only: restore a backup instead');
  }
}
