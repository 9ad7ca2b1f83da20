import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What the quality check said of a version that is in force or was, kept so that reading a table does not check it again each time. It can be
 * computed at any moment and is worth nothing by itself: hence unlogged (lost in a crash, and made again by the next reader), replaced when
 * the program, the rules or the unit's name are others, and gone with its table.
 */
export class KeepFindings1767930000000 implements MigrationInterface {
  readonly name = 'KeepFindings1767930000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create unlogged table kept_findings (
        table_id uuid not null,
        -- the build whose checks spoke, the rule profile, the revision and the unit's name: with any other of them nothing is kept
        made_of text not null,
        findings json not null,
        constraint kept_findings_pk primary key (table_id),
        constraint kept_findings_table_fk foreign key (table_id) references performance_target_table (id) on delete cascade
      );
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only: restore a backup instead');
  }
}
