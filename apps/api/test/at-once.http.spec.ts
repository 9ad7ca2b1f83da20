import { randomUUID } from 'node:crypto';
import type { MonitoringReportView, Problem, RecordedActual, SelfEvaluationView } from '@jiheng/contract';
import type { Client } from './http-app';
import { aWorld, type World, type WorldApp } from './world';
import { deskOf, granted, KZ_A_YEAR, signQuarter } from './year';

/** How often each answer came. */
function tally(answers: readonly { status: number; body: unknown }[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { status, body } of answers) {
    const name = `${status} ${(body as Partial<Problem>).code ?? 'done'}`;
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

describe('many at once', () => {
  let world: World;
  let app: WorldApp;
  let reporter: Client;
  let second: Client;
  const times = <T>(count: number, work: (at: number) => Promise<T>): Promise<T[]> => Promise.all(Array.from({ length: count }, (_, at) => work(at)));
  beforeAll(async () => {
    world = await aWorld();
    app = await world.start({ today: '2025-01-09' });
    reporter = await app.as('kz.reporter');
    second = await app.as('kz.second');
  });
  afterAll(async () => { await app.stop(); await world.stop(); });

  it('of twenty people who save one cell, one is taken down and nineteen are shown what is there', async () => {
    const path = `/api/monitoring-reports/${world.report('KZ-U', 4)}/actuals/${world.tables['KZ-U'].indicatorId('KZ-U6')}`;
    const save = (client: Client, revision: number, magnitude: string, requestId: string = randomUUID()) =>
      client.put<RecordedActual & Problem>(path, { requestId, expectedRevision: revision, actual: { kind: 'REPORTED', magnitude, unit: '万人' } });
    expect(tally(await times(20, (at) => save(at % 2 === 0 ? reporter : second, 0, `26.${10 + at}`)))).toEqual({ '200 done': 1, '409 actual.stale-revision': 19 });
    const requestId = randomUUID();
    // A browser that hears nothing asks again, and again.
    const again = await times(20, () => save(reporter, 1, '26.4', requestId));
    expect([tally(again), new Set(again.map(({ body }) => body.revision))]).toEqual([{ '200 done': 20 }, new Set([2])]);
    expect(await world.dataSource.query(`select revision from actual where report_id = $1 and indicator_key = 'KZ-U6' order by revision`, [world.report('KZ-U', 4)])).toEqual([{ revision: 1 }, { revision: 2 }]);
  });

  it('a value that is saved while its report is handed on is either part of it or refused', async () => {
    const desk = await deskOf(app);
    const path = `/api/monitoring-reports/${world.report('KZ-A', 1)}`;
    await signQuarter(world, desk, 'KZ-A', 1, KZ_A_YEAR[0] ?? [], '1.90');
    const view = async (): Promise<MonitoringReportView> => (await reporter.get<MonitoringReportView>(path)).body;
    await desk.manager.post(`${path}/moves`, { move: 'reopen', expectedRevision: (await view()).revision, opinion: '核对数值' });
    const finance = await app.as('finance');
    if ((await view()).state === 'SIGNED') await finance.post(`${path}/moves`, { move: 'reopen', expectedRevision: (await view()).revision, opinion: '核对数值' });
    const before = await view();
    const [row] = before.rows;
    const save = second.put<Problem>(`${path}/actuals/${row?.indicator.id ?? ''}`, { requestId: randomUUID(), expectedRevision: row?.current?.revision ?? 0, actual: { kind: 'REPORTED', magnitude: '2', unit: '次' } });
    const submit = reporter.post<Problem>(`${path}/moves`, { move: 'submit', expectedRevision: before.revision });
    const [saved, submitted] = await Promise.all([save, submit]);
    const outcome = `${saved.status} ${submitted.status}`;
    expect(['200 409', '422 200']).toContain(outcome);
    const after = await view();
    expect([after.state, after.rows[0]?.current?.revision]).toEqual(outcome === '200 409' ? ['RETURNED', 2] : ['SUBMITTED', 1]);
  });

  it('of eight signatures at once one stands; a year asked for eight times is put together once, and a file eight times made once', async () => {
    const desk = await deskOf(app);
    await signQuarter(world, desk, 'KZ-A', 1, [], null);
    for (const quarter of [2, 3]) await signQuarter(world, desk, 'KZ-A', quarter, KZ_A_YEAR[quarter - 1] ?? [], '1.90');
    await signQuarter(world, { ...desk, manager: { ...desk.manager, post: (path: string, body: unknown) => signAtOnce(path, body) } as Client }, 'KZ-A', 4, KZ_A_YEAR[3] ?? [], '7.60');
    async function signAtOnce(path: string, body: unknown): Promise<Awaited<ReturnType<Client['post']>>> {
      const answers = await times(8, () => desk.manager.post<Problem>(path, body));
      expect(tally(answers)).toEqual({ '200 done': 1, '409 workflow.stale-revision': 7 });
      return answers.find(({ status }) => status === 200) ?? answers[0] as Awaited<ReturnType<Client['post']>>;
    }
    expect(await world.dataSource.query('select count(*)::int as count from sign_off where document_id = $1', [world.report('KZ-A', 4)])).toEqual([{ count: 1 }]);

    const years = await times(8, (at) => (at % 2 === 0 ? reporter : second).post<SelfEvaluationView>('/api/self-evaluations', { tableId: world.tables['KZ-A'].id }));
    expect([tally(years), new Set(years.map(({ body }) => body.id)).size]).toEqual([{ '201 done': 8 }, 1]);
    for (const key of ['KZ-A11', 'KZ-A12']) {
      const judgement = { kind: 'JUDGED', grade: 'A', share: null };
      await granted(reporter.put(`/api/self-evaluations/${years[0]?.body.id ?? ''}/rows/${world.tables['KZ-A'].indicatorId(key)}`, { requestId: randomUUID(), expectedRevision: 0, judgement }));
    }
    const files = await times(8, () => reporter.post<{ id: string }>(`/api/self-evaluations/${years[0]?.body.id ?? ''}/reports`, { format: 'xlsx' }));
    expect([tally(files), new Set(files.map(({ body }) => body.id)).size]).toEqual([{ '202 done': 8 }, 1]);
    expect(await world.dataSource.query(`select count(*)::int as count from job_run where name = 'render-report'`)).toEqual([{ count: 1 }]);
  });
});
