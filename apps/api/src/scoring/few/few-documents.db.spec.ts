import { RULE_PROFILES } from '@jiheng/domain';
import pg from 'pg';
import { type Province, aProvince } from '../../../test/province';
import { Clock } from '../../platform/clock/clock';
import { linesByPlace, SCORE_LINE_COLUMNS, type ScoreLineColumns, type StoredRowScore } from '../../monitoring/report-score.query';
import { PreparingClient } from '../../platform/database/preparing-client';
import { UnitOfWork } from '../../platform/database/unit-of-work';
import { DocumentsScorer } from '../bulk/documents-scorer';
import { SliceHands } from '../bulk/slice-hands';
import type { ScoredKind } from '../scoring.public';
import { RuleProfileRepository } from '../rule-profile.repository';
import { ShippedProfiles } from '../shipped-profiles';
import { FewDocumentsScorer } from './few-documents-scorer';

const KINDS = ['MONITORING_REPORT', 'SELF_EVALUATION'] as const satisfies readonly ScoredKind[];
const DOCUMENTS: Readonly<Record<ScoredKind, string>> = { MONITORING_REPORT: 'select id from monitoring_report order by id', SELF_EVALUATION: 'select id from self_evaluation order by id' };
// Everything a score says but its own id and when it was computed.
const SCORES = `
  select to_jsonb(s) - 'id' - 'computed_at' as score, r.state, r.facts_mark, r.document_revision, r.fiscal_year from score_request r join score s on s.id = r.score_id and s.fiscal_year = r.fiscal_year
  where r.document_kind = $1 and r.document_id = any($2) order by r.document_id`;

