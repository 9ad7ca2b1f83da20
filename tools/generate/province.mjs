// What a synthetic province is made of, as rows of PostgreSQL's binary COPY. Everything follows from a seed and a block's number, so a block can
// be made by any thread, in any order, and is always the same. Nothing here is a real unit, project or figure.
import { hash } from 'node:crypto';
import { NOTHING, Rows, fields, int4, nothings, numeric, text, timestamptz, uuid } from './copy-binary.mjs';

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

const KIND = { unit: '0a01', table: '0a02', lineage: '0a03', indicator: '0a04', report: '0a05', actual: '0a06', execution: '0a07', request: '0a08', period: '0a09', person: '0a0a', evaluation: '0a0b', region: '0a0c', action: '0a0d', signature: '0a0e' };
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

const day = '2025-01-05T08:00:00Z';
const N = '\\N';

/** Rows that exist once: the tree of regions, who "reported", "reviewed" and "signed" everything, the four quarters. Answers [table, columns, rows] to copy. */
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
      // The hash is no hash of anything: nobody can sign in as those who reported, reviewed and signed.
      ['person', 'id, login, display_name, password_hash', [
        [person, `generated-${seed}`, '示例数据填报人', '!'], [idOf(seed, 'person', 1), `generated-${seed}-reviewer`, '示例数据审核人', '!'], [idOf(seed, 'person', 2), `generated-${seed}-manager`, '示例数据负责人', '!']]],
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

/** A number drawn between two bounds, as its digits with `decimals` of them behind the point, so that nothing is lost. */
function drawn(random, [from, to], decimals) {
  const tens = 10 ** decimals;
  return Math.round((from + random() * (to - from)) * tens);
}

/** The tables copied block by block with their columns, in an order in which nothing refers to what comes later. */
export const COLUMNS = {
  budget_unit: 'id, code, name, kind, parent_id, path, created_at',
  performance_target_table: 'id, lineage_id, unit_id, subject, project, fiscal_year, version, state, goal_text, budget_total, budget_fiscal, budget_other, created_at',
  indicator: 'id, table_id, indicator_key, ordinal, level1, level2, name, target_kind, target_comparator, target_magnitude, target_magnitude_high, target_date, target_unit, target_text, target_raw, direction, weight, scoring_rule, accumulation',
  monitoring_report: 'id, table_id, lineage_id, period_id, state, opened_at, state_since, revision, fiscal_year',
  actual: 'id, report_id, indicator_id, indicator_key, revision, kind, magnitude, unit_symbol, base_magnitude, numerator, denominator, grade, share, reached_on, origin, request_id, recorded_by, recorded_at, fiscal_year',
  budget_execution: 'id, report_id, revision, request_id, recorded_by, recorded_at, fiscal_year',
  budget_execution_part: 'execution_id, part, initial, adjusted, executed, fiscal_year',
  self_evaluation: 'id, lineage_id, table_id, state, created_by, created_at, state_since, revision',
  workflow_action: 'id, document_kind, document_id, revision, move, from_state, to_state, actor_id, role, opinion, at',
  sign_off: 'id, action_id, document_kind, document_id, document_version, step, signer_id, role, signed_at, digest',
};

/** Room for the rows of a block by table, to be used again for the next one. */
export function roomForBlock() { return Object.fromEntries(Object.keys(COLUMNS).map((name) => [name, new Rows()])); }

/** How a document came to its state: [move, from, to, who (0 reporter, 1 reviewer, 2 manager), opinion]. */
const SUBMIT = ['submit', 'DRAFT', 'SUBMITTED', 0], REVIEW = ['review', 'SUBMITTED', 'REVIEWED', 1];
const MOVES = {
  SIGNED: [SUBMIT, REVIEW, ['sign', 'REVIEWED', 'SIGNED', 2]], REVIEWED: [SUBMIT, REVIEW], SUBMITTED: [SUBMIT], DRAFT: [], RETURNED: [SUBMIT, ['return', 'SUBMITTED', 'RETURNED', 1, '请核对后重新送审。']],
};
/** States in which a report has left the unit's desk. */
const HANDED_IN = new Set(['SUBMITTED', 'REVIEWED', 'SIGNED']);

