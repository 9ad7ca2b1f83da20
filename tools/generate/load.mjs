// Loads a synthetic province into the product's own schema, as fast as PostgreSQL takes it: keys are taken off, every table is copied on a
// connection of its own while threads make the next blocks, and every key is put back and checked by PostgreSQL itself before anybody sees
// the result.
import { createHash } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { finished } from 'node:stream/promises';
import { Worker } from 'node:worker_threads';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { HEADER, TRAILER } from './copy-binary.mjs';
import { COLUMNS, UNITS_PER_BLOCK, spine } from './province.mjs';

/** Loaded tables; keys between them and to others come off during the load. */
const TABLES = Object.keys(COLUMNS);
/** Tables that hold nothing yet, so that emptying them in the transaction of the copy costs nothing: PostgreSQL then writes no log of the rows where its
 * settings allow that, and marks them as seen by everybody at once. The units are not among them: the tree of regions stands there already. */
const FRESH = new Set(TABLES.filter((table) => table !== 'budget_unit'));
/** Blocks on their way from a thread to PostgreSQL: more would only fill memory. */
const AHEAD = 3;
/** Bytes handed to a connection at a time. */
const PIECE = 1 << 18;
const NONE = Buffer.alloc(0);

/** What the schema says of keys, read from PostgreSQL, so that a later migration is not forgotten here. */
async function keysOf(client) {
  const { rows: constraints } = await client.query(`
    select c.conrelid::regclass::text as "table", c.conname as name, c.contype as kind, pg_get_constraintdef(c.oid) as definition, r.relkind = 'p' as is_cut,
      case when c.contype in ('p', 'u') then pg_get_indexdef(c.conindid) end as index, i.relname as index_name, c.condeferrable as deferrable, c.condeferred as deferred
    from pg_constraint c join pg_class r on r.oid = c.conrelid left join pg_class i on i.oid = c.conindid and c.contype in ('p', 'u')
    where c.contype in ('p', 'u', 'f') and c.conparentid = 0
      and (c.conrelid = any($1::regclass[]) or (c.contype = 'f' and c.confrelid = any($1::regclass[])))`, [TABLES]);
  const { rows: indexes } = await client.query(`
    select i.indrelid::regclass::text as "table", i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition from pg_index i
    where i.indrelid = any($1::regclass[]) and not exists (select 1 from pg_constraint c where c.conindid = i.indexrelid and c.contype in ('p', 'u', 'x'))`, [TABLES]);
  return { constraints, indexes };
}

/** Where the rows of each table go: the table itself, or the part of it that holds the plan's year. Only the tables that are cut, and those whose part is there. */
async function partsFor(client, year) {
  const { rows } = await client.query(`
    select h.inhparent::regclass::text as "table", h.inhrelid::regclass::text as part from pg_inherits h join pg_class p on p.oid = h.inhrelid
    where h.inhparent = any($1::regclass[]) and pg_get_expr(p.relpartbound, p.oid) in ($2, $3)`, [TABLES, `FOR VALUES IN (${year})`, `FOR VALUES IN ('${year}')`]);
  return Object.fromEntries(rows.map((row) => [row.table, row.part]));
}

/** A row that was found before an earlier load was broken off: without its keys the database must not be used. */
async function refuseUnlessEmpty(client) {
  const { rows: [found] } = await client.query(`select exists (select 1 from performance_target_table) as tables, exists (select 1 from budget_unit) as units`);
  if (found.tables || found.units) throw new Error('这个数据库里已有单位或目标表；示例省份只写入空库。\nThis database holds units or tables already; a synthetic province is only written into an empty one.');
}

/** A sample of 300 rows for each costs the same for any size: of a table smaller than this a third of the usual one says as much. */
const LARGE = 1_000_000, SMALL_SAMPLE = 30;

/** What tells the planner about the loaded rows; each is a list of statements. */
const lookingOver = (counts) => TABLES.map((table) => [
  ...(counts[table] < LARGE ? [`set default_statistics_target = ${SMALL_SAMPLE}`] : []), `${FRESH.has(table) ? 'analyze' : 'vacuum (analyze)'} ${table}`, 'reset default_statistics_target',
]);

/** Runs statements over several connections; each (or each list of them, in its order) is independent of the others. */
async function sideBySide(url, statements, width) {
  const waiting = [...statements];
  await Promise.all(Array.from({ length: Math.min(width, waiting.length) }, async () => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query(`set maintenance_work_mem = '512MB'; set work_mem = '256MB'; set synchronous_commit = off; set max_parallel_maintenance_workers = 0; set max_parallel_workers_per_gather = 0`);
    try { for (let next; (next = waiting.shift()) !== undefined;) for (const statement of [next].flat()) await client.query(statement); } finally { await client.end(); }
  }));
}

