import { randomUUID } from 'node:crypto';
import { type EvidenceView, evidenceView, type MonitoringReportView, type Problem } from '@jiheng/contract';
import { aWorld, type World, type WorldApp } from '../../test/world';
import type { Client } from '../../test/http-app';

const PDF = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n');
const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
const EXE = Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200, 1)]);

describe('the files behind a value', () => {
  let world: World;
  let app: WorldApp;
  let reporter: Client;
  beforeAll(async () => {
    world = await aWorld({ opened: [3, 4] });
    app = await world.start({ today: '2025-01-09', env: { MAX_UPLOAD_MB: '1' } });
    reporter = await app.as('kz.reporter');
  });
  afterAll(async () => { await app.stop(); await world.stop(); });

  const place = (key = 'KZ-U6', quarter = 4): string => `/api/monitoring-reports/${world.report('KZ-U', quarter)}/actuals/${world.tables['KZ-U'].indicatorId(key)}/evidence`;
  const attach = (client: Client, name: string, bytes: Uint8Array, path = place()): ReturnType<typeof client.upload<EvidenceView & Problem>> => client.upload(path, { name, bytes });

  it('a ledger comes back byte for byte, as a download that runs nowhere', async () => {
    const answer = await attach(reporter, '参保台账（第四季度）.pdf', PDF);
    expect(answer.status).toBe(201);
    const attached = evidenceView.parse(answer.body);
    expect(attached).toMatchObject({ fileName: '参保台账（第四季度）.pdf', mediaType: 'application/pdf', size: PDF.length, by: '填报人甲' });
    const response = await reporter.fetch(`/api/evidence/${attached.id}`);
    expect(Buffer.from(await response.arrayBuffer())).toEqual(PDF);
    expect(response.headers.get('content-type')).toBe('application/pdf');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('content-disposition')).toBe(`attachment; filename*=UTF-8''${encodeURIComponent('参保台账（第四季度）.pdf')}`);
    expect(response.headers.get('content-security-policy')).toContain('sandbox');
  });

  it('the same bytes again are the same evidence', async () => {
    const first = await attach(reporter, '截图.png', PNG);
    const again = await attach(reporter, '截图（再传）.png', PNG);
    expect(again.body.id).toBe(first.body.id);
  });

  it('a file withdrawn is gone from the row and from the shelf, and may be attached again', async () => {
    const { body } = await attach(reporter, '说明.txt', Buffer.from('参保人数含跨州转入，详见台账。'), place('KZ-U5'));
    expect((await reporter.send('DELETE', `${place('KZ-U5')}/${body.id}`)).status).toBe(204);
    expect((await reporter.send('DELETE', `${place('KZ-U5')}/${body.id}`)).status).toBe(204);
    const shown = await reporter.get<MonitoringReportView>(`/api/monitoring-reports/${world.report('KZ-U', 4)}`);
    expect(shown.body.rows.find((row) => row.indicator.key === 'KZ-U5')?.evidence).toEqual([]);
    const again = await attach(reporter, '说明.txt', Buffer.from('参保人数含跨州转入，详见台账。'), place('KZ-U5'));
    expect(again.status).toBe(201);
    expect(again.body.id).not.toBe(body.id);
  });

  it.each<[string, string, Uint8Array, number, string]>([
    ['a program called a document', '台账.pdf', EXE, 422, 'evidence.disguised'],
    ['a picture called a document', '台账.pdf', PNG, 422, 'evidence.disguised'],
    ['a document called a list', '台账.csv', PDF, 422, 'evidence.disguised'],
    ['a program called a text', '台账.txt', EXE, 422, 'evidence.disguised'],
    ['a program', '台账.exe', EXE, 422, 'evidence.kind-not-allowed'],
    ['a page', '台账.html', Buffer.from('<script>alert(1)</script>'), 422, 'evidence.kind-not-allowed'],
    ['a drawing that may hold a script', '图.svg', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 422, 'evidence.kind-not-allowed'],
    ['a name without an ending', '台账', PDF, 422, 'evidence.kind-not-allowed'],
    ['an empty file', '台账.pdf', new Uint8Array(), 422, 'evidence.empty'],
    ['more than the limit', '台账.pdf', Buffer.concat([PDF, Buffer.alloc(1_048_576)]), 413, 'evidence.too-large'],
  ])('%s is refused with a sentence', async (_, name, bytes, status, code) => {
    const answer = await attach(reporter, name, bytes, place('KZ-U4'));
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(answer.body.sentence.zh).toContain('台账' === name || name.startsWith('台账') ? '台账' : '图');
  });

  it('a name with folders and tricks of direction is made plain', async () => {
    const { body } = await attach(reporter, '..\\..\\\u202e台账:一?.pdf', Buffer.concat([PDF, Buffer.from(' ')]), place('KZ-U3'));
    expect(body.fileName).toBe('台账一.pdf');
  });

  it('a request without a file says so', async () => {
    expect((await reporter.post<Problem>(place(), {})).body.code).toBe('evidence.no-file');
  });

  it('what breaks off on the way, and two files at once, are refused whole', async () => {
    const send = async (body: RequestInit['body'], type?: string): Promise<[number, string]> => {
      const response = await reporter.fetch(place('KZ-U4'), { method: 'POST', body: body ?? null, ...(type === undefined ? {} : { headers: { 'content-type': type } }) });
      return [response.status, (await response.json() as Problem).code];
    };
    const begun = '--z\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n参保';
    expect(await send(begun, 'multipart/form-data; boundary=z')).toEqual([400, 'house.upload-broken']);
    expect(await send(begun, 'multipart/form-data')).toEqual([400, 'house.upload-broken']);
    expect(await send('--z\r\nContent-Dis', 'multipart/form-data; boundary=z')).toEqual([400, 'house.upload-broken']);
    const two = new FormData();
    for (const name of ['一.txt', '二.txt']) two.append('file', new Blob([name]), name);
    expect(await send(two)).toEqual([400, 'house.one-file-only']);
    const rows = await world.dataSource.query('select count(*)::int as count from evidence where report_id = $1 and indicator_key = $2', [world.report('KZ-U', 4), 'KZ-U4']);
    expect(rows).toEqual([{ count: 0 }]);
  });

  it('nothing is put behind a closed quarter, nor behind a row that is not there', async () => {
    expect((await attach(reporter, '台账.pdf', PDF, place('KZ-U6', 3))).body.code).toBe('actual.period-closed');
    expect((await attach(reporter, '台账.pdf', PDF, `/api/monitoring-reports/${world.report('KZ-U', 4)}/actuals/${randomUUID()}/evidence`)).status).toBe(404);
  });

  it('another unit neither puts, takes nor sees; nobody does without a session; a reviewer reads', async () => {
    const { body } = await attach(reporter, '公示.pdf', Buffer.concat([PDF, Buffer.from('\n\n')]), place('KZ-U2'));
    const [other, nobody, reviewer] = [await app.as('mn.reporter'), app.client(), await app.as('kz.reviewer')];
    expect([(await attach(other, '台账.pdf', PDF)).status, (await attach(nobody, '台账.pdf', PDF)).status, (await attach(reviewer, '台账.pdf', PDF)).status]).toEqual([404, 401, 403]);
    const take = (client: Client): Promise<{ status: number }> => client.send('DELETE', `${place('KZ-U2')}/${body.id}`);
    expect([(await take(other)).status, (await take(nobody)).status, (await take(reviewer)).status]).toEqual([404, 401, 403]);
    const see = async (client: Client): Promise<number> => (await client.fetch(`/api/evidence/${body.id}`)).status;
    expect([await see(other), await see(nobody), await see(reviewer)]).toEqual([404, 401, 200]);
  });
});
