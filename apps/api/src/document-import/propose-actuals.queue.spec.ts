import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { type DocumentImportView, documentImportView, type ImportedRemarkList, importedRemarkList, type MonitoringReportView, type Problem, type ProposedActualsView, proposedActualsView } from '@jiheng/contract';
import type { Answer, Client } from '../../test/http-app';
import { aWorld, type World, type WorldApp } from '../../test/world';

const WIDTH = 10;
/** The monitoring form of the audit project: what was reached in the span its heads name. */
const form = (period: string, rows: readonly (readonly string[])[], title = '项目支出绩效目标执行监控表'): Buffer => Buffer.from([
  [title], ['（2024年度）'], ['项目名称', '社会保险经办审计经费'],
  ['一级指标', '二级指标', '三级指标', '年度指标值', `${period}执行情况`, '全年预计完成情况', '原因说明', '确定能', '有可能', '完全不可能'], ...rows,
].map((row) => [...row, ...Array.from({ length: WIDTH - row.length }, () => '')].join(',')).join('\n'));
const ROWS = [
  ['产出指标', '数量指标', '内部审计次数', '>=5次', '3', '5'], ['', '', '内部审计培训次数', '>=3次', '', '3'], ['', '质量指标', '资金使用合规率', '=100%', '98%', '100%'],
  ['', '时效指标', '项目准备阶段期限', '=3个月', '2个月', '3'], ['成本指标', '经济成本指标', '第三方审计经费', '≤5万元', '23000元', '5'], ['效益指标', '社会效益指标', '维护基金安全的重要举措', '有效维护', '达成预期指标', ''],
  ['', '', '没有这一项', '有效', '达成', ''],
];