/** One table on its way into PostgreSQL, in one transaction: begun when its first rows come, block after block, done with {@link TableCopy.end}. */
export class TableCopy {
  constructor(url, into, columns, isFresh) { Object.assign(this, { url, into, columns, isFresh, count: 0, last: Promise.resolve() }); }

  /** The next rows; resolves when PostgreSQL's connection has taken them. */
  write(bytes, length, count) {
    this.count += count;
    this.last = this.last.then(() => this.#send(bytes, length));
    return this.last;
  }

  async #send(bytes, length) {
    if (length === 0) return;
    if (this.stream === undefined) await this.#begin();
    const gone = (write) => Promise.race([new Promise((done, fail) => write((error) => (error ? fail(error) : done()))), this.ended]);
    for (let at = 0; at < length; at += PIECE) await gone((done) => this.stream.write(bytes.subarray(at, Math.min(length, at + PIECE)), done));
    // The stream lets go of bytes that its socket still holds; only when the socket has written what comes after them are they free for the next block.
    await gone((done) => this.client.connection.stream.write(NONE, done));
  }

  async #begin() {
    this.client = new pg.Client({ connectionString: this.url });
    await this.client.connect();
    await this.client.query(`set synchronous_commit = off; set client_min_messages = warning; begin${this.isFresh ? `; truncate ${this.into}` : ''}`);
    this.stream = this.client.query(copyFrom(`copy ${this.into} (${this.columns}) from stdin (format binary${this.isFresh ? ', freeze' : ''})`));
    this.ended = finished(this.stream);
    this.ended.catch(() => {});
    this.stream.write(HEADER);
  }

  async end() {
    await this.last;
    if (this.stream === undefined) return;
    this.stream.end(TRAILER);
    await this.ended;
    await this.client.query('commit');
    await this.client.end();
  }

  /** Takes everything back. */
  async abandon() {
    this.stream?.destroy();
    await this.client?.end().catch(() => {});
  }
}

/** Has threads make the blocks and hands them on in the order of their numbers, whoever made them; answers one digest a block. */
async function makeBlocks(plan, { paths, person }, threads, take, log) {
  const blocks = Math.ceil(plan.units / UNITS_PER_BLOCK), digests = new Array(blocks), early = new Map();
  let asked = 0, due = 0, failed = null;
  const workers = Array.from({ length: Math.min(threads, blocks) }, () => new Worker(new URL('./block.thread.mjs', import.meta.url), { workerData: { plan, paths, person } }));
  try {
    await new Promise((done, fail) => {
      const ask = (worker) => { if (asked < blocks) worker.postMessage({ make: asked++ }); };
      const hand = async () => {
        for (let next; (next = early.get(due)) !== undefined;) {
          early.delete(due++);
          digests[next.number] = next.digest;
          await take(next.rows);
          log(`${due} / ${blocks}`);
          // The room of a block goes back to its maker, which may now begin another.
          next.worker.postMessage({ room: next.rows }, Object.values(next.rows).map(({ bytes }) => bytes.buffer));
          ask(next.worker);
        }
      };
      let handing = Promise.resolve();
      for (const worker of workers) {
        worker.on('error', fail).on('message', ({ number, digest, rows }) => {
          early.set(number, { worker, number, digest, rows });
          handing = handing.then(hand).then(() => { if (due === blocks) done(); }, (error) => { failed ??= error; fail(error); });
        });
        for (let i = 0; i < AHEAD; i++) ask(worker);
      }
      if (blocks === 0) done();
    });
  } finally { for (const worker of workers) await worker.terminate(); }
  if (failed !== null) throw failed;
  return digests;
}

/**
 * Loads `plan` = { seed, units, tables, indicators, quarters, year }.
 * `keep`, when given, is called with the bytes of each block's tables, for whoever wants to copy the same again; `spent`, when given, answers seconds of processor so far.
 * @returns counts of rows by table, one digest of all rows, milliseconds and seconds of processor of each part
 */
