import { freshDatabase, type TestDatabase } from '../../../test/database';
import { readConfig } from '../config/app-config';
import { newId } from '../database/new-id';
import { replayOutbox } from './replay-outbox';

describe('after the queue was emptied', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await freshDatabase();
    for (const age of ['3 hours', '30 hours']) {
      await database.dataSource.query(`insert into outbox_message (id, kind, name, payload, rung_at) values ($1, 'NEWS', 'actual-recorded', '{}', now() - $2::interval)`, [newId(), age]);
    }
  });
  afterAll(async () => { await database.stop(); });

  it('what was rung within the hours that were named waits again, once, and what is older stays', async () => {
    const config = readConfig({ DATABASE_URL: database.url });
    expect(await replayOutbox(config, 24)).toBe(1);
    expect(await replayOutbox(config, 24)).toBe(0);
    expect(await database.dataSource.query('select count(*)::int as waiting from outbox_message where rung_at is null')).toEqual([{ waiting: 1 }]);
  });
});
