import { Controller, Get, Module } from '@nestjs/common';
import { freshDatabase, type TestDatabase } from '../../../test/database';
import { startApp, type TestApp } from '../../../test/http-app';
import { waitFor } from '../../../test/wait-for';
import { Policy } from '../access/policy.decorator';
import { HeavyRead } from './heavy-read';

let [underWay, most, open] = [0, 0, false];

@Controller('figures')
@Policy('public')
class Figures {
  /** Takes as long as the story wants. */
  @Get('heavy') @HeavyRead()
  async heavy(): Promise<{ at: number }> {
    underWay += 1;
    most = Math.max(most, underWay);
    try { await waitFor('the story to go on', () => Promise.resolve(open)); } finally { underWay -= 1; }
    return { at: most };
  }

  @Get('broken') @HeavyRead()
  broken(): never { throw new Error('broken'); }

  @Get('light')
  light(): { ok: true } { return { ok: true }; }
}

@Module({ controllers: [Figures] })
class FiguresModule {}

describe('heavy reads', () => {
  let database: TestDatabase;
  let app: TestApp;
  beforeAll(async () => {
    database = await freshDatabase();
    app = await startApp({ url: database.url, modules: [FiguresModule] });
  });
  afterAll(async () => { await app?.stop(); await database?.stop(); });

  it('run three at a time; forty more wait, the next is told to come again, and everything else is answered meanwhile', async () => {
    const client = app.client();
    const asked = Array.from({ length: 44 }, () => client.get('/api/figures/heavy'));
    expect((await Promise.race(asked)).status).toBe(429);
    expect(underWay).toBe(3);
    expect((await client.get('/api/figures/light')).body).toEqual({ ok: true });
    open = true;
    expect((await Promise.all(asked)).map(({ status }) => status).sort()).toEqual([...Array.from({ length: 43 }, () => 200), 429]);
    expect([most, underWay]).toEqual([3, 0]);
  });

  it('give their place back when they fail', async () => {
    const client = app.client();
    for (let nth = 0; nth < 5; nth++) expect((await client.get('/api/figures/broken')).status).toBe(500);
    expect((await client.get('/api/figures/heavy')).status).toBe(200);
  });
});