/** What every row of a plan shares, encoded once. */
class Made {
  constructor({ seed, indicators, quarters, year, signatures }, person) {
    this.head = Object.fromEntries(Object.keys(KIND).map((kind) => [kind, uuid(idOf(seed, kind, 0)).subarray(0, 14)]));
    this.width = Object.fromEntries(Object.entries(COLUMNS).map(([table, columns]) => [table, columns.split(', ').length]));
    this.year = int4(year);
    const [at, by] = [timestamptz(day), uuid(person)];
    Object.assign(this, { at, twice: fields(at, at), by, byAt: fields(by, at), first: int4(1), unit: text('UNIT'), total: text('TOTAL') });
    this.subject = ['UNIT', 'PROJECT'].map(text);
    this.tableHead = fields(int4(year), int4(1), text('APPROVED'), text('完成年度各项任务，提升服务水平。'));
    // A document's revision has grown by one with each move.
    const moves = (count) => int4(signatures === true ? count : 0);
    this.state = Object.fromEntries(Object.entries(MOVES).map(([state, made]) => [state, fields(text(state), at, at, moves(made.length))]));
    this.evaluation = Object.fromEntries(['SUBMITTED', 'DRAFT'].map((state) => [state, fields(text(state), by, at, at, moves(MOVES[state].length))]));
    this.kind = { report: text('MONITORING_REPORT'), evaluation: text('SELF_EVALUATION') };
    const people = [0, 1, 2].map((number) => uuid(idOf(seed, 'person', number)));
    this.moves = Object.fromEntries(Object.entries(MOVES).map(([state, made]) => [state, made.map(([move, from, to, who, opinion = null], step) => fields(
      int4(step + 1), text(move), text(from), text(to), people[who], text(['reporter', 'reviewer', 'manager'][who]), text(opinion), at))]));
    this.signed = fields(int4(MOVES.SIGNED.length - 1), text('sign'), people[2], text('manager'), at);
    this.periodIds = Array.from({ length: quarters }, (_, q) => idOf(seed, 'period', q + 1));
    this.periods = Array.from({ length: quarters }, (_, q) => uuid(idOf(seed, 'period', q + 1)));
    this.project = [];
    this.weights = weightsOf(indicators).map((weight) => numeric(String(weight)));
    // Two digits, so that keys rise as rows do and an index of them finds its rows in order.
    this.keys = weightsOf(indicators).map((_, i) => text(`r${two(i + 1)}`));
    this.kinds = new Map([SPENT, CONTENT, ...KINDS].map((kind) => [kind, madeOfKind(kind, year)]));
    this.said = fields(text('TYPED'));
    this.judged = fields(text('JUDGED'), nothings(5));
    this.grades = { A: fields(text('A'), numeric('1'), NOTHING), B: fields(text('B'), numeric('0.7'), NOTHING) };
    this.dated = fields(text('DATED'), nothings(7));
    this.unfinished = fields(text('UNFINISHED'), nothings(8));
    this.reported = text('REPORTED');
    this.noMore = nothings(3);
    this.noParts = nothings(2);
  }

  projectName(t) { return (this.project[t] ??= text(t === 0 ? '' : `示例项目${t}`)); }
}

/** What rows of one kind of indicator share. */
function madeOfKind([level1, level2, name, what, comparator, unit, direction, rule, accumulation], year) {
  const orNull = (value) => (value === N ? NOTHING : text(value));
  return {
    before: fields(text(level1), text(level2), text(name), text(what), text(comparator)), unit: orNull(unit), direction: orNull(direction), after: fields(text(rule), text(accumulation)),
    sign: Buffer.from(SIGN[comparator] ?? ''), unitText: Buffer.from(unit === N ? '' : unit), isWan: unit.startsWith('万'),
    // What a row without a number has between its comparator and its direction.
    dated: fields(nothings(2), text(`${year}-11-30`), orNull(unit), NOTHING, text(`${year}年11月30日前`)), judged: fields(nothings(3), orNull(unit), text('效果明显'), text('效果明显')),
    noDate: NOTHING,
  };
}

let made = null, madeFor = null;

/**
 * One block of units with everything below them, written into `out` ({@link roomForBlock}).
 * `plan`: seed, units, tables (a unit), indicators (a table), quarters, year; `evaluations: false` leaves the years' own documents out, `signatures: true` adds the moves
 * and signatures of every document that is handed in.
 */
