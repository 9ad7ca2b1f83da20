import { randomUUID } from 'node:crypto';
import type { ActualBody, MonitoringReportView, RecordedActual, Problem, TargetTableView } from '@jiheng/contract';
import type { Actual } from '@jiheng/domain';
import { aWorld, type World, type WorldApp } from '../../test/world';
import type { Client } from '../../test/http-app';
import { MonitoringReports, type OfferOutcome } from './monitoring.public';

type Row = MonitoringReportView['rows'][number];
const SICKNESS = '医保结算系统', CORE = '社保核心系统', LEDGER = '台账导出表';

describe('several sources beside one cell', () => {
  let world: World;
  let app: WorldApp;
  let reporter: Client;
  let report: string;
  beforeAll(async () => {
    world = await aWorld({ opened: [4] });
    app = await world.start({ today: '2025-01-09' });
    reporter = await app.as('kz.reporter');
    report = world.report('KZ-U', 4);
  });
  afterAll(async () => { await app.stop(); await world.stop(); });

  const people = (magnitude: string, unit = '万人'): Extract<Actual, { kind: 'REPORTED' }> => ({ kind: 'REPORTED', magnitude, unit });
  const offer = async (sourceName: string, key: string, actual: Actual, origin: 'PULLED' | 'IMPORTED' = 'PULLED', observationId: string = randomUUID()): Promise<OfferOutcome> => {
    const offered = await world.unitOfWork.run((tx) => app.app.get(MonitoringReports, { strict: false }).offerCandidate(tx, {
      reportId: report, indicatorKey: key, actual, earlier: [], observationId, sourceName, origin, observedAt: new Date(), verbatim: '68300', sha256: 'd'.repeat(64),
    }));
    if (!offered.ok) throw new Error(offered.refusal.code);
    return offered.value;
  };
  const row = async (key: string): Promise<Row> => {
    const found = (await reporter.get<MonitoringReportView>(`/api/monitoring-reports/${report}`)).body.rows.find((one) => one.indicator.key === key);
    if (found === undefined) throw new Error(`no row ${key}`);
    return found;
  };
  /** Who waits beside a cell with which value, the one in front first. */
  const waiting = (found: Row): string[] => (found.candidate === null ? [] : [found.candidate, ...found.candidate.others ?? []]).map(({ sourceName, actual }) => `${sourceName} ${actual.kind === 'REPORTED' ? `${actual.magnitude}${actual.unit ?? ''}` : actual.kind}`);
  const record = async (key: string, actual: ActualBody): Promise<number> =>
    (await reporter.put(`/api/monitoring-reports/${report}/actuals/${world.tables['KZ-U'].indicatorId(key)}`, { requestId: randomUUID(), expectedRevision: (await row(key)).current?.revision ?? 0, actual })).status;
  const settle = async (candidateId: string | undefined | null, choice: 'ACCEPT' | 'KEEP_MINE' | 'TAKE_BACK', key: string, given: { readonly requestId?: string; readonly expectedRevision?: number } = {}) =>
    reporter.post<RecordedActual & Problem>(`/api/monitoring-reports/${report}/candidates/${candidateId ?? ''}`, {
      requestId: given.requestId ?? randomUUID(), expectedRevision: given.expectedRevision ?? (await row(key)).current?.revision ?? 0, choice, ...(choice === 'KEEP_MINE' ? { reason: '来源含已注销人员' } : {}),
    });
  const settlements = async (key: string): Promise<string[]> => (await world.dataSource.query<{ said: string }[]>(
    `select source_name || ' ' || coalesce(settlement, 'OPEN') as said from candidate where report_id = $1 and indicator_key = $2 order by id`, [report, key])).map(({ said }) => said);

  it('that one source says what was typed settles nothing of what another one says', async () => {
    await record('KZ-U5', people('6.85'));
    await offer(CORE, 'KZ-U5', people('6.83'));
    expect((await offer(LEDGER, 'KZ-U5', people('68500', '人'))).outcome).toBe('SAME');
    expect(waiting(await row('KZ-U5'))).toEqual([`${CORE} 6.83万人`]);
    expect(await settlements('KZ-U5')).toEqual([`${CORE} OPEN`, `${LEDGER} AGREED`]);
    // The source itself has come round: now nothing waits.
    expect((await offer(CORE, 'KZ-U5', people('6.85'))).outcome).toBe('SAME');
    expect(waiting(await row('KZ-U5'))).toEqual([]);
  });

  it('each goes on waiting, the newest in front; a newer word of the same source takes only its own place', async () => {
    await offer(CORE, 'KZ-U4', people('10.012'));
    await offer(LEDGER, 'KZ-U4', people('10.1'));
    expect(waiting(await row('KZ-U4'))).toEqual([`${LEDGER} 10.1万人`, `${CORE} 10.012万人`]);
    await offer(LEDGER, 'KZ-U4', people('10.2'));
    expect(waiting(await row('KZ-U4'))).toEqual([`${LEDGER} 10.2万人`, `${CORE} 10.012万人`]);
    await offer(CORE, 'KZ-U4', people('10.03'));
    expect(waiting(await row('KZ-U4'))).toEqual([`${CORE} 10.03万人`, `${LEDGER} 10.2万人`]);
  });

  it('the one behind can be taken, and says where it came from; the other one still contradicts it', async () => {
    const observationId = randomUUID();
    await offer(LEDGER, 'KZ-U3', people('6.5'), 'PULLED', observationId);
    await offer(CORE, 'KZ-U3', people('6.43'));
    const behind = (await row('KZ-U3')).candidate?.others?.[0];
    expect(behind).toMatchObject({ sourceName: LEDGER, observationId });
    const taken = await settle(behind?.id, 'ACCEPT', 'KZ-U3');
    expect(taken.body.row.current).toMatchObject({ actual: people('6.5'), origin: 'PULLED', observationId });
    expect(waiting(taken.body.row)).toEqual([`${CORE} 6.43万人`]);
    // Asked again for the same after a lost answer, nothing more happens.
    expect((await settle(behind?.id, 'ACCEPT', 'KZ-U3')).body.revision).toBe(1);
    expect((await settle(taken.body.row.candidate?.id, 'KEEP_MINE', 'KZ-U3')).body.row.candidate).toBeNull();
  });

  it('typing what the one behind says settles it and leaves the one in front', async () => {
    await offer(LEDGER, 'KZ-U2', people('5.9'));
    await offer(CORE, 'KZ-U2', people('5.79'));
    await record('KZ-U2', people('59000', '人'));
    expect(waiting(await row('KZ-U2'))).toEqual([`${CORE} 5.79万人`]);
    // And the other way round: what is in front is typed, a third one behind comes forward.
    await offer(SICKNESS, 'KZ-U2', people('5.8'));
    await record('KZ-U2', people('5.8'));
    expect(waiting(await row('KZ-U2'))).toEqual([`${CORE} 5.79万人`]);
    await record('KZ-U2', people('5.79'));
    expect(waiting(await row('KZ-U2'))).toEqual([]);
  });

  it('a document that is taken back leaves the line, in front or behind; the source stays', async () => {
    const brought = [randomUUID(), randomUUID()];
    await offer('监控表.docx', 'KZ-U1', { kind: 'REPORTED', magnitude: '95', unit: '%' }, 'IMPORTED', brought[0]);
    await offer(CORE, 'KZ-U1', { kind: 'REPORTED', magnitude: '95.6', unit: '%' });
    expect(waiting(await row('KZ-U1'))).toEqual([`${CORE} 95.6%`, '监控表.docx 95%']);
    const withdraw = (): Promise<number> => world.unitOfWork.always((tx) => app.app.get(MonitoringReports, { strict: false }).withdrawCandidates(tx, brought, world.people['kz.reporter']));
    expect(await withdraw()).toBe(1);
    expect(waiting(await row('KZ-U1'))).toEqual([`${CORE} 95.6%`]);
    await offer('监控表.docx', 'KZ-U1', { kind: 'REPORTED', magnitude: '95.1', unit: '%' }, 'IMPORTED', brought[1]);
    expect(await withdraw()).toBe(1);
    expect(waiting(await row('KZ-U1'))).toEqual([`${CORE} 95.6%`]);
    expect(await withdraw()).toBe(0);
  });

  it('a value that was taken is taken back: what stood there stands again, the candidate waits, and both remain on record', async () => {
    const observationId = randomUUID();
    await offer(CORE, 'KZ-U6', people('264000', '人'), 'PULLED', observationId);
    const first = (await row('KZ-U6')).candidate?.id;
    expect((await settle(first, 'ACCEPT', 'KZ-U6')).body.row).toMatchObject({ candidate: null, current: { revision: 1, actual: people('264000', '人') } });
    const requestId = randomUUID();
    const back = await settle(first, 'TAKE_BACK', 'KZ-U6', { requestId });
    expect(back.body.row).toMatchObject({ current: { revision: 2, actual: { kind: 'NOT_REPORTED' } }, candidate: { actual: people('264000', '人'), sourceName: CORE, observationId } });
    expect((await settle(first, 'TAKE_BACK', 'KZ-U6', { requestId, expectedRevision: 1 })).body.revision).toBe(2);
    expect(await settlements('KZ-U6')).toEqual([`${CORE} ACCEPTED`, `${CORE} OPEN`]);
    // Taken again beside a typed value, and taken back by the id that the page knew first.
    await record('KZ-U6', people('26.2'));
    expect((await settle(back.body.row.candidate?.id, 'ACCEPT', 'KZ-U6')).body.revision).toBe(4);
    expect((await settle(first, 'TAKE_BACK', 'KZ-U6')).body.row).toMatchObject({ current: { revision: 5, actual: people('26.2'), origin: 'TYPED' }, candidate: { observationId } });
  });

  it('where the source has said something newer, that goes on waiting, and what was taken back has given way to it', async () => {
    const first = (await offer(SICKNESS, 'KZ-U5', people('6.91'))).candidateId;
    await settle(first, 'ACCEPT', 'KZ-U5');
    await offer(SICKNESS, 'KZ-U5', people('6.92'));
    const requestId = randomUUID(), { revision = 0 } = (await row('KZ-U5')).current ?? {};
    const back = await settle(first, 'TAKE_BACK', 'KZ-U5', { requestId });
    expect(back.body.row.current).toMatchObject({ revision: revision + 1, actual: people('6.85'), origin: 'TYPED' });
    expect(waiting(back.body.row)).toEqual([`${SICKNESS} 6.92万人`]);
    expect((await settlements('KZ-U5')).slice(-3)).toEqual([`${SICKNESS} ACCEPTED`, `${SICKNESS} OPEN`, `${SICKNESS} REPLACED`]);
    // The answer was lost: asked again, nothing more happens.
    expect((await settle(first, 'TAKE_BACK', 'KZ-U5', { requestId, expectedRevision: revision })).body.revision).toBe(revision + 1);
  });

  it('a row beside which two sources wait is one thing to choose', async () => {
    const waitingRows = new Set((await reporter.get<MonitoringReportView>(`/api/monitoring-reports/${report}`)).body.rows.filter(({ candidate }) => candidate !== null).map(({ indicator }) => indicator.key));
    expect((await row('KZ-U4')).candidate?.others).toHaveLength(1);
    const [quarter] = (await reporter.get<TargetTableView>(`/api/target-tables/${world.tables['KZ-U'].id}`)).body.reports;
    expect(quarter?.candidates).toBe(waitingRows.size);
  });

  it('nothing is taken back where nothing was taken, or where another value stands by now', async () => {
    const { candidateId } = await offer(CORE, 'KZ-U6', people('26.5'));
    expect((await settle(candidateId, 'TAKE_BACK', 'KZ-U6')).body.code).toBe('candidate.not-found');
    await settle(candidateId, 'ACCEPT', 'KZ-U6');
    expect((await settle(candidateId, 'TAKE_BACK', 'KZ-U6', { expectedRevision: 1 })).body.code).toBe('actual.stale-revision');
    await record('KZ-U6', people('26.6'));
    expect((await settle(candidateId, 'TAKE_BACK', 'KZ-U6')).body.code).toBe('candidate.not-found');
    const kept = await offer(CORE, 'KZ-U6', people('26.7'));
    await settle(kept.candidateId, 'KEEP_MINE', 'KZ-U6');
    expect((await settle(kept.candidateId, 'TAKE_BACK', 'KZ-U6')).body.code).toBe('candidate.not-found');
  });
});
