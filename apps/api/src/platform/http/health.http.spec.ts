import { startApp, type TestApp } from '../../../test/http-app';
import { type OwnPostgres, startOwnPostgres } from '../../../test/own-postgres';
import { SESSION_COOKIE } from '../access/session.query';

describe('whoever watches over the process', () => {
  let postgres: OwnPostgres;
  let app: TestApp;
  const status = async (path: string): Promise<number> => (await fetch(`${app.url}/api/health${path}`, { headers: { cookie: `${SESSION_COOKIE}=of-a-browser-that-looks` } })).status;

  beforeAll(async () => {
    postgres = await startOwnPostgres();
    app = await startApp({ url: postgres.url, role: 'api', today: '2025-01-09' });
  }, 60_000);
  afterAll(async () => {
    await app?.stop();
    await postgres?.stop();
  });

  it('hears that it is alive while PostgreSQL is away, also with the cookie of a session, and that it cannot serve until PostgreSQL is back', async () => {
    expect([await status(''), await status('/ready')]).toEqual([200, 200]);
    await postgres.halt();
    expect([await status(''), await status('/ready')]).toEqual([200, 503]);
    await postgres.start();
    expect([await status(''), await status('/ready')]).toEqual([200, 200]);
  }, 60_000);
});
