// `npm run bench:province -- [--units 1000] [--tables 10] [--rows 12] [--write]`: P5. A whole province for a quarter with every roll-up, through
// the product's own queue, beside the quickest way of SQL: a new table, its key last, and the same sums up the tree.
import { parseArgs } from 'node:util';
import { cpus, loadavg, totalmem } from 'node:os';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { root } from '../../installed.mjs';
import { cpuOf, cpuOfPostgres } from '../read/cpu.mjs';
import { FINGERPRINT, buildProduct, fingerprintOfScores, forgetScores, scoreRegion, startProcess, startWorld } from '../bulk/world.mjs';
import { sqlNewTable } from '../bulk/sql-way.mjs';

const { values: said } = parseArgs({ options: { units: { type: 'string', default: '1000' }, tables: { type: 'string', default: '10' }, rows: { type: 'string', default: '12' }, write: { type: 'boolean', default: false } } });
const [units, tables, indicators] = [said.units, said.tables, said.rows].map(Number);
const world = await startWorld({ units, tables, indicators });
const { db } = world;
const worker = await startProcess(await buildProduct(), 'worker', { DATABASE_URL: world.url, REDIS_URL: '' });
try {
  // Time on processors, which other users of the machine change little.
  const cpu = () => cpuOfPostgres(world.server.pid) + cpuOf(worker.child.pid);
  const beforeSql = cpu();
  // The SQL way: points of all rows, then sums by table, unit, county, prefecture and province.
  const created = await sqlNewTable(db);
  const begun = performance.now();
  await db.query(`drop table if exists sql_total, sql_roll_up; create table sql_total as select report_id, sum(points) as points from sql_score group by report_id`);
  // Every yuan once, as the product counts it: the table of a whole unit speaks for what its projects leave.
  const [whole, project] = ['UNIT', 'PROJECT'].map((subject) => (value) => `coalesce(sum(${value}) filter (where t.subject = '${subject}'), 0)`);
  await db.query(`create table sql_roll_up as select a.id as unit_id, sum(o.tables)::integer as tables, sum(o.points) as points, sum(o.budget_points) as budget_points, sum(o.budget) as budget
    from (select t.unit_id, count(*) as tables, sum(s.points) as points, greatest(${whole('t.budget_total')}, ${project('t.budget_total')}) as budget,
        ${project('s.points * t.budget_total')} + greatest(${whole('t.budget_total')} - ${project('t.budget_total')}, 0) * ${whole('s.points')} as budget_points
      from sql_total s join monitoring_report r on r.id = s.report_id join performance_target_table t on t.id = r.table_id group by t.unit_id) o
    join budget_unit u on u.id = o.unit_id join budget_unit a on a.id = any (string_to_array(btrim(u.path, '/'), '/')::uuid[]) group by a.id`);
  const sql = created + performance.now() - begun, sqlCpu = cpu() - beforeSql;
  const marksGone = async () => { while ((await world.one('select exists (select 1 from roll_up_mark) as left')).left) await pause(50); };
  await marksGone();
  await forgetScores(db);
  const beforeRun = cpu(), start = performance.now();
  const run = await scoreRegion(db);
  await marksGone();
  const product = performance.now() - start, productCpu = cpu() - beforeRun;
  const [theirs, ours] = [(await db.query(`${FINGERPRINT} from (select indicator_id as id, (points * 100)::integer as p from sql_score) x`)).rows[0].print, await fingerprintOfScores(db)];
  const { rows: [top] } = await db.query(`select r.tables, q.tables as theirs, r.budget = q.budget as same_money, r.scored, r.blocked from roll_up r join budget_unit u on u.id = r.unit_id and u.parent_id is null join sql_roll_up q on q.unit_id = u.id where r.period_ordinal = 1`);
  const equal = theirs === ours && Number(top.tables) === Number(top.theirs) && top.same_money && top.scored + top.blocked === top.tables;
  const seconds = (ms) => (ms / 1000).toFixed(1);
  const lines = [
    `${units.toLocaleString('en')} units × ${tables} tables × ${indicators} rows = ${(units * tables * indicators).toLocaleString('en')} indicators, one quarter, one round; Node ${process.version}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GB, load average ${loadavg()[0].toFixed(1)}`,
    '', '| what | s | ratio | time on processors, PostgreSQL and worker |', '| --- | --- | --- | --- |',
    `| making and loading the province | ${seconds(world.loaded.ms.all)} | | |`,
    `| SQL: new table, key last, all roll-ups | ${seconds(sql)} | 1 | ${sqlCpu.toFixed(1)} s |`,
    `| product: wish → queue → ${run.slices} slices → done | ${seconds(run.ms)} | ${(run.ms / sql).toFixed(2)} | |`,
    `| product, with every roll-up counted | ${seconds(product)} | **${(product / sql).toFixed(2)}** | ${productCpu.toFixed(1)} s, ${(productCpu / sqlCpu).toFixed(2)}× |`,
    '', `Most memory held by the worker: ${worker.peak()} MB. Results ${equal ? 'equal' : `UNEQUAL (${theirs} / ${ours})`}.`,
  ];
  console.log(lines.join('\n'));
  if (said.write) {
    const file = join(root, 'docs/bench/province.md');
    writeFileSync(file, readFileSync(file, 'utf8').replace(/(<!-- figures -->\n)[\s\S]*?(<!-- end of figures -->)/, `$1\n\`npm run bench:province -- ${process.argv.slice(2).filter((one) => one !== '--write').join(' ')}\`: ${lines.join('\n')}\n\n$2`));
  }
  if (!equal) process.exitCode = 1;
} finally {
  await worker.stop();
  await world.stop();
}
