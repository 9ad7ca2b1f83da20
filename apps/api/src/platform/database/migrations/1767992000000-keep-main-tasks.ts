import type { MigrationInterface, QueryRunner } from 'typeorm';

/** 年度主要任务: the tasks of a whole unit with their money, as the form of 2015 prints them, belong to a version of its table. */
export class KeepMainTasks1767992000000 implements MigrationInterface {
  readonly name = 'KeepMainTasks1767992000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table performance_target_table add column main_tasks jsonb,
      add constraint performance_target_table_tasks_listed check (jsonb_typeof(main_tasks) = 'array')`);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only: restore a backup instead');
  }
}
