import { join } from 'node:path';
import type { Problem, SessionView, UnitList } from '@jiheng/contract';
import { type TestDatabase, emptyDatabase, freshDatabase } from './database';
import { startApp } from './http-app';
import { generate } from './province';

/** What the terminal says below the address of `npm start -- --empty`. */
const firstWords = async (url: string): Promise<string> => ((await import(join(__dirname, '../../../tools/first-words.mjs'))) as { firstWords(url: string): Promise<string> }).firstWords(url);

describe('a generated province', () => {
  it('made with an administrator is looked at by signing in with the password that was shown once', async () => {
    const database = await emptyDatabase();
    const said = await generate(database.url, { units: 5, tables: 1, indicators: 4, quarters: 1 }, ['--administrator', 'keeper']);
    const password = /管理员 keeper，一次性密码 (\S+)（/u.exec(said)?.[1] ?? '';
    const app = await startApp({ url: database.url, today: '2025-01-09' });
    try {
      expect((await app.client().get<SessionView>('/api/session')).body).toMatchObject({ person: null, setupNeeded: false });
      expect(await firstWords(app.url)).toMatch(/已有账户[^]*sign in with one of them/u);
      const client = await app.signedIn('keeper', password);
      expect((await client.get<SessionView>('/api/session')).body.person).toMatchObject({ displayName: '管理员', mustChangePassword: true, roles: [{ role: 'administrator' }] });
      expect((await client.post('/api/session/password', { current: password, next: 'a-long-one-of-mine' })).status).toBe(204);
      // The whole province from its top: three offices, and the five units below them.
      const { units } = (await client.get<UnitList>('/api/units')).body;
      expect([units.filter(({ parentId }) => parentId === null).length, units.length, units.filter(({ kind }) => kind === 'UNIT').length]).toEqual([1, 8, 5]);
    } finally {
      await app.stop();
      await database.drop();
    }
  }, 120_000);

  it('made without lets nobody in: no password fits its people, and setting up stays closed', async () => {
    const database = await emptyDatabase();
    const said = await generate(database.url, { units: 5, tables: 1, indicators: 4, quarters: 1 });
    expect(said).toMatch(/没有能登录的人[^]*--administrator LOGIN/u);
    const app = await startApp({ url: database.url, today: '2025-01-09' });
    try {
      for (const password of ['!', 'anything-at-all']) expect((await app.client().post<Problem>('/api/session', { login: 'generated-1', password })).body).toMatchObject({ status: 401, code: 'house.wrong-password' });
      expect((await app.client().post<Problem>('/api/setup', { unitName: '某州社会保险中心', login: 'admin', displayName: '管理员', password: 'a-long-first-one' })).status).toBe(409);
    } finally {
      await app.stop();
      await database.drop();
    }
  }, 120_000);

  it('is no empty house: only that one asks its first visitor to set it up', async () => {
    const database: TestDatabase = await freshDatabase();
    const app = await startApp({ url: database.url });
    try { expect(await firstWords(app.url)).toMatch(/首次使用[^]*make the first administrator/u); } finally {
      await app.stop();
      await database.stop();
    }
  });
});
