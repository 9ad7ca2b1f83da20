import type { AcceptedTable, ImportState, ImportTableSummary, SourceChunk, SourceOutline } from '@jiheng/contract';
import type { SourcePart } from '@jiheng/documents';
import { type LoggedCorrection, STAGED_RULES, type StagedPrint, type StagedSurroundings, type StagedTable, withPrint } from '@jiheng/domain';
import { Injectable } from '@nestjs/common';
import { newId } from '../platform/database/new-id';
import type { Db, Tx } from '../platform/database/tx';
import { cutSource, widthOf } from './cut-source';
import type { CountedSummary, ImportHead, RecoveredPrint, StagedBudget, StoredAcceptance, StoredImportTable, StoredProposal, UnprintedTable } from './document-import.rows';
import { summaryOf, type TableSummary } from './table-summary';

const HEAD = `select i.id, i.unit_id as "unitId", u.name as "unitName", u.path as "unitPath", i.file_name as "fileName", i.size_bytes as "sizeBytes", i.sha256, i.state,
  i.fiscal_year as "fiscalYear", i.named_unit as "namedUnit", case when i.refusal_code is null then null else json_build_object('code', i.refusal_code, 'zh', i.refusal_zh, 'en', i.refusal_en) end as refusal,
  i.job_run_id as "jobRunId", i.created_by as "createdBy", p.display_name as by, i.created_at as "createdAt"
  from document_import i join person p on p.id = i.created_by left join budget_unit u on u.id = i.unit_id`;
/** The acceptance that holds, else the last one that was taken back. */
const ACCEPTANCE = `json_build_object('targetTableId', a.target_table_id, 'how', a.how, 'at', a.accepted_at, 'undone', a.undone_at is not null)`;
const ACCEPTED = `(select ${ACCEPTANCE}
  from import_acceptance a where a.import_id = t.import_id and a.ordinal = t.ordinal order by a.undone_at is not null, a.accepted_at desc limit 1)`;
/** Tables of an import that are not in the books. */
const WAITING = `t.import_id = $1 and not exists (select from import_acceptance a where a.import_id = t.import_id and a.ordinal = t.ordinal and a.undone_at is null)`;
/** Tables written by one statement: a document of a thousand tables is some ten megabytes of JSON. */
const TABLES_AT_ONCE = 50;
/** Origins of rows written by one statement. */
const ORIGINS_A_STATEMENT = 1_000;

/** Imports of which it is kept what their tables are forms of. */
const KEPT_IMPORTS = 200;

/** Memory of documents on their way into the books. */
@Injectable()
export class DocumentImportRepository {
  private readonly forms = new Map<string, ReadonlyMap<number, ImportTableSummary['form']>>();

  async head(db: Db, id: string): Promise<ImportHead | null> {
    const rows: ImportHead[] = await db.manager.query(`${HEAD} where i.id = $1`, [id]);
    return rows[0] ?? null;
  }

  /** The head under a lock until the end of the deed: acceptance, undoing and corrections of one import come one after the other. */
  async lock(tx: Tx, id: string): Promise<ImportHead | null> {
    await tx.manager.query('select 1 from document_import where id = $1 for update', [id]);
    return this.head(tx, id);
  }

  async insert(tx: Tx, made: Pick<ImportHead, 'id' | 'unitId' | 'fileName' | 'sizeBytes' | 'sha256' | 'fiscalYear' | 'createdBy' | 'createdAt'>): Promise<void> {
    await tx.manager.query('insert into document_import (id, unit_id, file_name, size_bytes, sha256, fiscal_year, created_by, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8)',
      [made.id, made.unitId, made.fileName, made.sizeBytes, made.sha256, made.fiscalYear, made.createdBy, made.createdAt]);
  }

  async setJobRun(tx: Tx, id: string, jobRunId: string): Promise<void> {
    await tx.manager.query('update document_import set job_run_id = $2 where id = $1', [id, jobRunId]);
  }

