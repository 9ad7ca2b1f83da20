// The peers: servers that answer the same JSON from the same database, without sessions, rights, tenants, request ids, headers or a log.
// `bare`: node:http, one prepared statement, rows as arrays. `orm`: NestJS on Fastify with TypeORM's findOne({ relations }).
// What no SQL knows (findings of the quality check, moves in reach of the reader) both take from the table `bench_said`, filled beforehand from
// the product's own answers; the ORM takes counts, points, year and history from there as well, so that it need not load values to count them.
// Environment: PEER (bare | orm), DATABASE_URL, POOL. Says READY and its address when it listens.
import 'reflect-metadata';
import http from 'node:http';
import pg from 'pg';

const { PEER, DATABASE_URL } = process.env, POOL = Number(process.env.POOL ?? 10);
const TODAY = '2025-01-20';
const periodState = ({ startsOn, dueOn }) => (TODAY < startsOn ? 'FUTURE' : TODAY > dueOn ? 'CLOSED' : 'OPEN');
const budgetOf = (subject, total, fiscal, other, higherLevel, localLevel) => (subject === 'PROJECT' ? { total, fiscal, other } : { total, higherLevel, localLevel, other });

const WHOLE = `
  select t.id, t.subject, t.fiscal_year, t.unit_id, u.name, t.project, t.version, t.state, t.revision, t.goal_text, t.lead, t.budget_total, t.budget_fiscal, t.budget_other,
    t.budget_higher_level, t.budget_local_level, aside.reports, aside.year, aside.versions, aside.history, said.moves::text, said.findings::text,
    i.id, i.ordinal, i.indicator_key, i.level1, i.level2, i.name, i.target_kind, i.target_comparator, case when i.target_kind = 'DATE' then i.target_date else i.target_magnitude::text end,
    i.target_magnitude_high, i.target_unit, i.target_text, i.target_raw, i.direction, i.weight, i.basis, i.previous_actual, i.scoring_rule, i.evidence, i.accumulation, i.pass_threshold
  from performance_target_table t join budget_unit u on u.id = t.unit_id join bench_said said on said.table_id = t.id
    cross join lateral (select
      (select coalesce(json_agg(json_build_object('id', r.id, 'periodId', p.id, 'label', p.label, 'ordinal', p.ordinal, 'state', r.state, 'startsOn', p.starts_on, 'dueOn', p.due_on,
          'answered', (select count(*) from (select distinct on (a.indicator_key) a.kind from actual a where a.report_id = r.id and a.fiscal_year = r.fiscal_year order by a.indicator_key, a.revision desc) l where l.kind <> 'NOT_REPORTED'),
          'candidates', (select count(distinct c.indicator_key) from candidate c where c.report_id = r.id and c.settled_at is null),
          'points', (select s.indicator_points::text from score_request q join score s on s.id = q.score_id and s.fiscal_year = q.fiscal_year where q.document_kind = 'MONITORING_REPORT' and q.document_id = r.id)) order by p.ordinal), '[]')
        from monitoring_report r join reporting_period p on p.id = r.period_id where r.lineage_id = t.lineage_id) as reports,
      (select json_build_object('id', e.id, 'state', e.state, 'total', s.total::text, 'rating', s.rating)::text from self_evaluation e
         left join score_request q on q.document_kind = 'SELF_EVALUATION' and q.document_id = e.id left join score s on s.id = q.score_id and s.fiscal_year = q.fiscal_year where e.lineage_id = t.lineage_id) as year,
      (select json_agg(json_build_object('id', v.id, 'version', v.version, 'state', v.state) order by v.version)::text from performance_target_table v where v.lineage_id = t.lineage_id) as versions,
      (select coalesce(json_agg(json_build_object('move', w.move, 'from', w.from_state, 'to', w.to_state, 'by', p.display_name, 'role', w.role,
          'at', to_char(w.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'opinion', w.opinion) order by w.id), '[]')::text
        from workflow_action w join person p on p.id = w.actor_id where w.document_kind = 'TARGET_TABLE' and w.document_id = t.id) as history offset 0) aside
    join indicator i on i.table_id = t.id
  where t.id = $1 order by i.ordinal`;

