import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What happened each quarter. Values, explanations and money are facts: they are added, never changed (`forbid_change`), and the highest
 * revision is the present one. A value hangs on the row's key, which stays the same in every version of a table, so an adjustment of
 * targets keeps what was reported.
 */
export class CreateMonitoring1767200001000 implements MigrationInterface {
  readonly name = 'CreateMonitoring1767200001000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table reporting_period (
        id uuid not null,
        fiscal_year integer not null,
        ordinal integer not null,
        label text not null,
        starts_on date not null,
        ends_on date not null,
        due_on date not null,
        opened_at timestamptz,
        constraint reporting_period_pk primary key (id),
        constraint reporting_period_once unique (fiscal_year, ordinal),
        constraint reporting_period_ordinal_sane check (ordinal between 1 and 12),
        constraint reporting_period_in_order check (starts_on <= ends_on and ends_on <= due_on)
      )`);

    await runner.query(`
      create table monitoring_report (
        id uuid not null,
        table_id uuid not null,
        lineage_id uuid not null,
        period_id uuid not null,
        state text not null default 'DRAFT',
        revision integer not null default 0,
        opened_at timestamptz not null default now(),
        state_since timestamptz not null default now(),
        constraint monitoring_report_pk primary key (id),
        constraint monitoring_report_table_fk foreign key (table_id) references performance_target_table (id),
        constraint monitoring_report_period_fk foreign key (period_id) references reporting_period (id),
        constraint monitoring_report_once unique (table_id, period_id),
        constraint monitoring_report_once_a_lineage unique (lineage_id, period_id),
        constraint monitoring_report_state_known check (state in ('DRAFT', 'SUBMITTED', 'REVIEWED', 'SIGNED', 'RETURNED')),
        constraint monitoring_report_revision_grows check (revision >= 0)
      )`);
    await runner.query(`
      create function monitoring_report_fits() returns trigger language plpgsql as $$
      begin
        if not exists (select 1 from performance_target_table t join reporting_period p on p.id = new.period_id
            where t.id = new.table_id and t.lineage_id = new.lineage_id and t.fiscal_year = p.fiscal_year) then
          raise exception 'a report belongs to a period of its table''s year' using errcode = 'check_violation';
        end if;
        return new;
      end $$`);
    await runner.query(`create trigger monitoring_report_fits before insert or update of table_id, lineage_id, period_id on monitoring_report
      for each row execute function monitoring_report_fits()`);

    // Shared by everything that hangs on a row of a report: the row must be one of the report's table, and the report must be open.
    await runner.query(`
      create function report_row_fits() returns trigger language plpgsql as $$
      begin
        if not exists (select 1 from monitoring_report r join indicator i on i.table_id = r.table_id
            where r.id = new.report_id and i.id = new.indicator_id and i.indicator_key = new.indicator_key) then
          raise exception 'the row does not belong to the report''s table' using errcode = 'check_violation';
        end if;
        return new;
      end $$`);
    await runner.query(`
      create function report_is_open() returns trigger language plpgsql as $$
      begin
        if not exists (select 1 from monitoring_report where id = new.report_id and state in ('DRAFT', 'RETURNED')) then
          raise exception 'the report is submitted, reviewed or signed' using errcode = 'restrict_violation';
        end if;
        return new;
      end $$`);

    await runner.query(`
      create table actual (
        id uuid not null,
        report_id uuid not null,
        indicator_id uuid not null,
        indicator_key text not null,
        revision integer not null,
        kind text not null,
        magnitude numeric,
        unit_symbol text,
        base_magnitude numeric,
        numerator numeric,
        denominator numeric,
        grade text,
        share numeric,
        note text,
        answer boolean,
        deduction numeric,
        reached_on text,
        reason text,
        origin text not null,
        observation_id uuid,
        request_id uuid not null,
        recorded_by uuid not null,
        recorded_at timestamptz not null,
        constraint actual_pk primary key (id),
        constraint actual_report_fk foreign key (report_id) references monitoring_report (id),
        constraint actual_indicator_fk foreign key (indicator_id) references indicator (id),
        constraint actual_recorder_fk foreign key (recorded_by) references person (id),
        constraint actual_revision_once unique (report_id, indicator_key, revision),
        constraint actual_request_once unique (report_id, request_id),
        constraint actual_revision_positive check (revision >= 1),
        constraint actual_origin_known check (origin in ('TYPED', 'PULLED', 'IMPORTED', 'CORRECTED')),
        constraint actual_pulled_has_observation check (origin <> 'PULLED' or observation_id is not null),
        -- Zero, silence and "not applicable" are three kinds; the kind says which columns speak.
        constraint actual_kind_decides check (case kind
          when 'REPORTED' then magnitude is not null and base_magnitude is not null and num_nulls(grade, share, note, answer, deduction, reached_on, reason) = 7
          when 'JUDGED' then grade is not null and num_nulls(magnitude, unit_symbol, base_magnitude, numerator, denominator, answer, deduction, reached_on, reason) = 9
          when 'ANSWERED' then answer is not null and num_nulls(magnitude, unit_symbol, base_magnitude, numerator, denominator, grade, share, note, reached_on, reason) = 10
          when 'DATED' then reached_on is not null and num_nulls(magnitude, unit_symbol, base_magnitude, numerator, denominator, grade, share, note, answer, deduction, reason) = 11
          when 'NOT_APPLICABLE' then reason is not null and num_nulls(magnitude, unit_symbol, base_magnitude, numerator, denominator, grade, share, note, answer, deduction, reached_on) = 11
          when 'UNFINISHED' then num_nulls(magnitude, unit_symbol, base_magnitude, numerator, denominator, grade, share, note, answer, deduction, reached_on, reason) = 12
          when 'NOT_REPORTED' then num_nulls(magnitude, unit_symbol, base_magnitude, numerator, denominator, grade, share, note, answer, deduction, reached_on, reason) = 12
          else false end),
        constraint actual_grade_known check (grade in ('A', 'B', 'C')),
        constraint actual_share_is_share check (share between 0 and 1),
        constraint actual_denominator_not_negative check (denominator >= 0),
        constraint actual_date_shape check (reached_on ~ '^[0-9]{4}-[0-9]{2}(-[0-9]{2})?$'),
        constraint actual_reason_given check (btrim(reason) <> '')
      )`);

    await runner.query(`
      create table deviation_explanation (
        id uuid not null,
        report_id uuid not null,
        indicator_id uuid not null,
        indicator_key text not null,
        revision integer not null,
        causes text[] not null,
        sentence text not null,
        measures text not null,
        likelihood text,
        forecast text,
        request_id uuid not null,
        recorded_by uuid not null,
        recorded_at timestamptz not null,
        constraint deviation_explanation_pk primary key (id),
        constraint deviation_explanation_report_fk foreign key (report_id) references monitoring_report (id),
        constraint deviation_explanation_indicator_fk foreign key (indicator_id) references indicator (id),
        constraint deviation_explanation_recorder_fk foreign key (recorded_by) references person (id),
        constraint deviation_explanation_revision_once unique (report_id, indicator_key, revision),
        constraint deviation_explanation_request_once unique (report_id, request_id),
        constraint deviation_explanation_revision_positive check (revision >= 1),
        constraint deviation_explanation_causes_known check (causes <@ array['FUNDS', 'SYSTEM', 'STAFF', 'EQUIPMENT', 'OTHER', 'TARGET_TOO_LOW']),
        constraint deviation_explanation_likelihood_known check (likelihood in ('CERTAIN', 'POSSIBLE', 'IMPOSSIBLE'))
      )`);

    await runner.query(`
      create table evidence (
        id uuid not null,
        report_id uuid not null,
        indicator_id uuid not null,
        indicator_key text not null,
        file_name text not null,
        media_type text not null,
        size_bytes integer not null,
        sha256 text not null,
        uploaded_by uuid not null,
        uploaded_at timestamptz not null,
        withdrawn_by uuid,
        withdrawn_at timestamptz,
        constraint evidence_pk primary key (id),
        constraint evidence_report_fk foreign key (report_id) references monitoring_report (id),
        constraint evidence_indicator_fk foreign key (indicator_id) references indicator (id),
        constraint evidence_uploader_fk foreign key (uploaded_by) references person (id),
        constraint evidence_withdrawer_fk foreign key (withdrawn_by) references person (id),
        constraint evidence_digest_shape check (sha256 ~ '^[0-9a-f]{64}$'),
        constraint evidence_not_empty check (size_bytes > 0),
        constraint evidence_withdrawn_whole check (num_nulls(withdrawn_by, withdrawn_at) in (0, 2))
      )`);
    // The same file twice behind one row is a slip of the mouse; withdrawn ones do not count.
    await runner.query('create unique index evidence_once on evidence (report_id, indicator_key, sha256) where withdrawn_at is null');
    await runner.query(`
      create function evidence_only_withdrawn() returns trigger language plpgsql as $$
      begin
        if tg_op = 'DELETE' or old.withdrawn_at is not null or new.withdrawn_at is null
           or (new.id, new.report_id, new.indicator_id, new.indicator_key, new.file_name, new.media_type, new.size_bytes, new.sha256, new.uploaded_by, new.uploaded_at)
           is distinct from (old.id, old.report_id, old.indicator_id, old.indicator_key, old.file_name, old.media_type, old.size_bytes, old.sha256, old.uploaded_by, old.uploaded_at) then
          raise exception 'evidence is withdrawn, never changed or deleted' using errcode = 'restrict_violation';
        end if;
        return new;
      end $$`);
    await runner.query('create trigger evidence_only_withdrawn before update or delete on evidence for each row execute function evidence_only_withdrawn()');

    await runner.query(`
      create table candidate (
        id uuid not null,
        report_id uuid not null,
        indicator_id uuid not null,
        indicator_key text not null,
        actual jsonb not null,
        outcome text not null,
        warning text,
        observation_id uuid not null,
        source_name text not null,
        observed_at timestamptz not null,
        verbatim text not null,
        sha256 text not null,
        settlement text,
        settled_by uuid,
        settled_at timestamptz,
        settle_reason text,
        constraint candidate_pk primary key (id),
        constraint candidate_report_fk foreign key (report_id) references monitoring_report (id),
        constraint candidate_indicator_fk foreign key (indicator_id) references indicator (id),
        constraint candidate_settler_fk foreign key (settled_by) references person (id),
        constraint candidate_observation_once unique (report_id, indicator_key, observation_id),
        constraint candidate_outcome_known check (outcome in ('CANDIDATE', 'SAME', 'IMPLAUSIBLE')),
        constraint candidate_settlement_known check (settlement in ('ACCEPTED', 'KEPT', 'AGREED', 'REPLACED')),
        constraint candidate_settled_whole check (num_nulls(settlement, settled_at) in (0, 2)),
        -- A person's choice has a person behind it; replaced by a newer answer of the source, or equal to what is there, needs none.
        constraint candidate_choice_has_person check (settlement is null or settlement in ('AGREED', 'REPLACED') or settled_by is not null)
      )`);
    await runner.query('create unique index candidate_one_open on candidate (report_id, indicator_key) where settled_at is null');

    for (const table of ['actual', 'deviation_explanation', 'evidence', 'candidate']) {
      await runner.query(`create trigger ${table}_row_fits before insert on ${table} for each row execute function report_row_fits()`);
      await runner.query(`create trigger ${table}_report_is_open before insert on ${table} for each row execute function report_is_open()`);
    }
    for (const table of ['actual', 'deviation_explanation']) {
      await runner.query(`create trigger ${table}_append_only before update or delete on ${table} for each row execute function forbid_change()`);
      await runner.query(`create trigger ${table}_not_emptied before truncate on ${table} for each statement execute function forbid_change()`);
    }
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only: restore a backup instead');
  }
}
