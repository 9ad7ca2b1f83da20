import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { type TestDatabase, freshDatabase } from './database';

const SRC = join(__dirname, '../src');
/** Where a `delete from` has its table put in: which tables that are. */
const PUT_IN: Readonly<Record<string, readonly string[]>> = { 'platform/queue/forget-old-jobs.ts': ['job_run', 'job_notice'] };

interface Key { readonly of: string; readonly to: string; readonly name: string; readonly columns: readonly string[]; readonly cascades: boolean; readonly isIndexed: boolean }

/**
 * Every foreign key, and whether an index of the referring table begins with its columns, or with one that alone says which row is meant, and holds whatever refers to anything: it is whole, or leaves
 * out rows without that column. What is cut into partitions has its indexes at the parent.
 */
function keysOf(dataSource: DataSource): Promise<Key[]> {
  return dataSource.query(`
    select k.conrelid::regclass::text as of, k.confrelid::regclass::text as to, k.conname as name, k.confdeltype = 'c' as cascades,
      array(select a.attname::text from unnest(k.conkey) with ordinality c(number, nth) join pg_attribute a on a.attrelid = k.conrelid and a.attnum = c.number order by c.nth) as columns,
      exists (
        select 1 from pg_index i join pg_attribute first on first.attrelid = i.indrelid and first.attnum = i.indkey[0]
        where i.indrelid = k.conrelid and i.indisvalid and (i.indpred is null or pg_get_expr(i.indpred, i.indrelid) = format('(%I IS NOT NULL)', first.attname))
          and ((i.indkey::int2[])[0:cardinality(k.conkey) - 1] @> k.conkey
            or exists (select 1 from pg_index alone where alone.indrelid = k.confrelid and alone.indisprimary and alone.indnatts = 1 and alone.indkey[0] = k.confkey[array_position(k.conkey, i.indkey[0])]))) as "isIndexed"
    from pg_constraint k where k.contype = 'f' and k.conparentid = 0 and k.connamespace = 'public'::regnamespace order by 1, 3`);
}

/** Every table from which the product takes rows, as its sources (migrations apart: they run once) and the functions of the database say, and what goes along with those rows. */
async function takenFrom(dataSource: DataSource, keys: readonly Key[]): Promise<ReadonlySet<string>> {
  const tables: { name: string }[] = await dataSource.query(`select relname as name from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace`);
  const functions: { path: string; text: string }[] = await dataSource.query(`select proname as path, prosrc as text from pg_proc where pronamespace = 'public'::regnamespace`);
  const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts') && !path.endsWith('.spec.ts') && !path.includes('/migrations/'));
  const taken = new Set<string>();
  for (const { path, text } of [...functions, ...files.map((path) => ({ path, text: readFileSync(join(SRC, path), 'utf8') }))]) {
    for (const [, name = ''] of text.matchAll(/\bdelete\s+from\s+(?:only\s+)?(\w+|\$\{)/gi)) {
      if (name === '${' && PUT_IN[path] === undefined) throw new Error(`${path} takes rows from a table that it puts into the statement: say in PUT_IN which`);
      for (const table of name === '${' ? (PUT_IN[path] ?? []) : tables.filter((one) => one.name === name).map((one) => one.name)) taken.add(table);
    }
    for (const [, entity] of text.matchAll(/\.(?:delete|remove)\((?:\)\s*\.from\()?\s*(\w+Entity)\b/g)) {
      const table = dataSource.entityMetadatas.find(({ name }) => name === entity)?.tableName;
      if (table === undefined) throw new Error(`${path} takes rows of ${entity}, which is no entity`);
      taken.add(table);
    }
  }
  for (let before = -1; before < taken.size;) {
    before = taken.size;
    for (const { of, to, cascades } of keys) if (cascades && taken.has(to)) taken.add(of);
  }
  return taken;
}

describe('a row that is taken away', () => {
  let database: TestDatabase;
  beforeAll(async () => { database = await freshDatabase(); });
  afterAll(async () => { await database?.stop(); });

  // PostgreSQL looks for each such row in every table that may refer to it; a key comes with an index for the side it refers to, and with none for the side that refers.
  it('is looked for by an index wherever something may refer to it, and no table is read whole for it', async () => {
    const keys = await keysOf(database.dataSource);
    const taken = await takenFrom(database.dataSource, keys);
    // In a statement, by an entity, with a table put in, and along with another.
    expect([...taken]).toEqual(expect.arrayContaining(['session', 'role_assignment', 'job_run', 'kept_findings']));
    expect(keys.filter(({ to }) => taken.has(to)).length).toBeGreaterThan(10);
    expect(keys.filter(({ to, isIndexed }) => taken.has(to) && !isIndexed).map(({ of, columns, name, to }) => `${of} (${columns.join(', ')}) refers to ${to}: ${name}`)).toEqual([]);
  });
});
