import { randomUUID } from 'node:crypto';
import type { ActualBody, MonitoringReportView, Problem, RecordedActual } from '@jiheng/contract';
import type { Actual } from '@jiheng/domain';
import { aWorld, type World, type WorldApp } from '../../test/world';
import type { Client } from '../../test/http-app';
import { MonitoringReports, type OfferOutcome } from './monitoring.public';

describe('a source says something else', () => {
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

  const offer = async (key: string, actual: Actual, observationId: string = randomUUID(), reportId = report): Promise<OfferOutcome> => {
    const door = app.app.get(MonitoringReports, { strict: false });
    const offered = await world.unitOfWork.run((tx) => door.offerCandidate(tx, {
      reportId, indicatorKey: key, actual, earlier: [], observationId, sourceName: '社保核心系统', observedAt: new Date('2025-01-08T18:00:00Z'), verbatim: '{"value":"264000"}', sha256: 'd'.repeat(64),
    }));
    if (!offered.ok) throw new Error(offered.refusal.code);
    return offered.value;
  };
  const row = async (key: string): Promise<MonitoringReportView['rows'][number] | undefined> =>
    (await reporter.get<MonitoringReportView>(`/api/monitoring-reports/${report}`)).body.rows.find((one) => one.indicator.key === key);
  const record = (key: string, expectedRevision: number, actual: ActualBody): Promise<{ status: number }> =>
    reporter.put(`/api/monitoring-reports/${report}/actuals/${world.tables['KZ-U'].indicatorId(key)}`, { requestId: randomUUID(), expectedRevision, actual });
  const settle = (candidateId: string | null, choice: 'ACCEPT' | 'KEEP_MINE', expectedRevision: number, requestId: string = randomUUID(), reason: string | undefined = choice === 'KEEP_MINE' ? '来源含已注销人员' : undefined): ReturnType<typeof reporter.post<RecordedActual & Problem>> =>
    reporter.post(`/api/monitoring-reports/${report}/candidates/${candidateId}`, { requestId, expectedRevision, choice, reason });
  const people = (magnitude: string, unit = '万人'): Extract<Actual, { kind: 'REPORTED' }> => ({ kind: 'REPORTED', magnitude, unit });

  it('beside an empty cell it stands as a candidate, with what the source said word for word', async () => {
    const offered = await offer('KZ-U6', people('264000', '人'));
    expect(offered.outcome).toBe('CANDIDATE');
    expect(await row('KZ-U6')).toMatchObject({ current: null, candidate: { actual: { magnitude: '264000', unit: '人' }, verbatim: '{"value":"264000"}', sourceName: '社保核心系统', warning: null } });
  });

  it('is settled by typing the same quantity in another unit', async () => {
    await record('KZ-U6', 0, people('26.4'));
    expect(await row('KZ-U6')).toMatchObject({ current: { actual: people('26.4'), origin: 'TYPED' }, candidate: null });
    // The same again the next night is nothing to choose.
    expect((await offer('KZ-U6', people('264000', '人'))).outcome).toBe('SAME');
    expect((await row('KZ-U6'))?.candidate).toBeNull();
  });

  it('never overwrites what a person typed, and taken over it names its observation', async () => {
    await record('KZ-U5', 0, people('6.9'));
    const observationId = randomUUID();
    const { candidateId } = await offer('KZ-U5', people('7.1'), observationId);
    expect(await row('KZ-U5')).toMatchObject({ current: { actual: people('6.9') }, candidate: { actual: people('7.1') } });
    const stale = await settle(candidateId, 'ACCEPT', 0);
    expect([stale.status, stale.body.code]).toEqual([409, 'actual.stale-revision']);
    expect(stale.body.present).toMatchObject({ current: { revision: 1 } });
    const requestId = randomUUID();
    const taken = await settle(candidateId, 'ACCEPT', 1, requestId);
    expect(taken.body).toMatchObject({ revision: 2, row: { candidate: null, current: { revision: 2, origin: 'PULLED', observationId, actual: people('7.1') } } });
    expect((await settle(candidateId, 'ACCEPT', 1, requestId)).body).toMatchObject({ revision: 2 });
    expect((await settle(candidateId, 'KEEP_MINE', 2)).body.code).toBe('candidate.not-found');
  });

  it('a value one chose against is not asked about again the next night, another one is', async () => {
    await record('KZ-U4', 0, people('10'));
    const { candidateId } = await offer('KZ-U4', people('9.9'));
    const silent = await settle(candidateId, 'KEEP_MINE', 1, randomUUID(), '  ');
    expect([silent.status, silent.body.code]).toEqual([422, 'candidate.reason-missing']);
    expect((await settle(candidateId, 'KEEP_MINE', 1)).body).toMatchObject({ revision: 1, row: { candidate: null, current: { actual: people('10') } } });
    const [settled] = await world.dataSource.query<{ settle_reason: string; deviation: string }[]>('select settle_reason, deviation from candidate where id = $1', [candidateId]);
    expect(settled).toEqual({ settle_reason: '来源含已注销人员', deviation: '0.01' });
    expect((await offer('KZ-U4', people('9.90'))).outcome).toBe('SAME');
    expect((await offer('KZ-U4', people('9.8'))).outcome).toBe('CANDIDATE');
  });

  it('a newer answer takes the place of one nobody has settled', async () => {
    const first = await offer('KZ-U3', people('6.5'));
    const second = await offer('KZ-U3', people('6.6'));
    expect(second.candidateId).not.toBe(first.candidateId);
    expect((await row('KZ-U3'))?.candidate).toMatchObject({ id: second.candidateId });
  });

  it('the same observation delivered twice changes nothing', async () => {
    const observationId = randomUUID();
    const first = await offer('KZ-U2', people('5.9'), observationId);
    expect(await offer('KZ-U2', people('5.9'), observationId)).toEqual(first);
  });

  it('a hundredth of the target is offered with a warning', async () => {
    expect((await offer('KZ-U1', { kind: 'REPORTED', magnitude: '0.96', unit: '%' })).outcome).toBe('IMPLAUSIBLE');
    expect((await row('KZ-U1'))?.candidate?.warning).not.toBeNull();
  });

  it('a report that was handed on is left alone', async () => {
    await world.dataSource.query(`update monitoring_report set state = 'SUBMITTED' where id = $1`, [world.report('KZ-L', 4)]);
    expect(await offer('KZ-L1', { kind: 'REPORTED', magnitude: '4', unit: '条' }, randomUUID(), world.report('KZ-L', 4))).toEqual({ outcome: 'LOCKED', candidateId: null });
  });

  it('what cannot be an actual of the row is refused', async () => {
    await expect(offer('KZ-U2', people('5.9', '万元'))).rejects.toThrow('quantity.unit-mismatch');
  });
});
