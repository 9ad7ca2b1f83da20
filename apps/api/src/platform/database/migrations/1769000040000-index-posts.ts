import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whether anybody holds a post is asked with every page of people, and was looked for among all assignments (`apps/api/test/row-budget.db.spec.ts`). */
export class IndexPosts1769000040000 implements MigrationInterface {
  readonly name = 'IndexPosts1769000040000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create index role_assignment_role_ix on role_assignment (role)');
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only: restore a backup instead');
  }
}
