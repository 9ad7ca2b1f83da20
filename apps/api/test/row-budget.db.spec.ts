import { randomUUID } from 'node:crypto';
import { STAGED_RULES } from '@jiheng/domain';
import pg from 'pg';
import { hashPassword } from '../src/budget-unit/password';
import { type EarlierOf, MonitoringReports } from '../src/monitoring/monitoring.public';
import { UnitOfWork } from '../src/platform/database/unit-of-work';
import { KeepRollUp } from '../src/roll-up/keep-roll-up.service';
import { type Client, type TestApp, startApp } from './http-app';
import { type Province, aProvince } from './province';

/** Tables of at least so many rows are never read whole for a page. */
const BIG = 2_000;
/** Rows a statement may read for each row it answers, and those it may read at all events: a page of fifty tables looks at their rows and values. */
const PER_ROW = 60, AT_ANY_RATE = 2_000;

interface Sent { readonly text: string; readonly values: readonly unknown[] }
interface Plan {
  readonly 'Node Type': string; readonly 'Relation Name'?: string; readonly 'Actual Rows': number; readonly 'Actual Loops': number; readonly 'Rows Removed by Filter'?: number;
  readonly 'Rows Removed by Index Recheck'?: number; readonly Plans?: readonly Plan[];
}

function nodesOf(plan: Plan): Plan[] {
  return [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];
}

/** Figures over everything a reader may see: they read what they count, so their bound is what they may count. */
const FIGURES: readonly { readonly of: RegExp; readonly why: string; readonly atMost: number }[] = [
  { of: /count\(\*\)::int as count from job_run/, why: 'jobs of the last thirty days by state; jobs are forgotten after three years', atMost: 10_000 },
  { of: /count\(o\.id\)::int as observed/, why: 'statistics of the sources shown, a thousand at most', atMost: 40_000 },
];