  /** The document as it was read: its lines, its tables, and whose it is. */
  async stage(tx: Tx, id: string, read: { readonly parts: readonly SourcePart[]; readonly tables: readonly StagedTable[]; readonly namedUnit: string; readonly unitId: string | null; readonly budget: Omit<StagedBudget, 'budgetDocumentId'> | null }, at: Date): Promise<void> {
    // A workbook has a part a sheet: a thousand of them are one statement.
    const parts = read.parts.map((source, part) => ({ part, sheet: source.sheet, columns: widthOf(source), pages: source.pages ?? null }));
    await tx.manager.query('insert into import_source_part select $1, p.part, p.sheet, p.columns, p.pages from jsonb_to_recordset($2::jsonb) as p(part int, sheet text, columns int, pages jsonb)', [id, JSON.stringify(parts)]);
    const chunks = cutSource(read.parts);
    for (let from = 0; from < chunks.length; from += TABLES_AT_ONCE) {
      await tx.manager.query(`insert into import_source_chunk select $1, c.part, c.chunk, c.page, c.first, c.last, jsonb_array_length(c.lines), c.lines
        from jsonb_to_recordset($2::jsonb) as c(part int, chunk int, page int, first int, last int, lines jsonb)`, [id, JSON.stringify(chunks.slice(from, from + TABLES_AT_ONCE))]);
    }
    const around = { projects: read.tables.filter(({ subject }) => subject === 'PROJECT').map(({ project, budget: { total } }) => ({ project, total })) };
    const tables = read.tables.map((table, ordinal) => ({ ordinal, read: table, ...summaryOf(table, around) }));
    for (let from = 0; from < tables.length; from += TABLES_AT_ONCE) {
      await tx.manager.query(`insert into import_table (import_id, ordinal, read, subject, fiscal_year, project, budget_unit, row_count, weight_total, doubtful, errors, warnings, gaps, budget_total, task_count, open_warnings, rules)
        select $1, t.ordinal, t.read, t.subject, t."fiscalYear", t.project, t."budgetUnit", t.rows, t."weightTotal", t.doubtful, t.errors, t.warnings, t.gaps, t."budgetTotal", t."taskCount", t."openWarnings", ${STAGED_RULES}
        from jsonb_to_recordset($2::jsonb) as t(ordinal int, read jsonb, subject text, "fiscalYear" int, project text, "budgetUnit" text, rows int, "weightTotal" numeric, doubtful int, errors int, warnings int, gaps int, "budgetTotal" numeric, "taskCount" int, "openWarnings" jsonb)`,
      [id, JSON.stringify(tables.slice(from, from + TABLES_AT_ONCE))]);
    }
    if (read.budget !== null) {
      const { fiscalYear, budget, narrative, printed } = read.budget;
      await tx.manager.query('insert into import_budget values ($1, $2, $3, $4, $5)', [id, fiscalYear, JSON.stringify(budget), JSON.stringify(narrative), JSON.stringify(printed)]);
    }
    await tx.manager.query(`update document_import set state = 'STAGED', named_unit = $2, unit_id = coalesce(unit_id, $3), read_at = $4, refusal_code = null, refusal_zh = null, refusal_en = null where id = $1`,
      [id, read.namedUnit, read.unitId, at]);
  }

  async refuse(tx: Tx, id: string, refusal: NonNullable<ImportHead['refusal']>, at: Date): Promise<void> {
    await tx.manager.query(`update document_import set state = 'REFUSED', refusal_code = $2, refusal_zh = $3, refusal_en = $4, read_at = $5 where id = $1 and state = 'READING'`,
      [id, refusal.code, refusal.zh, refusal.en, at]);
  }

  async setState(tx: Tx, id: string, state: Exclude<ImportState, 'READING' | 'REFUSED'>): Promise<void> {
    await tx.manager.query('update document_import set state = $2 where id = $1', [id, state]);
  }

  async setUnit(tx: Tx, id: string, unitId: string): Promise<void> {
    await tx.manager.query('update document_import set unit_id = $2 where id = $1', [id, unitId]);
  }

  /** The tables of an import as lists show them, as corrected. */
  async summaries(db: Db, id: string): Promise<CountedSummary[]> {
    const rows: Omit<CountedSummary, 'form'>[] = await db.manager.query(`select t.ordinal as at, t.subject, t.fiscal_year as "fiscalYear", t.project, t.budget_unit as "budgetUnit", t.row_count as rows, t.weight_total::text as "weightTotal",
      t.doubtful, t.errors, t.warnings, t.gaps, t.rules, a.accepted, p.ordinal is not null as proposed from import_table t
      left join (select distinct ordinal from import_proposal where import_id = $1 and withdrawn_at is null) p on p.ordinal = t.ordinal left join (
        select distinct on (a.ordinal) a.ordinal, ${ACCEPTANCE} as accepted from import_acceptance a where a.import_id = $1 order by a.ordinal, a.undone_at is not null, a.accepted_at desc) a on a.ordinal = t.ordinal
      where t.import_id = $1 order by t.ordinal`, [id]);
    if (rows.length === 0) return [];
    const forms = await this.formsOf(db, id);
    return rows.map((row) => ({ ...row, form: forms.get(row.at) ?? 'TARGET' }));
  }