describe('a monitoring form that is brought in', () => {
  let world: World;
  let app: WorldApp;
  let reporter: Client;
  beforeAll(async () => {
    world = await aWorld({ opened: [1, 2] });
    app = await world.start({ role: 'all', today: '2024-07-10' });
    reporter = await app.as('kz.reporter');
  });
  afterAll(async () => { await app.stop(); await world.stop(); });

  async function read(name: string, bytes: Uint8Array): Promise<DocumentImportView> {
    const brought = await reporter.upload<DocumentImportView>('/api/imports', { name, bytes });
    for (const until = Date.now() + 30_000; Date.now() < until; await pause(50)) {
      const { body } = await reporter.get<DocumentImportView>(`/api/imports/${brought.body.id}`);
      if (body.state === 'REFUSED') throw new Error(JSON.stringify(body.refusal));
      if (body.state !== 'READING') return documentImportView.parse(body);
    }
    throw new Error('the document was never read');
  }
  const path = (id: string): string => `/api/imports/${id}/tables/0/proposed-actuals`;
  const proposed = async (id: string, quarter = ''): Promise<ProposedActualsView> => {
    const answer = await reporter.get<ProposedActualsView>(path(id) + quarter);
    if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
    return proposedActualsView.parse(answer.body);
  };
  const propose = (id: string, keys: readonly string[], quarter = 2, client = reporter): Promise<Answer<DocumentImportView & Problem>> => client.post(path(id), { quarter, keys });
  const undo = (id: string): Promise<Answer<DocumentImportView & Problem>> => reporter.post(`/api/imports/${id}/undo`, {});
  const report = async (quarter = 2): Promise<MonitoringReportView> => (await reporter.get<MonitoringReportView>(`/api/monitoring-reports/${world.report('KZ-A', quarter)}`)).body;
  const rowOf = async (key: string): Promise<MonitoringReportView['rows'][number] | undefined> => (await report()).rows.find((row) => row.indicator.key === key);
  const record = (key: string, magnitude: string, unit: string): Promise<Answer<unknown>> => reporter.put(`/api/monitoring-reports/${world.report('KZ-A', 1)}/actuals/${world.tables['KZ-A'].indicatorId(key)}`,
    { requestId: randomUUID(), expectedRevision: 0, actual: { kind: 'REPORTED', magnitude, unit } });
  const settle = (candidateId: string | undefined, choice: 'ACCEPT' | 'KEEP_MINE'): Promise<Answer<Problem>> =>
    reporter.post(`/api/monitoring-reports/${world.report('KZ-A', 2)}/candidates/${candidateId ?? ''}`, { requestId: randomUUID(), expectedRevision: 0, choice, ...(choice === 'KEEP_MINE' ? { reason: '以账面为准' } : {}) });

  it('says which values it has for which report, of the quarter alone, and which rows have no place', async () => {
    // The first quarter had one audit and 8,000 元; its report is past its due day and was given more time.
    await world.dataSource.query(`update monitoring_report set state = 'RETURNED' where id = $1`, [world.report('KZ-A', 1)]);
    expect((await record('KZ-A1', '1', '次')).status).toBe(200);
    expect((await record('KZ-A10', '0.8', '万元')).status).toBe(200);
    expect((await record('KZ-A5', '2', '月')).status).toBe(200);
    const { id, tableList, state } = await read('监控表1-6月.csv', form('1—6月', ROWS));
    expect([state, tableList.map((table) => [table.form, table.proposed])]).toEqual(['STAGED', [['MONITORING', false]]]);
    const view = await proposed(id);
    expect(view).toMatchObject({
      fiscalYear: 2024, printed: '1—6月', quarter: 2, isYearToDate: true, fits: true, why: null, proposedAt: null,
      report: { reportId: world.report('KZ-A', 2), label: '第二季度', tableId: world.tables['KZ-A'].id, version: 1 },
    });
    expect(view.proposals.map((one) => [one.key, one.printed, one.value, one.present, one.outcome])).toEqual([
      ['KZ-A1', '3次', '2次', null, 'CANDIDATE'], ['KZ-A3', '98%', '98%', null, 'CANDIDATE'], ['KZ-A10', '23000元', '1.5万元', null, 'CANDIDATE'], ['KZ-A11', '达成预期指标', '达成', null, 'CANDIDATE'],
    ]);
    expect(view.unmatched.map(({ name, why }) => [name, why.code])).toEqual([['内部审计培训次数', 'import.actual-blank'], ['项目准备阶段期限', 'actual.reached-before'], ['没有这一项', 'import.actual-no-row']]);
  });

  it('puts them beside the cells by one click; a person takes them over, or keeps the own value with a reason', async () => {
    const { id } = await read('监控表1-6月.csv', form('1—6月', ROWS));
    const [neighbour, manager] = [await app.as('mn.reporter'), await app.as('kz.manager')];
    expect([(await neighbour.get(path(id))).status, (await manager.get(path(id))).status, (await propose(id, ['KZ-A1'], 2, manager)).status]).toEqual([404, 200, 403]);
    expect((await propose(id, ['nothing'])).body.code).toBe('import.nothing-chosen');
    const done = await propose(id, ['KZ-A1', 'KZ-A3', 'KZ-A11']);
    // A document of results alone is done with that.
    expect([done.status, done.body.state, done.body.tableList[0]?.proposed]).toEqual([200, 'ACCEPTED', true]);
    expect(await rowOf('KZ-A1')).toMatchObject({ current: null, candidate: { actual: { magnitude: '2', unit: '次' }, origin: 'IMPORTED', sourceName: '监控表1-6月.csv', verbatim: '3次' } });
    expect((await rowOf('KZ-A1'))?.candidate?.observationId).toBeUndefined();
    expect((await propose(id, ['KZ-A1', 'KZ-A3', 'KZ-A11'])).status).toBe(200);
    expect((await world.dataSource.query('select 1 from candidate where settled_at is null')).length).toBe(3);
    const taken = await settle((await rowOf('KZ-A1'))?.candidate?.id, 'ACCEPT');
    expect([taken.status, (await rowOf('KZ-A1'))?.current]).toMatchObject([200, { actual: { magnitude: '2', unit: '次' }, origin: 'IMPORTED' }]);
    expect((await settle((await rowOf('KZ-A3'))?.candidate?.id, 'KEEP_MINE')).status).toBe(200);
    // Undoing withdraws the one that nobody has settled; what was taken over is the reporter's by now.
    const undone = await undo(id);
    expect([undone.body.state, (await rowOf('KZ-A11'))?.candidate, (await rowOf('KZ-A1'))?.current?.revision]).toEqual(['UNDONE', null, 1]);
    expect(await world.dataSource.query('select settlement, count(*)::int as n from candidate group by 1 order by 1')).toEqual([{ settlement: 'ACCEPTED', n: 1 }, { settlement: 'KEPT', n: 1 }, { settlement: 'WITHDRAWN', n: 1 }]);
    expect((await propose(id, ['KZ-A11'])).body.code).toBe('import.not-staged');
  });

  it('that ends in the middle of a quarter, or says none, is for the quarter a person names', async () => {
    const july = await read('监控表1-7月.csv', form('1—7月', ROWS));
    // July is of the third quarter; the earlier ones are taken off.
    expect(await proposed(july.id, '?quarter=3')).toMatchObject({ printed: '1—7月', quarter: 3, isYearToDate: true, fits: false });
    expect(await proposed(july.id, '?quarter=4')).toMatchObject({ quarter: 4, fits: false, report: null, why: { code: 'import.no-report' }, proposals: [] });
    const chosen = await proposed(july.id, '?quarter=2');
    expect([chosen.quarter, chosen.fits, chosen.proposals.map((one) => [one.key, one.value, one.outcome])]).toEqual([2, false, [['KZ-A1', '2次', 'SAME'], ['KZ-A3', '98%', 'CANDIDATE'], ['KZ-A10', '1.5万元', 'CANDIDATE'], ['KZ-A11', '达成', 'CANDIDATE']]]);
    const quarter = await read('监控表二季度.csv', form('第二季度', ROWS));
    expect([(await proposed(quarter.id)).isYearToDate, (await proposed(quarter.id)).proposals[0]?.value]).toEqual([false, '3次']);
    expect((await propose(july.id, ['KZ-A1'], 4)).body.code).toBe('import.no-report');
  });

  it('gives the report its explanations, the year’s end and its money as well: beside what is there, taken over by a person, never silently', async () => {
    const wide = (row: readonly string[]): string[] => [...row, ...Array.from({ length: 16 - row.length }, () => '')];
    const whole = Buffer.from([
      ['项目支出绩效目标执行监控表'], ['（2024年度）'], ['项目名称', '社会保险经办审计经费'],
      ['项目资金（万元）', '', '年初预算数', '1—6月执行数', '1—6月执行率', '全年预计执行数'], ['', '年度资金总额', '8.00', '3.50', '43.75%', '7.60'], ['', '其中：本年一般公共预算拨款', '8.00', '3.50', '43.75%', '7.60'], ['', '其他资金', '0.00', '0.00', '—', '0.00'],
      ['年度总体目标', '维护社保基金安全'],
      ['一级指标', '二级指标', '三级指标', '年度指标值', '1—6月执行情况', '全年预计完成情况', '经费保障', '制度保障', '人员保障', '硬件条件保障', '其他', '原因说明', '确定能', '有可能', '完全不可能', '备注'],
      ['产出指标', '数量指标', '内部审计次数', '>=5次', '3', '5次', '', '', '√', '', '', '审计人员抽调外出', '', '√', '', '三季度补审'], ['', '', '内部审计培训次数', '>=3次', '1', '3次', '', '', '', '', '', '', '√', '', '', ''],
    ].map((row) => wide(row).join(',')).join('\n'));
    const { id } = await read('监控表全.csv', whole);
    const view = await proposed(id);
    const explanation = { causes: ['STAFF'], sentence: '审计人员抽调外出', measures: '三季度补审', likelihood: 'POSSIBLE', forecast: '5次' };
    expect(view.explanations).toEqual([{ key: 'KZ-A1', name: '内部审计次数', printed: explanation, present: null, isSame: false }]);
    expect(view.money?.printed).toEqual([
      { part: 'TOTAL', initial: '8.00', adjusted: null, executed: '3.50' }, { part: 'FISCAL', initial: '8.00', adjusted: null, executed: '3.50' }, { part: 'OTHER', initial: '0.00', adjusted: null, executed: '0.00' },
    ]);
    // What a report has no place for is told: the year's end of a row without a deviation, and what will have been spent.
    expect(view.unplaced.map(({ code }) => code)).toEqual(['import.remark-alone', 'import.money-forecast', 'import.money-forecast', 'import.money-forecast']);
    expect(view.unplaced[0]?.zh).toContain('全年预计“3次”、完成可能性“确定能”');
    const path2 = `/api/imports/remarks?reportId=${world.report('KZ-A', 2)}`;
    const open = async (client = reporter): Promise<ImportedRemarkList['remarks']> => importedRemarkList.parse((await client.get(path2)).body).remarks;
    const offer = (body: object): Promise<Answer<DocumentImportView & Problem>> => reporter.post(path(id), { quarter: 2, keys: [], ...body });
    expect((await offer({ explained: ['nothing'] })).body.code).toBe('import.nothing-chosen');
    expect((await offer({ explained: ['KZ-A1'], money: true })).body.tableList[0]?.proposed).toBe(true);
    const before = await report();
    expect([before.rows.find((row) => row.indicator.key === 'KZ-A1')?.explanation, before.execution?.revision]).toEqual([null, 0]);
    const [first, second] = await open();
    if (first === undefined || second === undefined) throw new Error('two remarks wait');
    expect([first, second]).toMatchObject([{ indicatorKey: 'KZ-A1', sourceName: '监控表全.csv', explanation, money: null }, { indicatorKey: null, explanation: null, money: [{ part: 'TOTAL', executed: '3.50' }, {}, {}] }]);
    // Offered again it takes the place of what waits, and is not there twice.
    expect((await offer({ explained: ['KZ-A1'] })).status).toBe(200);
    const again = (await open()).find((one) => one.indicatorKey === 'KZ-A1');
    expect([(await open()).length, again?.id === first.id]).toEqual([2, false]);
    const settleRemark = (remark: string, choice: 'TAKEN' | 'KEPT', client = reporter): Promise<Answer<Problem>> => client.post(`/api/imports/remarks/${remark}/settlement`, { choice });
    const [neighbour, manager] = [await app.as('mn.reporter'), await app.as('kz.manager')];
    expect([(await neighbour.get(path2)).status, (await open(manager)).length, (await settleRemark(second.id, 'KEPT', manager)).status, (await settleRemark(second.id, 'KEPT', neighbour)).body.code]).toEqual([404, 2, 403, 'import.remark-not-found']);
    // Taken over by the reporter's own change, which is then in the report under the reporter's name.
    const written = await reporter.put(`/api/monitoring-reports/${world.report('KZ-A', 2)}/actuals/${world.tables['KZ-A'].indicatorId('KZ-A1')}/explanation`, { requestId: randomUUID(), expectedRevision: 0, explanation: again?.explanation });
    expect([written.status, (await settleRemark(again?.id ?? '', 'TAKEN')).status, (await settleRemark(again?.id ?? '', 'TAKEN')).body.code]).toEqual([200, 204, 'import.remark-settled']);
    expect((await proposed(id)).explanations[0]).toMatchObject({ isSame: true, present: explanation });
    expect((await rowOf('KZ-A1'))?.explanation).toMatchObject({ ...explanation, revision: 1, by: '填报人甲' });
    // What nobody has settled goes with the import.
    expect((await open()).map((one) => one.indicatorKey)).toEqual([null]);
    expect((await undo(id)).body.state).toBe('UNDONE');
    expect([await open(), await world.dataSource.query('select settlement, count(*)::int as n from import_remark group by 1 order by 1')]).toEqual([[], [{ settlement: 'REPLACED', n: 1 }, { settlement: 'TAKEN', n: 1 }, { settlement: 'WITHDRAWN', n: 1 }]]);
    await expect(world.dataSource.query('delete from import_remark')).rejects.toThrow('settled once');
  });

  it('of a value that its own year has not seen says so before and beside the cell', async () => {
    // One audit in the first quarter, and a hundred in the second where five were promised for the year; 250 would be fifty times the target itself.
    const many = ROWS.map((row) => (row[2] === '内部审计次数' ? ['产出指标', '数量指标', '内部审计次数', '>=5次', '101', '101'] : row));
    const { id } = await read('监控表百次.csv', form('1—6月', many));
    const warning = '“内部审计次数”的 100次 约为同年第 1 季度 1次 的 100 倍，请核对数值和单位。';
    const audits = (await proposed(id)).proposals.find((one) => one.key === 'KZ-A1');
    expect(audits).toMatchObject({ value: '100次', outcome: 'IMPLAUSIBLE', warning: { zh: warning, en: '“内部审计次数”: 100次 is about 100 times 1次 in Q1 of the same year. Check number and unit.' } });
    expect((await propose(id, ['KZ-A1'])).status).toBe(200);
    expect((await rowOf('KZ-A1'))?.candidate).toMatchObject({ outcome: 'IMPLAUSIBLE', warning });
    expect((await undo(id)).body.state).toBe('UNDONE');
  });

  it('of a year without a table in force, past its day, or no monitoring form at all, says so', async () => {
    const other = await read('监控表其他.csv', Buffer.from(form('1—6月', ROWS).toString().replace('社会保险经办审计经费', '别的项目')));
    expect((await proposed(other.id)).why?.code).toBe('import.no-table-of-year');
    const first = await read('监控表1-3月.csv', form('1—3月', ROWS));
    await world.dataSource.query(`update monitoring_report set state = 'SUBMITTED' where id = $1`, [world.report('KZ-A', 1)]);
    expect((await proposed(first.id)).why?.code).toBe('actual.report-not-editable');
    expect((await propose(first.id, ['KZ-A1'], 1)).body.code).toBe('actual.report-not-editable');
    const evaluation = await read('自评.csv', Buffer.from(['项目支出绩效自评表,,,,,', '（2024年度）,,,,,', '项目名称,线路租赁费,,,,', '一级指标,二级指标,三级指标,年度指标值,实际完成值,分值', '产出指标,数量指标,租用专线网络数量,=4条,4,10'].join('\n')));
    expect((await reporter.get<Problem>(path(evaluation.id))).body.code).toBe('import.not-monitoring');
  });
});
