import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A region is scored in slices of a thousand documents. What a run writes is the same immutable score, with its rows in arrays beside it
 * instead of a table row each: twelve million rows with their keys would cost more than everything else together. `indicator_line` shows
 * both kinds as one. The run and its slices are rows, so that it resumes where a process died and several processes share it.
 */
export class ScoreInBulk1767800000000 implements MigrationInterface {
  readonly name = 'ScoreInBulk1767800000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table score
        add column line_ids uuid[],
        -- hundredths; null where the row has no points
        add column line_points integer[],
        -- weight less points, hundredths: points between 0 and the weight is then a check PostgreSQL makes without a function
        add column line_lost integer[],
        add column line_rates numeric[],
        add column line_deviations numeric[],
        -- bits of LEAN_FLAGS (libs/domain), bit 24: an explanation is owed
        add column line_flags integer[],
        -- {"3": {"code": …, "params": …}}: why the third row cannot be scored
        add column line_blocked jsonb,
        add constraint score_lines_whole check (num_nulls(line_ids, line_points, line_lost, line_rates, line_deviations, line_flags) in (0, 6)),
        add constraint score_lines_even check (cardinality(line_ids) = cardinality(line_points) and cardinality(line_ids) = cardinality(line_lost) and cardinality(line_ids) = cardinality(line_flags)
          and cardinality(line_ids) = cardinality(line_rates) and cardinality(line_ids) = cardinality(line_deviations)),
        add constraint score_lines_in_bounds check (0 <= all (line_points) and 0 <= all (line_lost));

      create function score_flag_names(bits integer) returns text[] language sql immutable as $$
        select coalesce(array_agg(flag order by place), '{}') from unnest(array['RATIO_WITHOUT_PARTS', 'NOT_REPORTED', 'OVER', 'OVER_BUDGET', 'BELOW_TARGET_FULL_SCORE', 'BELOW_PASS_THRESHOLD',
          'FAR_BELOW_LIMIT', 'NEGATIVE_AS_ZERO', 'MANUAL_REVIEW', 'OVER_DEDUCTED', 'STRICT_EQUAL', 'LATE', 'UNFINISHED', 'NOT_APPLICABLE']) with ordinality as named(flag, place)
        where bits & (1 << (place::integer - 1)) <> 0
      $$;

      create view indicator_line as
        select score_id, indicator_id, indicator_key, ordinal, points, weight, attainment_rate, deviation_rate, flags, explanation_owed, blocked_code, blocked_params from indicator_score
        union all
        select s.id, l.indicator_id, i.indicator_key, l.ordinal::integer, round(l.points / 100.0, 2), round((coalesce(l.points, 0) + l.lost) / 100.0, 2), l.rate, l.deviation,
          score_flag_names(l.flags), l.flags & (1 << 24) <> 0, s.line_blocked -> l.ordinal::text ->> 'code', s.line_blocked -> l.ordinal::text -> 'params'
        from score s cross join lateral unnest(s.line_ids, s.line_points, s.line_lost, s.line_rates, s.line_deviations, s.line_flags)
            with ordinality as l(indicator_id, points, lost, rate, deviation, flags, ordinal)
          join indicator i on i.id = l.indicator_id;

      -- What was scored, as a digest of revisions: a run that finds it unchanged need not read the document's facts again.
      alter table score_request add column facts_mark text;
      -- A slice points its documents at their scores and thereby takes their turn before it writes the scores.
      alter table score_request alter constraint score_request_score_fk deferrable initially deferred;

      create table bulk_run (
        id uuid not null,
        unit_id uuid not null,
        fiscal_year integer not null,
        -- the quarter; the year's self-evaluations go along
        period_ordinal integer not null,
        state text not null default 'WAITING',
        documents integer not null default 0,
        job_run_id uuid,
        requested_by uuid,
        created_at timestamptz not null,
        finished_at timestamptz,
        constraint bulk_run_pk primary key (id),
        constraint bulk_run_unit_fk foreign key (unit_id) references budget_unit (id),
        constraint bulk_run_job_run_fk foreign key (job_run_id) references job_run (id),
        constraint bulk_run_person_fk foreign key (requested_by) references person (id),
        constraint bulk_run_state_known check (state in ('WAITING', 'RUNNING', 'DONE', 'FAILED', 'CANCELLED'))
      );
      -- One run of a place and time at a time; asked for again, the one that is under way answers.
      create unique index bulk_run_one_under_way on bulk_run (unit_id, fiscal_year, period_ordinal) where state in ('WAITING', 'RUNNING');

      create table bulk_slice (
        run_id uuid not null,
        ordinal integer not null,
        document_kind text not null,
        document_ids uuid[] not null,
        -- where the slice begins, for the person who watches
        at_unit text not null,
        state text not null default 'WAITING',
        -- scores written; the rest were as they had been
        written integer,
        finished_at timestamptz,
        constraint bulk_slice_pk primary key (run_id, ordinal),
        constraint bulk_slice_run_fk foreign key (run_id) references bulk_run (id) on delete cascade,
        constraint bulk_slice_document_known check (document_kind in ('MONITORING_REPORT', 'SELF_EVALUATION')),
        constraint bulk_slice_state_known check (state in ('WAITING', 'DONE'))
      );
      create index bulk_slice_waiting on bulk_slice (run_id, ordinal) where state = 'WAITING';
    `);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only: restore a backup instead');
  }
}
