// `npm run generate -- --units 1000 [--seed 1] [--tables 10] [--indicators 12] [--quarters 4] [--year 2024] [--threads 2] [--url postgres://…]`
// A synthetic province in the product's schema. Without --url (or DATABASE_URL) it is tried on a throw-away PostgreSQL and gone afterwards.
import { parseArgs } from 'node:util';
import { loadavg } from 'node:os';
import { load } from './load.mjs';
import { migrateTo } from './schema.mjs';
import { startScratch } from './scratch.mjs';

const { values: said } = parseArgs({ options: {
  units: { type: 'string', default: '1000' }, seed: { type: 'string', default: '1' }, tables: { type: 'string', default: '10' }, indicators: { type: 'string', default: '12' },
  quarters: { type: 'string', default: '4' }, year: { type: 'string', default: '2024' }, threads: { type: 'string' }, url: { type: 'string' },
} });
const whole = (name, from, to) => {
  const value = Number(said[name]);
  if (Number.isInteger(value) && value >= from && value <= to) return value;
  console.error(`--${name} 应为 ${from} 至 ${to} 的整数。\n--${name} must be a whole number from ${from} to ${to}.`);
  process.exit(2);
};
const plan = { evaluations: true, units: whole('units', 1, 200_000), seed: whole('seed', 0, 65_535), tables: whole('tables', 1, 50), indicators: whole('indicators', 1, 60), quarters: whole('quarters', 1, 4), year: whole('year', 2000, 2099) };
const options = said.threads === undefined ? {} : { threads: whole('threads', 1, 64) };
const scratch = (said.url ?? process.env.DATABASE_URL) === undefined ? await startScratch() : null;
const url = said.url ?? process.env.DATABASE_URL ?? scratch.url;
try {
  await migrateTo(url);
  const { counts, digest, ms } = await load(url, plan, { ...options, log: process.stderr.isTTY ? (text) => process.stderr.write(`\r${text} `) : () => {} });
  const n = (value) => value.toLocaleString('en'), s = (value) => `${Math.round(value / 10) / 100} s`;
  const all = Object.values(counts).reduce((a, b) => a + b, 0);
  for (const [table, count] of Object.entries(counts)) console.log(`${table.padEnd(26)} ${n(count).padStart(12)}`);
  console.log(`${'all rows'.padEnd(26)} ${n(all).padStart(12)}   ${n(Math.round(all / (ms.all / 1000)))} rows a second with every key back and checked`);
  console.log(`indicators and their values ${n(counts.indicator + counts.actual)}   ${n(Math.round((counts.indicator + counts.actual) / (ms.all / 1000)))} a second`);
  console.log(`copy ${s(ms.copy)}, keys ${s(ms.keys)}, foreign keys ${s(ms.foreignKeys)}, vacuum and analyze ${s(ms.analyze)}, all ${s(ms.all)}; load average ${loadavg()[0].toFixed(1)}`);
  console.log(`seed ${plan.seed}  digest ${digest}`);
  if (scratch === null) console.log(url.replace(/:[^:@/]*@/, ':***@'));
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally { await scratch?.stop(); }
