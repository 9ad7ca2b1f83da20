import pg from 'pg';
import { freshDatabase, type TestDatabase } from '../../../test/database';
import { CELL_READ } from '../../monitoring/cell-read';
import { ExecutionQuery } from '../../monitoring/execution.query';
import { ReportFactsQuery } from '../../monitoring/report-facts.query';
import { ReportPointsQuery } from '../../monitoring/report-points.query';
import { ReportScoreQuery } from '../../monitoring/report-score.query';
import { readFew } from '../../scoring/few/few-documents.query';
import { BY_KEYS } from './hot-lane';
import type { Prepared, Reads } from './prepared';

/** What grows from nothing within a year, by the hundred thousand. */
const GROWING = /^(?:score|score_request|actual|budget_execution_part)(?:_\d{4}|_default)?$/u;

interface Node { readonly 'Node Type': string; readonly 'Relation Name'?: string; readonly 'Index Cond'?: string; readonly Plans?: readonly Node[] }

/** By what a row of them is looked up; the year alone is no key. */
const BY_KEY = /\b(?:id|document_id|report_id|execution_id) =/u;

/** Scans of growing tables that are not bound to a key: each would walk through all rows of its year. */
function walksIn(node: Node): string[] {
  const own = GROWING.test(node['Relation Name'] ?? '') && !BY_KEY.test(node['Index Cond'] ?? '') ? [`${node['Node Type']} of ${node['Relation Name'] ?? ''} by ${node['Index Cond'] ?? 'nothing'}`] : [];
  return [...own, ...(node.Plans ?? []).flatMap(walksIn)];
}

describe('statements that are planned once and kept', () => {
  let database: TestDatabase;
  let client: pg.Client;
  beforeAll(async () => {
    database = await freshDatabase();
    client = new pg.Client({ connectionString: database.url, options: `-c plan_cache_mode=force_generic_plan ${BY_KEYS}` });
    await client.connect();
    // As after a restore, or a new year's first night: PostgreSQL knows for certain that the tables hold nothing.
    await client.query('vacuum (analyze)');
  });
  afterAll(async () => { await client.end(); await database.stop(); });

  const planOf = async (sql: string, params: readonly unknown[]): Promise<string[]> => {
    await client.query(`prepare kept as ${sql}`);
    try {
      const { rows: [row] } = await client.query<{ 'QUERY PLAN': [{ Plan: Node }] }>(`explain (format json) execute kept(${params.map((one) => (one === null ? 'null' : `'${String(one)}'`)).join(', ')})`);
      return walksIn((row as { 'QUERY PLAN': [{ Plan: Node }] })['QUERY PLAN'][0].Plan);
    } finally { await client.query('deallocate kept'); }
  };

  const ID = '019b0000-0000-7000-8000-000000000001';
  /** What a query asks of the lane. */
  const askedBy = async (ask: (reads: Reads) => Promise<unknown>): Promise<{ readonly sql: string; readonly params: readonly unknown[] }> => {
    let asked: { readonly sql: string; readonly params: readonly unknown[] } | null = null;
    const note = (sql: string, params: readonly unknown[]): void => { asked ??= { sql, params: params.map((one) => (Array.isArray(one) ? `{${one.join(',')}}` : one)) }; };
    await ask({ rows: (_name, sql, params) => { note(sql, params); return Promise.resolve([]); }, one: (_name, sql, params) => { note(sql, params); return Promise.resolve(null); } });
    if (asked === null) throw new Error('nothing was asked');
    return asked;
  };
  const nothing = null as never;

  it.each<[string, () => Promise<{ readonly sql: string; readonly params: readonly unknown[] }>]>([
    ['the cell of a save', async () => ({ sql: CELL_READ.sql((n) => `$${n}`), params: [ID, ID] })],
    ['points of open pages', () => askedBy((reads) => new ReportPointsQuery(nothing, nothing, nothing, nothing, nothing, nothing).read([ID], reads))],
    ['the score of a report', () => askedBy((reads) => new ReportScoreQuery(nothing, nothing, nothing).stored(reads, ID))],
    ['the values of a report', () => askedBy((reads) => new ReportFactsQuery().actuals(reads, ID))],
    ['the money of a report', () => askedBy((reads) => new ExecutionQuery(null as unknown as Prepared).view(ID, reads))],
    ['the facts of a quarter', async () => ({ sql: readFew('MONITORING_REPORT'), params: [`{${ID}}`] })],
    ['the facts of a year', async () => ({ sql: readFew('SELF_EVALUATION'), params: [`{${ID}}`] })],
  ])('%s: looked up by keys, although the year is empty when the plan is made', async (_, of) => {
    const { sql, params } = await of();
    expect(await planOf(sql, params)).toEqual([]);
  });

  it('would walk through the year as plain joins: that is what the fence is for', async () => {
    expect(await planOf('select s.total from score_request q left join score s on s.id = q.score_id and s.fiscal_year = q.fiscal_year where q.document_kind = \'MONITORING_REPORT\' and q.document_id = $1', [ID])).not.toEqual([]);
  });
});
