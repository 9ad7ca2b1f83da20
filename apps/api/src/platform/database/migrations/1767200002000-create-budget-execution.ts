import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * 预算执行 of a report, 万元, cumulative to the end of its period. Revisions are added, never changed; at commit the total of each
 * revision must be the sum of the parts it carries, in each column that is filled throughout.
 */
export class CreateBudgetExecution1767200002000 implements MigrationInterface {
  readonly name = 'CreateBudgetExecution1767200002000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table budget_execution (
        id uuid not null,
        report_id uuid not null,
        revision integer not null,
        reason text,
        request_id uuid not null,
        recorded_by uuid not null,
        recorded_at timestamptz not null,
        constraint budget_execution_pk primary key (id),
        constraint budget_execution_report_fk foreign key (report_id) references monitoring_report (id),
        constraint budget_execution_recorder_fk foreign key (recorded_by) references person (id),
        constraint budget_execution_revision_once unique (report_id, revision),
        constraint budget_execution_request_once unique (report_id, request_id),
        constraint budget_execution_revision_positive check (revision >= 1)
      )`);
    await runner.query(`
      create table budget_execution_part (
        execution_id uuid not null,
        part text not null,
        initial numeric,
        adjusted numeric,
        executed numeric,
        constraint budget_execution_part_pk primary key (execution_id, part),
        constraint budget_execution_part_execution_fk foreign key (execution_id) references budget_execution (id),
        constraint budget_execution_part_known check (part in ('TOTAL', 'FISCAL', 'CARRY_OVER', 'OTHER')),
        constraint budget_execution_part_not_negative check (least(initial, adjusted, executed) >= 0),
        constraint budget_execution_part_has_budget check (executed is null or executed = 0 or coalesce(adjusted, initial) is not null)
      )`);
    await runner.query(`
      create function budget_execution_adds_up() returns trigger language plpgsql as $$
      declare whole record; parts record;
      begin
        select * into whole from budget_execution_part where execution_id = new.execution_id and part = 'TOTAL';
        if not found then
          raise exception 'budget execution needs its total' using errcode = 'check_violation';
        end if;
        select count(*) as lines, count(initial) as initials, sum(initial) as initial, count(adjusted) as adjusteds, sum(adjusted) as adjusted,
               count(executed) as executeds, sum(executed) as executed
          into parts from budget_execution_part where execution_id = new.execution_id and part <> 'TOTAL';
        if parts.lines > 0 and (
             (parts.initials = parts.lines and parts.initial is distinct from whole.initial)
          or (parts.adjusteds = parts.lines and parts.adjusted is distinct from whole.adjusted)
          or (parts.executeds = parts.lines and parts.executed is distinct from whole.executed)) then
          raise exception 'the total of budget execution is the sum of its parts' using errcode = 'check_violation';
        end if;
        return null;
      end $$`);
    await runner.query(`create constraint trigger budget_execution_adds_up after insert on budget_execution_part
      deferrable initially deferred for each row execute function budget_execution_adds_up()`);
    await runner.query('create trigger budget_execution_report_is_open before insert on budget_execution for each row execute function report_is_open()');
    for (const table of ['budget_execution', 'budget_execution_part']) {
      await runner.query(`create trigger ${table}_append_only before update or delete on ${table} for each row execute function forbid_change()`);
      await runner.query(`create trigger ${table}_not_emptied before truncate on ${table} for each statement execute function forbid_change()`);
    }
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only: restore a backup instead');
  }
}