  /** What each table of an import is a form of. It stands inside the reading, which is large and never changes: it is opened for this once. */
  private async formsOf(db: Db, id: string): Promise<ReadonlyMap<number, ImportTableSummary['form']>> {
    const before = this.forms.get(id);
    if (before !== undefined) return before;
    const rows: { at: number; form: ImportTableSummary['form'] }[] = await db.manager.query(`select ordinal as at, coalesce(read->>'form', 'TARGET') as form from import_table where import_id = $1`, [id]);
    const forms = new Map(rows.map((row) => [row.at, row.form]));
    if (this.forms.size >= KEPT_IMPORTS) this.forms.clear();
    this.forms.set(id, forms);
    return forms;
  }

  /** Tables whole, with their logs; all of the import, or those asked for. What a reading of earlier days did not keep of its print is added to it. */
  async tables(db: Db, id: string, ordinals: readonly number[] | null): Promise<StoredImportTable[]> {
    const stored: (StoredImportTable & { readonly print: StagedPrint | null })[] = await db.manager.query(`select t.ordinal as at, t.read, t.print, t.rules, ${ACCEPTED} as accepted, coalesce(l.log, '[]') as log,
      (select p.display_name from import_correction c join person p on p.id = c.made_by where c.import_id = t.import_id and c.ordinal = t.ordinal order by c.sequence desc limit 1) as "lastHand"
      from import_table t left join lateral (select jsonb_agg(c.body order by c.sequence) as log from import_correction c where c.import_id = t.import_id and c.ordinal = t.ordinal) l on true
      where t.import_id = $1 and ($2::int[] is null or t.ordinal = any($2)) order by t.ordinal`, [id, ordinals]);
    const tables = stored.map(({ print, ...table }): StoredImportTable => (print === null || table.read.printed !== undefined ? table : { ...table, read: { ...table.read, printed: print } }));
    if (tables.every(({ read }) => read.printed !== undefined)) return tables;
    const document = (await this.budget(db, id))?.budget ?? null;
    return tables.map((table) => ({ ...table, read: withPrint(table.read, document) }));
  }

  /** Tables that wait for a person and whose counts were made by other rules, so many at the most; `at`: that one only. */
  async countedByOthers(db: Db, id: string, rules: number, at: number | null, most: number): Promise<readonly number[]> {
    const rows: { at: number }[] = await db.manager.query(`select t.ordinal as at from import_table t where ${WAITING} and t.rules is distinct from $2 and ($3::int is null or t.ordinal = $3) order by t.ordinal limit $4`, [id, rules, at, most]);
    return rows.map((row) => row.at);
  }

  /** Of those tables, the ones whose reading was stored without what the document prints besides, and for which it was not read since. */
  async unprinted(db: Db, id: string, rules: number): Promise<readonly UnprintedTable[]> {
    return db.manager.query(`select t.ordinal as at, coalesce(t.read->>'form', 'TARGET') as form, t.read->>'subject' as subject, t.read->>'project' as project, t.read->>'place' as place
      from import_table t where ${WAITING} and t.rules is distinct from $2 and t.print is null and not t.read ? 'printed' order by t.ordinal`, [id, rules]);
  }

  async keepPrints(tx: Tx, id: string, prints: readonly RecoveredPrint[]): Promise<void> {
    await tx.manager.query('update import_table t set print = p.print from jsonb_to_recordset($2::jsonb) as p(at int, print jsonb) where t.import_id = $1 and t.ordinal = p.at', [id, JSON.stringify(prints)]);
  }

  /** Is this correction in the log already (an answer was lost and the browser asks again)? */
  async isKnown(db: Db, requestId: string): Promise<boolean> {
    return ((await db.manager.query('select 1 from import_correction where request_id = $1', [requestId])) as unknown[]).length > 0;
  }

  /** The money of the projects of an import, as their target tables stand now. */
  async projectsOf(db: Db, id: string): Promise<StagedSurroundings> {
    const projects: StagedSurroundings['projects'] = await db.manager.query(`select project, budget_total::text as total from import_table where import_id = $1 and subject = 'PROJECT' order by ordinal`, [id]);
    return { projects };
  }