describe('a few documents', () => {
  let province: Province;
  let client: pg.Client;
  let few: FewDocumentsScorer;
  let connection: PreparingClient;
  const nothingAway = Promise.resolve(new Set<number>());

  beforeAll(async () => {
    province = await aProvince({ units: 4, tables: 2, indicators: 12, seed: 11 });
    client = new pg.Client({ connectionString: province.database.url, options: '-c TimeZone=UTC' });
    await client.connect();
    await new ShippedProfiles(new UnitOfWork(province.database.dataSource), new RuleProfileRepository(), new Clock({ JIHENG_TODAY: '2025-01-20' } as never)).record(RULE_PROFILES);
    await someOfEverything();
    const config: pg.ClientConfig & { pipeline: boolean } = { connectionString: province.database.url, pipeline: true, options: '-c TimeZone=UTC' };
    connection = new PreparingClient(config);
    await connection.connect();
    few = new FewDocumentsScorer(connection, () => '2025-01-20');
  });
  afterAll(async () => { await connection?.end(); await client?.end(); await province?.stop(); });

  /** What a generated province lacks: years, reasons, money, more time, values that were corrected, and signs that COPY writes otherwise than they are. */
  async function someOfEverything(): Promise<void> {
    await client.query(`set session_replication_role = replica`);
    const { rows: [person] } = await client.query<{ id: string }>('select id from person limit 1');
    const { rows: [unit] } = await client.query<{ id: string }>('select id from budget_unit limit 1');
    const by = person?.id ?? unit?.id;
    await client.query(`insert into self_evaluation (id, table_id, lineage_id, created_by, created_at, state_since) select gen_random_uuid(), id, lineage_id, $1, now(), now() from performance_target_table where state = 'APPROVED' on conflict do nothing`, [by]);
    await client.query(`update indicator set name = E'名\\t称\\\\ "换"\\n行 ' || ordinal where ordinal % 3 = 0`);
    await client.query(`
      insert into deviation_explanation (id, report_id, indicator_id, indicator_key, revision, causes, sentence, measures, request_id, recorded_by, recorded_at)
      select gen_random_uuid(), r.id, i.id, i.indicator_key, n, case n when 1 then '{FUNDS}'::text[] else '{TARGET_TOO_LOW,OTHER}'::text[] end, '原因', '措施', gen_random_uuid(), $1, now()
      from monitoring_report r join indicator i on i.table_id = r.table_id cross join generate_series(1, 2) n where i.ordinal % 4 = 1`, [by]);
    await client.query(`
      insert into actual (id, report_id, indicator_id, indicator_key, revision, kind, magnitude, unit_symbol, base_magnitude, numerator, denominator, answer, deduction, reached_on, reason, grade, share, note, origin, request_id, recorded_by, recorded_at, fiscal_year)
      select gen_random_uuid(), a.report_id, a.indicator_id, a.indicator_key, a.revision + n, a.kind, case when a.magnitude is not null then a.magnitude * 1.10 + n end, a.unit_symbol, a.base_magnitude, a.numerator, a.denominator, a.answer, a.deduction,
        a.reached_on, a.reason, a.grade, a.share, a.note, 'CORRECTED', gen_random_uuid(), a.recorded_by, now(), a.fiscal_year
      from actual a cross join generate_series(1, 2) n where a.revision = 1 and get_byte(uuid_send(a.report_id), 15) % 3 = 0`);
    await client.query(`insert into report_extension (id, report_id, until, reason, granted_by, granted_at) select gen_random_uuid(), id, '2025-02-01', '补报', $1, now() from monitoring_report where get_byte(uuid_send(id), 15) % 5 = 0`, [by]);
    await client.query(`insert into self_evaluation_answer (id, self_evaluation_id, indicator_key, revision, judgement, explanation, request_id, recorded_by, recorded_at, judgement_by, explanation_by, explanation_at)
      select gen_random_uuid(), e.id, i.indicator_key, n, '{"kind":"JUDGED","grade":"A","share":"0.9","note":"符合"}', case n when 2 then '{"causes":["TARGET_TOO_LOW"],"sentence":"x","measures":"y"}'::jsonb end,
        gen_random_uuid(), $1, now(), $1, $1, case n when 2 then now() end
      from self_evaluation e join indicator i on i.table_id = e.table_id cross join generate_series(1, 2) n where i.target_kind = 'QUAL' or i.ordinal = 2`, [by]);
    await client.query('set session_replication_role = origin');
  }

  const idsOf = async (kind: ScoredKind): Promise<string[]> => (await client.query<{ id: string }>(DOCUMENTS[kind])).rows.map(({ id }) => id);
  /** Scores as a slice of a region does. */
  const asSlice = async (kind: ScoredKind, ids: readonly string[]): Promise<number> => (await new DocumentsScorer(client, () => '2025-01-20', new SliceHands()).score(kind, ids, true)).written;
  const asFew = async (kind: ScoredKind, ids: readonly string[]): Promise<number> => {
    const { statements } = await few.score(kind, ids, nothingAway);
    let written = 0;
    for (const { text, values } of statements) written += (await connection.query(text, [...values])).rowCount ?? 0;
    return written;
  };

  it.each(KINDS)('have the points, digests, marks and columns that a slice of a region gives them (%s)', async (kind) => {
    const ids = await idsOf(kind);
    expect(ids.length).toBeGreaterThan(7);
    await client.query('begin');
    expect(await asSlice(kind, ids)).toBe(ids.length);
    const { rows: ofSlice } = await client.query(SCORES, [kind, ids]);
    await client.query('rollback');
    await connection.query('begin');
    // One, some and many at once are different statements.
    for (let at = 0, some = 1; at < ids.length; at += some, some = some === 1 ? 3 : 20) await asFew(kind, ids.slice(at, at + some));
    const { rows: ofFew } = await connection.query(SCORES, [kind, ids]);
    await connection.query('rollback');
    expect(ofFew).toEqual(ofSlice);
    expect(new Set(ofFew.map(({ score }: { score: { indicator_points: number } }) => score.indicator_points)).size).toBeGreaterThan(3);
  });

  it.each(KINDS)('have their lines read out of the row of their score as the view says them (%s)', async (kind) => {
    const ids = (await idsOf(kind)).slice(0, 8);
    await connection.query('begin');
    await asFew(kind, ids);
    const { rows } = await connection.query<ScoreLineColumns & { keys: string[]; seen: (StoredRowScore & { key: string })[] }>(`
      select ${SCORE_LINE_COLUMNS}, array(select i.indicator_key from indicator i where i.table_id = s.facts_table order by i.ordinal) as keys, (
        select json_agg(x) from (select n.indicator_key as key, n.points::text, n.weight::text, n.attainment_rate::text as "attainmentRate", n.deviation_rate::text as "deviationRate", n.flags,
          n.explanation_owed as "explanationOwed", n.blocked_code as "blockedCode", n.blocked_params as "blockedParams" from indicator_line n where n.score_id = s.id order by n.ordinal) x) as seen
      from score_request r join score s on s.id = r.score_id where r.document_kind = $1 and r.document_id = any($2)`, [kind, ids]);
    await connection.query('rollback');
    expect(rows.length).toBe(8);
    for (const { keys, seen, ...row } of rows) expect([...linesByPlace(row, keys)]).toEqual(seen.map(({ key, ...line }) => [key, line]));
    const lines = rows.flatMap(({ seen }) => seen);
    expect([lines.length, lines.some(({ flags }) => flags.length > 0), lines.some(({ points }) => points !== null && points !== '0.00')]).toEqual([96, true, true]);
  });

  it('that a region has scored are left alone, and those of which only the marks are older are marked', async () => {
    const ids = (await idsOf('MONITORING_REPORT')).slice(0, 5);
    await client.query('begin');
    await asSlice('MONITORING_REPORT', ids);
    await client.query('commit');
    await connection.query('begin');
    expect(await asFew('MONITORING_REPORT', ids)).toBe(0);
    await connection.query(`update score_request set facts_mark = 'older' where document_id = any($1)`, [ids]);
    expect(await asFew('MONITORING_REPORT', ids)).toBe(ids.length);
    expect(await asFew('MONITORING_REPORT', ids)).toBe(0);
    await connection.query('rollback');
  });

  it('whose turn somebody else has are held, the others are scored; those in the archive and those that are gone are neither', async () => {
    const ids = (await idsOf('MONITORING_REPORT')).slice(0, 5);
    const nowhere = '01900000-0000-7000-8000-00000000ffff';
    await client.query('begin');
    await client.query('select 1 from score_request where document_id = any($1) for update', [ids.slice(1, 3)]);
    await connection.query('begin');
    const { there, held } = await few.score('MONITORING_REPORT', [...ids, nowhere], nothingAway);
    expect([[...there].sort(), [...held].sort()]).toEqual([[ids[0], ids[3], ids[4]], [ids[1], ids[2]]]);
    expect(await few.score('MONITORING_REPORT', ids, Promise.resolve(new Set([2024])))).toEqual({ there: [], held: [], statements: [] });
    await connection.query('rollback');
    await client.query('rollback');
  });

  it('whose value was changed and changed back point at the score of then', async () => {
    const [id] = await idsOf('MONITORING_REPORT');
    const point = async (): Promise<unknown> => (await connection.query('select score_id from score_request where document_id = $1', [id])).rows[0];
    const say = (sign: number) => connection.query(`
      insert into actual (id, report_id, indicator_id, indicator_key, revision, kind, magnitude, unit_symbol, base_magnitude, origin, request_id, recorded_by, recorded_at, fiscal_year)
      select gen_random_uuid(), report_id, indicator_id, indicator_key, revision + 1, kind, magnitude + $2::integer, unit_symbol, base_magnitude, 'CORRECTED', gen_random_uuid(), recorded_by, now(), fiscal_year
      from actual where report_id = $1 and kind = 'REPORTED' order by indicator_key, revision desc limit 1`, [id, sign]);
    const move = () => connection.query('update monitoring_report set revision = revision + 1 where id = $1', [id]);
    await connection.query('begin');
    await connection.query('set local session_replication_role = replica');
    await asFew('MONITORING_REPORT', [id ?? '']);
    const before = await point();
    await say(1); await move();
    expect(await asFew('MONITORING_REPORT', [id ?? ''])).toBe(1);
    const between = await point();
    await say(-1); await move();
    expect(await asFew('MONITORING_REPORT', [id ?? ''])).toBe(1);
    expect(between).not.toEqual(before);
    expect(await point()).toEqual(before);
    await connection.query('rollback');
  });

  it('of a slice in which somebody saved or scored while it was read are read again by themselves, and the slice once', async () => {
    const ids = await idsOf('MONITORING_REPORT');
    const touch = async (some: readonly (string | undefined)[]): Promise<void> => {
      await client.query('begin');
      await client.query('set local session_replication_role = replica');
      await client.query(`
        insert into actual (id, report_id, indicator_id, indicator_key, revision, kind, magnitude, unit_symbol, base_magnitude, origin, request_id, recorded_by, recorded_at, fiscal_year)
        select distinct on (report_id) gen_random_uuid(), report_id, indicator_id, indicator_key, revision + 1, kind, magnitude + 1, unit_symbol, base_magnitude, 'CORRECTED', gen_random_uuid(), recorded_by, now(), fiscal_year
        from actual where report_id = any($1) and kind = 'REPORTED' order by report_id, revision desc, indicator_key`, [some]);
      await client.query('update monitoring_report set revision = revision + 1 where id = any($1)', [some]);
      await client.query('commit');
    };
    await client.query('begin');
    await asSlice('MONITORING_REPORT', ids);
    await client.query('commit');
    await touch(ids);
    // Between reading and taking turns a value of the first report is saved, and the second is scored by somebody else.
    const slice = new pg.Client({ connectionString: province.database.url, options: '-c TimeZone=UTC' });
    await slice.connect();
    const send = slice.query.bind(slice) as (...given: unknown[]) => unknown;
    let times = 0;
    slice.query = (async (...given: unknown[]): Promise<unknown> => {
      if (given[0] === 'savepoint before_turns') {
        times += 1;
        await touch(ids.slice(0, 1));
        await connection.query('begin');
        expect(await asFew('MONITORING_REPORT', ids.slice(1, 2))).toBe(1);
        await connection.query('commit');
      }
      return send(...given);
    }) as typeof slice.query;
    // Bulk reads are handed to the driver as they are.
    const asked = slice.query;
    slice.query = ((...given: unknown[]): unknown => (typeof given[0] === 'string' ? (asked as (...all: unknown[]) => unknown)(...given) : send(...given))) as typeof slice.query;
    try {
      await slice.query('begin');
      const { written } = await new DocumentsScorer(slice, () => '2025-01-20', new SliceHands()).score('MONITORING_REPORT', ids, false);
      await slice.query('commit');
      expect([times, written]).toEqual([1, ids.length - 1]);
    } finally { await slice.end(); }
    // Nothing is left to be scored, and no score points at what nobody ever reported.
    await client.query('begin');
    expect(await asSlice('MONITORING_REPORT', ids)).toBe(0);
    await client.query('commit');
    const { rows: [dangling] } = await client.query<{ n: number }>('select count(*)::integer as n from score s where not exists (select 1 from score_request r where r.document_id = s.document_id)');
    expect(dangling?.n).toBe(0);
  });
});
