import { randomUUID } from 'node:crypto';
import type { MonitoringReportView, Problem, RuleProfileList, SelfEvaluationView } from '@jiheng/contract';
import { MOF_2020_10, RULE_PROFILES } from '@jiheng/domain';
import { startApp } from '../../test/http-app';
import { waitFor } from '../../test/wait-for';
import { type World, type WorldApp, aWorld } from '../../test/world';
import { KZ_A_YEAR, deskOf, granted, signQuarter } from '../../test/year';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { RuleProfileRepository } from './rule-profile.repository';
import { ShippedProfiles } from './shipped-profiles';

describe('points', () => {
  let world: World;
  let app: WorldApp;

  const count = async (sql: string, params: unknown[] = []): Promise<number> => Number((await world.dataSource.query<{ n: string }[]>(sql, params))[0]?.n);

  beforeAll(async () => {
    world = await aWorld();
    app = await world.start({ role: 'all' });
  });
  afterAll(async () => {
    await app?.stop();
    await world?.stop();
  });

  it('are computed by profiles on record: both that ship, and a start over a changed one is refused', async () => {
    const { profiles } = await granted((await app.as('kz.reporter')).get<RuleProfileList>('/api/rule-profiles'));
    expect(profiles.map((profile) => `${profile.name} v${profile.version}${profile.isDefault ? ' default' : ''}`)).toEqual(['MOF-2020-10 v1 default', 'MOF-2021-101 v1']);
    const shipped = new ShippedProfiles(new UnitOfWork(world.dataSource), new RuleProfileRepository(), { now: () => new Date(), today: () => '2025-01-09' } as never);
    await expect(shipped.record(RULE_PROFILES)).resolves.toBeUndefined();
    await expect(shipped.record([{ ...MOF_2020_10, reverseFormula: 'LIN_2T' }])).rejects.toThrow('评分规则“MOF-2020-10”第 1 版与已入库的内容不一致');
    await expect(world.dataSource.query(`update rule_profile set parameters = '{}'`)).rejects.toThrow('append-only');
  });

  it('cannot lie outside 0 and the weight, whoever writes', async () => {
    await granted((await app.as('kz.reporter')).put(`/api/monitoring-reports/${world.report('KZ-U', 4)}/actuals/${world.tables['KZ-U'].indicatorId('KZ-U6')}`, {
      requestId: randomUUID(), expectedRevision: 0, actual: { kind: 'REPORTED', magnitude: '26.4', unit: '万人' },
    }));
    const [line] = await waitFor('a score', async () => {
      const rows = await world.dataSource.query<{ score_id: string; indicator_id: string }[]>(`select score_id, indicator_id from indicator_line where points = 20`);
      return rows.length > 0 ? rows : null;
    });
    const other = world.tables['KZ-A'].indicatorId('KZ-A1');
    await expect(world.dataSource.query(`insert into indicator_score values ($1, $2, 'x', 99, 20.01, 20, null, null, '{}', false, null, null, 2024)`, [line?.score_id, other])).rejects.toThrow('indicator_score_points_in_bounds');
    await expect(world.dataSource.query(`insert into indicator_score values ($1, $2, 'x', 99, -0.01, 20, null, null, '{}', false, null, null, 2024)`, [line?.score_id, other])).rejects.toThrow('indicator_score_points_in_bounds');
  });

  it('of many changes at once end at the last: no older computation overtakes a newer one', async () => {
    const reporter = await app.as('kz.reporter');
    const path = `/api/monitoring-reports/${world.report('KZ-U', 4)}`;
    const row = world.tables['KZ-U'].indicatorId('KZ-U6');
    for (let revision = 1; revision <= 8; revision += 1) {
      await granted(reporter.put(`${path}/actuals/${row}`, { requestId: randomUUID(), expectedRevision: revision, actual: { kind: 'REPORTED', magnitude: `25.${revision}`, unit: '万人' } }));
    }
    // 20 × 25.8 / 26.10
    await waitFor('the last points', async () => (await granted(reporter.get<MonitoringReportView>(path))).rows.find((one) => one.indicator.key === 'KZ-U6')?.score?.points === '19.77');
    await waitFor('the queue to be empty', async () => (await count('select count(*) as n from outbox_message where rung_at is null')) === 0);
    await new Promise((done) => setTimeout(done, 600));
    expect((await granted(reporter.get<MonitoringReportView>(path))).rows.find((one) => one.indicator.key === 'KZ-U6')?.score?.points).toBe('19.77');
  });

  it('of a document that is gone fail once, with a sentence, and are not tried again', async () => {
    const nowhere = randomUUID();
    await world.dataSource.query(`insert into outbox_message (id, kind, name, payload) values ($1, 'JOB', 'score-monitoring-report', $2)`, [randomUUID(), JSON.stringify({ reportId: nowhere })]);
    await waitFor('the failure', async () => (await count(`select count(*) as n from score_request where document_id = $1 and state = 'FAILED' and failure_zh is not null`, [nowhere])) === 1);
  });

  it('a signature at midnight meets points that only the day has changed: refused once, then signed', async () => {
    // MN-B has a judged row that nobody filled in; past the due day its silence earns zero instead of nothing.
    const report = world.report('MN-B', 4);
    const path = `/api/monitoring-reports/${report}`;
    const reporter = await app.as('mn.reporter');
    const cells = ['240', '100', '100', '12', '120', '', '96'];
    for (const [at, row] of (await granted(reporter.get<MonitoringReportView>(path))).rows.entries()) {
      if (cells[at] === '') continue;
      await granted(reporter.put(`${path}/actuals/${row.indicator.id}`, { requestId: randomUUID(), expectedRevision: 0, actual: { kind: 'REPORTED', magnitude: cells[at], unit: row.indicator.target.unit } }));
    }
    const view = async () => granted(reporter.get<MonitoringReportView>(path));
    const move = async (client: typeof reporter, name: string, scoreId: string | null = null) =>
      client.post<{ state: string } & Problem>(`${path}/moves`, { move: name, expectedRevision: (await view()).revision, scoreId });
    await granted(move(reporter, 'submit'));
    await granted(move(await app.as('mn.reviewer'), 'review'));
    const seen = (await view()).score.scoreId;
    const later = await startApp({ url: world.database.url, today: '2025-02-01' });
    try {
      const manager = await later.signedIn('mn.manager', 'jiheng-test-2024');
      expect((await move(manager, 'sign', seen)).body.code).toBe('workflow.points-changed');
      const now = (await view()).score.scoreId;
      expect(now).not.toBe(seen);
      expect((await move(manager, 'sign', now)).body.state).toBe('SIGNED');
    } finally {
      await later.stop();
    }
  });

  it('of a year follow a quarter that is opened again and corrected', async () => {
    const desk = await deskOf(app);
    for (const [at, cells] of KZ_A_YEAR.entries()) await signQuarter(world, desk, 'KZ-A', at + 1, cells, at === 3 ? '8.00' : null);
    const year = await granted(desk.reporter.post<SelfEvaluationView>('/api/self-evaluations', { tableId: world.tables['KZ-A'].id }));
    const path = `/api/monitoring-reports/${world.report('KZ-A', 4)}`;
    const points = async () => (await world.dataSource.query<{ points: string }[]>(
      `select i.points from score_request r join indicator_line i on i.score_id = r.score_id where r.document_id = $1 and i.indicator_key = 'KZ-A2'`, [year.id]))[0]?.points;
    await waitFor('the points of the year', async () => (await points()) === '3.33');
    const quarter = await granted(desk.manager.get<MonitoringReportView>(path));
    await granted(desk.manager.post(`${path}/moves`, { move: 'reopen', expectedRevision: quarter.revision, opinion: '漏记一次培训' }));
    const row = quarter.rows.find((one) => one.indicator.key === 'KZ-A2');
    await granted(desk.reporter.put(`${path}/actuals/${row?.indicator.id ?? ''}`, { requestId: randomUUID(), expectedRevision: 1, actual: { kind: 'REPORTED', magnitude: '2', unit: '次' } }));
    await waitFor('the points of the year to follow', async () => (await points()) === '5.00');
    const { openPoints } = await granted(desk.reporter.get<SelfEvaluationView>(`/api/self-evaluations/${year.id}`));
    expect(openPoints.find((point) => point.code === 'self-evaluation.quarter-unsigned')?.sentence.zh).toBe('“社会保险经办审计经费”第四季度的监控表尚未签字确认，签字后才能汇总全年自评。');
  }, 120_000);
});