  /** Open warnings of target tables that are not in the books (forms that hold results keep none), counted by the rules in force, by code: how many, in how many tables, and the first of their sentences. */
  async openWarnings(db: Db, id: string): Promise<{ code: string; zh: string; en: string; count: number; tables: number }[]> {
    return db.manager.query(`select w.code, (array_agg(w.zh order by t.ordinal))[1] as zh, (array_agg(w.en order by t.ordinal))[1] as en, sum(w.count)::int as count, count(*)::int as tables
      from import_table t cross join lateral jsonb_to_recordset(t.open_warnings) as w(code text, count int, zh text, en text) where ${WAITING} and t.warnings > 0 and t.rules = $2 group by w.code`, [id, STAGED_RULES]);
  }

  /** Of those tables, the ones whose warnings were never counted, or by other rules. */
  async uncounted(db: Db, id: string): Promise<readonly number[]> {
    const rows: { at: number }[] = await db.manager.query(`select t.ordinal as at from import_table t where ${WAITING} and (t.rules is distinct from $2 or (t.warnings > 0 and t.open_warnings is null)) order by t.ordinal`, [id, STAGED_RULES]);
    return rows.map((row) => row.at);
  }

  /** Tables of an import that have main tasks: what they say has to agree with the tables of the projects. */
  async withTasks(db: Db, id: string): Promise<readonly number[]> {
    const rows: { at: number }[] = await db.manager.query('select ordinal as at from import_table where import_id = $1 and task_count > 0 order by ordinal', [id]);
    return rows.map((row) => row.at);
  }

  /** Adds one entry to the log. */
  async append(tx: Tx, id: string, at: number, entry: { readonly sequence: number; readonly requestId: string; readonly body: LoggedCorrection; readonly by: string; readonly madeAt: Date }): Promise<void> {
    await tx.manager.query('insert into import_correction values ($1, $2, $3, $4, $5, $6, $7, $8)', [newId(), id, at, entry.sequence, entry.requestId, JSON.stringify(entry.body), entry.by, entry.madeAt]);
  }

  /** Writes what is kept of a table as it now is. */
  async summarise(tx: Tx, id: string, at: number, now: TableSummary): Promise<void> {
    const { subject, fiscalYear, project, rows, weightTotal, doubtful, errors, warnings, gaps, budgetTotal, taskCount, openWarnings } = now;
    await tx.manager.query(`update import_table set subject = $3, fiscal_year = $4, project = $5, row_count = $6, weight_total = $7, doubtful = $8, errors = $9, warnings = $10, gaps = $11,
      budget_total = $12, task_count = $13, open_warnings = $14::jsonb, rules = $15 where import_id = $1 and ordinal = $2`,
    [id, at, subject, fiscalYear, project, rows, weightTotal, doubtful, errors, warnings, gaps, budgetTotal, taskCount, JSON.stringify(openWarnings), STAGED_RULES]);
  }

  /** What became of tables of an import. */
  async accept(
    tx: Tx, id: string, made: readonly { readonly at: number; readonly targetTableId: string; readonly how: AcceptedTable['how']; readonly title: string; readonly before: unknown; readonly revision: number }[], by: string, when: Date,
  ): Promise<void> {
    if (made.length === 0) return;
    await tx.manager.query(`insert into import_acceptance (id, import_id, ordinal, target_table_id, how, title, before, revision, accepted_by, accepted_at)
      select m.id, $1, m.ordinal, m.table_id, m.how, m.title, m.before::jsonb, m.revision, $2, $3 from unnest($4::uuid[], $5::int[], $6::uuid[], $7::text[], $8::text[], $9::text[], $10::int[]) m(id, ordinal, table_id, how, title, before, revision)`,
      [id, by, when, made.map(() => newId()), made.map((one) => one.at), made.map((one) => one.targetTableId), made.map((one) => one.how), made.map((one) => one.title),
        made.map((one) => (one.before === null ? null : JSON.stringify(one.before))), made.map((one) => one.revision)]);
  }

  /** Where each indicator of target tables was read; what was known of these tables before is forgotten. */
  async writeOrigins(
    tx: Tx, id: string, rows: readonly { readonly at: number; readonly tableId: string; readonly key: string; readonly rowId: string; readonly place: string; readonly cells: unknown }[], tableIds: readonly string[],
  ): Promise<void> {
    if (tableIds.length === 0) return;
    await tx.manager.query('delete from indicator_origin where target_table_id = any($1)', [tableIds]);
    for (let from = 0; from < rows.length; from += ORIGINS_A_STATEMENT) {
      await tx.manager.query(`insert into indicator_origin select o."tableId", o.key, $1, o.at, o."rowId", o.place, o.cells
        from jsonb_to_recordset($2::jsonb) as o(at int, "tableId" uuid, key text, "rowId" text, place text, cells jsonb)`, [id, JSON.stringify(rows.slice(from, from + ORIGINS_A_STATEMENT))]);
    }
  }

