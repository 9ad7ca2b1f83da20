import type { Problem, SessionView } from '@jiheng/contract';
import { freshDatabase, type TestDatabase } from '../../test/database';
import { startApp, type TestApp } from '../../test/http-app';

const password = 'xiao-mai-2024-shuiku';

describe('signing in', () => {
  let database: TestDatabase;
  let app: TestApp;
  beforeAll(async () => {
    database = await freshDatabase();
    app = await startApp({ url: database.url, today: '2025-01-09' });
  });
  afterAll(async () => { await app.stop(); await database.stop(); });

  it('the first visitor is told that nobody exists, and on which day', async () => {
    const { status, body } = await app.client().get<SessionView>('/api/session');
    expect(status).toBe(200);
    expect(body).toMatchObject({ person: null, csrfToken: null, setupNeeded: true, today: '2025-01-09', fiscalYear: 2025, demonstration: false });
  });

  it('of two first visitors at once only one becomes the administrator', async () => {
    const wish = (login: string) => app.client().post<SessionView & Problem>('/api/setup', { unitName: '某州社会保险中心', login, displayName: '管理员', password });
    const answers = await Promise.all([wish('admin'), wish('admin2')]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const won = answers.find(({ status }) => status === 200);
    expect(won?.body.person).toMatchObject({ displayName: '管理员', mustChangePassword: false, roles: [{ role: 'administrator', unitName: '某州社会保险中心' }] });
    expect(won?.headers.get('set-cookie')).toMatch(/^jiheng_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/);
    const lost = answers.find(({ status }) => status === 409);
    expect(lost?.body.sentence.zh).toBe('系统已经完成初始设置，请直接登录。');
    await database.dataSource.query(`update person set login = 'admin'`);
  });

  it('says one sentence for a wrong password and for an unknown login', async () => {
    const wrong = await app.client().post<Problem>('/api/session', { login: 'admin', password: 'guess' });
    const unknown = await app.client().post<Problem>('/api/session', { login: 'nobody', password: 'guess' });
    expect(wrong.status).toBe(401);
    expect(wrong.body.sentence).toEqual({ zh: '账号或密码不正确。', en: 'The login name or the password is not correct.' });
    expect({ ...unknown.body, requestId: '' }).toEqual({ ...wrong.body, requestId: '' });
    expect(wrong.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
  });

  it('keeps neither the token nor the password, only what they can be checked by', async () => {
    const client = await app.signedIn('ADMIN', password);
    const token = client.cookie?.split('=')[1] ?? '';
    const sessions: { token_hash: string }[] = await database.dataSource.query('select token_hash from session');
    const people: { password_hash: string }[] = await database.dataSource.query('select password_hash from person');
    expect(sessions.some(({ token_hash }) => token_hash === token)).toBe(false);
    expect(people[0]?.password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  it('refuses an unsafe request without the CSRF token, with another one, or from another site', async () => {
    const client = await app.signedIn('admin', password);
    const given = { current: password, next: 'another-long-one' };
    for (const csrf of [null, 'x'.repeat(43)]) {
      const { status, body } = await Object.assign(app.client(), { cookie: client.cookie, csrfToken: csrf }).post<Problem>('/api/session/password', given);
      expect(status).toBe(403);
      expect(body.code).toBe('house.csrf');
    }
    const elsewhere = await client.fetch('/api/session', { method: 'POST', body: '{}', headers: { 'content-type': 'application/json', origin: 'https://elsewhere.example' } });
    expect(elsewhere.status).toBe(403);
  });

  it('ends the session on signing out', async () => {
    const client = await app.signedIn('admin', password);
    const before = client.cookie;
    expect((await client.send('DELETE', '/api/session')).status).toBe(204);
    expect(client.cookie).toBeNull();
    const again = Object.assign(app.client(), { cookie: before });
    expect((await again.get<SessionView>('/api/session')).body.person).toBeNull();
    expect((await again.get('/api/units')).status).toBe(401);
  });

  it('ends an unused session after twelve hours, and not a minute before', async () => {
    const client = await app.signedIn('admin', password);
    await database.dataSource.query(`update session set last_seen_at = now() - interval '11 hours 59 minutes'`);
    expect((await client.get('/api/units')).status).toBe(200);
    await database.dataSource.query(`update session set last_seen_at = now() - interval '12 hours 1 second'`);
    expect((await client.get('/api/units')).status).toBe(401);
  });

  it('changes the password only with the present one, and then ends the other sessions', async () => {
    const [here, there] = [await app.signedIn('admin', password), await app.signedIn('admin', password)];
    expect((await here.post<Problem>('/api/session/password', { current: 'wrong', next: 'another-long-one' })).body.code).toBe('house.present-password-wrong');
    expect((await here.post<Problem>('/api/session/password', { current: password, next: password })).body.code).toBe('house.password-unchanged');
    expect((await here.post<Problem>('/api/session/password', { current: password, next: 'my-admin-word' })).body.code).toBe('house.password-is-login');
    expect((await here.post<Problem>('/api/session/password', { current: password, next: 'short' })).status).toBe(400);
    expect((await here.post('/api/session/password', { current: password, next: 'another-long-one' })).status).toBe(204);
    expect((await here.get('/api/units')).status).toBe(200);
    expect((await there.get('/api/units')).status).toBe(401);
    await app.signedIn('admin', 'another-long-one');
  });

  it('shuts the door after five failures of one login from one address, says for how long, and leaves others alone', async () => {
    for (let nth = 1; nth <= 5; nth++) expect((await app.client().post('/api/session', { login: 'guessed', password: String(nth) })).status).toBe(401);
    const sixth = await app.client().post<Problem>('/api/session', { login: 'guessed', password: '6' });
    expect(sixth.status).toBe(429);
    expect(sixth.headers.get('retry-after')).toBe('900');
    expect(sixth.body.sentence.zh).toBe('登录失败次数过多，请 15 分钟后再试，或请管理员重置密码。');
    await app.signedIn('admin', 'another-long-one');
    await database.dataSource.query(`update sign_in_attempt set window_from = now() - interval '16 minutes'`);
    expect((await app.client().post('/api/session', { login: 'guessed', password: '7' })).status).toBe(401);
  });

  it('answers a misshapen body with the field and what is wrong there', async () => {
    const { status, body } = await app.client().post<Problem>('/api/session', { login: 'admin' });
    expect(status).toBe(400);
    expect(body.code).toBe('house.malformed');
    expect(body.fields?.map(({ path }) => path)).toEqual(['password']);
    const notJson = await app.client().fetch('/api/session', { method: 'POST', body: '{', headers: { 'content-type': 'application/json' } });
    expect(notJson.status).toBe(400);
    const tooLarge = await app.client().post<Problem>('/api/session', { login: 'admin', password: 'x'.repeat(3 * 1024 * 1024) });
    expect(tooLarge.status).toBe(413);
    expect(tooLarge.body.code).toBe('house.too-large');
  });
});
