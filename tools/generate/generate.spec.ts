import pg from 'pg';

interface Plan { readonly seed: number; readonly units: number; readonly tables: number; readonly indicators: number; readonly quarters: number; readonly year: number; readonly evaluations: boolean; readonly signatures?: boolean }
interface Loaded { readonly counts: Readonly<Record<string, number>>; readonly digest: string }

const PLAN: Plan = { seed: 7, units: 330, tables: 2, indicators: 12, quarters: 4, year: 2024, evaluations: true, signatures: true };

describe('a synthetic province', () => {
  let server: { readonly url: string; stop(): Promise<void> };
  let migrateTo: (url: string) => Promise<unknown>;
  let load: (url: string, plan: Plan, options: object) => Promise<Loaded>;
  const opened: pg.Client[] = [];

  /** The same plan in a database of its own. */
  async function made(name: string, plan: Plan, threads: number): Promise<{ readonly loaded: Loaded; one(sql: string): Promise<unknown> }> {
    const admin = new pg.Client({ connectionString: server.url });
    await admin.connect();
    await admin.query(`create database ${name}`);
    await admin.end();
    const url = new URL(server.url);
    url.pathname = `/${name}`;
    await migrateTo(url.href);
    const loaded = await load(url.href, plan, { threads });
    const client = new pg.Client({ connectionString: url.href });
    await client.connect();
    opened.push(client);
    return { loaded, one: async (sql) => Object.values((await client.query<Record<string, unknown>>(sql)).rows[0] ?? {})[0] ?? null };
  }

  beforeAll(async () => {
    const { startScratch } = (await import('./scratch.mjs')) as unknown as { startScratch(settings: object): Promise<typeof server> };
    ({ migrateTo } = (await import('./schema.mjs')) as unknown as { migrateTo: typeof migrateTo });
    ({ load } = (await import('./load.mjs')) as unknown as { load: typeof load });
    server = await startScratch({ fsync: 'off' });
  });
  afterAll(async () => {
    for (const client of opened) await client.end();
    await server.stop();
  });

  it('is the same from the same seed, whoever made it, and another from another', async () => {
    const [alone, three, other] = [await made('alone', PLAN, 1), await made('three', PLAN, 3), await made('other', { ...PLAN, seed: 8 }, 2)];
    expect(three.loaded).toMatchObject({ digest: alone.loaded.digest, counts: alone.loaded.counts });
    expect(other.loaded.digest).not.toBe(alone.loaded.digest);
    const rows = `select md5(string_agg(t::text, '|' order by id)) from actual t`;
    expect(await three.one(rows)).toBe(await alone.one(rows));
    expect(alone.loaded.counts).toMatchObject({ budget_unit: 330, performance_target_table: 660, indicator: 7920, monitoring_report: 2640, budget_execution: 2640 });

    // What was written digit by digit is what PostgreSQL reads: the printed target holds its number, weights add up to 90, a value in 万 is ten thousand times its base.
    expect(await alone.one(`select count(*)::integer from indicator where target_kind = 'QUANT' and target_comparator in ('GE', 'LE', 'EQ') and ltrim(target_raw, '≥≤=') <> target_magnitude::text || target_unit`)).toBe(0);
    expect(await alone.one(`select count(*)::integer from (select 1 from indicator group by table_id having sum(weight) <> 90) t`)).toBe(0);
    expect(await alone.one(`select count(*)::integer from actual where kind = 'REPORTED' and base_magnitude <> magnitude * case when unit_symbol like '万%' then 10000 else 1 end`)).toBe(0);
    expect(await alone.one(`select count(*)::integer from performance_target_table where budget_fiscal + budget_other <> budget_total`)).toBe(0);

    // A report is signed once where it says so, and by nobody who recorded it; what is handed in has every row answered that a quarter asks for.
    expect(await alone.one(`select count(*)::integer from monitoring_report r where (state = 'SIGNED') <> exists (select 1 from sign_off s where s.document_id = r.id)`)).toBe(0);
    expect(await alone.one(`select count(*)::integer from sign_off s join actual a on a.report_id = s.document_id and a.recorded_by = s.signer_id`)).toBe(0);
    expect(await alone.one(`select count(*)::integer from monitoring_report r join indicator i on i.table_id = r.table_id and i.accumulation <> 'MANUAL'
      where r.state not in ('DRAFT', 'RETURNED') and not exists (select 1 from actual a where a.report_id = r.id and a.indicator_id = i.id and a.fiscal_year = r.fiscal_year)`)).toBe(0);

    // Everything that was off is on again, and what lies by year lies in its year.
    expect(await alone.one(`select count(*)::integer from pg_trigger where tgenabled <> 'O'`)).toBe(0);
    expect(await alone.one(`select count(*)::integer from pg_constraint where conenforced and not convalidated`)).toBe(0);
    // Keys that are only declared, with a trigger that checks them for all rows of a statement together, are declared still.
    expect(await alone.one(`select string_agg(distinct conrelid::regclass || ' ' || conname, ', ' order by conrelid::regclass || ' ' || conname) from pg_constraint where not conenforced and conparentid = 0`)).toBe('score score_profile_fk, score_request score_request_score_fk');
    expect(await alone.one(`select count(*)::integer from pg_index where not indisvalid`)).toBe(0);
    expect(await alone.one(`select count(*)::integer from actual where tableoid <> 'actual_2024'::regclass`)).toBe(0);
    expect(await alone.one(`select count(*)::integer from roll_up_mark`)).toBe(330);
  });

  it('may be the promises alone, and is never written over what is there', async () => {
    const promises = await made('promises', { ...PLAN, units: 20, quarters: 0 }, 1);
    expect(promises.loaded.counts).toMatchObject({ indicator: 480, monitoring_report: 0, actual: 0, self_evaluation: 0, workflow_action: 0, sign_off: 0 });
    const url = new URL(server.url);
    url.pathname = '/promises';
    await expect(load(url.href, PLAN, { threads: 1 })).rejects.toThrow('只写入空库');
  });
});
