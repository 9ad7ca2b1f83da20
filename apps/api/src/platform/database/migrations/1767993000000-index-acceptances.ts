import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What became of the tables of an import, those taken back included: read with every page of it, and until now out of all acceptances there ever were (`apps/api/test/row-budget.db.spec.ts`). */
export class IndexAcceptances1767993000000 implements MigrationInterface {
  readonly name = 'IndexAcceptances1767993000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create index import_acceptance_by_table on import_acceptance (import_id, ordinal)');
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only: restore a backup instead');
  }
}
