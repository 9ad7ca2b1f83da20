import type { EntityManager } from 'typeorm';

/** Tables that lie by fiscal year, whoever refers to another before it. */
const CUT = ['score_trace', 'indicator_score', 'score', 'budget_execution_part', 'budget_execution', 'actual'] as const;
/** Keys between them, which hold within a year. */
const INNER = [
  { from: 'score_trace', to: 'score', constraint: 'score_trace_score_fk', columns: 'score_id, fiscal_year' },
  { from: 'indicator_score', to: 'score', constraint: 'indicator_score_score_fk', columns: 'score_id, fiscal_year' },
  { from: 'budget_execution_part', to: 'budget_execution', constraint: 'budget_execution_part_execution_fk', columns: 'execution_id, fiscal_year' },
] as const;
/** Who refers to a year's scores from outside, and stays. */
const POINTING = ['score_request', 'sign_off', 'report_artifact'] as const;

/** One year as the operator sees it. `rows` are PostgreSQL's estimate for a year in place, exact for one in the archive. */
export interface StoredYear { readonly year: number; readonly place: 'LIVE' | 'ARCHIVE' | 'DEFAULT'; readonly rows: number; readonly bytes: number; readonly archivedAt: Date | null }

/** Why a year cannot be set aside or brought back; the numbers say how much is in the way. */
export type YearObstacle =
  | { readonly why: 'no-such-year' } | { readonly why: 'archived-already' } | { readonly why: 'not-archived' } | { readonly why: 'not-over'; readonly until: string }
  | { readonly why: 'open-documents'; readonly reports: number; readonly evaluations: number; readonly tables: number } | { readonly why: 'runs-under-way'; readonly runs: number }
  | { readonly why: 'in-default'; readonly rows: number } | { readonly why: 'parts-missing'; readonly parts: string } | { readonly why: 'rows-differ'; readonly part: string; readonly expected: number; readonly found: number };

/** The keys of {@link POINTING} as they were: whether PostgreSQL checks them itself, and when. */
type Pointers = ReadonlyMap<string, { readonly enforced: boolean; readonly how: string }>;

/** One maker of room at a time, which stands back before PostgreSQL looks for a deadlock ({@link withPatience}). */
const TURN = `set local lock_timeout = '300ms'; select pg_advisory_xact_lock(hashtext('ensure_fiscal_year'))`;

/** Years there are, the latest first. Rows of a year without partitions are told as `DEFAULT`. */
export async function storedYears(manager: EntityManager): Promise<StoredYear[]> {
  const parts: { year: number; archived: boolean; rows: string; bytes: string }[] = await manager.query(`
    select substring(c.relname from '_(\\d{4})$')::integer as year, n.nspname = 'archive' as archived, sum(greatest(c.reltuples, 0))::bigint as rows, sum(pg_total_relation_size(c.oid))::bigint as bytes
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and n.nspname in (current_schema(), 'archive') and c.relname ~ $1 group by 1, 2 order by 1 desc`, [`^(${CUT.join('|')})_\\d{4}$`]);
  const archived = new Map((await manager.query<{ fiscal_year: number; archived_at: Date; rows: Record<string, number> }[]>('select fiscal_year, archived_at, rows from archived_year')).map((row) => [row.fiscal_year, row]));
  const years = parts.map(({ year, archived: isArchived, rows, bytes }): StoredYear => {
    const known = archived.get(year);
    return isArchived && known !== undefined ? { year, place: 'ARCHIVE', rows: Object.values(known.rows).reduce((sum, one) => sum + one, 0), bytes: Number(bytes), archivedAt: known.archived_at }
      : { year, place: 'LIVE', rows: Number(rows), bytes: Number(bytes), archivedAt: null };
  });
  // Taken out of this database altogether: only the record is left.
  for (const { fiscal_year: year, archived_at: archivedAt, rows } of archived.values()) {
    if (!years.some((one) => one.year === year)) years.push({ year, place: 'ARCHIVE', rows: Object.values(rows).reduce((sum, one) => sum + one, 0), bytes: 0, archivedAt });
  }
  const strays: { year: number; rows: string }[] = await manager.query(`select fiscal_year as year, count(*) as rows from (${CUT.map((table) => `select fiscal_year from ${table}_default`).join(' union all ')}) d group by 1`);
  years.push(...strays.map(({ year, rows }): StoredYear => ({ year, place: 'DEFAULT', rows: Number(rows), bytes: 0, archivedAt: null })));
  return years.sort((one, other) => other.year - one.year);
}

/**
 * Sets a year aside, whole or not at all: its six partitions go to the schema `archive` and keep their keys and their protection. Needs no
 * reading of rows but a count; other work waits for the moment of the change only. Call in a transaction, within {@link withPatience}.
 * @param today a day in Asia/Shanghai: a year with a period that is not over stays
 */