async function bare() {
  const pool = new pg.Pool({ connectionString: DATABASE_URL, max: POOL });
  return async (id) => {
    const { rows } = await pool.query({ name: 'whole', text: WHOLE, values: [id], rowMode: 'array' });
    const [h] = rows;
    const indicators = rows.map((r) => ({
      key: r[24], level1: r[25], level2: r[26], name: r[27],
      target: { kind: r[28], comparator: r[29], magnitude: r[30], magnitudeHigh: r[31], unit: r[32], text: r[33], raw: r[34] },
      direction: r[35], weight: r[36], basis: r[37], previousActual: r[38], scoringRule: r[39], evidence: r[40], accumulation: r[41], passThreshold: r[42], id: r[22], ordinal: r[23],
    }));
    const weight = sum(indicators);
    const said = JSON.stringify({
      id: h[0], subject: h[1], fiscalYear: h[2], unitId: h[3], unitName: h[4], project: h[5] === '' ? null : h[5], version: h[6], state: h[7], budgetTotal: h[11],
      indicatorCount: rows.length, weightTotal: weight, goalText: h[9], budget: budgetOf(h[1], h[11], h[12], h[13], h[14], h[15]), lead: h[10], revision: h[8], indicators,
      reports: h[16].map(({ startsOn, ...report }) => ({ ...report, periodState: periodState({ startsOn, dueOn: report.dueOn }), rows: rows.length, weight })),
    });
    return `${said.slice(0, -1)},"selfEvaluation":${h[17] ?? 'null'},"versions":${h[18]},"history":${h[19]},"moves":${h[20]},"findings":${h[21]}}`;
  };
}

/** The sum of weights with the places of the longest, as `sum(numeric)` writes it. */
function sum(indicators) {
  const places = Math.max(...indicators.map(({ weight }) => (weight.split('.')[1] ?? '').length));
  return (indicators.reduce((total, { weight }) => total + Math.round(Number(weight) * 100), 0) / 100).toFixed(places);
}

