import { randomUUID } from 'node:crypto';
import { type ExecutionHistory, executionHistory, type ExecutionView, executionView, type Problem } from '@jiheng/contract';
import { aWorld, type World, type WorldApp } from '../../test/world';
import type { Client } from '../../test/http-app';

type Row = ExecutionView['rows'][number];
const line = (part: Row['part'], initial: string | null, adjusted: string | null, executed: string | null): Row => ({ part, initial, adjusted, executed });

describe('the money of a quarter, over the wire', () => {
  let world: World;
  let app: WorldApp;
  let reporter: Client;
  beforeAll(async () => {
    world = await aWorld({ opened: [3, 4] });
    app = await world.start({ today: '2025-01-09' });
    reporter = await app.as('kz.reporter');
  });
  afterAll(async () => { await app.stop(); await world.stop(); });

  const place = (quarter = 4): string => `/api/monitoring-reports/${world.report('KZ-L', quarter)}/execution`;
  const record = (client: Client, expectedRevision: number, rows: unknown, requestId: string = randomUUID(), path = place()): ReturnType<typeof client.put<ExecutionView & Problem>> =>
    client.put(path, { requestId, expectedRevision, rows, reason: null });

  it('线路租赁费: 9.12 of 9.60 万元 are 95.00 %, and a green light', async () => {
    const answer = await record(reporter, 0, [line('TOTAL', '9.60', '9.60', '9.12'), line('FISCAL', '9.60', '9.60', '9.12'), line('OTHER', '0.00', '0.00', '0.00')]);
    expect(answer.status).toBe(200);
    expect(executionView.parse(answer.body)).toMatchObject({ revision: 1, rate: '95.00', light: 'GREEN', by: '填报人甲', rows: [{ part: 'TOTAL', executed: '9.12' }, { part: 'FISCAL' }, { part: 'OTHER' }] });
  });

  it('a second delivery of the same request writes nothing', async () => {
    const requestId = randomUUID();
    expect((await record(reporter, 1, [line('TOTAL', '9.60', '9.60', '9.20')], requestId)).body.revision).toBe(2);
    expect((await record(reporter, 1, [line('TOTAL', '9.60', '9.60', '9.20')], requestId)).body.revision).toBe(2);
  });

  it('a stale revision is refused, with what is there now', async () => {
    const answer = await record(await app.as('kz.second'), 1, [line('TOTAL', '9.60', '9.60', '9.30')]);
    expect([answer.status, answer.body.code]).toEqual([409, 'execution.stale-revision']);
    expect(answer.body.present).toMatchObject({ revision: 2, rows: [{ executed: '9.20' }] });
  });

  it.each<[string, readonly Row[], string]>([
    ['a total one cent off its parts', [line('TOTAL', '9.60', '9.60', '9.12'), line('FISCAL', '9.60', '9.60', '9.11')], 'execution.not-the-sum'],
    ['a total that is missing although the parts are there', [line('TOTAL', '9.60', '9.60', null), line('FISCAL', '9.60', '9.60', '9.11')], 'execution.not-the-sum'],
    ['no total', [line('FISCAL', '9.60', '9.60', '9.12')], 'execution.total-needed'],
    ['the total twice', [line('TOTAL', '9.60', '9.60', '9.12'), line('TOTAL', '9.60', '9.60', '9.12')], 'execution.total-needed'],
    ['money below zero', [line('TOTAL', '9.60', '9.60', '-1')], 'execution.negative'],
    ['spending without a budget', [line('TOTAL', null, null, '9.12')], 'execution.without-budget'],
  ])('%s is refused with a sentence', async (_, rows, code) => {
    const answer = await record(reporter, 2, rows);
    expect([answer.status, answer.body.code]).toEqual([422, code]);
    expect(answer.body.sentence.en).not.toBe('');
  });

  it('0.1 and 0.2 are 0.3, exactly', async () => {
    expect((await record(reporter, 2, [line('TOTAL', '0.3', '0.3', '0.3'), line('FISCAL', '0.1', '0.1', '0.1'), line('OTHER', '0.2', '0.2', '0.2')])).status).toBe(200);
  });

  it('a budget that was moved counts as adjusted: 9.00 of 10.00 are 90.00 %', async () => {
    expect((await record(reporter, 3, [line('TOTAL', '9.60', '10.00', '9.00')])).body.rate).toBe('90.00');
  });

  it('every revision stays to be seen', async () => {
    const answer = await reporter.get<ExecutionHistory>(`${place()}/history`);
    expect(executionHistory.parse(answer.body).revisions.map(({ revision, rows }) => [revision, rows[0]?.executed])).toEqual([[4, '9.00'], [3, '0.3'], [2, '9.20'], [1, '9.12']]);
  });

  it('a closed quarter takes no money', async () => {
    expect((await record(reporter, 0, [line('TOTAL', '9.60', '9.60', '5')], randomUUID(), place(3))).body.code).toBe('actual.period-closed');
  });

  it('a whole unit tells its money apart by level: 52.18 from above and 492.34 of its own are 544.52; a line of the other form is refused', async () => {
    const unit = `/api/monitoring-reports/${world.report('KZ-U', 4)}/execution`;
    const before = (await reporter.get<{ execution: ExecutionView }>(`/api/monitoring-reports/${world.report('KZ-U', 4)}`)).body.execution;
    expect(before.rows.map(({ part, initial }) => [part, initial])).toEqual([['TOTAL', '544.52'], ['HIGHER_LEVEL', '52.18'], ['LOCAL_LEVEL', '492.34'], ['OTHER', '0.00']]);
    const rows = [line('OTHER', '0', '0', '0'), line('LOCAL_LEVEL', '492.34', '492.34', '480'), line('HIGHER_LEVEL', '52.18', '52.18', '50'), line('TOTAL', '544.52', '544.52', '530')];
    const answer = await record(reporter, 0, rows, randomUUID(), unit);
    expect([answer.status, answer.body.rate, answer.body.rows.map((row) => row.part)]).toEqual([200, '97.33', ['TOTAL', 'HIGHER_LEVEL', 'LOCAL_LEVEL', 'OTHER']]);
    expect((await record(reporter, 1, [line('TOTAL', '1', '1', '1'), line('FISCAL', '1', '1', '1')], randomUUID(), unit)).body.code).toBe('execution.lines-of-a-project');
    expect((await record(reporter, 4, [line('TOTAL', '1', '1', '1'), line('HIGHER_LEVEL', '1', '1', '1')])).body.code).toBe('execution.lines-of-a-unit');
  });

  it('a number that is no text is malformed', async () => {
    expect((await record(reporter, 4, [{ part: 'TOTAL', initial: 9.6, adjusted: null, executed: null }])).status).toBe(400);
  });

  it('another unit neither writes nor reads, nobody does without a session, a reviewer reads', async () => {
    const rows = [line('TOTAL', '9.60', '9.60', '9.12')];
    const [other, nobody, reviewer] = [await app.as('mn.reporter'), app.client(), await app.as('kz.reviewer')];
    expect([(await record(other, 4, rows)).status, (await record(nobody, 4, rows)).status, (await record(reviewer, 4, rows)).status]).toEqual([404, 401, 403]);
    const read = async (client: Client): Promise<number> => (await client.get(`${place()}/history`)).status;
    expect([await read(other), await read(nobody), await read(reviewer)]).toEqual([404, 401, 200]);
  });
});
