import { createHash, randomUUID } from 'node:crypto';
import { read } from '@e965/xlsx';
import type { Problem, ReportArtifactView, SelfEvaluationView } from '@jiheng/contract';
import type { Client } from '../../test/http-app';
import { waitFor } from '../../test/wait-for';
import { type World, type WorldApp, aWorld } from '../../test/world';
import { KZ_A_YEAR, deskOf, granted, signQuarter } from '../../test/year';

describe('the year comes out as a file', () => {
  let world: World;
  let app: WorldApp;
  let reporter: Client;
  let year: SelfEvaluationView;

  const ask = (format: 'xlsx' | 'docx') => reporter.post<ReportArtifactView & Problem>(`/api/self-evaluations/${year.id}/reports`, { format });
  const ready = (id: string) => waitFor('the report', async () => {
    const { body } = await reporter.get<ReportArtifactView>(`/api/reports/${id}`);
    return body.state === 'READY' ? body : null;
  });
  const file = async (id: string) => {
    const response = await reporter.fetch(`/api/reports/${id}/file`);
    return { headers: response.headers, bytes: Buffer.from(await response.arrayBuffer()) };
  };
  const cellsOf = (bytes: Buffer) => {
    const book = read(bytes, { type: 'buffer' });
    const sheet = book.Sheets[book.SheetNames[0] ?? ''] ?? {};
    return Object.values(sheet).map((cell: { w?: string; v?: unknown }) => String(cell.w ?? cell.v ?? ''));
  };

  beforeAll(async () => {
    world = await aWorld();
    app = await world.start({ role: 'all' });
    const desk = await deskOf(app);
    ({ reporter } = desk);
    for (const [at, cells] of KZ_A_YEAR.entries()) await signQuarter(world, desk, 'KZ-A', at + 1, cells, at === 3 ? '8.00' : null);
    year = await granted(reporter.post<SelfEvaluationView>('/api/self-evaluations', { tableId: world.tables['KZ-A'].id }));
  }, 120_000);
  afterAll(async () => {
    await app?.stop();
    await world?.stop();
  });

  it('is not made while the total is open', async () => {
    const refused = await ask('xlsx');
    expect([refused.status, refused.body.code]).toEqual([422, 'report.not-scored']);
  });

  it('is a spreadsheet in the national layout with 94.19 and 优, and its bytes are what their digest says', async () => {
    for (const [key, grade, share] of [['KZ-A11', 'A', '1.00'], ['KZ-A12', 'B', '0.75']] as const) {
      const row = year.rows.find((one) => one.indicator.key === key);
      await granted(reporter.put(`/api/self-evaluations/${year.id}/rows/${row?.indicator.id ?? ''}`, { requestId: randomUUID(), expectedRevision: 0, judgement: { kind: 'JUDGED', grade, share } }));
    }
    const asked = await ask('xlsx');
    expect(asked.status).toBe(202);
    const made = await ready(asked.body.id);
    expect(made).toMatchObject({ format: 'xlsx', template: 'F4', scoreTotal: '94.19', fileName: '2024年度绩效自评-社会保险经办审计经费.xlsx', by: '填报人甲' });
    const { headers, bytes } = await file(made.id);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(made.sha256);
    expect(headers.get('content-disposition')).toBe(`attachment; filename*=UTF-8''${encodeURIComponent(made.fileName)}`);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    const cells = cellsOf(bytes);
    expect(cells).toEqual(expect.arrayContaining(['项目支出绩效自评表', '≥5次', '5次', '94.19', '优', '8.00', '100.00%', '10.00']));
  });

  it('asked for again is the same file; another sentence makes another', async () => {
    const first = await granted(ask('xlsx'));
    const second = await granted(ask('xlsx'));
    expect(second.id).toBe(first.id);
    await granted(reporter.put(`/api/self-evaluations/${year.id}/chapters/goal-achieved`, { requestId: randomUUID(), expectedRevision: 0, text: '全年开展内部审计5次。' }));
    const third = await granted(ask('xlsx'));
    expect(third.id).not.toBe(first.id);
    const { artifacts } = await granted(reporter.get<SelfEvaluationView>(`/api/self-evaluations/${year.id}`));
    expect(artifacts.map(({ id, outdated }) => [id, outdated])).toEqual(expect.arrayContaining([[first.id, true], [third.id, false]]));
    expect(cellsOf((await file((await ready(third.id)).id)).bytes)).toContain('全年开展内部审计5次。');
    // The earlier file is what it was.
    expect(cellsOf((await file(first.id)).bytes)).not.toContain('全年开展内部审计5次。');
    await expect(world.dataSource.query(`update report_artifact set sha256 = $1`, ['a'.repeat(64)])).rejects.toThrow('stays as it is');
  });

  it('drawn twice by the queue is drawn once', async () => {
    const { id } = await granted(ask('docx'));
    const made = await ready(id);
    await world.dataSource.query(`insert into outbox_message (id, kind, name, payload) values ($1, 'JOB', 'render-report', $2)`, [randomUUID(), JSON.stringify({ artifactId: id })]);
    await waitFor('the job to be rung', async () => (await world.dataSource.query<unknown[]>('select 1 from outbox_message where rung_at is null')).length === 0);
    await new Promise((done) => setTimeout(done, 400));
    expect((await granted(reporter.get<ReportArtifactView>(`/api/reports/${id}`))).sha256).toBe(made.sha256);
    expect((await granted(reporter.get<SelfEvaluationView>(`/api/self-evaluations/${year.id}`))).artifacts.map((artifact) => artifact.format)).toEqual(['docx', 'xlsx', 'xlsx']);
  });

  it('stays within the reach of the unit', async () => {
    const { id } = await granted(ask('docx'));
    const neighbour = await app.as('mn.manager');
    expect((await neighbour.get<Problem>(`/api/reports/${id}/file`)).status).toBe(404);
    expect((await neighbour.post<Problem>(`/api/self-evaluations/${year.id}/reports`, { format: 'docx' })).status).toBe(404);
    expect((await (await app.as('finance')).fetch(`/api/reports/${id}/file`)).status).toBe(200);
  });

  it('a target table is handed out in its official layout as well', async () => {
    const response = await reporter.fetch(`/api/target-tables/${world.tables['KZ-U'].id}/form.xlsx`);
    expect(response.status).toBe(200);
    expect(cellsOf(Buffer.from(await response.arrayBuffer()))).toEqual(expect.arrayContaining(['单位整体绩效目标表', '城乡居民养老保险参保人数达到', '≥26.10万人']));
    expect((await reporter.fetch(`/api/target-tables/${world.tables['MN-U'].id}/form.docx`)).status).toBe(404);
  });
});
