import { randomUUID } from 'node:crypto';
import { type MonitoringReportView, type Problem, type ReportPoints, reportPoints } from '@jiheng/contract';
import type { Client } from '../../test/http-app';
import { waitFor } from '../../test/wait-for';
import { aWorld, type World, type WorldApp } from '../../test/world';

/** A page that has a report open. */
interface Listening {
  readonly status: number;
  readonly told: () => ReportPoints[];
  readonly hasEnded: () => boolean;
  leave(): void;
}

async function listen(client: Client, reportId: string): Promise<Listening> {
  const leaving = new AbortController();
  const response = await client.fetch(`/api/monitoring-reports/${reportId}/events`, { signal: leaving.signal });
  let [heard, ended] = ['', false];
  void (async () => { for await (const piece of response.body ?? []) heard += Buffer.from(piece).toString(); })().catch(() => undefined).finally(() => { ended = true; });
  return {
    status: response.status, hasEnded: () => ended, leave: () => { leaving.abort(); },
    told: () => heard.split('\n\n').filter((event) => event.startsWith('event: points\n')).map((event) => reportPoints.parse(JSON.parse(event.split('\ndata: ')[1] ?? ''))),
  };
}

describe('points that reach the pages that have a report open', () => {
  let world: World;
  /** Two replicas over one database: one answers people only, the other does the jobs as well. */
  let here: WorldApp;
  let there: WorldApp;
  let report: string;
  let row: string;
  const pages: Listening[] = [];

  beforeAll(async () => {
    world = await aWorld();
    here = await world.start({ role: 'api' });
    there = await world.start({ role: 'all' });
    report = world.report('KZ-U', 4);
    row = world.tables['KZ-U'].indicatorId('KZ-U6');
  });
  afterAll(async () => {
    for (const page of pages) page.leave();
    await here?.stop();
    await there?.stop();
    await world?.stop();
  });
  afterEach(() => { for (const page of pages.splice(0)) page.leave(); });

  const open = async (client: Client, id = report): Promise<Listening> => {
    const page = await listen(client, id);
    pages.push(page);
    return page;
  };
  const save = (client: Client, magnitude: string, expectedRevision: number) =>
    client.put(`/api/monitoring-reports/${report}/actuals/${row}`, { requestId: randomUUID(), expectedRevision, actual: { kind: 'REPORTED', magnitude, unit: '万人' } });
  const lastOf = (page: Listening) => page.told().at(-1)?.rows.find((one) => one.indicatorId === row);

  it('begin with how they stand, and follow a value saved at the other replica: 20.00 of 20 for 26.4万人', async () => {
    const page = await open(await here.as('kz.second'));
    expect(page.status).toBe(200);
    await waitFor('the first telling', () => Promise.resolve(page.told().length > 0));
    expect(page.told()[0]).toMatchObject({ score: { state: 'NONE', profileName: 'MOF-2020-10' } });
    expect(lastOf(page)).toMatchObject({ revision: 0, score: null });
    expect((await save(await there.as('kz.reporter'), '26.4', 0)).status).toBe(200);
    await waitFor('the points of the value', () => Promise.resolve(lastOf(page)?.score != null));
    expect(lastOf(page)).toMatchObject({ revision: 1, score: { points: '20.00', weight: '20.00' } });
    expect(page.told().at(-1)?.score.state).toBe('DONE');
  });

  it('are those that the report shows, and the small read answers the same', async () => {
    const reader = await here.as('kz.second');
    const page = await open(reader);
    await waitFor('the first telling', () => Promise.resolve(page.told().length > 0));
    const { body: whole } = await reader.get<MonitoringReportView>(`/api/monitoring-reports/${report}`);
    const { body: points } = await reader.get<ReportPoints>(`/api/monitoring-reports/${report}/points`);
    expect(page.told().at(-1)).toEqual(points);
    expect(points).toEqual({ reportRevision: whole.revision, score: whole.score, rows: whole.rows.map((one) => ({ indicatorId: one.indicator.id, revision: one.current?.revision ?? 0, score: one.score })) });
  });

  it('are told of every page that has the report open, of five values quickly after each other the last one last', async () => {
    const writer = await there.as('kz.reporter');
    const two = [await open(await here.as('kz.second')), await open(await there.as('kz.manager'))];
    for (let revision = 1; revision <= 5; revision += 1) expect((await save(writer, `25.${revision}`, revision)).status).toBe(200);
    // 20 × 25.5 / 26.10
    for (const page of two) {
      await waitFor('the last points', () => Promise.resolve(lastOf(page)?.score?.points === '19.54'));
      const told = page.told().map((points) => points.reportRevision);
      expect(told).toEqual([...told].sort((a, b) => a - b));
      expect(lastOf(page)?.revision).toBe(6);
    }
  });

  it('follow a region that was scored: the page is told to look again by whoever ends the run', async () => {
    const page = await open(await here.as('kz.second'), world.report('KZ-A', 4));
    await waitFor('the first telling', () => Promise.resolve(page.told().length > 0));
    expect((await (await there.as('finance')).post('/api/scoring-runs', { unitId: world.units.finance, fiscalYear: 2024, periodOrdinal: 4 })).status).toBe(202);
    await waitFor('the points of the region', () => Promise.resolve(page.told().at(-1)?.score.state === 'DONE'), 30_000);
  });

  it('are not told to people of another centre, who do not even learn that the report exists', async () => {
    const stranger = await here.as('mn.reporter');
    for (const address of ['events', 'points']) {
      const answer = await stranger.get<Problem>(`/api/monitoring-reports/${report}/${address}`);
      expect([answer.status, answer.body.code]).toEqual([404, 'monitoring-report.not-found']);
      const nobody = await here.client().get<Problem>(`/api/monitoring-reports/${report}/${address}`);
      expect([nobody.status, nobody.body.code]).toEqual([401, 'house.not-signed-in']);
      expect((await stranger.get<Problem>(`/api/monitoring-reports/${randomUUID()}/${address}`)).body.code).toBe('monitoring-report.not-found');
    }
  });

  it('end with the right to see them: whoever lost the role or signed out hears nothing of the next value', async () => {
    const [moved, left] = [await here.as('kz.manager'), await here.as('kz.reviewer')];
    const [ofMoved, ofLeft, ofOther] = [await open(moved), await open(left), await open(await here.as('kz.second'))];
    await waitFor('all to be told', () => Promise.resolve([ofMoved, ofLeft, ofOther].every((page) => page.told().length > 0)));
    await world.dataSource.query('update role_assignment set unit_id = $2 where person_id = $1', [world.people['kz.manager'], world.units.mn]);
    expect((await left.send('DELETE', '/api/session')).status).toBe(204);
    expect((await save(await there.as('kz.reporter'), '25', 6)).status).toBe(200);
    // 20 × 25 / 26.10
    await waitFor('the others to be told', () => Promise.resolve(lastOf(ofOther)?.score?.points === '19.16'));
    await waitFor('the two streams to end', () => Promise.resolve(ofMoved.hasEnded() && ofLeft.hasEnded()));
    for (const page of [ofMoved, ofLeft]) expect(lastOf(page)?.score?.points).toBe('19.54');
  });

  it('are told on twelve streams of a session and not on a thirteenth, and on another once one is left', async () => {
    const client = await here.as('mn.reporter');
    const mine = world.report('MN-U', 4);
    for (let nth = 1; nth <= 12; nth += 1) expect((await open(client, mine)).status).toBe(200);
    const refused = await client.get<Problem>(`/api/monitoring-reports/${mine}/events`);
    expect([refused.status, refused.body.code]).toEqual([429, 'house.too-many-requests']);
    expect((await client.get<Problem>('/api/jobs/events')).status).toBe(429);
    expect((await open(await here.as('mn.reporter'), mine)).status).toBe(200);
    pages[0]?.leave();
    await waitFor('the place to be free', async () => {
      const page = await listen(client, mine);
      pages.push(page);
      return page.status === 200;
    });
  });

  // Lines of scores are remembered by the score's id.
  it('are those of then when a value is changed and changed back, here and there; and a score that is remembered is one that nobody can change', async () => {
    const writer = await there.as('kz.reporter');
    const two = [await open(await here.as('kz.second')), await open(await there.as('kz.second'))];
    const { body: { rows } } = await (await here.as('kz.second')).get<ReportPoints>(`/api/monitoring-reports/${report}/points`);
    let revision = rows.find(({ indicatorId }) => indicatorId === row)?.revision ?? 0;
    const scores: unknown[] = [];
    for (const [magnitude, points] of [['26.4', '20.00'], ['25', '19.16'], ['26.4', '20.00'], ['25', '19.16']] as const) {
      expect((await save(writer, magnitude, revision)).status).toBe(200);
      revision += 1;
      for (const page of two) await waitFor(`${points} for ${magnitude}`, () => Promise.resolve(lastOf(page)?.revision === revision && lastOf(page)?.score?.points === points));
      scores.push((await world.dataSource.query('select score_id from score_request where document_id = $1', [report]))[0]?.score_id);
    }
    expect([scores[2], scores[3]]).toEqual([scores[0], scores[1]]);
    expect(scores[0]).not.toBe(scores[1]);
    await expect(world.dataSource.query('update score set line_points = line_points where id = $1', [scores[0]])).rejects.toThrow('append-only');
    await expect(world.dataSource.query('delete from score where id = $1', [scores[0]])).rejects.toThrow('append-only');
  });
});
