import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The budget tables of a document wait with its target tables; accepting stores them as the budget of unit and year, undoing withdraws that. */
export class StageBudgetTables1767920000000 implements MigrationInterface {
  readonly name = 'StageBudgetTables1767920000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table import_budget (
        import_id uuid not null,
        fiscal_year integer not null,
        budget jsonb not null,
        narrative jsonb not null,
        printed jsonb not null,
        -- null while it is not stored; no foreign key downwards: a budget document is withdrawn, never deleted
        budget_document_id uuid,
        constraint import_budget_pk primary key (import_id),
        constraint import_budget_import_fk foreign key (import_id) references document_import (id)
      )`);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only: restore a backup instead');
  }
}
