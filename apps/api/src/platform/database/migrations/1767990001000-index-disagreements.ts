import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * 取数核对: the newest disagreements are read from an index, of a few sources or of all, instead of sorting whatever was ever offered. A candidate
 * knows the source it came from; the database sees to it, since it follows from the observation. null: no source was asked, or both agreed at once.
 */
export class IndexDisagreements1767990001000 implements MigrationInterface {
  readonly name = 'IndexDisagreements1767990001000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table candidate add column source_id uuid;
      alter table candidate disable trigger candidate_settled_once;
      update candidate c set source_id = r.source_id from observation o join pull_run r on r.id = o.pull_run_id where o.id = c.observation_id;
      alter table candidate enable trigger candidate_settled_once;
      alter table candidate add constraint candidate_source_fk foreign key (source_id) references pull_source (id);

      -- an observation is written after what it offers, in the same transaction; one that was settled at once is no disagreement
      create function candidate_learns_its_source() returns trigger language plpgsql as $$
      begin
        update candidate set source_id = (select source_id from pull_run where id = new.pull_run_id) where observation_id = new.id and settled_at is null;
        return null;
      end $$;
      create trigger observation_names_its_source after insert on observation for each row execute function candidate_learns_its_source();

      -- what a person decided, or still has to: the newest first
      create index candidate_disagreed on candidate ((coalesce(settled_at, observed_at)) desc, id) where source_id is not null and (settlement in ('ACCEPTED', 'KEPT') or settled_at is null);
      create index candidate_disagreed_by_source on candidate (source_id, (coalesce(settled_at, observed_at)) desc, id) where source_id is not null and (settlement in ('ACCEPTED', 'KEPT') or settled_at is null)`);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only: restore a backup instead');
  }
}
