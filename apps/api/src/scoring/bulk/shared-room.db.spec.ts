import pg from 'pg';
import { emptyDatabase } from '../../../test/database';
import { CopyRows } from './copy-bytes';
import { copyOut } from './copy-text';
import { socketWithRoom } from './shared-room';

describe('a bulk read through one room', () => {
  let database: { url: string; drop(): Promise<void> };

  beforeAll(async () => { database = await emptyDatabase(); });
  afterAll(async () => { await database.drop(); });

  // Of 1 to 7 bytes every heading is cut somewhere; 4,096 holds many rows, 131,072 all of them.
  it.each([1, 2, 3, 5, 7, 64, 4096, 131_072])('reads every row whole where the connection is read %i bytes at a time', async (bytes) => {
    const client = new pg.Client({ connectionString: database.url, stream: () => socketWithRoom(bytes) });
    await client.connect();
    try {
      const rows = await new CopyRows(3).read(client, `select n, repeat('指标', n % 40), null::text from generate_series(1, 300) n`);
      expect(rows.rows).toBe(300);
      for (let row = 0; row < 300; row += 1) expect([rows.whole(row, 0), rows.text(row, 1), rows.text(row, 2)]).toEqual([row + 1, '指标'.repeat((row + 1) % 40), null]);
      // What the driver reads in between is its own, and a read that fails leaves the connection usable.
      expect((await client.query<{ text: string }>(`select repeat('满意度', 200) as text`)).rows).toEqual([{ text: '满意度'.repeat(200) }]);
      await expect(copyOut(client, 'select 1 / (n - 200) from generate_series(1, 300) n')).rejects.toThrow('division by zero');
      expect(await copyOut(client, 'select 1 where false')).toEqual([]);
      expect(await copyOut(client, `select 'a', 'b'`)).toEqual([['a', 'b']]);
    } finally { await client.end(); }
  });
});
