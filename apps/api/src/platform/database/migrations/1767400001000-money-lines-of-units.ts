import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The form of a whole unit tells its money apart by 上级安排 and 本级安排; until now only the lines of a project could be kept. */
export class MoneyLinesOfUnits1767400001000 implements MigrationInterface {
  readonly name = 'MoneyLinesOfUnits1767400001000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table budget_execution_part drop constraint budget_execution_part_known');
    await runner.query(`alter table budget_execution_part add constraint budget_execution_part_known
      check (part in ('TOTAL', 'FISCAL', 'CARRY_OVER', 'HIGHER_LEVEL', 'LOCAL_LEVEL', 'OTHER'))`);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only: restore a backup instead');
  }
}
