import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Of every source one value may wait beside a cell: what one says settles nothing of what another says. And a value whose acceptance was taken back waits once more in a row of its own, under
 * the observation that it goes back to and with the settled row that it repeats. Until now the last pull of any source settled what another had said as replaced, and nobody was asked about
 * it: where the cell still waits for a choice, the last word of each source waits again.
 */
export class WaitBySource1769000300000 implements MigrationInterface {
  readonly name = 'WaitBySource1769000300000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index candidate_one_open;
      alter table candidate drop constraint candidate_observation_once, add column repeats_id uuid;

      alter table candidate disable trigger candidate_settled_once;
      -- its own source has said nothing since, and the cell still waits for a choice
      update candidate c set settlement = null, settled_at = null where c.settlement = 'REPLACED'
        and exists (select 1 from candidate open where open.report_id = c.report_id and open.indicator_key = c.indicator_key and open.settled_at is null)
        and not exists (select 1 from candidate other where other.report_id = c.report_id and other.indicator_key = c.indicator_key and other.origin = c.origin and (other.id > c.id or other.settled_at is null)
          and (other.source_id = c.source_id or (num_nulls(other.source_id, c.source_id) > 0 and other.source_name = c.source_name)));
      alter table candidate enable trigger candidate_settled_once;

      alter table candidate add constraint candidate_repeats_fk foreign key (repeats_id) references candidate (id);
      create unique index candidate_repeated_once on candidate (repeats_id) where repeats_id is not null;
      -- an observation is offered once; its repetitions differ by what they repeat. Whole and no partial index: by it the candidates of a cell are looked up, too.
      alter table candidate add constraint candidate_observation_once unique nulls not distinct (report_id, indicator_key, observation_id, repeats_id);
      -- a source by its id, whatever it is called; a document by its name
      create unique index candidate_one_open_by_source on candidate (report_id, indicator_key, origin, (coalesce(source_id::text, source_name))) where settled_at is null;

      create or replace function candidate_settled_once() returns trigger language plpgsql as $$
      begin
        if tg_op = 'DELETE' or old.settlement is not null
           or (new.id, new.report_id, new.indicator_id, new.indicator_key, new.actual, new.outcome, new.warning, new.observation_id, new.source_name, new.observed_at, new.verbatim, new.sha256, new.origin, new.repeats_id)
           is distinct from (old.id, old.report_id, old.indicator_id, old.indicator_key, old.actual, old.outcome, old.warning, old.observation_id, old.source_name, old.observed_at, old.verbatim, old.sha256, old.origin, old.repeats_id) then
          raise exception 'a value of a source is settled once, never changed or deleted' using errcode = 'restrict_violation';
        end if;
        return new;
      end $$`);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only: restore a backup instead');
  }
}
