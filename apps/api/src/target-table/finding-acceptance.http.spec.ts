import type { FindingView, Problem, TargetTableBody, TargetTableView } from '@jiheng/contract';
import { theTable } from '@jiheng/domain/testing';
import type { Client } from '../../test/http-app';
import { type World, type WorldApp, aWorld } from '../../test/world';
import { granted } from '../../test/year';

describe('what the quality check says of a draft', () => {
  let world: World;
  let app: WorldApp;
  let reporter: Client;
  let id: string;

  const body = (change: Partial<TargetTableBody> = {}): TargetTableBody => {
    const { budgetUnit: _unit, ...table } = theTable('KZ-A');
    return { ...table, fiscalYear: 2025, unitId: world.units.kz, lead: '项目负责人', ...change } as unknown as TargetTableBody;
  };
  const view = (): Promise<TargetTableView> => granted(reporter.get<TargetTableView>(`/api/target-tables/${id}`));
  const write = async (change: Partial<TargetTableBody>): Promise<unknown> => granted(reporter.put(`/api/target-tables/${id}`, { ...body(change), expectedRevision: (await view()).revision }));
  const warning = async (): Promise<FindingView> => {
    const found = (await view()).findings.find((finding) => finding.severity === 'WARN' && finding.row !== null);
    if (found === undefined) throw new Error('no warning');
    return found;
  };
  const accept = (client: Client, finding: string | undefined, reason = '按 2024 年财政批复原样下达。') =>
    client.post<TargetTableView & Problem>(`/api/target-tables/${id}/findings/${finding ?? ''}/acceptance`, { reason });
  const submit = async () => reporter.post<Problem & { state: string }>(`/api/target-tables/${id}/moves`, { move: 'submit', expectedRevision: (await view()).revision });

  beforeAll(async () => {
    world = await aWorld({ opened: [] });
    app = await world.start();
    reporter = await app.as('kz.reporter');
    id = (await granted(reporter.post<TargetTableView>('/api/target-tables', body({ lead: null })))).id;
  });
  afterAll(async () => { await app?.stop(); await world?.stop(); });

  it('names the missing 项目负责人 at the head, and keeps the table from being submitted until somebody is named', async () => {
    const [first] = (await view()).findings;
    expect(first).toMatchObject({ code: 'Q-K1', severity: 'ERROR', row: null, rowKey: null, message: '表头缺少“项目负责人”，请补填。', accepted: null });
    const refused = await submit();
    expect([refused.status, refused.body.code, refused.body.fields?.map(({ message }) => message)]).toEqual([422, 'workflow.findings-open', ['表头缺少“项目负责人”，请补填。']]);
    await write({});
    expect((await view()).findings.filter(({ code }) => code === 'Q-K1')).toEqual([]);
  });

  it('lets a warning be taken on with a reason, once, by who writes or reviews, and nobody else', async () => {
    const found = await warning();
    expect((await accept(await app.as('mn.reporter'), found.id)).body.code).toBe('target-table.not-found');
    expect((await accept(await app.as('kz.manager'), found.id)).status).toBe(403);
    expect((await accept(reporter, found.id, ' ')).status).toBe(400);
    const accepted = await accept(reporter, found.id);
    expect(accepted.status).toBe(200);
    expect(accepted.body.findings.find((one) => one.id === found.id)?.accepted).toMatchObject({ reason: '按 2024 年财政批复原样下达。', by: '填报人甲' });
    await granted(accept(await app.as('kz.reviewer'), found.id, '同意'));
    expect((await view()).findings.find((one) => one.id === found.id)?.accepted).toMatchObject({ by: '填报人甲' });
    await expect(world.dataSource.query(`update finding_acceptance set reason = '别的理由'`)).rejects.toMatchObject({ driverError: { code: 'JH001' } });
  });

  it('forgets the acceptance when the row changes, and keeps it when another row does', async () => {
    const found = (await view()).findings.find((one) => one.accepted != null) as FindingView;
    const table = theTable('KZ-A');
    const indicators = (key: string) => table.indicators.map((row) => (row.key === key ? { ...row, basis: '行业标准' } : row)) as unknown as TargetTableBody['indicators'];
    const other = table.indicators.find((row) => row.key !== found.rowKey);
    await write({ indicators: indicators(other?.key ?? '') });
    expect((await view()).findings.find((one) => one.id === found.id)?.accepted).not.toBeNull();
    await write({ indicators: indicators(found.rowKey ?? '') });
    const same = (await view()).findings.find((one) => one.code === found.code && one.rowKey === found.rowKey && one.message === found.message);
    expect([same?.accepted, same?.id === found.id]).toEqual([null, false]);
    expect((await accept(reporter, found.id)).body.code).toBe('finding.not-found');
  });

  it('lets no error be taken on: it is corrected', async () => {
    await write({ lead: null });
    const error = (await view()).findings.find(({ severity }) => severity === 'ERROR');
    const refused = await accept(reporter, error?.id);
    expect([refused.status, refused.body.sentence.zh]).toEqual([422, '只有警告可以写明理由后接受；这一条是错误，须改正。']);
  });
});
