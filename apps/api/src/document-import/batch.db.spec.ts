import { AsyncLocalStorage } from 'node:async_hooks';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { gridOf, lineRentalProject, scannedText, workbookBytes } from '@jiheng/documents/fixtures';
import pg from 'pg';
import { aWorld, type World } from '../../test/world';
import { type DocumentStore, openDocumentStore } from '../store-documents';
import type { StoredDocument } from './store-document.service';

/** What one document asked. The house asks things of its own meanwhile (a roll-up that fell due, the outbox), in the same process: they are nobody's here. */
const asking = new AsyncLocalStorage<{ statements: number }>();

/** Has every connection of this process count what it is asked on behalf of a document; to be called before the first one is made, since connections keep what they found. */
function listen(): void {
  const query = pg.Client.prototype.query as (...given: unknown[]) => unknown;
  pg.Client.prototype.query = function counted(this: pg.Client, ...given: unknown[]): unknown {
    const mine = asking.getStore();
    if (mine !== undefined) mine.statements += 1;
    return query.apply(this, given);
  } as typeof pg.Client.prototype.query;
}

setFlagsFromString('--expose_gc');
const collect = runInNewContext('gc') as () => void;
function heldBytes(): number {
  collect();
  return process.memoryUsage().heapUsed;
}

// What `jiheng import --accept` does with a batch, through the real database: counted, because seconds say more of the machine than of the program.
describe('a batch of tables on its way into the books', () => {
  let world: World;
  let store: DocumentStore;
  let files: string;
  beforeAll(async () => {
    listen();
    files = await mkdtemp(join(tmpdir(), 'jiheng-batch-'));
    world = await aWorld();
    const opened = await openDocumentStore(
      { DATABASE_URL: world.database.url, JIHENG_TODAY: '2025-01-09', DATA_DIR: files },
      { unitCode: null, by: 'kz.reporter', fiscalYear: null, accept: true, reason: '' },
    );
    if (!opened.ok) throw new Error(opened.refusal.code);
    store = opened.value;
  });
  afterAll(async () => { await store.close(); await world.stop(); await rm(files, { recursive: true, force: true }); });

  /** Brings one document and accepts it. @returns what became of it, and how many statements it took */
  async function bring(name: string, bytes: Uint8Array): Promise<StoredDocument & { readonly cost: number }> {
    const mine = { statements: 0 };
    const stored = await asking.run(mine, () => store.store({ name, bytes: Buffer.from(bytes) }));
    if (!stored.ok) throw new Error(stored.refusal.code);
    return { ...stored.value, cost: mine.statements };
  }
  const project = (year: number, at: number, target = '=4条'): typeof lineRentalProject =>
    ({ ...lineRentalProject, year, project: `第${at}号线路`, rows: lineRentalProject.rows.map((row, index) => (index === 0 ? { ...row, target } : row)) });
  const workbook = (year: number, tables: number, target?: string): Uint8Array =>
    workbookBytes(Object.fromEntries(Array.from({ length: tables }, (_, at) => [`表${at + 1}`, gridOf(project(year, at + 1, target))])));
  const drafts = async (year: number): Promise<readonly [tables: number, rows: number]> => {
    const [one] = await world.dataSource.query<{ tables: number; rows: number }[]>(`select count(distinct t.id)::int as tables, count(i.id)::int as rows from performance_target_table t
      left join indicator i on i.table_id = t.id where t.fiscal_year = $1`, [year]);
    return [one?.tables ?? 0, one?.rows ?? 0];
  };

  it('sixty tables of one document take hardly more statements than twenty, and all of them are there', async () => {
    // The first document of a process asks for what the later ones know.
    await bring('先来.xlsx', workbook(2050, 1));
    const [few, many] = [await bring('二十张.xlsx', workbook(2051, 20)), await bring('六十张.xlsx', workbook(2052, 60))];
    expect([few.state, few.drafts.length, many.state, many.drafts.length]).toEqual(['ACCEPTED', 20, 'ACCEPTED', 60]);
    expect([await drafts(2051), await drafts(2052)]).toEqual([[20, 220], [60, 660]]);
    // Tables, rows and places go out some hundred a statement: a third of a statement a table at the most.
    expect((many.cost - few.cost) / 40).toBeLessThanOrEqual(1 / 3);
  }, 120_000);

  it('sixty tables written anew take the same few statements each as twenty', async () => {
    const [few, many] = [await bring('二十张改.xlsx', workbook(2051, 20, '=5条')), await bring('六十张改.xlsx', workbook(2052, 60, '=5条'))];
    expect([few.drafts.length, many.drafts.length, await drafts(2052)]).toEqual([20, 60, [60, 660]]);
    expect(await world.dataSource.query(`select count(*)::int as n from indicator i join performance_target_table t on t.id = i.table_id where t.fiscal_year = 2052 and i.target_magnitude = 5`)).toEqual([{ n: 60 }]);
    const each = (many.cost - few.cost) / 40;
    expect(each).toBeGreaterThan(1);
    expect(each).toBeLessThanOrEqual(12);
    expect(each).toBeLessThanOrEqual(few.cost / 20 + 1);
  }, 120_000);

  it('sixty documents one after the other cost the same each, and leave nothing of themselves in the memory', async () => {
    const costs: number[] = [];
    let held = 0;
    for (let at = 1; at <= 60; at += 1) {
      const one = await bring(`线路${at}.txt`, Buffer.from(scannedText(project(2053, at))));
      expect(one.state).toBe('ACCEPTED');
      costs.push(one.cost);
      if (at === 20) held = heldBytes();
    }
    const grown = heldBytes() - held;
    expect(await drafts(2053)).toEqual([60, 660]);
    expect(new Set(costs.slice(1))).toEqual(new Set([costs[1]]));
    expect(costs[1]).toBeGreaterThan(10);
    // What is staged of one of them is 20 kB as text alone; forty kept by mistake would show.
    expect(grown / 40).toBeLessThan(20_000);
  }, 180_000);
});
