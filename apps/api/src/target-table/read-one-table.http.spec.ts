import { type TargetTableView, targetTableView } from '@jiheng/contract';
import type { Client } from '../../test/http-app';
import { waitFor } from '../../test/wait-for';
import { aWorld, type World, type WorldApp } from '../../test/world';

describe('one target table, read in one statement with the session', () => {
  let world: World;
  let app: WorldApp;
  let reporter: Client;
  let path: string;
  beforeAll(async () => {
    world = await aWorld();
    app = await world.start({ today: '2025-01-09' });
    reporter = await app.as('kz.reporter');
    path = `/api/target-tables/${world.tables['KZ-L'].id}`;
  });
  afterAll(async () => { await app.stop(); await world.stop(); });

  const statusFor = async (client: Client): Promise<number> => (await client.get(path)).status;

  it('answers JSON of the shape of the contract', async () => {
    const answer = await reporter.get<TargetTableView>(path);
    expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
    const view = targetTableView.parse(answer.body);
    expect([view.project, view.indicatorCount, view.indicators.length, view.weightTotal, view.state, view.moves]).toEqual(['线路租赁费', 11, 11, '90', 'APPROVED', ['adjust']]);
    expect(view.reports.map((report) => [report.ordinal, report.periodState, report.rows, report.answered])).toEqual([[1, 'CLOSED', 11, 0], [2, 'CLOSED', 11, 0], [3, 'CLOSED', 11, 0], [4, 'OPEN', 11, 0]]);
  });

  it('takes a right away at the very next request, and gives it back as soon', async () => {
    const who = [world.people['kz.reporter']];
    expect(await statusFor(reporter)).toBe(200);
    await world.dataSource.query('delete from role_assignment where person_id = $1', who);
    expect(await statusFor(reporter)).toBe(404);
    await world.dataSource.query(`insert into role_assignment (person_id, role, unit_id) values ($1, 'reporter', $2)`, [...who, world.units.mn]);
    expect(await statusFor(reporter)).toBe(404);
    await world.dataSource.query('update role_assignment set unit_id = $2 where person_id = $1', [...who, world.units.kz]);
    expect(await statusFor(reporter)).toBe(200);
    await world.dataSource.query('update person set active = false where id = $1', who);
    expect(await statusFor(reporter)).toBe(401);
    await world.dataSource.query('update person set active = true where id = $1', who);
    expect(await statusFor(reporter)).toBe(200);
  });

  it('asks for another password first, and for a session that still holds', async () => {
    const second = await app.as('kz.second');
    await world.dataSource.query('update person set must_change_password = true where id = $1', [world.people['kz.second']]);
    expect(await statusFor(second)).toBe(403);
    await world.dataSource.query('update person set must_change_password = false where id = $1', [world.people['kz.second']]);
    await world.dataSource.query(`update session set last_seen_at = now() - interval '12 hours 1 minute' where person_id = $1`, [world.people['kz.second']]);
    expect(await statusFor(second)).toBe(401);
    expect(await statusFor(app.client())).toBe(401);
  });

  it('says of another centre’s table, of an id of nothing and of a word the same as ever', async () => {
    expect(await statusFor(await app.as('mn.reporter'))).toBe(404);
    expect((await reporter.get('/api/target-tables/019b0000-0000-7000-8000-00000000dead')).status).toBe(404);
    expect((await reporter.get('/api/target-tables/nonsense')).status).toBe(400);
  });

  it('keeps the findings of a version in force, and makes them again when the unit has another name', async () => {
    const kept = async (): Promise<{ made_of: string; count: number } | undefined> => {
      const [row] = await world.dataSource.query<{ made_of: string; count: number }[]>('select made_of, json_array_length(findings) as count from kept_findings where table_id = $1', [world.tables['KZ-L'].id]);
      return row;
    };
    const before = (await reporter.get<TargetTableView>(path)).body;
    const first = await waitFor('the findings to be kept', kept);
    expect(first.count).toBe(before.findings.length);
    expect((await reporter.get<TargetTableView>(path)).body.findings).toEqual(before.findings);
    await world.dataSource.query(`update budget_unit set name = name || '（筹）' where id = $1`, [world.units.kz]);
    const after = (await reporter.get<TargetTableView>(path)).body;
    expect([after.unitName.endsWith('（筹）'), after.findings.length]).toEqual([true, before.findings.length]);
    await waitFor('them to be kept anew', async () => (await kept())?.made_of !== first.made_of);
  });
});
