// The floor of a load: the same bytes, made before, into tables of the same columns without a key, a check or a trigger.
import pg from 'pg';
import { TableCopy } from './load.mjs';
import { COLUMNS } from './province.mjs';

/** Copies `kept` (table → pieces of bytes with their counts) beside the loaded tables; answers milliseconds. The tables are gone afterwards. */
export async function rawCopy(url, kept) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const tables = Object.keys(kept);
  try {
    for (const table of tables) await client.query(`create table raw_copy_${table} as select ${COLUMNS[table]} from ${table} with no data`);
    const begun = performance.now();
    await Promise.all(tables.map(async (table) => {
      const copy = new TableCopy(url, `raw_copy_${table}`, COLUMNS[table], true);
      for (const { bytes, count } of kept[table]) await copy.write(bytes, bytes.length, count);
      await copy.end();
    }));
    return performance.now() - begun;
  } finally {
    for (const table of tables) await client.query(`drop table if exists raw_copy_${table}`);
    await client.end();
  }
}