async function orm() {
  const { DataSource, EntitySchema } = await import('typeorm');
  const uuid = (name) => ({ type: 'uuid', ...(name ? { name } : {}) }), text = (name) => ({ type: 'text', nullable: true, ...(name ? { name } : {}) }), money = (name) => ({ type: 'numeric', nullable: true, ...(name ? { name } : {}) }), int = (name) => ({ type: 'integer', ...(name ? { name } : {}) });
  const joined = (target, name, inverseSide) => ({ type: 'many-to-one', target, joinColumn: { name }, ...(inverseSide ? { inverseSide } : {}) });
  const entities = [
    new EntitySchema({ name: 'Unit', tableName: 'budget_unit', columns: { id: { ...uuid(), primary: true }, name: text() } }),
    new EntitySchema({ name: 'Period', tableName: 'reporting_period', columns: { id: { ...uuid(), primary: true }, label: text(), ordinal: int(), startsOn: { type: 'date', name: 'starts_on' }, dueOn: { type: 'date', name: 'due_on' } } }),
    new EntitySchema({ name: 'Report', tableName: 'monitoring_report', columns: { id: { ...uuid(), primary: true }, state: text() }, relations: { table: joined('Table', 'table_id', 'reports'), period: joined('Period', 'period_id') } }),
    new EntitySchema({ name: 'Said', tableName: 'bench_said', columns: { tableId: { ...uuid('table_id'), primary: true }, moves: { type: 'json' }, findings: { type: 'json' }, rest: { type: 'json' } } }),
    new EntitySchema({
      name: 'Indicator', tableName: 'indicator', columns: {
        id: { ...uuid(), primary: true }, ordinal: int(), key: text('indicator_key'), level1: text(), level2: text(), name: text(), targetKind: text('target_kind'), targetComparator: text('target_comparator'),
        targetMagnitude: money('target_magnitude'), targetMagnitudeHigh: money('target_magnitude_high'), targetDate: text('target_date'), targetUnit: text('target_unit'), targetText: text('target_text'),
        targetRaw: text('target_raw'), direction: text(), weight: money(), basis: text(), previousActual: text('previous_actual'), scoringRule: text('scoring_rule'), evidence: text(), accumulation: text(), passThreshold: money('pass_threshold'),
      }, relations: { table: joined('Table', 'table_id', 'indicators') },
    }),
    new EntitySchema({
      name: 'Table', tableName: 'performance_target_table', columns: {
        id: { ...uuid(), primary: true }, subject: text(), fiscalYear: int('fiscal_year'), unitId: uuid('unit_id'), project: text(), version: int(), state: text(), revision: int(), goalText: text('goal_text'), lead: text(),
        budgetTotal: money('budget_total'), budgetFiscal: money('budget_fiscal'), budgetOther: money('budget_other'), budgetHigherLevel: money('budget_higher_level'), budgetLocalLevel: money('budget_local_level'),
      }, relations: {
        unit: joined('Unit', 'unit_id'), indicators: { type: 'one-to-many', target: 'Indicator', inverseSide: 'table' }, reports: { type: 'one-to-many', target: 'Report', inverseSide: 'table' },
        said: { type: 'one-to-one', target: 'Said', joinColumn: { name: 'id', referencedColumnName: 'tableId' } },
      },
    }),
  ];
  const ds = await new DataSource({ type: 'postgres', url: DATABASE_URL, entities, poolSize: POOL }).initialize();
  const tables = ds.getRepository('Table');
  return async (id) => {
    const t = await tables.findOne({ where: { id }, relations: { unit: true, indicators: true, reports: { period: true }, said: true }, order: { indicators: { ordinal: 'ASC' } } });
    const indicators = t.indicators.map((i) => ({
      key: i.key, level1: i.level1, level2: i.level2, name: i.name,
      target: { kind: i.targetKind, comparator: i.targetComparator, magnitude: i.targetKind === 'DATE' ? i.targetDate : i.targetMagnitude, magnitudeHigh: i.targetMagnitudeHigh, unit: i.targetUnit, text: i.targetText, raw: i.targetRaw },
      direction: i.direction, weight: i.weight, basis: i.basis, previousActual: i.previousActual, scoringRule: i.scoringRule, evidence: i.evidence, accumulation: i.accumulation, passThreshold: i.passThreshold, id: i.id, ordinal: i.ordinal,
    }));
    const weight = sum(indicators), { rest } = t.said;
    return {
      id: t.id, subject: t.subject, fiscalYear: t.fiscalYear, unitId: t.unitId, unitName: t.unit.name, project: t.project === '' ? null : t.project, version: t.version, state: t.state, budgetTotal: t.budgetTotal,
      indicatorCount: indicators.length, weightTotal: weight,
      reports: t.reports.map(({ id: of, state, period }) => ({ id: of, periodId: period.id, label: period.label, ordinal: period.ordinal, state, dueOn: period.dueOn, periodState: periodState(period), rows: indicators.length, weight, ...rest.reports[of] })).sort((a, b) => a.ordinal - b.ordinal),
      selfEvaluation: rest.selfEvaluation, goalText: t.goalText, budget: budgetOf(t.subject, t.budgetTotal, t.budgetFiscal, t.budgetOther, t.budgetHigherLevel, t.budgetLocalLevel), lead: t.lead,
      indicators, moves: t.said.moves, findings: t.said.findings, history: rest.history, versions: rest.versions, revision: t.revision,
    };
  };
}

const PATH = '/api/target-tables/';
if (PEER === 'bare') {
  const read = await bare();
  const server = http.createServer(async (request, response) => {
    try {
      const body = await read(request.url.slice(PATH.length));
      response.writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(body) });
      response.end(body);
    } catch (error) { response.writeHead(500); response.end(String(error)); }
  }).listen(0, '127.0.0.1', () => console.log(`READY ${server.address().port}`));
} else {
  const { Controller, Get, Param, Module } = await import('@nestjs/common');
  const { NestFactory } = await import('@nestjs/core');
  const { FastifyAdapter } = await import('@nestjs/platform-fastify');
  const read = await orm();
  class Tables { async one(id) { return read(id); } }
  Controller('api/target-tables')(Tables);
  Get(':id')(Tables.prototype, 'one', Object.getOwnPropertyDescriptor(Tables.prototype, 'one'));
  Param('id')(Tables.prototype, 'one', 0);
  class Peer {}
  Module({ controllers: [Tables] })(Peer);
  const app = await NestFactory.create(Peer, new FastifyAdapter(), { logger: ['error'] });
  await app.listen(0, '127.0.0.1');
  console.log(`READY ${app.getHttpServer().address().port}`);
}
process.on('SIGTERM', () => process.exit(0));
