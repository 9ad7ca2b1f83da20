// Loads a synthetic province into the product's own schema, as fast as PostgreSQL takes it: keys are taken off, rows are copied by several
// threads, and every key is put back and checked by PostgreSQL itself before anybody sees the result.
import { createHash } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import pg from 'pg';
import { COLUMNS, UNITS_PER_BLOCK, spine } from './province.mjs';

/** Loaded tables; keys between them and to others come off during the load. */
const TABLES = Object.keys(COLUMNS);

/** What the schema says of keys, read from PostgreSQL, so that a later migration is not forgotten here. */
async function keysOf(client) {
  const { rows: constraints } = await client.query(`
    select c.conrelid::regclass::text as "table", c.conname as name, c.contype as kind, pg_get_constraintdef(c.oid) as definition
    from pg_constraint c where c.contype in ('p', 'u', 'f') and c.conparentid = 0
      and (c.conrelid = any($1::regclass[]) or (c.contype = 'f' and c.confrelid = any($1::regclass[])))`, [TABLES]);
  const { rows: indexes } = await client.query(`
    select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition from pg_index i
    where i.indrelid = any($1::regclass[]) and not exists (select 1 from pg_constraint c where c.conindid = i.indexrelid and c.contype in ('p', 'u', 'x'))`, [TABLES]);
  return { constraints, indexes };
}

/** A row that was found before an earlier load was broken off: without its keys the database must not be used. */
async function refuseUnlessEmpty(client) {
  const { rows: [found] } = await client.query(`select exists (select 1 from performance_target_table) as tables, exists (select 1 from budget_unit) as units`);
  if (found.tables || found.units) throw new Error('这个数据库里已有单位或目标表；示例省份只写入空库。\nThis database holds units or tables already; a synthetic province is only written into an empty one.');
}

/** Runs statements over several connections; each is independent of the others of its list. */
async function sideBySide(url, statements, width) {
  const waiting = [...statements];
  await Promise.all(Array.from({ length: Math.min(width, waiting.length) }, async () => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query(`set maintenance_work_mem = '256MB'; set synchronous_commit = off; set max_parallel_maintenance_workers = 0`);
    try { for (let next; (next = waiting.shift()) !== undefined;) await client.query(next); } finally { await client.end(); }
  }));
}

/**
 * Loads `plan` = { seed, units, tables, indicators, quarters, year }.
 * @returns counts of rows by table, one digest of all rows, and milliseconds of each part
 */
export async function load(url, plan, { threads = Math.max(1, Math.min(4, availableParallelism())), log = () => {} } = {}) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await refuseUnlessEmpty(client);
    const begun = performance.now();
    const { constraints, indexes } = await keysOf(client);
    const foreign = constraints.filter((one) => one.kind === 'f'), own = constraints.filter((one) => one.kind !== 'f');
    // Triggers check row by row what holds for the whole by how it is made (kinds, states, periods, sums); foreign keys are checked below.
    await client.query(`begin; ${TABLES.map((table) => `alter table ${table} disable trigger user;`).join('')}
      ${[...foreign, ...own].map((one) => `alter table ${one.table} drop constraint ${pg.escapeIdentifier(one.name)};`).join('')}
      ${indexes.map((one) => `drop index ${one.name};`).join('')} commit`);
    const { paths, person, copies } = spine(plan);
    const hash = createHash('sha256');
    for (const [table, columns, rows] of copies) {
      const names = columns.split(', ');
      hash.update(JSON.stringify(rows));
      await client.query(`insert into ${table} (${columns}) select ${names.map((name) => `x.${name}`).join(', ')} from jsonb_populate_recordset(null::${table}, $1) x`,
        [JSON.stringify(rows.map((row) => Object.fromEntries(names.map((name, at) => [name, row[at] === '\\N' ? null : row[at]]))))]);
    }
    const counts = Object.fromEntries(TABLES.map((table) => [table, 0]));
    const blocks = Math.ceil(plan.units / UNITS_PER_BLOCK), digests = new Array(blocks);
    let next = 0, done = 0;
    await Promise.all(Array.from({ length: Math.min(threads, blocks) }, () => new Promise((finished, failed) => {
      const worker = new Worker(new URL('./block.thread.mjs', import.meta.url), { workerData: { url, plan, paths, person } });
      worker.on('error', failed).on('exit', finished).on('message', (told) => {
        if (told.number !== undefined) {
          digests[told.number] = told.digest;
          for (const [table, count] of Object.entries(told.counts)) counts[table] += count;
          log(`${++done} / ${blocks}`);
        }
        worker.postMessage(next < blocks ? next++ : null);
      });
    })));
    const copied = performance.now();
    const primary = own.map((one) => `alter table ${one.table} add constraint ${pg.escapeIdentifier(one.name)} ${one.definition}`);
    // Indexes of one table need the table's lock one after another; different tables go side by side.
    const byTable = new Map();
    for (const [at, one] of own.entries()) byTable.set(one.table, [...(byTable.get(one.table) ?? []), primary[at]]);
    for (const one of indexes) { const table = / on (?:only )?(\S+) /i.exec(one.definition)?.[1] ?? ''; byTable.set(table, [...(byTable.get(table) ?? []), one.definition]); }
    await sideBySide(url, [...byTable.values()].map((list) => list.join('; ')).sort((a, b) => b.length - a.length), threads);
    const indexed = performance.now();
    // Not valid first (quick, under a strong lock), then validated: that takes weak locks, and goes side by side.
    for (const one of foreign) await client.query(`alter table ${one.table} add constraint ${pg.escapeIdentifier(one.name)} ${one.definition} not valid`);
    await sideBySide(url, foreign.map((one) => `alter table ${one.table} validate constraint ${pg.escapeIdentifier(one.name)}`), threads);
    await client.query(`select name_partition_keys(); ${TABLES.map((table) => `alter table ${table} enable trigger user`).join('; ')}`);
    // The triggers that tell the roll-up of changes were off as well.
    await client.query(`insert into roll_up_mark (unit_id, fiscal_year) select distinct unit_id, fiscal_year from performance_target_table`);
    const checked = performance.now();
    await sideBySide(url, TABLES.map((table) => `vacuum (analyze) ${table}`), threads);
    const ended = performance.now();
    for (const digest of digests) hash.update(digest);
    return { counts, digest: hash.digest('hex'), ms: { copy: copied - begun, keys: indexed - copied, foreignKeys: checked - indexed, analyze: ended - checked, all: ended - begun } };
  } finally { await client.end(); }
}
