// `npm run generate -- --units 1000 [--seed 1] [--tables 10] [--indicators 12] [--quarters 4] [--year 2024] [--threads 1] [--url postgres://…] [--beside] [--no-signatures] [--administrator LOGIN]`
// A synthetic province in the product's schema. Without --url (or DATABASE_URL) it is tried on a throw-away PostgreSQL and gone afterwards.
// --administrator makes somebody who can sign in; nobody else of the province can.
// --no-signatures leaves out the moves and signatures of its documents. --beside also copies the same bytes into bare tables and says how much longer the product's took.
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { cpuOfPostgres } from '../bench/read/cpu.mjs';
import { giveAdministrator, LOGIN } from './administrator.mjs';
import { load } from './load.mjs';
import { rawCopy } from './raw-copy.mjs';
import { migrateTo } from './schema.mjs';
import { startScratch } from './scratch.mjs';

const { values: said } = parseArgs({ options: {
  units: { type: 'string', default: '1000' }, seed: { type: 'string', default: '1' }, tables: { type: 'string', default: '10' }, indicators: { type: 'string', default: '12' },
  quarters: { type: 'string', default: '4' }, year: { type: 'string', default: '2024' }, threads: { type: 'string' }, url: { type: 'string' }, beside: { type: 'boolean', default: false },
  signatures: { type: 'boolean', default: true }, administrator: { type: 'string' },
}, allowNegative: true });
const whole = (name, from, to) => {
  const value = Number(said[name]);
  if (Number.isInteger(value) && value >= from && value <= to) return value;
  console.error(`--${name} 应为 ${from} 至 ${to} 的整数。\n--${name} must be a whole number from ${from} to ${to}.`);
  process.exit(2);
};
const plan = { evaluations: true, signatures: said.signatures, units: whole('units', 1, 200_000), seed: whole('seed', 0, 65_535), tables: whole('tables', 1, 50), indicators: whole('indicators', 1, 60), quarters: whole('quarters', 0, 4), year: whole('year', 2000, 2099) };
if (said.administrator !== undefined && !LOGIN.test(said.administrator)) {
  console.error('--administrator 应为 2 至 64 个小写字母、数字、点、下划线或连字符。\n--administrator must be 2 to 64 small letters, digits, dots, underscores or hyphens.');
  process.exit(2);
}
/** Nobody needs what is on a throw-away server after a crash: it keeps no log of tables filled whole, and does not wait for the disk. */
const FORGETFUL = { wal_level: 'minimal', max_wal_senders: '0', fsync: 'off', full_page_writes: 'off', autovacuum: 'off' };
const ratio = (value) => Math.round(value * 100) / 100;
const options = said.threads === undefined ? {} : { threads: whole('threads', 1, 64) };
const scratch = (said.url ?? process.env.DATABASE_URL) === undefined ? await startScratch(FORGETFUL) : null;
const url = said.url ?? process.env.DATABASE_URL ?? scratch.url;
try {
  await migrateTo(url);
  const kept = {};
  const keep = (rows) => { for (const [table, { bytes, length, count }] of Object.entries(rows)) (kept[table] ??= []).push({ bytes: Buffer.from(bytes.subarray(0, length)), count }); };
  const log = process.stderr.isTTY ? (text) => process.stderr.write(`\r${text} `) : () => {};
  // Seconds of processor, which other users of the machine do not change: this process with its threads, and the throw-away server.
  const spent = () => { const { user, system } = process.cpuUsage(); return (user + system) / 1e6 + (scratch === null ? 0 : cpuOfPostgres(scratch.pid)); };
  const { counts, bytes, digest, ms, cpu } = await load(url, plan, { ...options, log, spent, ...(said.beside ? { keep } : {}) });
  const n = (value) => value.toLocaleString('en'), s = (value) => `${Math.round(value / 10) / 100} s`, each = (count, time) => n(Math.round(count / (time / 1000)));
  const all = Object.values(counts).reduce((a, b) => a + b, 0);
  for (const [table, count] of Object.entries(counts)) console.log(`${table.padEnd(26)} ${n(count).padStart(12)}`);
  console.log(`${'all rows'.padEnd(26)} ${n(all).padStart(12)}   copied at ${each(all, ms.copy)} a second, ${each(all, ms.all)} with every key back and checked`);
  console.log(`${'indicators'.padEnd(26)} ${n(counts.indicator).padStart(12)}   copied at ${each(counts.indicator, ms.copy)} a second, ${each(counts.indicator, ms.all)} with every key back and checked`);
  if (said.beside) {
    const before = spent(), raw = await rawCopy(url, kept), rawCpu = spent() - before;
    console.log(`the same ${n(Math.round(bytes / 2 ** 20))} MB into bare tables ${s(raw)}, ${each(all, raw)} rows a second: copy ${ratio(ms.copy / raw)} times, all ${ratio(ms.all / raw)} times that; of processor ${ratio(rawCpu)} s: copy ${ratio(cpu.copy / rawCpu)} times, all ${ratio(cpu.all / rawCpu)} times`);
  }
  const part = (name) => `${s(ms[name])} (${ratio(cpu[name])} s of processor)`;
  console.log(`copy ${part('copy')}, keys ${part('keys')}, foreign keys ${part('foreignKeys')}, analyze ${part('analyze')}, all ${part('all')}; load average ${loadavg()[0].toFixed(1)}`);
  console.log(`seed ${plan.seed}  digest ${digest}`);
  if (scratch === null) {
    console.log(url.replace(/:[^:@/]*@/, ':***@'));
    if (said.administrator === undefined) console.log('这个省没有能登录的人；要在网页上看，请生成到空数据库并加 --administrator 账号。\nNobody of this province can sign in. To look at it in the browser, make it in an empty database with --administrator LOGIN.');
    else console.log(`管理员 ${said.administrator}，一次性密码 ${await giveAdministrator(url, said.administrator)}（首次登录时更换）\nadministrator ${said.administrator}, one-time password as above, to be replaced at the first sign-in`);
  }
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally { await scratch?.stop(); }
