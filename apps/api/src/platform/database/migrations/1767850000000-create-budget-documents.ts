import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * 预算公开表: the budget tables of a published document. A document once stored stays as it was published; a later one of the same unit and year is
 * another version, and an import that is taken back withdraws its version in a line of its own. Tables stand as printed and as typed amounts, 万元.
 */
export class CreateBudgetDocuments1767850000000 implements MigrationInterface {
  readonly name = 'CreateBudgetDocuments1767850000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table budget_document (
        id uuid not null,
        unit_id uuid not null,
        fiscal_year integer not null,
        version integer not null,
        -- 编制单位 as printed; null when none is
        printed_unit text,
        source_name text not null,
        -- what the running text states in numbers
        narrative jsonb not null,
        stored_by uuid not null,
        stored_at timestamptz not null,
        constraint budget_document_pk primary key (id),
        constraint budget_document_unit_fk foreign key (unit_id) references budget_unit (id),
        constraint budget_document_person_fk foreign key (stored_by) references person (id),
        constraint budget_document_version_once unique (unit_id, fiscal_year, version),
        constraint budget_document_version_positive check (version >= 1),
        constraint budget_document_year_plausible check (fiscal_year between 1990 and 2100)
      );

      create table budget_document_withdrawal (
        document_id uuid not null,
        withdrawn_by uuid not null,
        withdrawn_at timestamptz not null,
        constraint budget_document_withdrawal_pk primary key (document_id),
        constraint budget_document_withdrawal_document_fk foreign key (document_id) references budget_document (id),
        constraint budget_document_withdrawal_person_fk foreign key (withdrawn_by) references person (id)
      );

      create table budget_table (
        document_id uuid not null,
        number integer not null,
        title text not null,
        columns jsonb not null,
        -- cells as printed, row by row
        rows jsonb not null,
        is_empty boolean not null,
        place text not null,
        constraint budget_table_pk primary key (document_id, number),
        constraint budget_table_document_fk foreign key (document_id) references budget_document (id),
        constraint budget_table_number_known check (number between 1 and 11)
      );

      create table budget_row (
        document_id uuid not null,
        number integer not null,
        ordinal integer not null,
        kind text not null,
        side text,
        -- 科目编码 without blanks
        code text,
        -- key of a fixed line of the form
        line text,
        name text not null,
        project text,
        -- how the amounts came into their columns
        origin text not null,
        confidence numeric not null,
        -- printed amounts that fit several columns
        unassigned numeric[] not null default '{}',
        place text not null,
        constraint budget_row_pk primary key (document_id, number, ordinal),
        constraint budget_row_table_fk foreign key (document_id, number) references budget_table (document_id, number),
        constraint budget_row_kind_known check (kind in ('TOTAL', 'SUBJECT', 'LINE', 'PROJECT', 'UNIT')),
        constraint budget_row_side_known check (side in ('INCOME', 'EXPENDITURE')),
        constraint budget_row_origin_known check (origin in ('POSITION', 'ARITHMETIC', 'UNDECIDED')),
        constraint budget_row_confidence_is_share check (confidence between 0 and 1),
        constraint budget_row_code_shape check (code ~ '^[0-9]{3}([0-9]{2}){0,2}$'),
        constraint budget_row_only_undecided_leaves_amounts check (origin = 'UNDECIDED' or cardinality(unassigned) = 0)
      );
      create index budget_row_by_code on budget_row (code) where code is not null;

      create table budget_amount (
        document_id uuid not null,
        number integer not null,
        ordinal integer not null,
        column_key text not null,
        -- 万元, the printed places kept; a document in 元 has up to six
        amount numeric not null,
        constraint budget_amount_pk primary key (document_id, number, ordinal, column_key),
        constraint budget_amount_row_fk foreign key (document_id, number, ordinal) references budget_row (document_id, number, ordinal),
        constraint budget_amount_in_bounds check (scale(amount) <= 6 and abs(amount) < 1e16)
      );
    `);
    for (const table of ['budget_document', 'budget_document_withdrawal', 'budget_table', 'budget_row', 'budget_amount']) {
      await runner.query(`create trigger ${table}_append_only before update or delete on ${table} for each row execute function forbid_change()`);
      await runner.query(`create trigger ${table}_not_emptied before truncate on ${table} for each statement execute function forbid_change()`);
    }
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only: restore a backup instead');
  }
}
