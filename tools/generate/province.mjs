// What a synthetic province is made of, as rows of PostgreSQL's COPY text. Everything follows from a seed and a block's number, so a block can
// be made by any thread, in any order, and is always the same. Nothing here is a real unit, project or figure.

/** A small quick generator of chance (mulberry32): the same seed gives the same numbers on every machine. */
export function prng(seed) {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Units in one block: the part of the province that one thread makes at a time. */
export const UNITS_PER_BLOCK = 100;

const KIND = { unit: '0a01', table: '0a02', lineage: '0a03', indicator: '0a04', report: '0a05', actual: '0a06', execution: '0a07', request: '0a08', period: '0a09', person: '0a0a', evaluation: '0a0b', region: '0a0c' };
// Two hex digits at a time: making ids is a quarter of all the work here.
const HEX = Array.from({ length: 65536 }, (_, i) => i.toString(16).padStart(4, '0'));

/** An id of version 7's shape: seed and kind in front, a counter behind, so that ids of one kind rise as rows do. */
export function idOf(seed, kind, number) {
  const high = Math.floor(number / 4294967296);
  return `0190${HEX[seed & 0xffff]}-${KIND[kind]}-7000-8000-${HEX[high & 0xffff]}${HEX[(number >>> 16) & 0xffff]}${HEX[number & 0xffff]}`;
}

/** Region codes: 2 digits a level. The shape of a Chinese province: some 10 counties to a prefecture, the units spread evenly over counties. */
export function regionsOf(units) {
  const counties = Math.max(1, Math.min(120, Math.round(units / 20))), prefectures = Math.max(1, Math.min(14, Math.ceil(counties / 9)));
  return { prefectures, counties };
}

const day = '2025-01-05 08:00:00+00';
const N = '\\N';

/** Rows that exist once: the tree of regions, the person who "reported" everything, the four quarters. Answers [table, columns, rows] to copy. */
export function spine({ seed, units, year, quarters }) {
  const { prefectures, counties } = regionsOf(units);
  const rows = [];
  const province = idOf(seed, 'region', 0);
  const paths = { province: `/${province}/`, county: [] };
  rows.push([province, `G${seed}`, '示例省财政厅', 'FINANCE', N, paths.province, day]);
  for (let p = 0; p < prefectures; p++) {
    const id = idOf(seed, 'region', 1 + p), path = `${paths.province}${id}/`;
    rows.push([id, `G${seed}-${two(p + 1)}`, `示例省第${p + 1}市财政局`, 'FINANCE', province, path, day]);
    for (let c = p; c < counties; c += prefectures) {
      const county = idOf(seed, 'region', 1000 + c);
      paths.county[c] = { id: county, path: `${path}${county}/`, code: `G${seed}-${two(p + 1)}${two(Math.floor(c / prefectures) + 1)}` };
      rows.push([county, paths.county[c].code, `示例省第${p + 1}市第${Math.floor(c / prefectures) + 1}县财政局`, 'DEPARTMENT', id, paths.county[c].path, day]);
    }
  }
  const person = idOf(seed, 'person', 0);
  const month = (q) => two(q * 3), last = [31, 30, 30, 31];
  return {
    paths, person,
    copies: [
      // The hash is no hash of anything: nobody can sign in as the one who reported.
      ['person', 'id, login, display_name, password_hash', [[person, `generated-${seed}`, '示例数据填报人', '!']]],
      ['budget_unit', 'id, code, name, kind, parent_id, path, created_at', rows],
      ['reporting_period', 'id, fiscal_year, ordinal, label, starts_on, ends_on, due_on, opened_at', Array.from({ length: quarters }, (_, i) => [
        idOf(seed, 'period', i + 1), year, i + 1, `第${'一二三四'[i]}季度`, `${year}-${two(i * 3 + 1)}-01`, `${year}-${month(i + 1)}-${last[i]}`,
        i === 3 ? `${year + 1}-01-31` : `${year}-${two(i * 3 + 4)}-15`, day])],
    ],
  };
}

function two(n) { return n < 10 ? `0${n}` : String(n); }

// Rows of an indicator: [level1, level2, name, kind, comparator, unit, direction, rule, accumulation, how its numbers are drawn, decimals].
const SPENT = ['成本指标', '经济成本指标', '项目总成本', 'QUANT', 'LE', '万元', 'NEGATIVE', 'PROPORTIONAL', 'SUM', [20, 900], 2];
const CONTENT = ['满意度指标', '服务对象满意度指标', '服务对象满意度', 'QUANT', 'GE', '%', 'POSITIVE', 'SATISFACTION', 'SURVEY', [85, 97], 0];
const KINDS = [
  ['产出指标', '数量指标', '服务人次', 'QUANT', 'GE', '万人次', 'POSITIVE', 'PROPORTIONAL', 'SUM', [1, 60], 2],
  ['产出指标', '数量指标', '培训次数', 'QUANT', 'GE', '次', 'POSITIVE', 'PROPORTIONAL', 'SUM', [2, 24], 0],
  ['产出指标', '数量指标', '参保人数', 'QUANT', 'GE', '万人', 'POSITIVE', 'PROPORTIONAL', 'LAST', [1, 120], 2],
  ['产出指标', '质量指标', '业务办结率', 'QUANT', 'GE', '%', 'POSITIVE', 'PROPORTIONAL', 'RATIO', [90, 100], 0],
  ['产出指标', '质量指标', '待遇发放准确率', 'QUANT', 'GE', '%', 'POSITIVE', 'PROPORTIONAL', 'RATIO', [95, 100], 1],
  ['产出指标', '时效指标', '业务办理时限', 'QUANT', 'LE', '工作日', 'NEGATIVE', 'PROPORTIONAL', 'MAX', [3, 20], 0],
  ['产出指标', '数量指标', '线路租用数量', 'QUANT', 'EQ', '条', 'POINT', 'PROPORTIONAL', 'LAST', [2, 40], 0],
  ['效益指标', '社会效益指标', '提升经办服务能力', 'QUAL', 'NONE', N, N, 'GRADE', 'MANUAL', null, 0],
  ['效益指标', '社会效益指标', '政策知晓率', 'QUANT', 'GE', '%', 'POSITIVE', 'PROPORTIONAL', 'SURVEY', [80, 98], 0],
  ['产出指标', '时效指标', '年度任务完成时间', 'DATE', 'LE', N, 'NEGATIVE', 'PROPORTIONAL', 'MANUAL', null, 0],
  ['效益指标', '可持续影响指标', '信息系统安全运行天数占比', 'QUANT', 'BETWEEN', '%', 'POINT', 'PROPORTIONAL', 'LAST', [92, 97], 0],
];

const SIGN = { GE: '≥', LE: '≤', EQ: '=', BETWEEN: '' };

/** The weights of a table, 90 in all: satisfaction 10, cost 10 where there is room, the rest in steps of half a point. */
export function weightsOf(rows) {
  if (rows === 1) return [90];
  const fixed = rows >= 4 ? [10, 10] : [10];
  const others = rows - fixed.length, left = 90 - fixed.reduce((a, b) => a + b, 0);
  const base = Math.floor((left / others) * 2) / 2;
  return [...Array.from({ length: others }, (_, i) => (i === 0 ? left - base * (others - 1) : base)), ...fixed];
}

/** Decimal text of a number drawn between two bounds, as hundredths so that nothing is lost. */
function drawn(random, [from, to], decimals) {
  const tens = 10 ** decimals;
  return Math.round((from + random() * (to - from)) * tens);
}
function text(scaled, decimals) {
  if (decimals === 0) return String(scaled);
  const whole = Math.floor(scaled / 10 ** decimals);
  return `${whole}.${String(scaled - whole * 10 ** decimals).padStart(decimals, '0')}`;
}

/** The tables copied block by block with their columns, in an order in which nothing refers to what comes later. */
export const COLUMNS = {
  budget_unit: 'id, code, name, kind, parent_id, path, created_at',
  performance_target_table: 'id, lineage_id, unit_id, subject, project, fiscal_year, version, state, goal_text, budget_total, budget_fiscal, budget_other, created_at',
  indicator: 'id, table_id, indicator_key, ordinal, level1, level2, name, target_kind, target_comparator, target_magnitude, target_magnitude_high, target_date, target_unit, target_text, target_raw, direction, weight, scoring_rule, accumulation',
  monitoring_report: 'id, table_id, lineage_id, period_id, fiscal_year, state, opened_at, state_since',
  actual: 'id, report_id, indicator_id, indicator_key, revision, kind, magnitude, unit_symbol, base_magnitude, numerator, denominator, grade, share, reached_on, origin, request_id, recorded_by, recorded_at, fiscal_year',
  budget_execution: 'id, report_id, revision, request_id, recorded_by, recorded_at, fiscal_year',
  budget_execution_part: 'execution_id, fiscal_year, part, initial, adjusted, executed',
  self_evaluation: 'id, lineage_id, table_id, state, created_by, created_at, state_since',
};

/** Lines of one table as the bytes that are copied: strings that live on would cost more than making them. */
class Lines {
  bytes = Buffer.allocUnsafe(1 << 20);
  length = 0;
  count = 0;

  push(line) {
    // Three bytes a character at most.
    if (this.length + line.length * 3 > this.bytes.length) {
      const larger = Buffer.allocUnsafe(this.bytes.length * 2);
      this.bytes.copy(larger, 0, 0, this.length);
      this.bytes = larger;
    }
    this.length += this.bytes.write(line, this.length);
    this.count += 1;
  }

  clear() { this.length = 0; this.count = 0; }
}

/** Room for the lines of a block by table, to be used again for the next one. */
export function roomForBlock() { return Object.fromEntries(Object.keys(COLUMNS).map((name) => [name, new Lines()])); }

/**
 * One block of units with everything below them, written into `out` ({@link roomForBlock}).
 * `plan`: seed, units, tables (a unit), indicators (a table), quarters, year.
 */
export function block(plan, paths, person, number, out = roomForBlock()) {
  const { seed, units, tables, indicators, quarters, year } = plan;
  const random = prng(Math.imul(seed, 7919) + number + 1);
  const weights = weightsOf(indicators).map(String);
  for (const lines of Object.values(out)) lines.clear();
  const last = Math.min(units, (number + 1) * UNITS_PER_BLOCK);
  for (let u = number * UNITS_PER_BLOCK; u < last; u++) {
    const county = paths.county[u % paths.county.length], unit = idOf(seed, 'unit', u);
    const within = Math.floor(u / paths.county.length) + 1;
    out.budget_unit.push(`${unit}\t${county.code}-${String(within).padStart(4, '0')}\t示例单位${u + 1}\tUNIT\t${county.id}\t${county.path}${unit}/\t${day}\n`);
    // One unit in seven is slow, one in ten does better than promised; the rest come close to it.
    const pace = random() < 0.14 ? 0.55 : random() < 0.1 ? 1.2 : 0.98;
    for (let t = 0; t < tables; t++) {
      const at = u * tables + t, table = idOf(seed, 'table', at), lineage = idOf(seed, 'lineage', at);
      const subject = t === 0 ? 'UNIT' : 'PROJECT', budget = drawn(random, [10, 2000], 2), fiscal = Math.floor(budget * 0.9);
      out.performance_target_table.push(
        `${table}\t${lineage}\t${unit}\t${subject}\t${t === 0 ? '' : `示例项目${t}`}\t${year}\t1\tAPPROVED\t完成年度各项任务，提升服务水平。\t${text(budget, 2)}\t${text(fiscal, 2)}\t${text(budget - fiscal, 2)}\t${day}\n`);
      const reports = [];
      let signed = true;
      for (let q = 1; q <= quarters; q++) {
        const report = idOf(seed, 'report', at * 4 + q - 1);
        reports.push(report);
        const state = q < quarters ? 'SIGNED' : stateOf(random());
        signed &&= state === 'SIGNED';
        out.monitoring_report.push(`${report}\t${table}\t${lineage}\t${idOf(seed, 'period', q)}\t${year}\t${state}\t${day}\t${day}\n`);
        const execution = idOf(seed, 'execution', at * 4 + q - 1);
        out.budget_execution.push(`${execution}\t${report}\t1\t${idOf(seed, 'request', at * 4 + q - 1)}\t${person}\t${day}\t${year}\n`);
        out.budget_execution_part.push(`${execution}\t${year}\tTOTAL\t${text(budget, 2)}\t${text(budget, 2)}\t${text(Math.min(budget, Math.floor((budget * q * Math.min(1, pace)) / quarters)), 2)}\n`);
      }
      if (signed && plan.evaluations !== false) out.self_evaluation.push(`${idOf(seed, 'evaluation', at)}\t${lineage}\t${table}\t${random() < 0.6 ? 'SUBMITTED' : 'DRAFT'}\t${person}\t${day}\t${day}\n`);
      for (let i = 0; i < indicators; i++) {
        const kind = i === indicators - 1 && indicators > 1 ? (indicators >= 4 ? SPENT : CONTENT) : i === indicators - 2 && indicators >= 4 ? CONTENT : KINDS[(i + t) % KINDS.length];
        row(out, random, { kind, weight: weights[i], key: `r${i + 1}`, i, id: at * indicators + i, table, reports, pace }, plan, person);
      }
    }
  }
  return out;
}

function stateOf(chance) {
  return chance < 0.7 ? 'SIGNED' : chance < 0.8 ? 'REVIEWED' : chance < 0.9 ? 'SUBMITTED' : chance < 0.97 ? 'DRAFT' : 'RETURNED';
}

/** One row of a table with the value of each quarter. */
function row(out, random, { kind, weight, key, i, id, table, reports, pace }, { seed, year }, person) {
  const [level1, level2, name, what, comparator, unit, direction, rule, accumulation, range, decimals] = kind;
  const indicator = idOf(seed, 'indicator', id);
  const target = range === null ? 0 : drawn(random, range, decimals);
  const high = comparator === 'BETWEEN' ? text(target + 3 * 10 ** decimals, decimals) : N;
  const printed = what === 'QUANT' ? `${SIGN[comparator]}${text(target, decimals)}${comparator === 'BETWEEN' ? `-${high}` : ''}${unit}` : what === 'DATE' ? `${year}年11月30日前` : '效果明显';
  out.indicator.push(
    `${indicator}\t${table}\t${key}\t${i + 1}\t${level1}\t${level2}\t${name}\t${what}\t${comparator}\t${what === 'QUANT' ? text(target, decimals) : N}\t${high}\t${what === 'DATE' ? `${year}-11-30` : N}\t${unit}\t${what === 'QUAL' ? '效果明显' : N}\t${printed}\t${direction}\t${weight}\t${rule}\t${accumulation}\n`);
  const quarters = reports.length;
  for (let q = 1; q <= quarters; q++) {
    if (random() < (q === quarters ? 0.02 : 0.004)) continue; // nobody said anything
    const number = id * 4 + q - 1;
    const head = `${idOf(seed, 'actual', number)}\t${reports[q - 1]}\t${indicator}\t${key}\t1\t`;
    const tail = `\tTYPED\t${idOf(seed, 'request', 2 ** 40 + number)}\t${person}\t${day}\t${year}\n`;
    if (what === 'QUAL') { if (q === quarters) out.actual.push(`${head}JUDGED\t${N}\t${N}\t${N}\t${N}\t${N}\t${random() < 0.85 ? `A\t1` : `B\t0.7`}\t${N}${tail}`); continue; }
    if (what === 'DATE') {
      out.actual.push(q === quarters ? `${head}DATED\t${N}\t${N}\t${N}\t${N}\t${N}\t${N}\t${N}\t${year}-${random() < 0.9 ? '11' : '12'}-2${Math.floor(random() * 9)}${tail}` : `${head}UNFINISHED\t${N}\t${N}\t${N}\t${N}\t${N}\t${N}\t${N}\t${N}${tail}`);
      continue;
    }
    const wobble = 0.94 + random() * 0.1;
    let reached;
    if (accumulation === 'SUM') reached = direction === 'NEGATIVE' ? (target / quarters) * (0.9 + random() * 0.12) : (target / quarters) * pace * (0.95 + random() * 0.12);
    else if (direction === 'NEGATIVE') reached = target * (1.9 - pace) * (0.95 + random() * 0.08);
    else if (direction === 'POINT') reached = random() < 0.8 ? target : target * wobble;
    else reached = Math.min(target * (0.3 + 0.7 * pace) * (0.97 + random() * 0.08), unit === '%' ? 100 * 10 ** decimals : Infinity);
    const value = text(Math.max(0, Math.round(reached)), decimals);
    const base = unit.startsWith('万') ? text(Math.max(0, Math.round(reached)) * 10 ** (4 - decimals), 0) : value;
    let parts = `${N}\t${N}`;
    if (accumulation === 'RATIO' || accumulation === 'SURVEY') {
      const whole = 100 + Math.floor(random() * 900);
      parts = `${text(Math.round((Math.round(reached) * whole) / 10 ** decimals), 2)}\t${whole}`;
    }
    out.actual.push(`${head}REPORTED\t${value}\t${unit}\t${base}\t${parts}\t${N}\t${N}\t${N}${tail}`);
  }
}
