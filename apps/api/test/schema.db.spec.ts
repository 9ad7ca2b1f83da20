import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { freshDatabase } from './database';

const SNAPSHOT = join(__dirname, '../src/platform/database/schema.snapshot.txt');
const HEAD = '# The schema after all migrations, table by table. Made by `npm run schema:snapshot`; a test holds it against the live database.\n';

/** Every table with its columns, constraints, indexes and triggers, then the functions: in a fixed order, one thing a line. Partitions are as their parent. */
async function schemaOf(dataSource: DataSource): Promise<string> {
  const lines = async (sql: string): Promise<{ of: string; line: string }[]> => dataSource.query(sql);
  const ours = `n.nspname = 'public'`;
  const columns = await lines(`
    select c.relname as of, format('  %s %s%s%s%s', a.attname, format_type(a.atttypid, a.atttypmod), case when a.attnotnull then ' not null' else '' end,
      case when a.attidentity <> '' then ' identity' when a.attgenerated <> '' then ' generated ' || pg_get_expr(d.adbin, d.adrelid) when d.adbin is not null then ' default ' || pg_get_expr(d.adbin, d.adrelid) else '' end, '') as line
    from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
    where ${ours} and c.relkind in ('r', 'p', 'v', 'm') and not c.relispartition order by c.relname collate "C", a.attnum`);
  const constraints = await lines(`
    select c.relname as of, format('  constraint %s %s', k.conname, pg_get_constraintdef(k.oid)) as line from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
    where ${ours} and k.contype <> 'n' and k.conparentid = 0 order by c.relname collate "C", k.conname collate "C"`);
  const indexes = await lines(`
    select tablename as of, '  ' || regexp_replace(indexdef, '^CREATE ', '') as line from pg_indexes where schemaname = 'public'
      and indexname not in (select conname from pg_constraint) order by tablename collate "C", indexname collate "C"`);
  const triggers = await lines(`
    select c.relname as of, '  ' || regexp_replace(pg_get_triggerdef(t.oid), '^CREATE ', '') as line from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
    where ${ours} and not t.tgisinternal order by c.relname collate "C", t.tgname collate "C"`);
  const functions = await lines(`
    select '' as of, format('function %s returns %s, body md5 %s', p.oid::regprocedure, pg_get_function_result(p.oid), md5(p.prosrc)) as line from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where ${ours} and not exists (select 1 from pg_depend d where d.objid = p.oid and d.deptype = 'e') order by p.proname collate "C", p.oid::regprocedure::text collate "C"`);
  const tables = [...new Set(columns.map((column) => column.of))];
  const parts = new Map((await lines(`select p.partrelid::regclass::text as of, pg_get_partkeydef(p.partrelid) as line from pg_partitioned_table p`)).map(({ of, line }) => [of, ` partitioned by ${line}`]));
  const blocks = tables.map((table) => [`${table}${parts.get(table) ?? ''}`, ...[columns, constraints, indexes, triggers].flatMap((part) => part.filter(({ of }) => of === table).map(({ line }) => line.trimEnd()))].join('\n'));
  return `${HEAD}\n${[...blocks, functions.map(({ line }) => line).join('\n')].join('\n\n')}\n`;
}

/** What PostgreSQL 18 declares without checking and checks for a statement together; an older server checks it row by row, and its keys read otherwise. */
const TOGETHER = /\b(?:score_profile_fk|score_request_score_fk|score_names_profile|score_request_points_at_score(?:_new)?|score_pointed_at_is_there|score_profile_is_there)\b/u;

describe('the schema on record', () => {
  it('is the schema of the live database, tables without entities included; after a new migration run `npm run schema:snapshot`', async () => {
    const database = await freshDatabase();
    const live = await schemaOf(database.dataSource);
    const [{ version } = { version: 0 }] = await database.dataSource.query<{ version: number }[]>(`select current_setting('server_version_num')::integer as version`);
    await database.stop();
    if (process.env['JIHENG_WRITE_SCHEMA'] === '1') writeFileSync(SNAPSHOT, live);
    // Compared line by line, so that the failure shows the column or constraint and not two long texts.
    const alike = (text: string): string[] => text.split('\n').filter((line) => version >= 180_000 || !TOGETHER.test(line));
    expect(alike(live)).toEqual(alike(readFileSync(SNAPSHOT, 'utf8')));
  });
});
