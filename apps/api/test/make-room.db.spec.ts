import { detachYear, attachYear } from '../src/platform/database/fiscal-years';
import { withPatience } from '../src/platform/database/patience';
import { SQL_STATE, sqlStateOf } from '../src/platform/database/sql-state';
import { aWorld, type World } from './world';

/** Tables of a year in the order in which their room is made. */
const FIRST = 'actual';
const LAST = 'score_trace';

describe('room for a year, made while people read', () => {
  let world: World;
  beforeAll(async () => { world = await aWorld(); });
  afterAll(async () => { await world?.stop(); });

  /** A page that reads the last table of a year first and the first one last, with time between: while it does, `deed` begins. */
  const readBackwardsDuring = async (deed: () => Promise<unknown>): Promise<string> => {
    const reader = world.dataSource.createQueryRunner();
    await reader.startTransaction();
    try {
      await reader.query(`select count(*) from ${LAST}`);
      const doing = deed();
      // Whoever makes room has come as far as the table that is being read.
      await new Promise((resolve) => { setTimeout(resolve, 1_500); });
      const read = await reader.query(`select count(*) from ${FIRST}`).then(() => 'read', (error: unknown) => sqlStateOf(error) ?? String(error));
      await reader.rollbackTransaction();
      await doing;
      return read;
    } finally { await reader.release(); }
  };

  it('never takes the tables away from a page that holds one and needs another: the maker stands back and tries again', async () => {
    expect(await readBackwardsDuring(() => world.dataSource.query('select ensure_fiscal_year(2031)'))).toBe('read');
    expect(await world.dataSource.query(`select count(*)::integer as n from pg_class where relname in ('${FIRST}_2031', '${LAST}_2031')`)).toEqual([{ n: 2 }]);
  });

  it('says after half a minute that somebody reads for too long, and leaves nothing half made', async () => {
    // The function as it is, with another number: nobody learns more from waiting half a minute than from waiting two seconds.
    const [{ text } = { text: '' }] = await world.dataSource.query<{ text: string }[]>(`select pg_get_functiondef('ensure_fiscal_year'::regproc) as text`);
    expect(text).toContain(`interval '30 seconds'`);
    await world.dataSource.query(text.replace(`interval '30 seconds'`, `interval '2 seconds'`));
    const begun = performance.now();
    const reader = world.dataSource.createQueryRunner();
    await reader.startTransaction();
    await reader.query(`select count(*) from ${LAST}`);
    const state = await world.dataSource.query('select ensure_fiscal_year(2032)').then(() => 'made', sqlStateOf);
    await reader.rollbackTransaction();
    await reader.release();
    expect(state).toBe(SQL_STATE.lockNotAvailable);
    expect(performance.now() - begun).toBeGreaterThan(2_000);
    expect(await world.dataSource.query(`select count(*)::integer as n from pg_class where relname like '%\\_2032'`)).toEqual([{ n: 0 }]);
    expect(await world.dataSource.query('select ensure_fiscal_year(2032) as made')).toEqual([{ made: true }]);
  });

  it('is given up and taken back for the archive in the same way', async () => {
    await world.dataSource.query('select ensure_fiscal_year(2019)');
    const both = [
      () => withPatience(() => world.unitOfWork.always(({ manager }) => detachYear(manager, 2019, '2025-01-09'))),
      () => withPatience(() => world.unitOfWork.always(({ manager }) => attachYear(manager, 2019))),
    ];
    for (const deed of both) {
      let obstacle: unknown = 'not asked';
      expect(await readBackwardsDuring(async () => { obstacle = await deed(); })).toBe('read');
      expect(obstacle).toBeNull();
    }
  });
});
