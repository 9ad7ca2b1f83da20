import type { BudgetDocumentTable, BudgetNarrative, BudgetRow } from '@jiheng/domain';
import { budgetTableShape } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import { newId } from '../platform/database/new-id';
import type { Db, Tx } from '../platform/database/tx';
import type { LoadedBudgetDocument, NewBudgetDocument, PrintedBudgetTable } from './budget-document.public';

interface DocumentRow {
  readonly id: string;
  readonly version: number;
  readonly printed_unit: string | null;
  readonly source_name: string;
  readonly narrative: BudgetNarrative;
  readonly by: string;
  readonly stored_at: Date;
}
interface TableRow {
  readonly number: BudgetDocumentTable['number'];
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly is_empty: boolean;
  readonly place: string;
}
type StoredRow = Omit<BudgetRow, 'amounts'> & { readonly number: number; readonly amounts: Readonly<Record<string, string>> };

/** Memory of published budgets: added and read, never changed. */
@Injectable()
export class BudgetDocumentRepository {
  /** Appends a version; versions of one unit and year are counted under a lock of their own. */
  async append(tx: Tx, made: NewBudgetDocument, storedBy: string, at: Date): Promise<{ id: string; version: number }> {
    await tx.manager.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`budget-document/${made.unitId}/${made.fiscalYear}`]);
    const [last]: { version: number }[] = await tx.manager.query('select coalesce(max(version), 0)::int as version from budget_document where unit_id = $1 and fiscal_year = $2', [made.unitId, made.fiscalYear]);
    const [id, version] = [newId(), (last?.version ?? 0) + 1];
    await tx.manager.query('insert into budget_document (id, unit_id, fiscal_year, version, printed_unit, source_name, narrative, stored_by, stored_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)',
      [id, made.unitId, made.fiscalYear, version, made.budget.unit, made.sourceName, JSON.stringify(made.narrative), storedBy, at]);
    for (const table of made.budget.tables) await this.appendTable(tx, id, table, made.printed.find(({ number }) => number === table.number));
    return { id, version };
  }

  private async appendTable(tx: Tx, id: string, table: BudgetDocumentTable, printed: PrintedBudgetTable | undefined): Promise<void> {
    await tx.manager.query('insert into budget_table (document_id, number, title, columns, rows, is_empty, place) values ($1, $2, $3, $4, $5, $6, $7)',
      [id, table.number, table.title, JSON.stringify(printed?.columns ?? []), JSON.stringify(printed?.rows ?? []), table.isEmpty, table.place]);
    if (table.rows.length === 0) return;
    const rows = table.rows.map(({ kind, side, code, line, name, project, origin, confidence, unassigned, place }, ordinal) => ({ ordinal, kind, side, code, line, name, project, origin, confidence, unassigned, place }));
    await tx.manager.query(
      `insert into budget_row (document_id, number, ordinal, kind, side, code, line, name, project, origin, confidence, unassigned, place)
       select $1, $2, r.ordinal, r.kind, r.side, r.code, r.line, r.name, r.project, r.origin, r.confidence::numeric, r.unassigned::numeric[], r.place
       from jsonb_to_recordset($3::jsonb) as r(ordinal int, kind text, side text, code text, line text, name text, project text, origin text, confidence text, unassigned text[], place text)`,
      [id, table.number, JSON.stringify(rows)]);
    const amounts = table.rows.flatMap((row, ordinal) => Object.entries(row.amounts).flatMap(([key, amount]) => (amount === null ? [] : [{ ordinal, key, amount }])));
    await tx.manager.query(
      `insert into budget_amount (document_id, number, ordinal, column_key, amount) select $1, $2, a.ordinal, a.key, a.amount::numeric from jsonb_to_recordset($3::jsonb) as a(ordinal int, key text, amount text)`,
      [id, table.number, JSON.stringify(amounts)]);
  }

  async withdraw(tx: Tx, id: string, by: string, at: Date): Promise<boolean> {
    const done: unknown[] = await tx.manager.query('insert into budget_document_withdrawal (document_id, withdrawn_by, withdrawn_at) values ($1, $2, $3) on conflict do nothing returning document_id', [id, by, at]);
    return done.length > 0;
  }

  /** The newest version of a unit and year that was not withdrawn. */
  async latest(db: Db, unitId: string, fiscalYear: number): Promise<LoadedBudgetDocument | null> {
    const [head]: DocumentRow[] = await db.manager.query(
      `select d.id, d.version, d.printed_unit, d.source_name, d.narrative, p.display_name as by, d.stored_at from budget_document d join person p on p.id = d.stored_by
       where d.unit_id = $1 and d.fiscal_year = $2 and not exists (select 1 from budget_document_withdrawal w where w.document_id = d.id) order by d.version desc limit 1`, [unitId, fiscalYear]);
    if (head === undefined) return null;
    const tables: TableRow[] = await db.manager.query('select number, title, columns, rows, is_empty, place from budget_table where document_id = $1 order by number', [head.id]);
    const rows: StoredRow[] = await db.manager.query(
      `select r.number, r.kind, r.side, r.code, r.line, r.name, r.project, r.origin, r.confidence::text, r.unassigned::text[], r.place,
         coalesce((select jsonb_object_agg(a.column_key, a.amount::text) from budget_amount a where (a.document_id, a.number, a.ordinal) = (r.document_id, r.number, r.ordinal)), '{}') as amounts
       from budget_row r where r.document_id = $1 order by r.number, r.ordinal`, [head.id]);
    return {
      id: head.id, unitId, fiscalYear, version: head.version, sourceName: head.source_name, narrative: head.narrative, by: head.by, at: head.stored_at,
      printed: tables.map(({ number, title, columns, rows: printed }) => ({ number, title, columns, rows: printed })),
      budget: {
        unit: head.printed_unit,
        tables: tables.map(({ number, title, is_empty, place }) => ({ number, title, isEmpty: is_empty, place, rows: rows.filter((row) => row.number === number).map((row) => withEveryColumn(row, number)) })),
      },
    };
  }

  /** The present version of every target table of a unit and year: the one in force, else the newest. */
  async targetTables(db: Db, unitId: string, fiscalYear: number): Promise<readonly string[]> {
    const rows: { id: string }[] = await db.manager.query(
      `select distinct on (lineage_id) id from performance_target_table where unit_id = $1 and fiscal_year = $2 and state <> 'SUPERSEDED' order by lineage_id, (state = 'APPROVED') desc, version desc`, [unitId, fiscalYear]);
    return rows.map(({ id }) => id);
  }
}

/** Empty cells are not stored: they come back as null. */
function withEveryColumn({ number: _, amounts, ...row }: StoredRow, number: BudgetDocumentTable['number']): BudgetRow {
  const keys = row.side === 'INCOME' ? ['total'] : budgetTableShape(number).columns.map(({ key }) => key);
  return { ...row, amounts: Object.fromEntries(keys.map((key) => [key, amounts[key] ?? null])) };
}