/** What is wrong with a plan: whole big tables, or far more rows than were asked for. */
function troublesOf(text: string, plan: Plan, sizes: ReadonlyMap<string, number>): string[] {
  const scans = nodesOf(plan).filter((node) => node['Relation Name'] !== undefined && node['Actual Loops'] > 0);
  const whole = scans.filter((node) => node['Node Type'] === 'Seq Scan' && (sizes.get(node['Relation Name'] ?? '') ?? 0) >= BIG).map((node) => `reads all of ${node['Relation Name']}`);
  const readBy = (node: Plan): number => (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Index Recheck'] ?? 0)) * node['Actual Loops'];
  const read = Math.round(scans.reduce((sum, node) => sum + readBy(node), 0)), budget = FIGURES.find(({ of }) => of.test(text))?.atMost ?? AT_ANY_RATE + PER_ROW * plan['Actual Rows'];
  const most = [...scans].sort((one, other) => readBy(other) - readBy(one))[0];
  return read > budget ? [...whole, `reads ${read} rows for ${plan['Actual Rows']} (at most ${budget}), ${Math.round(most === undefined ? 0 : readBy(most))} of ${most?.['Relation Name']}`] : whole;
}

let sent: Sent[] | null = null;

/** Has every connection of this process write down what it is asked; to be called before the first one is made, since connections keep what they found. */
function listen(): void {
  const query = pg.Client.prototype.query as (...given: unknown[]) => unknown;
  pg.Client.prototype.query = function recorded(this: pg.Client, ...given: unknown[]): unknown {
    const [first, second] = given;
    const asked = typeof first === 'string' ? { text: first, values: Array.isArray(second) ? second : [] } : (first as { text?: string; values?: unknown[] });
    if (typeof asked.text === 'string') sent?.push({ text: asked.text, values: asked.values ?? [] });
    return query.apply(this, given);
  } as typeof pg.Client.prototype.query;
}

/** The reading statements sent while `work` runs. */
async function sentDuring(work: () => Promise<unknown>): Promise<Sent[]> {
  const heard: Sent[] = [];
  sent = heard;
  try { await work(); } finally { sent = null; }
  return heard.filter(({ text }) => /^\s*(?:select|with)\b/i.test(text) && !/\bpg_(?:advisory|notify)|set_config/.test(text));
}

// 300 units with 3,000 tables: enough that a statement without an index shows, whoever asks it.
describe('every statement behind a page', () => {
  let province: Province;
  let app: TestApp;
  let sizes: ReadonlyMap<string, number>;
  let found: Readonly<Record<string, string>>;
  const people: Record<string, Client> = {};
  const sql = <T = Record<string, string>>(text: string, params: unknown[] = []): Promise<T[]> => province.database.dataSource.query(text, params);

  beforeAll(async () => {
    listen();
    province = await aProvince({ units: 300, tables: 10 });
    app = await startApp({ url: province.database.url, today: '2025-01-09' });
    await furnish(sql);
    await app.app.get(KeepRollUp, { strict: false }).countAll();
    await sql('analyze');
    sizes = new Map((await sql<{ name: string; rows: string }>(`select relname as name, greatest(reltuples, 0)::bigint as rows from pg_class where relkind = 'r'`)).map(({ name, rows }) => [name, Number(rows)]));
    const [one] = await sql(`
      select t.id as "table", t.unit_id as unit, u.parent_id as county, i.id as row, t.lineage_id as lineage,
        (select r.id from monitoring_report r join reporting_period p on p.id = r.period_id where r.lineage_id = t.lineage_id and p.ordinal = 4) as report
      from performance_target_table t join budget_unit u on u.id = t.unit_id join indicator i on i.table_id = t.id order by t.id, i.ordinal limit 1`);
    const [year] = await sql('select id from self_evaluation order by id limit 1');
    const [score] = await sql('select score_id as id from score_request where document_id = $1', [one?.['report']]);
    const [others] = await sql(`select (select id from document_import order by id limit 1) as import, (select id from observation order by id limit 1) as observation, (select id from pull_source order by id limit 1) as source,
      (select p.display_name from job_run r join person p on p.id = r.requested_by limit 1) as asker`);
    found = { ...one, ...others, evaluation: year?.['id'] ?? '', score: score?.['id'] ?? '', top: province.unitId } as Record<string, string>;
    const hash = await hashPassword(province.password);
    for (const [login, role, unit] of [['writes', 'reporter', found['unit']], ['reviews', 'reviewer', found['unit']], ['leads', 'manager', found['unit']], ['county', 'department', found['county']], ['money', 'finance', province.unitId]] as const) {
      const id = randomUUID();
      await sql('insert into person (id, login, display_name, password_hash) values ($1, $2, $2, $3)', [id, login, hash]);
      await sql('insert into role_assignment (person_id, role, unit_id) values ($1, $2, $3)', [id, role, unit]);
      people[login] = await app.signedIn(login, province.password);
    }
    people['keeps'] = await app.signedIn(province.login, province.password);
  }, 300_000);
  afterAll(async () => {
    await app?.stop();
    await province?.stop();
  });

  it.each<[page: string, who: string, address: string]>([
    ['my work, of who writes', 'writes', '/work'], ['my work, of who leads', 'leads', '/work'], ['my work, of a county', 'county', '/work'], ['my work, of the province', 'money', '/work'],
    ['the tables of a unit', 'writes', '/target-tables'], ['the tables of the province', 'money', '/target-tables'], ['the tables of a year', 'money', '/target-tables?fiscalYear=2024'],
    ['the tables of a county', 'money', '/target-tables?unitId={county}&fiscalYear=2024'], ['tables by a word', 'money', '/target-tables?search=示例项目3'],
    ['one table', 'writes', '/target-tables/{table}'], ['the entry sheet', 'writes', '/monitoring-reports/{report}'], ['the points of the entry sheet', 'writes', '/monitoring-reports/{report}/points'], ['the review', 'reviews', '/monitoring-reports/{report}'], ['the sign-off', 'leads', '/monitoring-reports/{report}'],
    ['the history of a value', 'writes', '/monitoring-reports/{report}/actuals/{row}/history'], ['the history of money', 'writes', '/monitoring-reports/{report}/execution/history'],
    ['a score with its steps', 'leads', '/scores/{score}'], ['a self-evaluation', 'money', '/self-evaluations/{evaluation}'],
    ['jobs, of the province', 'keeps', '/jobs'], ['jobs, of a unit', 'writes', '/jobs'], ['jobs by who asked for them', 'keeps', '/jobs?q={asker}'], ['jobs by a word, of a unit', 'writes', '/jobs?q=没有这样的人'], ['causes of failed jobs', 'keeps', '/jobs/causes'], ['notices', 'writes', '/jobs/notices'],
    ['the roll-up of the province', 'money', '/roll-ups?fiscalYear=2024&periodOrdinal=4'], ['the roll-up of a county', 'county', '/roll-ups?fiscalYear=2024&unitId={county}'], ['the roll-up of the province, the next units', 'money', '/roll-ups?fiscalYear=2024&periodOrdinal=4&after=0'], ['the roll-up as a file', 'money', '/roll-ups/table.csv?fiscalYear=2024&periodOrdinal=4'], ['who is late', 'money', '/roll-ups/outstanding?fiscalYear=2024&periodOrdinal=4'],
    ['sources', 'writes', '/pull-sources'], ['bindings of a source', 'keeps', '/pull-sources/{source}/bindings'], ['an observation', 'keeps', '/observations/{observation}'], ['reconciliation', 'keeps', '/reconciliation'], ['reconciliation, of a county', 'county', '/reconciliation'],
    ['imports', 'keeps', '/imports'], ['one import', 'keeps', '/imports/{import}'], ['the open warnings of an import', 'keeps', '/imports/{import}/open-findings'], ['what imports say of a report', 'writes', '/imports/remarks?reportId={report}'],
    ['people', 'keeps', '/people'], ['people by a word', 'keeps', '/people?q=经办29'], ['units', 'keeps', '/units'], ['units of a county', 'county', '/units'], ['a unit by a word', 'keeps', '/units?q=单位7'], ['the history of a unit', 'keeps', '/units/{unit}/history'], ['the rules', 'keeps', '/rule-profiles'], ['assignments of rules', 'keeps', '/rule-profile-assignments'],
    ['the periods', 'writes', '/periods'],
  ])('%s (%s)', async (_, who, address) => {
    const path = `/api${address.replace(/\{(\w+)\}/g, (__, name: string) => found[name] ?? '')}`;
    let status = 0;
    const sent = await sentDuring(async () => { ({ status } = await (people[who] as Client).get(encodeURI(path))); });
    expect([path, status]).toEqual([path, 200]);
    expect(sent.length).toBeGreaterThan(0);
    expect(await troublesIn(sent)).toEqual([]);
  });

  it('the earlier quarters of the values of a pull', async () => {
    const cells = await sql<{ reportId: string; indicatorKey: string }>(
      'select r.id as "reportId", i.indicator_key as "indicatorKey" from monitoring_report r join reporting_period p on p.id = r.period_id and p.ordinal = 4 join indicator i on i.table_id = r.table_id order by r.id, i.ordinal limit 60');
    let earlierOf: EarlierOf = () => [];
    const sent = await sentDuring(async () => { earlierOf = await app.app.get(MonitoringReports, { strict: false }).earlierInYear(app.app.get(UnitOfWork, { strict: false }).db, cells); });
    // One row in a dozen is a wording that the generator leaves unsaid.
    const told = cells.filter((cell) => earlierOf(cell).map(({ ordinal }) => ordinal).join() === '1,2,3').length;
    expect([sent.length, told >= 50]).toEqual([1, true]);
    expect(await troublesIn(sent)).toEqual([]);
  });

  /** What is wrong with the plans of statements, each with its statement. */
  async function troublesIn(statements: readonly Sent[]): Promise<string[]> {
    const troubles: string[] = [];
    const client = new pg.Client({ connectionString: province.database.url });
    await client.connect();
    try {
      // Where tables are large PostgreSQL avoids reading them whole; here it is told to, so that the plans of a province come out of thousands of tables.
      await client.query('set enable_seqscan = off; set jit = off');
      for (const { text, values } of statements) {
        await client.query('begin');
        const { rows } = await client.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>({ text: `explain (analyze, format json, costs off, timing off) ${text}`, values: [...values] });
        await client.query('rollback');
        for (const trouble of troublesOf(text, (rows[0] as { 'QUERY PLAN': [{ Plan: Plan }] })['QUERY PLAN'][0].Plan, sizes)) troubles.push(`${trouble}: ${text.replace(/\s+/g, ' ').trim().slice(0, 400)}`);
      }
    } finally { await client.end(); }
    return troubles;
  }
});

/** Points, moves, jobs, sources, imports and a past for the province: what the generator leaves out, by the thousand. */
async function furnish(sql: (text: string, params?: unknown[]) => Promise<Record<string, string>[]>): Promise<void> {
  await sql(`set session_replication_role = replica;
    insert into score (id, document_kind, document_id, profile_id, engine_version, inputs_digest, inputs, indicator_points, applicable_weight, rescaled, computed_at, fiscal_year, line_ids, line_points, line_lost, line_rates, line_deviations, line_flags)
      select gen_random_uuid(), 'MONITORING_REPORT', r.id, p.id, '1', repeat(d::text, 64), '{}', 80, 90, false, now() - d * interval '1 day', r.fiscal_year, i.ids, array_fill(500, array[12]), array_fill(250, array[12]), array_fill(0.9::numeric, array[12]),
        array_fill(null::numeric, array[12]), array_fill(0, array[12])
      from monitoring_report r cross join (select id from rule_profile order by name limit 1) p cross join generate_series(0, 1) d
        cross join lateral (select array_agg(id order by ordinal) as ids from indicator where table_id = r.table_id) i;
    insert into score_request (document_kind, document_id, state, score_id, fiscal_year, requested_at) select document_kind, document_id, 'DONE', id, fiscal_year, now() from score where inputs_digest = repeat('0', 64);
    insert into score_request (document_kind, document_id, state, requested_at) select 'SELF_EVALUATION', id, 'WAITING', now() from self_evaluation;
    insert into workflow_action (id, document_kind, document_id, revision, move, from_state, to_state, actor_id, role, at)
      select gen_random_uuid(), 'MONITORING_REPORT', r.id, n, 'submit', 'DRAFT', 'SUBMITTED', w.id, 'reporter', now() from monitoring_report r cross join generate_series(1, 2) n cross join (select id from person order by id limit 1) w
      -- reports of the generator that are signed have a past of their own
      on conflict on constraint workflow_action_once do nothing;
    insert into evidence (id, report_id, indicator_id, indicator_key, file_name, media_type, size_bytes, sha256, uploaded_by, uploaded_at)
      select gen_random_uuid(), r.id, i.id, i.indicator_key, '台账.pdf', 'application/pdf', 1, repeat('c', 64), w.id, now() from monitoring_report r join indicator i on i.table_id = r.table_id and i.ordinal = 1 cross join (select id from person order by id limit 1) w;
    insert into deviation_explanation (id, report_id, indicator_id, indicator_key, revision, causes, sentence, measures, request_id, recorded_by, recorded_at)
      select gen_random_uuid(), r.id, i.id, i.indicator_key, 1, '{STAFF}', '轮岗', '补足', gen_random_uuid(), w.id, now() from monitoring_report r join indicator i on i.table_id = r.table_id and i.ordinal = 2 cross join (select id from person order by id limit 1) w;
    insert into pull_source (id, unit_id, name, kind, place, rows_path, key_field, value_field, owner_id, created_at)
      select gen_random_uuid(), u.id, '业务系统', 'SHEET_FOLDER', 'a', '$.rows[*]', 'key', 'value', w.id, now() from budget_unit u cross join (select id from person order by id limit 1) w where u.kind = 'UNIT';
    insert into pull_source (id, unit_id, name, kind, place, rows_path, key_field, value_field, owner_id, created_at)
      select gen_random_uuid(), s.unit_id, '备用系统' || n, s.kind, s.place, s.rows_path, s.key_field, s.value_field, s.owner_id, now() from pull_source s cross join generate_series(1, 3) n;
    insert into pull_mapping (source_id, indicator_key, ordinal, field, unit_symbol) select id, 'r1', 1, 'a', '' from pull_source where name = '业务系统';
    insert into pull_run (id, source_id, period_id, state, requested_at, finished_at) select gen_random_uuid(), s.id, p.id, 'DONE', now(), now() from pull_source s cross join reporting_period p cross join generate_series(1, 3) where s.name = '业务系统';
    insert into observation (id, pull_run_id, source_key, verbatim, sha256, indicator_key, report_id, outcome, observed_at)
      select gen_random_uuid(), g.id, 'k' || n, '1', repeat('d', 64), 'r' || n, (select r.id from monitoring_report r join performance_target_table t on t.id = r.table_id where t.unit_id = s.unit_id and r.period_id = g.period_id limit 1), 'CANDIDATE', now() - random() * interval '300 days'
      from pull_run g join pull_source s on s.id = g.source_id cross join generate_series(1, 3) n;
    insert into candidate (id, report_id, indicator_id, indicator_key, actual, outcome, observation_id, source_name, observed_at, verbatim, sha256, settlement, settled_by, settled_at, source_id)
      select gen_random_uuid(), o.report_id, i.id, i.indicator_key, '{"kind":"REPORTED","magnitude":"1","unit":null}', 'CANDIDATE', o.id, '业务系统', o.observed_at, '1', repeat('d', 64), 'ACCEPTED', w.id, o.observed_at, g.source_id
      from observation o join pull_run g on g.id = o.pull_run_id join monitoring_report r on r.id = o.report_id join indicator i on i.table_id = r.table_id and i.indicator_key = o.indicator_key cross join (select id from person order by id limit 1) w;
    insert into person (id, login, display_name, password_hash) select gen_random_uuid(), 'p' || n, '经办' || n, '!' from generate_series(1, 3000) n;
    insert into role_assignment (person_id, role, unit_id) select w.id, 'reporter', u.id from (select id, row_number() over (order by id) as n from person where login like 'p%') w join (select id, row_number() over (order by id) as n from budget_unit) u on u.n = w.n % 300 + 1;
    insert into job_run (id, name, title_zh, title_en, state, unit_id, requested_by, created_at, finished_at, failure_code, failure_zh, failure_en)
      select gen_random_uuid(), 'run-pull', '取数' || g % 1500, 'pull', case when g % 40 = 0 then 'FAILED' else 'DONE' end, u.id, w.id, now() - g * interval '1 minute', now(), case when g % 40 = 0 then 'pull.source-away' end, case when g % 40 = 0 then '来源没有应答' end, case when g % 40 = 0 then 'away' end
      from generate_series(1, 6000) g join (select id, row_number() over (order by id) as n from budget_unit) u on u.n = g % 300 + 1 cross join (select id from person order by id limit 1) w;
    insert into job_notice (id, subject, kind, person_id, title_zh, title_en, sentence_zh, sentence_en, created_at) select gen_random_uuid(), 'x' || w.id, 'OUTAGE', w.id, '取数', 'pull', '停', 'away', now() from person w;
    insert into audit_event (id, actor_name, action, subject_id, facts) select gen_random_uuid(), '示例', 'actual.recorded', r.id::text, '{}' from monitoring_report r;
    insert into audit_event (id, actor_name, action, subject_id, facts) select gen_random_uuid(), '示例', 'unit.renamed', u.id::text, '{}' from budget_unit u cross join generate_series(1, 3);
    insert into document_import (id, unit_id, file_name, size_bytes, sha256, state, created_by, created_at) select gen_random_uuid(), u.id, '目标表.xlsx', 1, repeat('e', 64), 'STAGED', w.id, now() from budget_unit u cross join generate_series(1, 8) cross join (select id from person order by id limit 1) w;
    insert into import_table (import_id, ordinal, read, subject, fiscal_year, project, budget_unit, row_count, weight_total, doubtful, errors, warnings, gaps, rules)
      select i.id, n, '{}', 'PROJECT', 2024, '示例项目' || n, '', 12, 90, 0, 0, 0, 0, ${STAGED_RULES} from document_import i cross join generate_series(0, 1) n;
    insert into import_table (import_id, ordinal, read, subject, fiscal_year, project, budget_unit, row_count, weight_total, doubtful, errors, warnings, gaps, open_warnings, rules)
      select (select id from document_import order by id limit 1), n, '{}', 'PROJECT', 2024, '示例项目' || n, '', 12, 90, 0, 0, 3, 0, '[{"code":"Q-H3","count":2,"zh":"没有上年完成值","en":"no value"},{"code":"Q-D1","count":1,"zh":"建议改为≤","en":"use ≤"}]', ${STAGED_RULES} from generate_series(2, 601) n;
    insert into import_acceptance (id, import_id, ordinal, target_table_id, how, title, revision, accepted_by, accepted_at, undone_by, undone_at)
      select gen_random_uuid(), i.id, n, gen_random_uuid(), 'CREATED', '示例项目', 0, i.created_by, now(), i.created_by, now() from document_import i cross join generate_series(0, 1) n;
    set session_replication_role = origin`);
}
