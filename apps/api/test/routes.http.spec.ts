import { Controller, Get, Module, Post } from '@nestjs/common';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import type { Problem } from '@jiheng/contract';
import { Policy } from '../src/platform/access/policy.decorator';
import { declaredRoutes, type DeclaredRoute } from '../src/platform/http/routes';
import { freshDatabase, type TestDatabase } from './database';
import { startApp, type Client, type TestApp } from './http-app';

const SECRET = 'relation "person" at 10.0.0.7, password=hunter2';

@Controller('broken')
@Policy('public')
class BrokenController {
  @Get() fail(): never { throw new Error(SECRET); }
  @Get('query') query(): never { throw Object.assign(new Error(SECRET), { statusCode: 400, detail: SECRET }); }
}
@Module({ controllers: [BrokenController] })
class BrokenModule {}

@Controller('forgotten')
class ForgottenController {
  @Post() open(): string { return 'anybody'; }
}
@Module({ controllers: [ForgottenController] })
class ForgottenModule {}

/** A lawful-looking address of a route: every parameter a UUID that belongs to nothing. */
const addressOf = (route: DeclaredRoute): string => route.path.replace(/:[A-Za-z]+/g, '019b0000-0000-7000-8000-00000000dead');

describe('every door', () => {
  let database: TestDatabase;
  let app: TestApp;
  let admin: Client;
  let routes: DeclaredRoute[];
  beforeAll(async () => {
    database = await freshDatabase();
    app = await startApp({ url: database.url, modules: [BrokenModule] });
    await app.client().post('/api/setup', { unitName: '某州社会保险中心', login: 'admin', displayName: '管理员', password: 'a-long-first-one' });
    admin = await app.signedIn('admin', 'a-long-first-one');
    routes = declaredRoutes(app.app.get(DiscoveryService, { strict: false }), app.app.get(MetadataScanner, { strict: false })).filter(({ place }) => !place.startsWith('Broken'));
  });
  afterAll(async () => { await app.stop(); await database.stop(); });

  it('is open to a stranger only where the policy says so', async () => {
    const open: string[] = [];
    for (const route of routes) {
      const isPublic = route.policy?.rule === 'public' || route.policy?.rule === 'setup';
      if (isPublic) { open.push(`${route.method} ${route.path}`); continue; }
      const response = await app.client().fetch(addressOf(route), { method: route.method });
      expect([route.place, response.status, (await response.json() as Problem).code]).toEqual([route.place, 401, 'house.not-signed-in']);
    }
    // A new public door is a decision: it is written down here.
    expect(open.sort()).toEqual(['GET /api/health', 'GET /api/health/ready', 'GET /api/openapi.json', 'GET /api/session', 'POST /api/session', 'POST /api/setup']);
  });

  it('lets nobody change anything without the CSRF token', async () => {
    const unsafe = routes.filter(({ method, policy }) => method !== 'GET' && policy?.rule !== 'public' && policy?.rule !== 'setup');
    expect(unsafe.length).toBeGreaterThan(5);
    for (const route of unsafe) {
      const response = await Object.assign(app.client(), { cookie: admin.cookie }).fetch(addressOf(route), { method: route.method });
      expect([route.place, response.status, (await response.json() as Problem).code]).toEqual([route.place, 403, 'house.csrf']);
    }
  });

  it('answers nonsense ids and bodies with a problem and never with a fault', async () => {
    for (const route of routes.filter(({ path }) => path !== '/api/jobs/events' && path !== '/api/session')) {
      for (const id of ['019b0000-0000-7000-8000-00000000dead', 'x', '1%27%20or%201=1']) {
        const response = await admin.fetch(route.path.replace(/:[A-Za-z]+/g, id), route.method === 'GET' ? {} : { method: route.method, body: '{"expectedRevision":"x"}', headers: { 'content-type': 'application/json' } });
        const body = await response.text();
        expect([route.place, id, response.status < 500, response.status < 500 ? '' : body]).toEqual([route.place, id, true, '']);
      }
    }
  });

  it('says an address that cannot be read in the same form, and does not repeat it', async () => {
    for (const path of ['/api/evidence/%ff', `/api/jobs/${'a'.repeat(3000)}/cancel`, '/api/nothing']) {
      const response = await admin.fetch(path, { method: 'POST' });
      const text = await response.text();
      expect([path.slice(0, 20), response.status, response.headers.get('content-type')]).toEqual([path.slice(0, 20), 404, 'application/problem+json; charset=utf-8']);
      expect([(JSON.parse(text) as Problem).code, text.includes('%ff'), text.length < 1000]).toEqual(['house.not-found', false, true]);
    }
  });

  it('says what cannot be read as JSON, and what has the wrong shape, in Chinese and in English', async () => {
    const send = async (body: string): Promise<Problem> => await (await admin.fetch('/api/units', { method: 'POST', body, headers: { 'content-type': 'application/json' } })).json() as Problem;
    for (const body of ['{', '', 'NaN', "{'a':1}", '\u{1F600}']) expect([body, (await send(body)).code]).toEqual([body, 'house.unreadable-body']);
    expect((await send('{"__proto__":{"x":1}}')).code).toBe('house.unreadable-body');
    const misshapen = await send(JSON.stringify({ code: 7, name: '某', kind: 'HOUSE', parentId: 'x' }));
    expect(misshapen.sentence).toEqual({ zh: '请求内容有误：code 应为文字。', en: 'The request is malformed: code string is expected.' });
    expect(misshapen.fields?.map(({ path, message }) => `${path} ${message}`)).toEqual(['code 应为文字', 'name 不能少于 2个字', 'kind 应为其中之一：UNIT DEPARTMENT FINANCE', 'parentId 应为 UUID 编号']);
  });

  it('takes no text that cannot be stored as it came, wherever it stands', async () => {
    for (const text of ['州\u0000社保', '州\ud800社保', '\udc00']) {
      const body = JSON.stringify({ code: '002', name: text, kind: 'UNIT', parentId: null });
      const refused = await (await admin.fetch('/api/units', { method: 'POST', body, headers: { 'content-type': 'application/json' } })).json() as Problem;
      expect([refused.code, refused.fields?.map(({ path }) => path), refused.sentence.en.includes('cannot be stored')]).toEqual(['house.malformed', ['name'], true]);
    }
    expect((await app.client().post<Problem>('/api/session', { login: 'a\u0000', password: 'x' })).body.code).toBe('house.malformed');
    expect((await admin.get<Problem>('/api/target-tables?q=%00')).body.code).toBe('house.malformed');
    expect((await admin.get<Problem>('/api/target-tables?fiscalYear=2147483648')).body.code).toBe('house.malformed');
    // A whole character beyond the first plane is a text like any other.
    expect((await admin.post('/api/units', { code: '003', name: '\u{20BB7}州社保', kind: 'UNIT', parentId: null })).status).toBe(201);
  });

  it('tells nothing from inside when the server fails: a sentence and a number', async () => {
    for (const path of ['/api/broken', '/api/broken/query']) {
      const response = await app.client().fetch(path);
      const text = await response.text();
      const body = JSON.parse(text) as Problem;
      expect(response.status).toBe(500);
      expect(body).toMatchObject({ code: 'house.fault', status: 500, requestId: response.headers.get('x-request-id') });
      expect(body.sentence.zh).toContain(body.requestId ?? 'no number');
      expect(text).not.toMatch(/hunter2|person|10\.0\.0\.7|at .*\.ts/);
    }
  });

  it('fails the boot when a route does not say who may call it', async () => {
    await expect(startApp({ url: database.url, modules: [ForgottenModule] })).rejects.toThrow('routes without a policy: ForgottenController.open');
  });

  it('describes every route with the shapes that parse its requests', async () => {
    const { body } = await app.client().get<{ paths: Record<string, Record<string, { requestBody?: { content: Record<string, { schema: { required: string[] } }> } }>> }>('/api/openapi.json');
    for (const route of routes) expect(body.paths[route.path.replace(/:([A-Za-z]+)/g, '{$1}')]?.[route.method.toLowerCase()]).toBeDefined();
    expect(body.paths['/api/session']?.['post']?.requestBody?.content['application/json']?.schema.required).toEqual(['login', 'password']);
  });

  it('sends the headers that keep a page from being framed, sniffed or fed with foreign scripts', async () => {
    const { headers } = await app.client().get('/api/session');
    expect(headers.get('content-security-policy')).toMatch(/default-src 'self'.*script-src 'self';.*frame-ancestors 'none'/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('strict-transport-security')).toBeNull();
  });
});