export async function detachYear(manager: EntityManager, year: number, today: string): Promise<YearObstacle | null> {
  await manager.query(TURN);
  const obstacle = await whyNotDetach(manager, year, today);
  if (obstacle !== null) return obstacle;
  const rows: Record<string, number> = {};
  for (const table of CUT) rows[`${table}_${year}`] = await countOf(manager, `${table}_${year}`);
  const pointers = await dropPointers(manager);
  for (const table of CUT) {
    const part = `${table}_${year}`;
    await manager.query(`alter table ${table} detach partition ${part}`);
    for (const key of INNER.filter(({ from }) => from === table)) await manager.query(`alter table ${part} drop constraint ${key.constraint}`);
    await manager.query(`create trigger ${part}_append_only before update or delete on ${part} for each row execute function forbid_change()`);
    // What belongs to the year and comes after it is refused, instead of lying where nobody looks for it.
    await manager.query(`alter table ${table}_default add constraint ${table}_default_without_${year} check (fiscal_year <> ${year})`);
  }
  for (const { from, to, constraint, columns } of INNER) {
    await manager.query(`alter table ${from}_${year} add constraint ${constraint} foreign key (${columns}) references ${to}_${year} (id, fiscal_year) not valid`);
  }
  for (const table of CUT) await manager.query(`alter table ${table}_${year} set schema archive`);
  await manager.query('insert into archived_year (fiscal_year, archived_at, rows) values ($1, clock_timestamp(), $2)', [year, JSON.stringify(rows)]);
  // Rows that point into the year stay as they were signed and asked for; whatever is written from now on is checked as before.
  await restorePointers(manager, pointers);
  return null;
}

/**
 * Brings a year back, counted against what was set aside. Reads the year once: PostgreSQL makes sure of its keys. Call in a transaction, within {@link withPatience}, then
 * {@link validatePointers}.
 */
export async function attachYear(manager: EntityManager, year: number): Promise<YearObstacle | null> {
  await manager.query(TURN);
  const archived: { rows: Record<string, number> }[] = await manager.query('select rows from archived_year where fiscal_year = $1', [year]);
  if (archived[0] === undefined) return { why: 'not-archived' };
  const missing: { part: string }[] = await manager.query('select p as part from unnest($1::text[]) p where to_regclass(p) is null', [CUT.map((table) => `archive.${table}_${year}`)]);
  if (missing.length > 0) return { why: 'parts-missing', parts: missing.map(({ part }) => part).join(', ') };
  for (const table of CUT) {
    const [part, found] = [`${table}_${year}`, await countOf(manager, `archive.${table}_${year}`)];
    const expected = archived[0].rows[part] ?? 0;
    if (found !== expected) return { why: 'rows-differ', part, expected, found };
    // Said and checked before the parent is touched, so that the attachment itself reads nothing and nobody waits for it.
    await manager.query(`alter table archive.${part} add constraint ${part}_of_its_year check (fiscal_year is not null and fiscal_year = ${year})`);
  }
  const pointers = await dropPointers(manager);
  await manager.query('delete from archived_year where fiscal_year = $1', [year]);
  for (const { from, constraint } of INNER) await manager.query(`alter table archive.${from}_${year} drop constraint ${constraint}`);
  for (const table of [...CUT].reverse()) {
    const part = `${table}_${year}`;
    await manager.query(`alter table archive.${part} set schema ${await schemaOf(manager)}`);
    await manager.query(`drop trigger ${part}_append_only on ${part}`);
    // Set aside by a version that had PostgreSQL check a key itself which is only declared now: the key comes with the parent's.
    const otherwise: { name: string }[] = await manager.query(`
      select quote_ident(c.conname) as name from pg_constraint c join pg_constraint p on p.conname = c.conname and p.conrelid = $2::regclass
      where c.conrelid = $1::regclass and c.contype = 'f' and to_jsonb(c) -> 'conenforced' is distinct from to_jsonb(p) -> 'conenforced'`, [part, table]);
    for (const { name } of otherwise) await manager.query(`alter table ${part} drop constraint ${name}`);
    await manager.query(`alter table ${table} attach partition ${part} for values in (${year})`);
    await manager.query(`alter table ${part} drop constraint ${part}_of_its_year; alter table ${table}_default drop constraint ${table}_default_without_${year}`);
  }
  await restorePointers(manager, pointers);
  // What happened to units meanwhile is counted for the year as well.
  await manager.query('insert into roll_up_mark (unit_id, fiscal_year) select distinct unit_id, fiscal_year from performance_target_table where fiscal_year = $1', [year]);
  return null;
}