export function block(plan, paths, person, number, out = roomForBlock()) {
  const { seed, units, tables, indicators, quarters } = plan;
  if (madeFor !== plan) [made, madeFor] = [new Made(plan, person), plan];
  const m = made, { head, width } = m;
  const random = prng(Math.imul(seed, 7919) + number + 1);
  for (const rows of Object.values(out)) rows.clear();
  const last = Math.min(units, (number + 1) * UNITS_PER_BLOCK);
  for (let u = number * UNITS_PER_BLOCK; u < last; u++) {
    const county = paths.county[u % paths.county.length], unit = idOf(seed, 'unit', u);
    const within = Math.floor(u / paths.county.length) + 1;
    out.budget_unit.begin(width.budget_unit);
    out.budget_unit.id(head.unit, u);
    out.budget_unit.put(fields(text(`${county.code}-${String(within).padStart(4, '0')}`), text(`示例单位${u + 1}`), m.unit, uuid(county.id), text(`${county.path}${unit}/`), m.at));
    // One unit in seven is slow, one in ten does better than promised; the rest come close to it.
    const pace = random() < 0.14 ? 0.55 : random() < 0.1 ? 1.2 : 0.98;
    for (let t = 0; t < tables; t++) {
      const at = u * tables + t;
      const budget = drawn(random, [10, 2000], 2), fiscal = Math.floor(budget * 0.9);
      promise(out.performance_target_table, m, { at, u, t, budget, fiscal });
      let signed = quarters > 0, state = null;
      const spoken = [];
      for (let q = 1; q <= quarters; q++) {
        state = q < quarters ? 'SIGNED' : stateOf(random());
        signed &&= state === 'SIGNED';
        const executed = Math.min(budget, Math.floor((budget * q * Math.min(1, pace)) / quarters));
        quarter(out, m, { at, number: at * 4 + q - 1, q, state, budget, executed });
        spoken.push(plan.signatures === true ? { state, budget, executed, rows: [] } : null);
      }
      if (signed && plan.evaluations !== false) {
        const rows = out.self_evaluation;
        rows.begin(width.self_evaluation);
        rows.id(head.evaluation, at);
        rows.id(head.lineage, at);
        rows.id(head.table, at);
        const year = random() < 0.6 ? 'SUBMITTED' : 'DRAFT';
        rows.put(m.evaluation[year]);
        if (plan.signatures === true) moved(out, m, { kind: 'evaluation', document: at, number: 2 ** 40 + at * 4, state: year });
      }
      for (let i = 0; i < indicators; i++) {
        const kind = i === indicators - 1 && indicators > 1 ? (indicators >= 4 ? SPENT : CONTENT) : i === indicators - 2 && indicators >= 4 ? CONTENT : KINDS[(i + t) % KINDS.length];
        row(out, random, m, plan, { kind, i, id: at * indicators + i, table: at, pace, isHandedIn: HANDED_IN.has(state), spoken });
      }
      spoken.forEach((one, q) => { if (one !== null) handedOn(out, m, seed, { ...one, q, table: at }); });
    }
  }
  return out;
}

function stateOf(chance) {
  return chance < 0.7 ? 'SIGNED' : chance < 0.8 ? 'REVIEWED' : chance < 0.9 ? 'SUBMITTED' : chance < 0.97 ? 'DRAFT' : 'RETURNED';
}

/** A target table in force; money in hundredths of 万元. */
function promise(rows, m, { at, u, t, budget, fiscal }) {
  rows.begin(m.width.performance_target_table);
  rows.id(m.head.table, at);
  rows.id(m.head.lineage, at);
  rows.id(m.head.unit, u);
  rows.put(m.subject[t === 0 ? 0 : 1]);
  rows.put(m.projectName(t));
  rows.put(m.tableHead);
  rows.numeric(budget, 2);
  rows.numeric(fiscal, 2);
  rows.numeric(budget - fiscal, 2);
  rows.put(m.at);
}

