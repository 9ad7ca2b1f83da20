import { readFile, readdir } from 'node:fs/promises';
import { type IncomingMessage, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { JobRunList, MonitoringReportView, ObservationOrigin, Problem, PullSourceView, PullTrial } from '@jiheng/contract';
import { FAKE_CLIENT, type FakeSource, startFakeSource } from '../../../../../tools/fake-source/server';
import type { Client } from '../../../test/http-app';
import { waitFor } from '../../../test/wait-for';
import { type World, type WorldApp, aWorld } from '../../../test/world';
import { AppConfig } from '../../platform/config/app-config';
import { rotateAllSecrets } from '../../rotate-secrets';

const OLD = Buffer.alloc(32, 7).toString('base64');
const NEW = Buffer.alloc(32, 8).toString('base64');
const PASSWORD = 'pw-0b5f1c-never-seen';
const TOKEN = 'tk/7e2d+never"seen';
const QUERY_KEY = 'qk-91ac-never-seen';

/** A server that repeats what it was sent, as some do to be helpful: `msg` beside an empty list or beside none, or a row. Escapes slashes, as PHP does. */
function echoOf({ url = '/', headers: { authorization = '' } }: IncomingMessage): string {
  const [scheme = '', sent = ''] = authorization.split(' ');
  const said = `${authorization} ${scheme === 'Basic' ? Buffer.from(sent, 'base64').toString() : ''} ${url}`;
  const mode = /^\/(\w+)/u.exec(url)?.[1];
  const answer = mode === 'empty' ? { rows: [], msg: `nothing for ${said}` } : mode === 'none' ? { code: 500, msg: `wrong: ${said}` }
    : { rows: [{ key: 'urban-rural-pension', value: 264000, by: said }, { key: 'echo', value: `264000 ${said}` }, { key: said, value: 1 }] };
  return JSON.stringify(answer).replaceAll('/', '\\/');
}

describe('secrets of sources, from the form to the upstream', () => {
  let world: World;
  let app: WorldApp;
  let upstream: FakeSource;
  const echo = createServer((request, response) => { response.setHeader('content-type', 'application/json').end(echoOf(request)); });
  let echoUrl = '';
  let reporter: Client;
  /** Every answer that the reporter got. */
  const answers: string[] = [];
  const written: string[] = [];
  const real = process.stdout.write.bind(process.stdout);

  const wish = (more: Record<string, unknown> = {}): Record<string, unknown> => ({
    unitId: world.units.kz, name: '要令牌的系统', kind: 'HTTP_JSON', place: `${upstream.url}/secured`, mappings: [{ indicatorKey: 'KZ-U6', field: 'urban-rural-pension', unit: '人' }],
    settings: { auth: { kind: 'OAUTH2', tokenUrl: `${upstream.url}/token`, clientId: FAKE_CLIENT.id } }, secrets: { CLIENT_SECRET: FAKE_CLIENT.secret }, ...more,
  });
  const told = async <T>(answer: Promise<{ status: number; body: T }>): Promise<{ status: number; body: T }> => { const got = await answer; answers.push(JSON.stringify(got.body)); return got; };
  const answered = async <T>(answer: Promise<{ status: number; body: T }>): Promise<T> => (await told(answer)).body;
  const startApp = (keys: string): Promise<WorldApp> => world.start({ role: 'all', env: { PULL_ALLOWED_HOSTS: '127.0.0.1:*', JIHENG_SECRET_KEY: keys, LOG_LEVEL: 'trace' } });
  const run = async (id: string) => {
    const { body } = await told(reporter.post<{ jobRunId: string }>(`/api/pull-sources/${id}/runs`, { periodId: world.periods[3] }));
    return waitFor('the pull', async () => {
      const job = (await told(reporter.get<JobRunList>('/api/jobs'))).body.jobs.find((one) => one.id === body.jobRunId);
      return job?.state === 'DONE' || job?.state === 'FAILED' ? job : null;
    }, 40_000);
  };
  const secretRows = () => world.dataSource.query<{ name: string; key_id: string; audience: string }[]>('select name, key_id, audience from pull_secret order by name');

  beforeAll(async () => {
    world = await aWorld({ opened: [4] });
    upstream = await startFakeSource();
    await new Promise<void>((ready) => { echo.listen(0, '127.0.0.1', ready); });
    echoUrl = `http://127.0.0.1:${(echo.address() as AddressInfo).port}`;
    // Everything the server logs goes past here, at its most talkative.
    process.stdout.write = ((chunk: string | Uint8Array, ...rest: never[]) => { written.push(String(chunk)); return rest.length > 0 || !String(chunk).startsWith('{') ? real(chunk, ...rest) : true; }) as typeof process.stdout.write;
    app = await startApp(OLD);
    reporter = await app.as('kz.reporter');
  });
  afterAll(async () => {
    process.stdout.write = real;
    await app?.stop();
    await upstream?.stop();
    await new Promise((done) => { echo.close(done); echo.closeAllConnections(); });
    await world?.stop();
  });

  it('a source with a secret is made and asked; the form is told that it is there and never what it is', async () => {
    const made = await told(reporter.post<PullSourceView>('/api/pull-sources', wish()));
    expect([made.status, made.body.secrets]).toEqual([201, [{ name: 'CLIENT_SECRET', setAt: expect.any(String) }]]);
    expect((await run(made.body.id)).state).toBe('DONE');
    const failing = await told(reporter.post<PullSourceView>('/api/pull-sources', wish({ name: '密码不对的系统', settings: { auth: { kind: 'BASIC', user: 'kz' } }, secrets: { PASSWORD } })));
    expect(failing.status).toBe(201);
    expect((await run(failing.body.id)).state).toBe('FAILED');
  });

  it('leaves the stored secret where the form does not name it, and asks for it again when host, account or token server change', async () => {
    const [source] = (await told(reporter.get<{ sources: PullSourceView[] }>('/api/pull-sources'))).body.sources.filter((one) => one.name === '要令牌的系统');
    const [{ revision }] = await world.dataSource.query<[{ revision: number }]>('select revision from pull_source where id = $1', [source?.id]);
    let expectedRevision = revision;
    const change = async (more: object) => { const { unitId: _unitId, secrets: _secrets, ...rest } = wish(); const answer = await told(reporter.put<Problem>(`/api/pull-sources/${source?.id}`, { ...rest, ...more, expectedRevision })); if (answer.status === 200) expectedRevision += 1; return answer.body.code ?? answer.status; };
    expect(await change({ rowsPath: '$.rows[*]' })).toBe(200);
    expect(await change({ place: upstream.url.replace(/\d+$/u, '1') })).toBe('pull.secret-again');
    expect(await change({ settings: { auth: { kind: 'OAUTH2', tokenUrl: upstream.url.replace(/\d+$/u, '1'), clientId: FAKE_CLIENT.id } } })).toBe('pull.secret-again');
    expect(await change({ settings: { auth: { kind: 'OAUTH2', tokenUrl: `${upstream.url}/token`, clientId: 'another' } } })).toBe('pull.secret-again');
    expect(await change({ secrets: { CLIENT_SECRET: '' } })).toBe('pull.secret-missing');
    // Tried with the stored one, but not for another host.
    const trial = async (more: object) => { const { secrets: _secrets, ...rest } = wish(more as never); const answer = await told(reporter.post<Problem>('/api/pull-sources/try', { ...rest, periodId: world.periods[3], sourceId: source?.id })); return answer.body.code ?? answer.status; };
    expect(await trial({})).toBe(200);
    expect(await trial({ place: upstream.url.replace('127.0.0.1', '127.0.0.2') })).toMatch(/^pull\.(?:address-forbidden|secret-again)$/u);
    expect(await trial({ place: upstream.url.replace(/\d+$/u, '1') })).toBe('pull.secret-again');
    // Without a secret the settings no longer ask for, nothing stays behind.
    expect(await change({ settings: { auth: { kind: 'NONE' } } })).toBe(200);
    expect((await secretRows()).map((row) => row.name)).toEqual(['PASSWORD']);
    expect(await change({ secrets: { CLIENT_SECRET: FAKE_CLIENT.secret } })).toBe(200);
  });

  it('a row moved to another source does not open there', async () => {
    const ids = (await told(reporter.get<{ sources: PullSourceView[] }>('/api/pull-sources'))).body.sources;
    const at = (name: string) => ids.find((one) => one.name === name)?.id ?? '';
    const other = await told(reporter.post<PullSourceView>('/api/pull-sources', wish({ name: '顺手牵羊' })));
    const [kept] = await world.dataSource.query<{ sealed: Buffer }[]>('select sealed from pull_secret where source_id = $1', [other.body.id]);
    await world.dataSource.query(`update pull_secret set sealed = (select sealed from pull_secret where source_id = $2) where source_id = $1`, [other.body.id, at('要令牌的系统')]);
    expect((await run(other.body.id)).failureZh).toContain('无法解开');
    await world.dataSource.query('update pull_secret set sealed = $2 where source_id = $1', [other.body.id, kept?.sealed]);
    await told(reporter.post(`/api/pull-sources/${other.body.id}/resume`));
    expect((await run(other.body.id)).state).toBe('DONE');
  });

  it('a server that repeats what it was sent makes none of it known: not in its own words, not in a row, and what is left of a value is no value', async () => {
    const kinds = {
      HEADER: [{ kind: 'HEADER', header: 'Authorization', prefix: 'Bearer ' }, { TOKEN }], BASIC: [{ kind: 'BASIC', user: 'kz' }, { PASSWORD }],
      OAUTH2: [{ kind: 'OAUTH2', tokenUrl: `${upstream.url}/token`, clientId: FAKE_CLIENT.id }, { CLIENT_SECRET: FAKE_CLIENT.secret }],
    } as const;
    const mappings = [{ indicatorKey: 'KZ-U6', field: 'urban-rural-pension', unit: '人' }, { indicatorKey: 'KZ-L4', field: 'echo', unit: '' }];
    for (const [kind, [auth, secrets]] of Object.entries(kinds)) {
      const source = (mode: string) => wish({ name: `${kind} ${mode}`, place: `${echoUrl}/${mode}?period={period}&key=${QUERY_KEY}`, settings: { auth }, secrets, mappings });
      for (const mode of ['empty', 'none']) {
        const tried = await answered(reporter.post<Problem>('/api/pull-sources/try', { ...source(mode), periodId: world.periods[3] }));
        expect([kind, tried.sentence.zh]).toEqual([kind, expect.stringMatching(/对方附言：“(?:nothing for|wrong:) (?:Bearer|Basic) \*\*\*/u)]);
        const made = await told(reporter.post<PullSourceView>('/api/pull-sources', source(mode)));
        const job = await run(made.body.id);
        const said = (await answered(reporter.get<{ sources: PullSourceView[] }>('/api/pull-sources'))).sources.find((one) => one.id === made.body.id)?.lastRun?.failureZh;
        expect([job.state, said]).toEqual([mode === 'empty' ? 'DONE' : 'FAILED', expect.stringContaining('***')]);
      }
      const tried = await answered(reporter.post<PullTrial>('/api/pull-sources/try', { ...source('rows'), periodId: world.periods[3] }));
      expect(tried.rows.map(({ key }) => key)).toEqual(['urban-rural-pension', 'echo', expect.stringContaining('***')]);
      expect(tried.mapped).toMatchObject([{ verbatim: '264000', problemZh: null }, { verbatim: expect.stringContaining('264000 '), reading: null, problemZh: expect.stringContaining('不作为数值') }]);
      const made = await told(reporter.post<PullSourceView>('/api/pull-sources', source('rows')));
      await told(reporter.post(`/api/pull-sources/${made.body.id}/bindings/preview`, { bindings: mappings.map((one) => ({ ...one, formula: '', numeratorField: '', denominatorField: '' })), periodId: world.periods[3] }));
      expect((await run(made.body.id)).state).toBe('DONE');
      const seen = await world.dataSource.query<{ id: string; outcome: string; verbatim: string }[]>('select o.id, o.outcome, o.verbatim from observation o join pull_run r on r.id = o.pull_run_id where r.source_id = $1 order by o.indicator_key', [made.body.id]);
      expect(seen).toMatchObject([{ outcome: 'UNREADABLE', verbatim: expect.stringContaining('***') }, { verbatim: '264000' }]);
      expect(seen[1]?.outcome).not.toBe('UNREADABLE');
      for (const { id } of seen) expect((await answered(reporter.get<ObservationOrigin>(`/api/observations/${id}`))).row).toContain('***');
    }
    for (const path of ['/api/jobs', '/api/jobs/causes', '/api/jobs/notices', '/api/work', `/api/monitoring-reports/${world.report('KZ-U', 4)}`]) expect((await told(reporter.get<Partial<MonitoringReportView>>(path))).status).toBe(200);
  });

  it('is sealed with a new key by one command; afterwards the old key can go', async () => {
    const env = { DATABASE_URL: world.database.url };
    const before = await secretRows();
    // Without the old key nothing can be done, and nothing is lost.
    const lost = await rotateAllSecrets({ ...env, JIHENG_SECRET_KEY: NEW });
    expect([lost.resealed, [...lost.unreadable.values()]]).toEqual([0, [before.length]]);
    const done = await rotateAllSecrets({ ...env, JIHENG_SECRET_KEY: `${NEW},${OLD}` });
    expect([done.resealed, done.unreadable.size]).toEqual([before.length, 0]);
    expect(new Set((await secretRows()).map((row) => row.key_id))).toEqual(new Set([done.keyId]));
    expect((await rotateAllSecrets({ ...env, JIHENG_SECRET_KEY: `${NEW},${OLD}` })).resealed).toBe(0);
    await app.stop();
    app = await startApp(NEW);
    reporter = await app.as('kz.reporter');
    const source = (await told(reporter.get<{ sources: PullSourceView[] }>('/api/pull-sources'))).body.sources.find((one) => one.name === '要令牌的系统');
    expect((await run(source?.id ?? '')).state).toBe('DONE');
  });

  it('without a key nothing is stored, and the sentence says who can mend it', async () => {
    await app.stop();
    app = await world.start({ env: { PULL_ALLOWED_HOSTS: '127.0.0.1:*' } });
    reporter = await app.as('kz.reporter');
    const refused = await told(reporter.post<Problem>('/api/pull-sources', wish({ name: '没有密钥' })));
    expect([refused.status, refused.body.code]).toEqual([422, 'pull.no-secret-key']);
  });

  it('after all this the secrets, the tokens and the keys are in no answer, no log line, no row of any table, no job and no file', async () => {
    const dataDir = app.app.get(AppConfig, { strict: false }).DATA_DIR;
    const rows: string[] = [];
    for (const { name } of await world.dataSource.query<{ name: string }[]>(`select format('%I.%I', table_schema, table_name) as name from information_schema.tables where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`)) {
      for (const row of await world.dataSource.query<{ row: string }[]>(`select t::text as row from ${name} t`)) rows.push(`${name} ${row.row}`);
    }
    expect(rows.some((row) => row.startsWith('public.pull_secret'))).toBe(true);
    expect(rows.some((row) => row.startsWith('bullmq.') || row.includes('run-pull'))).toBe(true);
    expect(written.join('')).toContain('/api/pull-sources');
    const files = (await readdir(dataDir, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
    const texts = [...answers, ...rows, ...written, ...await Promise.all(files.map((file) => readFile(join(file.parentPath, file.name), 'latin1')))];
    const writtenToken = JSON.stringify(TOKEN).slice(1, -1);
    const hidden = [TOKEN, writtenToken, JSON.stringify(writtenToken).slice(1, -1), writtenToken.replaceAll('/', '\\/'), Buffer.from(TOKEN).toString('base64').slice(0, -4), QUERY_KEY, PASSWORD, FAKE_CLIENT.secret, encodeURIComponent(FAKE_CLIENT.secret), Buffer.from(`kz:${PASSWORD}`).toString('base64'), Buffer.from(PASSWORD).toString('hex'), 'token-1-', OLD, NEW];
    // Where a source is asked is told with its query to those who may change it, and to nobody else.
    const places = new RegExp(`${echoUrl}/\\w+\\?period=[^&]*(?:&|\\\\u0026)key=${QUERY_KEY}`, 'gu');
    for (const text of texts.map((one) => one.replace(places, ''))) for (const secret of hidden) if (text.includes(secret)) throw new Error(`${secret} was found in: ${text.slice(0, 400)}`);
  });
});