/** When no year is away, the keys into scores are whole again: checked without keeping anybody from writing. */
export async function validatePointers(manager: EntityManager): Promise<void> {
  const away: unknown[] = await manager.query('select 1 from archived_year limit 1');
  if (away.length > 0) return;
  for (const table of POINTING) {
    const declared: unknown[] = await manager.query(`select 1 from pg_constraint c where c.conrelid = $1::regclass and c.conname = $2 and not coalesce((to_jsonb(c) ->> 'conenforced')::boolean, true)`, [table, `${table}_score_fk`]);
    if (declared.length === 0) { await manager.query(`alter table ${table} validate constraint ${table}_score_fk`); continue; }
    // A key that is only declared is checked by a trigger as pointers are written; those that were there are looked at here.
    const stray: { n: number }[] = await manager.query(`select count(*)::integer as n from ${table} p where p.score_id is not null and not exists (select 1 from score s where s.id = p.score_id and s.fiscal_year = p.fiscal_year)`);
    if ((stray[0]?.n ?? 0) > 0) throw new Error(`${table}: ${stray[0]?.n} rows point at scores that are not there`);
  }
}

async function whyNotDetach(manager: EntityManager, year: number, today: string): Promise<YearObstacle | null> {
  const one = async <T>(sql: string, params: unknown[]): Promise<T | undefined> => (await manager.query<T[]>(sql, params))[0];
  if (await one('select 1 from archived_year where fiscal_year = $1', [year]) !== undefined) return { why: 'archived-already' };
  const stray = await one<{ n: number }>(`select count(*)::integer as n from (${CUT.map((table) => `select 1 from ${table}_default where fiscal_year = $1`).join(' union all ')}) d`, [year]);
  if ((stray?.n ?? 0) > 0) return { why: 'in-default', rows: stray?.n ?? 0 };
  const there = await one<{ n: number }>('select count(*)::integer as n from unnest($1::text[]) p where to_regclass(p) is not null', [CUT.map((table) => `${table}_${year}`)]);
  if (there?.n !== CUT.length) return { why: 'no-such-year' };
  const last = await one<{ until: string | null }>('select max(ends_on)::text as until from reporting_period where fiscal_year = $1', [year]);
  if (last?.until != null && last.until >= today) return { why: 'not-over', until: last.until };
  const open = await one<{ reports: number; evaluations: number; tables: number }>(`
    select (select count(*)::integer from monitoring_report where fiscal_year = $1 and state <> 'SIGNED') as reports,
      (select count(*)::integer from self_evaluation e join performance_target_table t on t.id = e.table_id where t.fiscal_year = $1 and e.state <> 'ACCEPTED') as evaluations,
      (select count(*)::integer from performance_target_table where fiscal_year = $1 and state not in ('APPROVED', 'SUPERSEDED')) as tables`, [year]);
  if (open !== undefined && open.reports + open.evaluations + open.tables > 0) return { why: 'open-documents', ...open };
  const runs = await one<{ n: number }>(`select count(*)::integer as n from bulk_run where fiscal_year = $1 and state in ('WAITING', 'RUNNING')`, [year]);
  return (runs?.n ?? 0) > 0 ? { why: 'runs-under-way', runs: runs?.n ?? 0 } : null;
}

async function dropPointers(manager: EntityManager): Promise<Pointers> {
  // Read through JSON, because a server before PostgreSQL 18 has no such column and enforces every key.
  const found: { name: string; enforced: boolean; how: string }[] = await manager.query(`
    select c.conname as name, coalesce((to_jsonb(c) ->> 'conenforced')::boolean, true) as enforced, case when c.condeferrable then ' deferrable initially deferred' else '' end as how
    from pg_constraint c where c.conrelid = any ($1::regclass[]) and c.conname = any ($2)`, [POINTING, POINTING.map((table) => `${table}_score_fk`)]);
  for (const table of POINTING) await manager.query(`alter table ${table} drop constraint ${table}_score_fk`);
  return new Map(found.map(({ name, enforced, how }) => [name, { enforced, how }]));
}

async function restorePointers(manager: EntityManager, pointers: Pointers): Promise<void> {
  for (const table of POINTING) {
    const { enforced, how } = pointers.get(`${table}_score_fk`) ?? { enforced: true, how: '' };
    await manager.query(`alter table ${table} add constraint ${table}_score_fk foreign key (score_id, fiscal_year) references score (id, fiscal_year)${how} ${enforced ? 'not valid' : 'not enforced'}`);
  }
}

async function countOf(manager: EntityManager, table: string): Promise<number> {
  const rows: { n: string }[] = await manager.query(`select count(*) as n from ${table}`);
  return Number(rows[0]?.n ?? 0);
}

async function schemaOf(manager: EntityManager): Promise<string> {
  const rows: { schema: string }[] = await manager.query('select quote_ident(current_schema()) as schema');
  return rows[0]?.schema ?? 'public';
}