/** A report of a quarter with its money. */
function quarter(out, m, { at, number, q, state, budget, executed }) {
  const report = out.monitoring_report, execution = out.budget_execution, part = out.budget_execution_part;
  report.begin(m.width.monitoring_report);
  report.id(m.head.report, number);
  report.id(m.head.table, at);
  report.id(m.head.lineage, at);
  report.put(m.periods[q - 1]);
  report.put(m.state[state]);
  report.put(m.year);
  execution.begin(m.width.budget_execution);
  execution.id(m.head.execution, number);
  execution.id(m.head.report, number);
  execution.put(m.first);
  execution.id(m.head.request, number);
  execution.put(m.byAt);
  execution.put(m.year);
  part.begin(m.width.budget_execution_part);
  part.id(m.head.execution, number);
  part.put(m.total);
  part.numeric(budget, 2);
  part.numeric(budget, 2);
  part.numeric(executed, 2);
  part.put(m.year);
}

/** The moves that brought a document to its state. */
function moved(out, m, { kind, document, number, state }) {
  const rows = out.workflow_action;
  m.moves[state].forEach((move, step) => {
    rows.begin(m.width.workflow_action);
    rows.id(m.head.action, number + step);
    rows.put(m.kind[kind]);
    rows.id(m.head[kind], document);
    rows.put(move);
  });
}

/** A report on its way: its moves, and its signature over what was signed, put into words and hashed as the product does it. */
function handedOn(out, m, seed, { state, budget, executed, rows: said, q, table }) {
  const number = table * 4 + q;
  moved(out, m, { kind: 'report', document: number, number: number * 4, state });
  if (state !== 'SIGNED') return;
  const money = `{"adjusted":"${decimalText(budget, 2)}","executed":"${decimalText(executed, 2)}","initial":"${decimalText(budget, 2)}","part":"TOTAL"}`;
  const content = `{"execution":{"parts":[${money}],"reason":null,"revision":1},"period":"${m.periodIds[q]}","rows":[${said.join(',')}],"tableId":"${idOf(seed, 'table', table)}"}`;
  const rows = out.sign_off;
  rows.begin(m.width.sign_off);
  rows.id(m.head.signature, number);
  rows.id(m.head.action, number * 4 + 2);
  rows.put(m.kind.report);
  rows.id(m.head.report, number);
  rows.put(m.signed);
  rows.put(text(hash('sha256', `{"content":${content},"score":null}`, 'hex')));
}

/** A decimal as PostgreSQL prints it, {@link Rows.numeric}'s arguments. */
function decimalText(scaled, decimals) {
  if (decimals === 0) return String(scaled);
  const tens = 10 ** decimals, whole = Math.floor(scaled / tens);
  return `${whole}.${String(scaled - whole * tens).padStart(decimals, '0')}`;
}

/** What a signature says of a row: its value as the domain writes it, its revision; nothing was explained or proven. */
function rowText(indicatorId, value, revision) {
  return `{"actual":${value},"evidence":[],"explanation":null,"indicatorId":"${indicatorId}","revision":${revision}}`;
}

/** One row of a table with the value of each quarter. What is handed in has every row answered that is asked for; drafts have gaps. */
function row(out, random, m, { quarters, year, seed }, { kind, i, id, table, pace, isHandedIn, spoken }) {
  const what = kind[3], range = kind[9], decimals = kind[10], k = m.kinds.get(kind);
  const target = range === null ? 0 : drawn(random, range, decimals);
  const rows = out.indicator;
  rows.begin(m.width.indicator);
  rows.id(m.head.indicator, id);
  rows.id(m.head.table, table);
  rows.put(m.keys[i]);
  rows.put(int4Of(i + 1));
  rows.put(k.before);
  if (what === 'QUANT') {
    const between = kind[4] === 'BETWEEN', high = target + 3 * 10 ** decimals;
    rows.numeric(target, decimals);
    if (between) rows.numeric(high, decimals); else rows.put(NOTHING);
    rows.put(k.noDate);
    rows.put(k.unit);
    rows.put(NOTHING);
    const began = rows.beginText();
    rows.part(k.sign);
    rows.decimal(target, decimals);
    if (between) { rows.part(DASH); rows.decimal(high, decimals); }
    rows.part(k.unitText);
    rows.endText(began);
  } else rows.put(what === 'DATE' ? k.dated : k.judged);
  rows.put(k.direction);
  rows.put(m.weights[i]);
  rows.put(k.after);
  const name = spoken.some((one) => one?.state === 'SIGNED') ? idOf(seed, 'indicator', id) : '';
  for (let q = 1; q <= quarters; q++) {
    const told = spoken[q - 1]?.state === 'SIGNED' ? spoken[q - 1].rows : null;
    // Nobody said anything yet; a judgement is made once, at the end of the year.
    const isSilent = what === 'QUAL' && q < quarters ? true : q === quarters && !isHandedIn && random() < 0.2;
    if (isSilent) { told?.push(rowText(name, '{"kind":"NOT_REPORTED"}', 0)); continue; }
    const value = said(out.actual, random, m, { kind, k, q, quarters, year, pace, target, i, id, report: table * 4 + q - 1, number: id * 4 + q - 1, isTold: told !== null });
    told?.push(rowText(name, value, 1));
  }
}

