import pg from 'pg';
import { emptyDatabase } from '../../../test/database';
import { CopyWriter } from './score-copy';

describe('rows written as binary COPY', () => {
  let database: { url: string; drop(): Promise<void> };

  beforeAll(async () => { database = await emptyDatabase(); });
  afterAll(async () => { await database.drop(); });

  it('hold every number of hundredths as PostgreSQL itself would write it, from a hundredth to more than eight digits before the point', async () => {
    const hundredths = [0, 1, 10, 99, 100, 101, 850, 9_999, 10_000, 100_000, 999_999, 1_000_000, 1_000_001, 2_000_005, 12_345_678, 100_000_000, 999_999_999, 9_999_999_999, 10_000_000_000, 123_456_789_012_345];
    const values = [...hundredths, ...hundredths.slice(1).map((value) => -value)];
    const client = new pg.Client({ connectionString: database.url, options: '-c TimeZone=UTC' });
    await client.connect();
    try {
      await client.query('create temporary table written (n integer, value numeric, list numeric[], at timestamptz)');
      const out = new CopyWriter();
      const at = Date.UTC(2024, 11, 31, 15, 59, 59, 123);
      for (const [n, value] of values.entries()) {
        out.row(4);
        out.integer(n);
        out.numeric(value);
        out.numerics([value, NaN, '0.30'], 3);
        out.moment(n % 2 === 0 ? at : Date.UTC(1999, 11, 31));
      }
      await out.send(client, 'written (n, value, list, at)');
      const { rows } = await client.query<{ n: number; value: string; list: string; at: string }>('select n, value::text, list::text, at::text from written order by n');
      const text = (value: number): string => `${value < 0 ? '-' : ''}${Math.floor(Math.abs(value) / 100)}.${String(Math.abs(value) % 100).padStart(2, '0')}`;
      expect(rows).toEqual(values.map((value, n) => ({ n, value: text(value), list: `{${text(value)},NULL,0.30}`, at: n % 2 === 0 ? '2024-12-31 15:59:59.123+00' : '1999-12-31 00:00:00+00' })));
      // Equal to what was read from text, bit for bit: sums and keys over them agree.
      expect((await client.query<{ n: number }>(`select count(*)::integer as n from written w where numeric_send(value) <> numeric_send((value::text)::numeric)`)).rows).toEqual([{ n: 0 }]);
    } finally { await client.end(); }
  });
});