export async function load(url, plan, { threads = Math.max(1, Math.min(4, availableParallelism() - 1)), log = () => {}, keep = null, spent = () => 0 } = {}) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await refuseUnlessEmpty(client);
    const now = () => ({ at: performance.now(), cpu: spent() });
    const begun = now();
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
    // The first period of a year makes the parts that hold it.
    const parts = await partsFor(client, plan.year), cut = new Set(constraints.filter((one) => one.is_cut).map((one) => one.table));
    for (const part of Object.values(parts)) await client.query(`alter table ${part} disable trigger user`);
    const copying = Object.fromEntries(TABLES.map((table) => [table, new TableCopy(url, parts[table] ?? table, COLUMNS[table], FRESH.has(table) && (parts[table] !== undefined || !cut.has(table)))]));
    let bytes = 0;
    const take = async (rows) => {
      keep?.(rows);
      for (const { length } of Object.values(rows)) bytes += length;
      await Promise.all(TABLES.map((table) => copying[table].write(rows[table].bytes, rows[table].length, rows[table].count)));
    };
    let digests;
    try {
      digests = await makeBlocks(plan, { paths, person }, threads, take, log);
      await Promise.all(Object.values(copying).map((copy) => copy.end()));
    } catch (error) {
      await Promise.all(Object.values(copying).map((copy) => copy.abandon()));
      throw error;
    }
    const counts = Object.fromEntries(TABLES.map((table) => [table, copying[table].count]));
    const copied = now();
    await putKeysBack(client, url, own, indexes, { counts, parts }, threads + 1);
    const indexed = now();
    await checkForeignKeys(client, url, foreign, counts, threads + 1);
    await client.query(`select name_partition_keys(); ${[...TABLES, ...Object.values(parts)].map((table) => `alter table ${table} enable trigger user`).join('; ')}`);
    // The triggers that tell the roll-up of changes were off as well.
    await client.query(`insert into roll_up_mark (unit_id, fiscal_year) select distinct unit_id, fiscal_year from performance_target_table`);
    const checked = now();
    await sideBySide(url, lookingOver(counts), threads + 1);
    const ended = now();
    for (const digest of digests) hash.update(digest);
    const stretches = Object.entries({ copy: [begun, copied], keys: [copied, indexed], foreignKeys: [indexed, checked], analyze: [checked, ended], all: [begun, ended] });
    const told = (key) => Object.fromEntries(stretches.map(([name, [from, to]]) => [name, to[key] - from[key]]));
    return { counts, bytes, digest: hash.digest('hex'), ms: told('at'), cpu: told('cpu') };
  } finally { await client.end(); }
}

/**
 * Puts primary keys, unique keys and indexes back. Several indexes of one table are made side by side, and the keys then take them over by name.
 * Of a table that is cut, those of the filled part are made this way; the keys of the whole find them there.
 */
async function putKeysBack(client, url, own, indexes, { counts, parts }, width) {
  const name = pg.escapeIdentifier, ofPart = (one) => `${parts[one.table]}_${one.name}`;
  const isMade = (one) => !one.is_cut || parts[one.table] !== undefined;
  const made = own.filter(isMade).map((one) => ({ table: one.table, sql: one.is_cut ? one.index.replace(/ INDEX .*? ON (ONLY )?\S+/, () => ` INDEX ${name(ofPart(one))} ON ${parts[one.table]}`) : one.index }));
  // Of a table that is cut PostgreSQL tells the index of the whole alone (`on only`), which would stay without those of its parts.
  const rest = indexes.map((one) => ({ table: one.table, sql: one.definition.replace(' ON ONLY ', ' ON ') }));
  await sideBySide(url, [...made, ...rest].sort((a, b) => (counts[b.table] ?? 0) - (counts[a.table] ?? 0)).map(({ sql }) => sql), width);
  for (const one of own) {
    const kind = one.kind === 'p' ? 'primary key' : 'unique', when = `${one.deferrable ? ' deferrable' : ''}${one.deferred ? ' initially deferred' : ''}`;
    if (one.is_cut && isMade(one)) await client.query(`alter table ${parts[one.table]} add constraint ${name(ofPart(one))} ${kind} using index ${name(ofPart(one))}${when}`);
    await client.query(`alter table ${one.table} add constraint ${name(one.name)} ${one.is_cut ? one.definition : `${kind} using index ${name(one.index_name)}${when}`}`);
  }
}

/** Foreign keys: not valid first (quick, under a strong lock), then checked; that takes weak locks, so different tables are checked side by side. */
async function checkForeignKeys(client, url, foreign, counts, width) {
  const { rows: [{ version }] } = await client.query(`select current_setting('server_version_num')::integer as version`);
  // Before 18, a table that is cut takes no key that is not checked at once.
  const atOnce = (one) => one.is_cut && version < 180_000, byTable = new Map();
  for (const one of foreign) {
    await client.query(`alter table ${one.table} add constraint ${pg.escapeIdentifier(one.name)} ${one.definition}${atOnce(one) ? '' : ' not valid'}`);
    if (!atOnce(one)) byTable.set(one.table, [...(byTable.get(one.table) ?? []), `alter table ${one.table} validate constraint ${pg.escapeIdentifier(one.name)}`]);
  }
  await sideBySide(url, [...byTable].sort(([a], [b]) => (counts[b] ?? 0) - (counts[a] ?? 0)).map(([, list]) => list.join('; ')), width);
}