const DASH = Buffer.from('-');
const SMALL = Array.from({ length: 64 }, (_, value) => int4(value));
const int4Of = (value) => SMALL[value] ?? int4(value);

/** What was reported of a row in a quarter; answers it as the domain writes it where somebody wants to be told (`isTold`). */
function said(rows, random, m, { kind, k, q, quarters, year, pace, target, i, id, report, number, isTold }) {
  const [, , , what, , unit, direction, , accumulation, , decimals] = kind;
  let told = '';
  rows.begin(m.width.actual);
  rows.id(m.head.actual, number);
  rows.id(m.head.report, report);
  rows.id(m.head.indicator, id);
  rows.put(m.keys[i]);
  rows.put(m.first);
  if (what === 'QUAL') {
    rows.put(m.judged);
    const grade = random() < 0.85 ? 'A' : 'B';
    rows.put(m.grades[grade]);
    told = grade === 'A' ? '{"grade":"A","kind":"JUDGED","share":"1"}' : '{"grade":"B","kind":"JUDGED","share":"0.7"}';
  } else if (what === 'DATE') {
    if (q === quarters) {
      rows.put(m.dated);
      const month = random() < 0.9 ? '11' : '12';
      const date = `${year}-${month}-2${Math.floor(random() * 9)}`;
      rows.put(text(date));
      told = `{"date":"${date}","kind":"DATED"}`;
    } else { rows.put(m.unfinished); told = '{"kind":"UNFINISHED"}'; }
  } else {
    const wobble = 0.94 + random() * 0.1;
    let reached;
    if (accumulation === 'SUM') reached = direction === 'NEGATIVE' ? (target / quarters) * (0.9 + random() * 0.12) : (target / quarters) * pace * (0.95 + random() * 0.12);
    else if (direction === 'NEGATIVE') reached = target * (1.9 - pace) * (0.95 + random() * 0.08);
    else if (direction === 'POINT') reached = random() < 0.8 ? target : target * wobble;
    else reached = Math.min(target * (0.3 + 0.7 * pace) * (0.97 + random() * 0.08), unit === '%' ? 100 * 10 ** decimals : Infinity);
    const value = Math.max(0, Math.round(reached));
    rows.put(m.reported);
    rows.numeric(value, decimals);
    rows.put(k.unit);
    if (k.isWan) rows.numeric(value * 10 ** (4 - decimals), 0); else rows.numeric(value, decimals);
    if (accumulation === 'RATIO' || accumulation === 'SURVEY') {
      const whole = 100 + Math.floor(random() * 900), part = Math.round((Math.round(reached) * whole) / 10 ** decimals);
      rows.numeric(part, 2);
      rows.numeric(whole, 0);
      if (isTold) told = `{"denominator":"${whole}","kind":"REPORTED","magnitude":"${decimalText(value, decimals)}","numerator":"${decimalText(part, 2)}","unit":"${unit}"}`;
    } else {
      rows.put(m.noParts);
      if (isTold) told = `{"kind":"REPORTED","magnitude":"${decimalText(value, decimals)}","unit":"${unit}"}`;
    }
    rows.put(m.noMore);
  }
  rows.put(m.said);
  rows.id(m.head.request, 2 ** 40 + number);
  rows.put(m.byAt);
  rows.put(m.year);
  return told;
}
