import { readdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PullSourceView } from '@jiheng/contract';
import { type TestDatabase, freshDatabase } from '../../test/database';
import { type TestApp, startApp } from '../../test/http-app';
import { waitFor } from '../../test/wait-for';
import { startJobs } from '../platform/start-jobs';
import accounts from './accounts.json';
import { DemonstrationModule } from './demonstration.module';
import { DEMONSTRATION_DAY, loadDemonstration } from './load-demonstration';

describe('the demonstration', () => {
  let database: TestDatabase;
  let app: TestApp;
  let folder: string;

  beforeAll(async () => {
    database = await freshDatabase();
    folder = await mkdtemp(join(tmpdir(), 'demonstration-pull-'));
    app = await startApp({ url: database.url, today: DEMONSTRATION_DAY, env: { PULL_FOLDER_ROOT: folder, JIHENG_DEMONSTRATION: '1' }, modules: [DemonstrationModule] });
  }, 60_000);
  afterAll(async () => {
    await app?.stop();
    await database?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('lays each centre’s sheet into the folder of its own code, and both sources read theirs', async () => {
    expect(await loadDemonstration(app.app)).toBe(true);
    expect((await readdir(folder)).sort()).toEqual(['652324-132001', '653000-132001']);
    await startJobs(app.app);
    const sourceOf = async (login: string): Promise<PullSourceView | undefined> => {
      const reporter = await app.signedIn(login, accounts.password);
      return waitFor(`the pull of ${login}`, async () => {
        const [source] = (await reporter.get<{ sources: PullSourceView[] }>('/api/pull-sources')).body.sources;
        return source?.lastRun?.state === 'DONE' || source?.lastRun?.state === 'FAILED' ? source : null;
      }, 60_000);
    };
    expect([await sourceOf('kz-reporter'), await sourceOf('mn-reporter')]).toMatchObject([
      { place: '653000-132001/{period}.csv', state: 'ACTIVE', lastRun: { state: 'DONE', observations: 5 } },
      { place: '652324-132001/{period}.csv', state: 'ACTIVE', lastRun: { state: 'DONE', observations: 3 } },
    ]);
  }, 180_000);
});
