import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Rules of scoring by region or unit and year. An assignment is proposed by one person and decided by another; both rows stay as they were
 * written, and a later approved one takes the place of an earlier. Units get their region, and an end: a closed unit keeps its documents.
 */
export class AssignRuleProfiles1767600000000 implements MigrationInterface {
  readonly name = 'AssignRuleProfiles1767600000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table budget_unit
        add column region_code text constraint budget_unit_region_ck check (region_code ~ '^[0-9]{2,12}$'),
        add column closed_at timestamptz;

      alter table rule_profile add column created_by uuid constraint rule_profile_created_by_fk references person (id);

      create table rule_profile_assignment (
        id uuid not null,
        -- the unit with everything below it, or every unit whose region begins with the code
        unit_id uuid,
        region_code text,
        fiscal_year integer not null,
        profile_id uuid not null,
        assigned_by uuid not null,
        reason text not null,
        -- what would change, as it was shown to the one who proposed it
        preview jsonb not null,
        assigned_at timestamptz not null,
        constraint rule_profile_assignment_pk primary key (id),
        constraint rule_profile_assignment_unit_fk foreign key (unit_id) references budget_unit (id),
        constraint rule_profile_assignment_profile_fk foreign key (profile_id) references rule_profile (id),
        constraint rule_profile_assignment_person_fk foreign key (assigned_by) references person (id),
        constraint rule_profile_assignment_one_scope check (num_nonnulls(unit_id, region_code) = 1),
        constraint rule_profile_assignment_region_shape check (region_code ~ '^[0-9]{2,12}$'),
        constraint rule_profile_assignment_year_sane check (fiscal_year between 2000 and 2100),
        constraint rule_profile_assignment_reason_given check (length(btrim(reason)) >= 2)
      );
      create index rule_profile_assignment_by_year on rule_profile_assignment (fiscal_year, unit_id);

      create table rule_profile_decision (
        assignment_id uuid not null,
        -- the order of decisions, whatever the clock says
        turn bigint generated always as identity,
        approved boolean not null,
        decided_by uuid not null,
        opinion text not null,
        job_run_id uuid,
        decided_at timestamptz not null,
        constraint rule_profile_decision_pk primary key (assignment_id),
        constraint rule_profile_decision_assignment_fk foreign key (assignment_id) references rule_profile_assignment (id),
        constraint rule_profile_decision_person_fk foreign key (decided_by) references person (id)
      );

      create function rule_profile_decided_by_another() returns trigger language plpgsql as $$
      begin
        if exists (select 1 from rule_profile_assignment a where a.id = new.assignment_id and a.assigned_by = new.decided_by) then
          raise exception 'who proposed a rule profile cannot decide on it' using errcode = 'JH002';
        end if;
        return new;
      end $$;
      create trigger rule_profile_decision_by_another before insert on rule_profile_decision for each row execute function rule_profile_decided_by_another();

      -- How near a scope stands to a unit of the tree: the lower in the tree, the nearer; at one unit its own scope before its region's, a long
      -- code before a short one. Null: the scope does not hold there.
      create function rule_profile_nearness(at_path text, scope_unit uuid, scope_region text) returns integer language sql immutable as $$
        select length(at_path) * 100 + case when scope_unit is not null then 99 else length(scope_region) end
      $$;
      create function rule_profile_reach(unit_path text, scope_unit uuid, scope_region text) returns integer language sql stable as $$
        select max(rule_profile_nearness(u.path, scope_unit, scope_region)) from budget_unit u
        where u.id = any (string_to_array(btrim(unit_path, '/'), '/')::uuid[]) and (u.id = scope_unit or starts_with(u.region_code, scope_region))
      $$;

      -- The nearest approved assignment up the tree of a unit; of several in one scope the one decided last.
      create function rule_profile_assignment_in_force(unit_path text, year integer) returns uuid language sql stable as $$
        select a.id
        from budget_unit u
          join rule_profile_assignment a on a.fiscal_year = year and (a.unit_id = u.id or starts_with(u.region_code, a.region_code))
          join rule_profile_decision d on d.assignment_id = a.id and d.approved
        where u.id = any (string_to_array(btrim(unit_path, '/'), '/')::uuid[])
        order by rule_profile_nearness(u.path, a.unit_id, a.region_code) desc, d.turn desc
        limit 1
      $$;

      -- Null: the default profile of the house.
      create function rule_profile_in_force(unit_path text, year integer) returns uuid language sql stable as $$
        select profile_id from rule_profile_assignment where id = rule_profile_assignment_in_force(unit_path, year)
      $$;
    `);
    for (const table of ['rule_profile_assignment', 'rule_profile_decision']) {
      await runner.query(`create trigger ${table}_append_only before update or delete on ${table} for each row execute function forbid_change()`);
      await runner.query(`create trigger ${table}_not_emptied before truncate on ${table} for each statement execute function forbid_change()`);
    }
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only: restore a backup instead');
  }
}