  /** What holds of an import, the newest first: what was written last is taken back first. */
  async standingAcceptances(tx: Tx, id: string): Promise<StoredAcceptance[]> {
    return tx.manager.query(`select id, ordinal as at, target_table_id as "targetTableId", how, title, before, revision from import_acceptance
      where import_id = $1 and undone_at is null order by accepted_at desc, ordinal desc`, [id]);
  }

  async undo(tx: Tx, acceptanceIds: readonly string[], by: string, at: Date): Promise<void> {
    await tx.manager.query('update import_acceptance set undone_by = $2, undone_at = $3 where id = any($1)', [acceptanceIds, by, at]);
  }

  /** What of an import stands in reports as candidates, the newest first. */
  async proposals(db: Db, id: string): Promise<StoredProposal[]> {
    return db.manager.query(`select id, ordinal as at, report_id as "reportId", observation_ids as "observationIds", made_at as "madeAt" from import_proposal
      where import_id = $1 and withdrawn_at is null order by made_at desc, id desc`, [id]);
  }

  async addProposal(tx: Tx, made: { readonly importId: string; readonly at: number; readonly reportId: string; readonly observationIds: readonly string[]; readonly by: string; readonly madeAt: Date }): Promise<void> {
    await tx.manager.query('insert into import_proposal (id, import_id, ordinal, report_id, observation_ids, made_by, made_at) values ($1, $2, $3, $4, $5, $6, $7)',
      [newId(), made.importId, made.at, made.reportId, made.observationIds, made.by, made.madeAt]);
  }

  async withdrawProposals(tx: Tx, ids: readonly string[], by: string, at: Date): Promise<void> {
    await tx.manager.query('update import_proposal set withdrawn_by = $2, withdrawn_at = $3 where id = any($1)', [ids, by, at]);
  }

  async budget(db: Db, id: string): Promise<StagedBudget | null> {
    const rows: StagedBudget[] = await db.manager.query('select fiscal_year as "fiscalYear", budget, narrative, printed, budget_document_id as "budgetDocumentId" from import_budget where import_id = $1', [id]);
    return rows[0] ?? null;
  }

  /** Whether the document holds budget tables, and whether they are stored; without reading them. */
  async budgetState(db: Db, id: string): Promise<'NONE' | 'STAGED' | 'STORED'> {
    const rows: { stored: boolean }[] = await db.manager.query('select budget_document_id is not null as stored from import_budget where import_id = $1', [id]);
    return rows[0] === undefined ? 'NONE' : rows[0].stored ? 'STORED' : 'STAGED';
  }

  async setBudgetDocument(tx: Tx, id: string, budgetDocumentId: string | null): Promise<void> {
    await tx.manager.query('update import_budget set budget_document_id = $2 where import_id = $1', [id, budgetDocumentId]);
  }

  /** Units for which a person writes drafts, by place in the tree. */
  async writableUnits(db: Db, personId: string): Promise<{ id: string; name: string; code: string; path: string }[]> {
    return db.manager.query(`select u.id, u.name, u.code, u.path from budget_unit u where exists (
      select 1 from role_assignment held join budget_unit h on h.id = held.unit_id where held.person_id = $1 and held.role = 'reporter' and u.path like h.path || '%') order by u.path`, [personId]);
  }

  async outline(db: Db, id: string): Promise<SourceOutline> {
    const parts: SourceOutline['parts'] = await db.manager.query(`select p.part as at, p.sheet, p.columns, p.pages,
      coalesce((select json_agg(json_build_object('at', c.chunk, 'page', c.page, 'first', c.first_line, 'last', c.last_line, 'lines', c.line_count) order by c.chunk)
        from import_source_chunk c where c.import_id = p.import_id and c.part = p.part), '[]') as chunks from import_source_part p where p.import_id = $1 order by p.part`, [id]);
    return { parts };
  }

  async chunk(db: Db, id: string, part: number, chunk: number): Promise<SourceChunk | null> {
    const rows: SourceChunk[] = await db.manager.query('select lines from import_source_chunk where import_id = $1 and part = $2 and chunk = $3', [id, part, chunk]);
    return rows[0] ?? null;
  }
}
