import { createHash } from 'node:crypto';
import { stableText } from '../src/platform/digest/stable-text';
import { UnitOfWork } from '../src/platform/database/unit-of-work';
import { Scores } from '../src/scoring/scoring.public';
import { MonitoringReportMoves } from '../src/sign-off/monitoring-report.moves';
import { type TestApp, startApp } from './http-app';
import { type Province, aProvince } from './province';

// What `npm run generate` writes is held against the product's own hands: who signs, what is hashed, what keeps a report from being handed in.
describe('a made-up province', () => {
  let province: Province;
  let app: TestApp;
  const rows = (sql: string, params: unknown[] = []): Promise<Record<string, unknown>[]> => province.database.dataSource.query(sql, params);

  beforeAll(async () => {
    province = await aProvince({ units: 10, tables: 2, seed: 5 });
    app = await startApp({ url: province.database.url, role: 'api', today: '2025-01-20' });
  }, 120_000);
  afterAll(async () => {
    await app?.stop();
    await province?.stop();
  });

  it('has signed every signed report over the content that the product would hash, by somebody who recorded none of it', async () => {
    const moves = app.app.get(MonitoringReportMoves, { strict: false });
    const signed = await rows(`
      select r.id, r.revision, s.digest, s.document_version, s.signer_id, s.score_id, a.move, a.revision as moved_to from monitoring_report r
        left join sign_off s on s.document_kind = 'MONITORING_REPORT' and s.document_id = r.id left join workflow_action a on a.id = s.action_id where r.state = 'SIGNED' order by r.id`);
    expect(signed.length).toBeGreaterThan(60);
    await app.app.get(UnitOfWork).always(async (tx) => {
      for (const { id, revision, digest, document_version: version, signer_id: signer, score_id: score, move, moved_to: movedTo } of signed) {
        const document = await moves.lock(tx, String(id));
        if (document === null) throw new Error('no such report');
        const content = stableText({ content: await moves.signedContent(tx, document), score: null });
        expect({ digest, score, move, movedTo, version }).toEqual({ digest: createHash('sha256').update(content).digest('hex'), score: null, move: 'sign', movedTo: revision, version: Number(revision) - 1 });
        expect(await moves.recordersOf(tx, document)).not.toContain(signer);
      }
    });
  });

  it('has handed in nothing with a row unanswered or impossible, and told how each document came to its state', async () => {
    const moves = app.app.get(MonitoringReportMoves, { strict: false });
    const handedIn = await rows(`select id from monitoring_report where state in ('SUBMITTED', 'REVIEWED', 'SIGNED') order by id`);
    await app.app.get(UnitOfWork).always(async (tx) => {
      for (const { id } of handedIn) {
        const document = await moves.lock(tx, String(id));
        if (document === null) throw new Error('no such report');
        // What is handed in cannot be edited, of course; rows are what is asked about here.
        expect((await moves.findGuards(tx, document, ['rowsAnswered', 'findingsCleared'], null)).blockers.filter(({ guard }) => guard !== 'periodOpen')).toEqual([]);
      }
    });
    const last = (kind: string, table: string): Promise<Record<string, unknown>[]> => rows(`
      select d.id, d.state, d.revision, a.to_state, (select count(*)::integer from workflow_action w where w.document_kind = $1 and w.document_id = d.id) as moves from ${table} d
        left join lateral (select to_state from workflow_action w where w.document_kind = $1 and w.document_id = d.id order by w.id desc limit 1) a on true
      where coalesce(a.to_state, 'DRAFT') <> d.state or d.revision <> (select count(*) from workflow_action w where w.document_kind = $1 and w.document_id = d.id)`, [kind]);
    expect(await last('MONITORING_REPORT', 'monitoring_report')).toEqual([]);
    expect(await last('SELF_EVALUATION', 'self_evaluation')).toEqual([]);
    // Silence is still found where it belongs: in what is being written.
    expect((await rows(`select 1 from monitoring_report r join indicator i on i.table_id = r.table_id where not exists (select 1 from actual a where a.report_id = r.id and a.indicator_id = i.id and a.fiscal_year = r.fiscal_year)
      and r.state in ('DRAFT', 'RETURNED')`)).length).toBeGreaterThan(0);
  });

  it('can score every year that has an evaluation, so that a report of it can be made', async () => {
    const scores = app.app.get(Scores);
    const evaluations = await rows('select id from self_evaluation order by id');
    expect(evaluations.length).toBeGreaterThan(5);
    for (const { id } of evaluations) expect(await scores.score('SELF_EVALUATION', String(id))).toMatchObject({ ok: true, value: { total: expect.stringMatching(/^\d+(\.\d+)?$/) as string } });
  });
});
