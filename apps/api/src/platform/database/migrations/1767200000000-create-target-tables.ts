import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * 绩效目标表 in versions. The database itself keeps the promise: one version in force and one under way per subject and year, weights above
 * zero, a target's kind decides which of its columns are filled, and rows of an approved version never change again
 * (财预〔2015〕88号 art. 28).
 */
export class CreateTargetTables1767200000000 implements MigrationInterface {
  readonly name = 'CreateTargetTables1767200000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table performance_target_table (
        id uuid not null,
        lineage_id uuid not null,
        unit_id uuid not null,
        subject text not null,
        -- '' for the unit as a whole: an empty text and not null, so that plain unique keys hold it
        project text not null default '',
        fiscal_year integer not null,
        version integer not null,
        state text not null,
        revision integer not null default 0,
        goal_text text not null,
        lead text,
        budget_total numeric,
        budget_fiscal numeric,
        budget_other numeric,
        budget_higher_level numeric,
        budget_local_level numeric,
        based_on_id uuid,
        created_by uuid,
        -- everybody who wrote in this version: none of them may sign it
        recorders uuid[] not null default '{}',
        created_at timestamptz not null default now(),
        constraint performance_target_table_pk primary key (id),
        constraint performance_target_table_unit_fk foreign key (unit_id) references budget_unit (id),
        constraint performance_target_table_creator_fk foreign key (created_by) references person (id),
        constraint performance_target_table_based_on_fk foreign key (based_on_id) references performance_target_table (id),
        constraint performance_target_table_version_once unique (lineage_id, version),
        constraint performance_target_table_lineage unique (id, lineage_id),
        constraint performance_target_table_subject_known check (subject in ('PROJECT', 'UNIT')),
        constraint performance_target_table_project_named check ((subject = 'PROJECT') = (project <> '')),
        constraint performance_target_table_year_sane check (fiscal_year between 2000 and 2100),
        constraint performance_target_table_version_positive check (version >= 1),
        constraint performance_target_table_revision_grows check (revision >= 0),
        constraint performance_target_table_state_known check (state in
          ('DRAFT', 'SUBMITTED', 'REVIEWED', 'SIGNED', 'DEPARTMENT_ACCEPTED', 'APPROVED', 'RETURNED', 'SUPERSEDED')),
        constraint performance_target_table_money_not_negative check (least(budget_total, budget_fiscal, budget_other, budget_higher_level, budget_local_level) >= 0)
      )`);
    // One promise in force, and at most one on its way to force, whoever writes.
    await runner.query(`create unique index performance_target_table_one_in_force
      on performance_target_table (unit_id, fiscal_year, subject, project) where state = 'APPROVED'`);
    await runner.query(`create unique index performance_target_table_one_under_way
      on performance_target_table (unit_id, fiscal_year, subject, project) where state not in ('APPROVED', 'SUPERSEDED')`);
    await runner.query('create index performance_target_table_by_year on performance_target_table (fiscal_year, unit_id)');

    await runner.query(`
      create table indicator (
        id uuid not null,
        table_id uuid not null,
        indicator_key text not null,
        ordinal integer not null,
        level1 text not null,
        level2 text not null,
        name text not null,
        target_kind text not null,
        target_comparator text not null,
        target_magnitude numeric,
        target_magnitude_high numeric,
        target_date text,
        target_unit text,
        target_text text,
        target_raw text not null,
        direction text,
        weight numeric not null,
        basis text,
        previous_actual text,
        scoring_rule text,
        evidence text,
        accumulation text not null,
        pass_threshold numeric,
        constraint indicator_pk primary key (id),
        constraint indicator_table_fk foreign key (table_id) references performance_target_table (id) on delete cascade,
        constraint indicator_key_once unique (table_id, indicator_key),
        constraint indicator_ordinal_once unique (table_id, ordinal) deferrable initially deferred,
        constraint indicator_key_given check (indicator_key <> ''),
        constraint indicator_weight_positive check (weight > 0 and scale(trim_scale(weight)) <= 2),
        constraint indicator_kind_known check (target_kind in ('QUANT', 'QUAL', 'DATE', 'BOOL')),
        constraint indicator_comparator_known check (target_comparator in ('GE', 'GT', 'EQ', 'LE', 'LT', 'BETWEEN', 'NONE')),
        constraint indicator_kind_decides check (case target_kind
          when 'DATE' then target_magnitude is null and target_magnitude_high is null
          when 'QUANT' then target_date is null
          else target_magnitude is null and target_magnitude_high is null and target_date is null end),
        constraint indicator_between_has_both check (target_comparator <> 'BETWEEN' or target_magnitude is null or target_magnitude_high >= target_magnitude),
        constraint indicator_date_shape check (target_date ~ '^[0-9]{4}-[0-9]{2}(-[0-9]{2})?$'),
        constraint indicator_direction_known check (direction in ('POSITIVE', 'NEGATIVE', 'POINT')),
        constraint indicator_rule_known check (scoring_rule in ('PROPORTIONAL', 'GRADE', 'SATISFACTION', 'DIRECT')),
        constraint indicator_accumulation_known check (accumulation in ('SUM', 'LAST', 'RATIO', 'MAX', 'MIN', 'SURVEY', 'MANUAL')),
        constraint indicator_pass_threshold_is_share check (pass_threshold between 0 and 1)
      )`);

    await runner.query(`
      create function indicator_stays_as_approved() returns trigger language plpgsql as $$
      declare standing text;
      begin
        select state into standing from performance_target_table where id = coalesce(new.table_id, old.table_id);
        if standing in ('APPROVED', 'SUPERSEDED') then
          raise exception 'rows of an approved target table do not change; adjust the table instead' using errcode = 'restrict_violation';
        end if;
        return coalesce(new, old);
      end $$`);
    await runner.query(`create trigger indicator_stays_as_approved before insert or update or delete on indicator
      for each row execute function indicator_stays_as_approved()`);

    await runner.query(`
      create function approved_table_stays() returns trigger language plpgsql as $$
      begin
        if tg_op = 'DELETE' then
          if old.state in ('APPROVED', 'SUPERSEDED') then
            raise exception 'an approved target table is not deleted' using errcode = 'restrict_violation';
          end if;
          return old;
        end if;
        if old.state = 'SUPERSEDED' or (old.state = 'APPROVED' and new.state <> 'SUPERSEDED')
           or (old.state = 'APPROVED' and (new.goal_text, new.unit_id, new.fiscal_year, new.subject, new.project, new.version, new.lineage_id)
               is distinct from (old.goal_text, old.unit_id, old.fiscal_year, old.subject, old.project, old.version, old.lineage_id)) then
          raise exception 'an approved target table does not change; adjust it instead' using errcode = 'restrict_violation';
        end if;
        return new;
      end $$`);
    await runner.query(`create trigger approved_table_stays before update or delete on performance_target_table
      for each row execute function approved_table_stays()`);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only: restore a backup instead');
  }
}
