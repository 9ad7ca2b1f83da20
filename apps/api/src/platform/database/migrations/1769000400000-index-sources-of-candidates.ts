import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A source that never brought a value can be deleted; whether a value waits beside some cell because of it is asked of an index, and not of all values that were ever offered. */
export class IndexSourcesOfCandidates1769000400000 implements MigrationInterface {
  readonly name = 'IndexSourcesOfCandidates1769000400000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create index candidate_by_source on candidate (source_id) where source_id is not null');
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only: restore a backup instead');
  }
}
