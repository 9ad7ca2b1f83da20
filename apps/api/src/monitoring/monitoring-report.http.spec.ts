import { randomUUID } from 'node:crypto';
import { type ActualBody, actualHistory, type MonitoringReportView, monitoringReportView, type Problem, problem, type RecordedActual, recordedActual } from '@jiheng/contract';
import { aWorld, type World, type WorldApp } from '../../test/world';
import type { Client } from '../../test/http-app';

const people = (magnitude: string, unit = '万人'): ActualBody => ({ kind: 'REPORTED', magnitude, unit });

describe('the quarter of a unit, over the wire', () => {
  let world: World;
  let app: WorldApp;
  let reporter: Client;
  let second: Client;
  beforeAll(async () => {
    world = await aWorld();
    // 9 January 2025: the fourth quarter is open, the first three are past their due day.
    app = await world.start({ today: '2025-01-09' });
    reporter = await app.as('kz.reporter');
    second = await app.as('kz.second');
  });
  afterAll(async () => { await app.stop(); await world.stop(); });

  const view = async (client: Client, reportId: string): Promise<MonitoringReportView> => {
    const answer = await client.get(`/api/monitoring-reports/${reportId}`);
    expect(answer.status).toBe(200);
    return monitoringReportView.parse(answer.body);
  };
  const cell = (key: string, table: 'KZ-U' | 'KZ-A' | 'KZ-L' | 'MN-U' = 'KZ-U', quarter = 4): string => `/api/monitoring-reports/${world.report(table, quarter)}/actuals/${world.tables[table].indicatorId(key)}`;
  const record = (client: Client, path: string, expectedRevision: number, actual: unknown, requestId: string = randomUUID()): ReturnType<typeof client.put<RecordedActual & Problem>> =>
    client.put(path, { requestId, expectedRevision, actual });

  it('shows the table with its rows, its empty cells, the money it promised and the law it is scored by', async () => {
    const shown = await view(reporter, world.report('KZ-U', 4));
    expect(shown).toMatchObject({ state: 'DRAFT', editable: true, moves: ['submit'], today: '2025-01-09', table: { fiscalYear: 2024, version: 1 }, score: { state: 'NONE', profileName: 'MOF-2020-10' } });
    expect(shown.rows.map((row) => row.indicator.key)).toEqual(['KZ-U1', 'KZ-U2', 'KZ-U3', 'KZ-U4', 'KZ-U5', 'KZ-U6']);
    expect(shown.rows[5]).toMatchObject({ current: null, yearToDate: { kind: 'NOT_REPORTED' }, light: 'NONE', indicator: { target: { magnitude: '26.10', unit: '万人' } } });
    expect(shown.execution).toMatchObject({ revision: 0, rows: [{ part: 'TOTAL', initial: '544.52', executed: null }, { part: 'HIGHER_LEVEL', initial: '52.18' }, { part: 'LOCAL_LEVEL', initial: '492.34' }, { part: 'OTHER', initial: '0.00' }] });
    expect(shown.siblings.map((one) => one.ordinal)).toEqual([1, 2, 3, 4]);
    expect(shown.profile).toHaveProperty('targetWeightTotal', '90');
  });

  describe('recording', () => {
    it('takes 26.4万人 down as it was typed and answers with the row', async () => {
      const answer = await record(reporter, cell('KZ-U6'), 0, people('26.4'));
      expect(answer.status).toBe(200);
      const recorded = recordedActual.parse(answer.body);
      expect(recorded).toMatchObject({ revision: 1, row: { current: { revision: 1, actual: people('26.4'), origin: 'TYPED', by: '填报人甲' }, yearToDate: people('26.4'), light: 'GREEN' } });
      expect(recorded.row.warnings).toBeUndefined();
    });

    it('answers a second delivery of the same request like the first, and writes nothing more', async () => {
      const requestId = randomUUID();
      const first = await record(reporter, cell('KZ-U2'), 0, people('5.9'), requestId);
      const again = await record(reporter, cell('KZ-U2'), 0, people('5.9'), requestId);
      expect([first.status, again.status]).toEqual([200, 200]);
      // Between the two the value may have been given its points.
      expect({ ...again.body.row, score: null }).toEqual({ ...first.body.row, score: null });
      expect(again.body.revision).toBe(1);
    });

    it('refuses the number of a request that was used for another cell', async () => {
      const requestId = randomUUID();
      await record(reporter, cell('KZ-U3'), 0, people('6.5'), requestId);
      const answer = await record(reporter, cell('KZ-U4'), 0, people('6.5'), requestId);
      expect([answer.status, answer.body.code]).toEqual([422, 'actual.request-used']);
    });

    it('refuses a stale revision with 409 and shows who was faster, with what', async () => {
      const answer = await record(second, cell('KZ-U6'), 0, people('26.5'));
      expect(answer.status).toBe(409);
      expect(problem.parse(answer.body)).toMatchObject({ code: 'actual.stale-revision', params: { by: '填报人甲', current: '1' }, present: { current: { actual: people('26.4') } } });
    });

    it('lets exactly one of two people win who write one cell at once', async () => {
      const answers = await Promise.all([record(reporter, cell('KZ-U5'), 0, people('6.9')), record(second, cell('KZ-U5'), 0, people('7.0'))]);
      expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409]);
      const lost = answers.find((answer) => answer.status === 409);
      const won = answers.find((answer) => answer.status === 200);
      expect(lost?.body.present).toMatchObject({ current: { revision: 1, actual: won?.body.row.current?.actual } });
    });

    it('lets two people write two cells at once', async () => {
      const answers = await Promise.all([record(reporter, cell('KZ-A1', 'KZ-A'), 0, people('5', '次')), record(second, cell('KZ-A2', 'KZ-A'), 0, people('3', '次'))]);
      expect(answers.map((answer) => answer.status)).toEqual([200, 200]);
    });

    it('refuses 万元 in a cell of 人, and says which unit is wanted', async () => {
      const answer = await record(reporter, cell('KZ-U4'), 0, people('10', '万元'));
      expect([answer.status, answer.body.code]).toEqual([422, 'quantity.unit-mismatch']);
      expect(answer.body.sentence.zh).toContain('万人');
    });

    it('takes 0.95 for ≥95% and asks whether 95% was meant', async () => {
      const answer = await record(reporter, cell('KZ-U1'), 0, { kind: 'REPORTED', magnitude: '0.95', unit: '%' });
      expect(answer.status).toBe(200);
      expect(answer.body.row.warnings?.map((warning) => warning.code)).toEqual(['looks-like-fraction']);
    });

    it('takes a hundred times the target and asks whether the unit is right', async () => {
      const answer = await record(reporter, cell('KZ-U4'), 0, people('999'));
      expect(answer.status).toBe(200);
      expect(answer.body.row.warnings?.map((warning) => warning.code)).toEqual(['hundred-times']);
      expect(answer.body.row.warnings?.[0]?.en).not.toBe('');
    });

    it('refuses a negative count of people', async () => {
      const answer = await record(reporter, cell('KZ-U4'), 1, people('-1'));
      expect([answer.status, answer.body.code]).toEqual([422, 'actual.negative']);
    });

    it('takes zero as a value: 0% growth of costs is what was promised', async () => {
      const answer = await record(reporter, cell('KZ-L6', 'KZ-L'), 0, { kind: 'REPORTED', magnitude: '0', unit: '%' });
      expect(answer.body.row).toMatchObject({ current: { actual: { kind: 'REPORTED', magnitude: '0' } }, light: 'GREEN' });
    });

    it('keeps zero, silence and "not applicable" apart', async () => {
      const path = cell('KZ-A7', 'KZ-A');
      await record(reporter, path, 0, { kind: 'REPORTED', magnitude: '0', unit: '月' });
      expect((await record(reporter, path, 1, { kind: 'NOT_REPORTED' })).body.row.current?.actual).toEqual({ kind: 'NOT_REPORTED' });
      expect((await record(reporter, path, 2, { kind: 'NOT_APPLICABLE', reason: '当年无整改事项' })).body.row.current?.actual).toEqual({ kind: 'NOT_APPLICABLE', reason: '当年无整改事项' });
      expect((await record(reporter, path, 3, { kind: 'NOT_APPLICABLE', reason: ' ' })).body.code).toBe('actual.reason-needed');
      const history = await reporter.get(`${path}/history`);
      expect(actualHistory.parse(history.body).revisions.map(({ revision, actual }) => [revision, actual.kind])).toEqual([[3, 'NOT_APPLICABLE'], [2, 'NOT_REPORTED'], [1, 'REPORTED']]);
    });

    it('refuses a number where a judgement is asked for', async () => {
      const answer = await record(reporter, cell('KZ-A11', 'KZ-A'), 0, people('1', '次'));
      expect([answer.status, answer.body.code]).toEqual([422, 'actual.wrong-kind']);
    });

    it('refuses what is past its due day', async () => {
      const answer = await record(reporter, cell('KZ-U6', 'KZ-U', 3), 0, people('26.2'));
      expect([answer.status, answer.body.code]).toEqual([422, 'actual.period-closed']);
      expect(answer.body.sentence.zh).toContain('2024-10-15');
    });

    it('corrects a returned report after its due day, and calls it a correction', async () => {
      await world.dataSource.query(`update monitoring_report set state = 'RETURNED' where id = $1`, [world.report('KZ-A', 2)]);
      const path = cell('KZ-A1', 'KZ-A', 2);
      expect((await record(reporter, path, 0, people('2', '次'))).body.row.current?.origin).toBe('TYPED');
      expect((await record(reporter, path, 1, people('3', '次'))).body.row.current?.origin).toBe('CORRECTED');
      // Internal audits add up: 3 in the second quarter, 5 in the fourth.
      const row = (await view(reporter, world.report('KZ-A', 4))).rows.find((one) => one.indicator.key === 'KZ-A1');
      expect(row).toMatchObject({ yearToDate: { magnitude: '8' }, earlier: [{ ordinal: 1, actual: { kind: 'NOT_REPORTED' } }, { ordinal: 2, actual: { magnitude: '3' } }, { ordinal: 3 }] });
    });

    it('writes a value that is there already only once', async () => {
      const answer = await record(reporter, cell('KZ-U6'), 1, people('26.4'));
      expect([answer.status, answer.body.revision]).toEqual([200, 1]);
    });

    it('refuses what was handed on', async () => {
      const report = world.report('KZ-L', 4);
      await world.dataSource.query(`update monitoring_report set state = 'SUBMITTED' where id = $1`, [report]);
      const answer = await record(reporter, cell('KZ-L1', 'KZ-L'), 0, people('4', '条'));
      expect([answer.status, answer.body.code]).toEqual([422, 'actual.report-not-editable']);
      expect((await view(reporter, report)).editable).toBe(false);
      await world.dataSource.query(`update monitoring_report set state = 'DRAFT' where id = $1`, [report]);
    });

    it.each<[string, string, RegExp]>([
      ['what is not JSON', '{"actual": {', /JSON|malformed|格式/u],
      ['a number that is no text', JSON.stringify({ requestId: randomUUID(), expectedRevision: 0, actual: { kind: 'REPORTED', magnitude: 26.4, unit: '万人' } }), /magnitude/u],
      ['an exponent', JSON.stringify({ requestId: randomUUID(), expectedRevision: 0, actual: { kind: 'REPORTED', magnitude: '1e5', unit: '人' } }), /magnitude/u],
      ['a kind nobody knows', JSON.stringify({ requestId: randomUUID(), expectedRevision: 0, actual: { kind: 'GUESS' } }), /actual/u],
      ['no request id', JSON.stringify({ expectedRevision: 0, actual: { kind: 'UNFINISHED' } }), /requestId/u],
      ['a revision below zero', JSON.stringify({ requestId: randomUUID(), expectedRevision: -1, actual: { kind: 'UNFINISHED' } }), /expectedRevision/u],
    ])('answers %s with 400 and a sentence', async (_, body, hint) => {
      const response = await reporter.fetch(cell('KZ-U6'), { method: 'PUT', body, headers: { 'content-type': 'application/json' } });
      expect(response.status).toBe(400);
      const told = problem.parse(await response.json());
      expect(told.code).toBe(body === '{"actual": {' ? 'house.unreadable-body' : 'house.malformed');
      expect(told.sentence.zh.length).toBeGreaterThan(4);
      if (body !== '{"actual": {') expect(JSON.stringify(told.fields)).toMatch(hint);
    });

    it.each<[string, string, Parameters<typeof record>[3], string]>([
      ['parts that make another rate', 'KZ-L2', { kind: 'REPORTED', magnitude: '96', unit: '%', numerator: '1', denominator: '1' }, 'actual.parts-differ'],
      ['a rate of nothing', 'KZ-L2', { kind: 'REPORTED', magnitude: '96', unit: '%', numerator: '96', denominator: '0' }, 'actual.no-denominator'],
      ['fewer than no cases', 'KZ-L2', { kind: 'REPORTED', magnitude: '96', unit: '%', numerator: '-96', denominator: '-100' }, 'actual.negative'],
      ['the 30th of February', 'KZ-L4', { kind: 'DATED', date: '2024-02-30' }, 'actual.date-needed'],
      ['seven times the weight', 'KZ-L8', { kind: 'JUDGED', grade: 'B', share: '7' }, 'actual.share-outside'],
      ['less than nothing of the weight', 'KZ-L8', { kind: 'JUDGED', grade: 'B', share: '-1' }, 'actual.share-outside'],
    ])('refuses %s with 422 in both languages, and writes nothing', async (_, key, actual, code) => {
      const at = `/api/monitoring-reports/${world.report('KZ-L', 4)}/actuals/${world.tables['KZ-L'].indicatorId(key)}`;
      const before = await world.dataSource.query('select count(*) from actual');
      const answer = await record(reporter, at, 0, actual);
      expect([answer.status, (answer.body as unknown as Problem).code]).toEqual([422, code]);
      expect((answer.body as unknown as Problem).sentence.en).not.toMatch(/[{}]/u);
      expect(await world.dataSource.query('select count(*) from actual')).toEqual(before);
    });

    it('answers an unknown row with 404, and an id that is none with 400', async () => {
      expect((await record(reporter, `/api/monitoring-reports/${world.report('KZ-U', 4)}/actuals/${randomUUID()}`, 0, people('1'))).status).toBe(404);
      expect((await record(reporter, '/api/monitoring-reports/KZ/actuals/U6', 0, people('1'))).status).toBe(400);
    });
  });

  describe('explaining', () => {
    const explanation = { causes: ['STAFF'], sentence: '经办人员轮岗，参保登记推迟', measures: '增派人员，二月底前补齐', likelihood: 'POSSIBLE', forecast: '26.2万人' };
    const explain = (client: Client, key: string, expectedRevision: number, body: object = explanation, requestId: string = randomUUID()): ReturnType<typeof client.put<RecordedActual & Problem>> =>
      client.put(`${cell(key)}/explanation`, { requestId, expectedRevision, explanation: body });

    it('keeps causes, sentence and measures, revision by revision', async () => {
      expect((await explain(reporter, 'KZ-U6', 0)).body.row.explanation).toMatchObject({ ...explanation, revision: 1, by: '填报人甲' });
      expect((await explain(second, 'KZ-U6', 1, { ...explanation, causes: ['STAFF', 'TARGET_TOO_LOW'] })).body.row.explanation).toMatchObject({ revision: 2, by: '填报人乙' });
      const stale = await explain(reporter, 'KZ-U6', 1);
      expect([stale.status, stale.body.code]).toEqual([409, 'explanation.stale-revision']);
      expect(stale.body.present).toMatchObject({ explanation: { revision: 2 } });
    });

    it('answers a second delivery like the first', async () => {
      const requestId = randomUUID();
      expect((await explain(reporter, 'KZ-U2', 0, explanation, requestId)).body.revision).toBe(1);
      expect((await explain(reporter, 'KZ-U2', 0, explanation, requestId)).body.revision).toBe(1);
    });

    it('wants a cause or a sentence', async () => {
      const answer = await explain(reporter, 'KZ-U3', 0, { ...explanation, causes: [], sentence: ' ' });
      expect([answer.status, answer.body.code]).toEqual([422, 'explanation.empty']);
    });
  });

  describe('who may', () => {
    const routes: readonly (readonly [string, (client: Client) => Promise<{ status: number }>])[] = [
      ['GET the report', (client) => client.get(`/api/monitoring-reports/${world.report('KZ-U', 4)}`)],
      ['GET the history of a cell', (client) => client.get(`${cell('KZ-U6')}/history`)],
      ['PUT a value', (client) => record(client, cell('KZ-U6'), 99, people('1'))],
      ['PUT an explanation', (client) => client.put(`${cell('KZ-U6')}/explanation`, { requestId: randomUUID(), expectedRevision: 99, explanation: { causes: ['OTHER'], sentence: '某因', measures: '', likelihood: null, forecast: null } })],
      ['POST a choice', (client) => client.post(`/api/monitoring-reports/${world.report('KZ-U', 4)}/candidates/${randomUUID()}`, { requestId: randomUUID(), expectedRevision: 0, choice: 'ACCEPT' })],
    ];

    it.each(routes)('%s: nobody without a session', async (_, call) => {
      expect((await call(app.client())).status).toBe(401);
    });

    it.each(routes)('%s: for another unit it does not exist', async (_, call) => {
      expect((await call(await app.as('mn.reporter'))).status).toBe(404);
    });

    it.each(routes)('%s: the own reporter is let in', async (_, call) => {
      // 409: the revision 99 is stale; 404: there is no such candidate. Both are told only to who may write.
      expect([200, 409, 404]).toContain((await call(reporter)).status);
    });

    it.each(routes.filter(([name]) => !name.startsWith('GET')))('%s: the reviewer reads and does not write', async (_, call) => {
      expect((await call(await app.as('kz.reviewer'))).status).toBe(403);
    });

    it.each(['department', 'finance', 'kz.manager'] as const)('%s reads along', async (login) => {
      const shown = await view(await app.as(login), world.report('KZ-U', 4));
      expect(shown.editable).toBe(false);
    });

    it('a write without the token of the page is refused', async () => {
      const client = await app.as('kz.reporter');
      client.csrfToken = null;
      expect((await record(client, cell('KZ-U6'), 1, people('26.6'))).status).toBe(403);
    });
  });

  describe('a unit that is late', () => {
    const extend = (client: Client, until: string, reason = '系统停机两日', quarter = 3): ReturnType<typeof client.post<MonitoringReportView & Problem>> =>
      client.post(`/api/monitoring-reports/${world.report('KZ-L', quarter)}/extension`, { until, reason });

    const submit = async (): Promise<Problem> => {
      const { revision } = await view(reporter, world.report('KZ-L', 3));
      return (await reporter.post<Problem>(`/api/monitoring-reports/${world.report('KZ-L', 3)}/moves`, { move: 'submit', expectedRevision: revision })).body;
    };

    it('hands nothing on out of a quarter that is over, and is told whom to ask', async () => {
      expect(await view(reporter, world.report('KZ-L', 3))).toMatchObject({ state: 'DRAFT', editable: false, moves: [], period: { state: 'CLOSED' } });
      const refused = await submit();
      expect(refused).toMatchObject({ status: 422, code: 'workflow.period-closed' });
      expect(refused.sentence.zh).toContain('延期');
      expect(refused.fields?.[0]?.message).toContain('第三季度');
    });

    it('is given more time by its manager, with a reason, up to and including the day', async () => {
      const manager = await app.as('kz.manager');
      expect((await record(reporter, cell('KZ-L1', 'KZ-L', 3), 0, people('4', '条'))).body.code).toBe('actual.period-closed');
      expect((await view(manager, world.report('KZ-L', 3))).mayExtend).toBe(true);
      expect((await extend(manager, '2025-01-09')).body.extendedUntil).toBe('2025-01-09');
      expect((await view(reporter, world.report('KZ-L', 3)))).toMatchObject({ editable: true, mayExtend: false, moves: ['submit'] });
      // What keeps it back now is what it lacks, no longer the day.
      expect((await submit()).code).toBe('workflow.rows-unanswered');
      expect((await record(reporter, cell('KZ-L1', 'KZ-L', 3), 0, people('4', '条'))).status).toBe(200);
    });

    it('not into the past, not without end, not without a reason, not by whoever reports', async () => {
      const manager = await app.as('kz.manager');
      expect((await extend(manager, '2025-01-08')).body.code).toBe('monitoring-report.extension-not-lawful');
      expect((await extend(manager, '2025-04-12')).body.code).toBe('monitoring-report.extension-not-lawful');
      expect((await extend(manager, '2025-02-30')).body.code).toBe('monitoring-report.extension-not-lawful');
      expect((await extend(manager, '2025-02-01', ' ')).status).toBe(400);
      expect([(await extend(reporter, '2025-02-01')).status, (await extend(await app.as('mn.manager'), '2025-02-01')).status, (await extend(app.client(), '2025-02-01')).status]).toEqual([403, 404, 401]);
      expect((await extend(await app.as('department'), '2025-04-11')).status).toBe(200);
    });

    it('needs none when the report was handed on', async () => {
      await world.dataSource.query(`update monitoring_report set state = 'SIGNED' where id = $1`, [world.report('KZ-L', 1)]);
      expect((await extend(await app.as('kz.manager'), '2025-02-01', '补录', 1)).body.code).toBe('monitoring-report.extension-not-needed');
    });
  });

  it('keeps what it was told: the row, its trace in the audit, and the news for whoever scores', async () => {
    const audit: { action: string }[] = await world.dataSource.query(`select action from audit_event where subject_id = $1`, [world.report('KZ-U', 4)]);
    expect(audit.filter((event) => event.action === 'actual.recorded').length).toBeGreaterThanOrEqual(5);
    const news: { name: string }[] = await world.dataSource.query(`select name from outbox_message where kind = 'NEWS' and payload->>'reportId' = $1`, [world.report('KZ-U', 4)]);
    expect(new Set(news.map((one) => one.name))).toEqual(new Set(['actual-recorded', 'explanation-recorded']));
  });
});
