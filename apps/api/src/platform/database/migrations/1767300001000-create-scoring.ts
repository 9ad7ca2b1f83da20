import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Facts become points. A score is one immutable computation, keyed by its document, its rule profile and the digest of everything that
 * went in; computing the same thing again finds the row. The inputs themselves are kept, so that the trace can be computed again by the
 * same engine; where somebody signed, the trace is kept as well.
 */
export class CreateScoring1767300001000 implements MigrationInterface {
  readonly name = 'CreateScoring1767300001000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table rule_profile (
        id uuid not null,
        name text not null,
        version integer not null,
        parameters jsonb not null,
        sha256 text not null,
        created_at timestamptz not null,
        constraint rule_profile_pk primary key (id),
        constraint rule_profile_once unique (name, version),
        constraint rule_profile_version_positive check (version >= 1),
        constraint rule_profile_digest_shape check (sha256 ~ '^[0-9a-f]{64}$')
      );

      create table score (
        id uuid not null,
        document_kind text not null,
        document_id uuid not null,
        profile_id uuid not null,
        engine_version text not null,
        inputs_digest text not null,
        inputs jsonb not null,
        indicator_points numeric not null,
        applicable_weight numeric not null,
        execution_rate numeric,
        execution_points numeric,
        execution_weight numeric,
        total numeric,
        rating text,
        rescaled boolean not null,
        computed_at timestamptz not null,
        constraint score_pk primary key (id),
        constraint score_profile_fk foreign key (profile_id) references rule_profile (id),
        constraint score_once unique (document_kind, document_id, profile_id, inputs_digest),
        constraint score_document_known check (document_kind in ('MONITORING_REPORT', 'SELF_EVALUATION')),
        constraint score_digest_shape check (inputs_digest ~ '^[0-9a-f]{64}$'),
        constraint score_points_in_bounds check (indicator_points between 0 and applicable_weight),
        constraint score_execution_in_bounds check (execution_points between 0 and execution_weight),
        constraint score_total_in_bounds check (total between 0 and 100),
        constraint score_rating_known check (rating in ('优', '良', '中', '差')),
        -- A quarter has a sum and no rating; only the whole year is rated.
        constraint score_rated_only_when_total check (rating is null or total is not null)
      );
      create index score_by_document on score (document_kind, document_id, computed_at desc);

      create table indicator_score (
        score_id uuid not null,
        indicator_id uuid not null,
        indicator_key text not null,
        ordinal integer not null,
        points numeric,
        weight numeric not null,
        attainment_rate numeric,
        deviation_rate numeric,
        flags text[] not null,
        explanation_owed boolean not null,
        blocked_code text,
        blocked_params jsonb,
        constraint indicator_score_pk primary key (score_id, indicator_id),
        constraint indicator_score_score_fk foreign key (score_id) references score (id),
        constraint indicator_score_indicator_fk foreign key (indicator_id) references indicator (id),
        constraint indicator_score_points_in_bounds check (points between 0 and weight and scale(trim_scale(points)) <= 2)
      );

      create table score_trace (
        score_id uuid not null,
        trace jsonb not null,
        stored_at timestamptz not null,
        constraint score_trace_pk primary key (score_id),
        constraint score_trace_score_fk foreign key (score_id) references score (id)
      );

      -- Where the points of a document stand, for the person who waits: the one row here that changes.
      create table score_request (
        document_kind text not null,
        document_id uuid not null,
        state text not null,
        score_id uuid,
        -- revision of the document that was scored: when the document has moved on, its points are still to come
        document_revision integer not null default 0,
        failure_code text,
        failure_params jsonb,
        failure_zh text,
        failure_en text,
        requested_at timestamptz not null,
        finished_at timestamptz,
        constraint score_request_pk primary key (document_kind, document_id),
        constraint score_request_score_fk foreign key (score_id) references score (id),
        constraint score_request_document_known check (document_kind in ('MONITORING_REPORT', 'SELF_EVALUATION')),
        constraint score_request_state_known check (state in ('WAITING', 'RUNNING', 'DONE', 'FAILED'))
      );
    `);
    for (const table of ['rule_profile', 'score', 'indicator_score', 'score_trace']) {
      await runner.query(`create trigger ${table}_append_only before update or delete on ${table} for each row execute function forbid_change()`);
      await runner.query(`create trigger ${table}_not_emptied before truncate on ${table} for each statement execute function forbid_change()`);
    }
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only: restore a backup instead');
  }
}
