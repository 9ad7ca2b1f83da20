import { randomUUID } from 'node:crypto';
import { newId } from '../src/platform/database/new-id';
import { OwnWishes } from '../src/platform/outbox/own-wishes';
import { type Client, makeClient } from './http-app';
import { buildPrograms, type Programs } from './processes';
import { waitFor } from './wait-for';
import { aWorld, PASSWORD, type World, type WorldApp } from './world';

describe('a wish that is done where it was committed', () => {
  let world: World;
  let revision = 0;

  beforeAll(async () => { world = await aWorld(); });
  afterAll(async () => { await world?.stop(); });

  const rows = <R extends object>(sql: string, params: unknown[] = []): Promise<R[]> => world.dataSource.query(sql, params);
  const report = (): string => world.report('KZ-U', 4);
  const save = async (client: Client, magnitude: string): Promise<void> => {
    const answer = await client.put(`/api/monitoring-reports/${report()}/actuals/${world.tables['KZ-U'].indicatorId('KZ-U6')}`, { requestId: randomUUID(), expectedRevision: revision, actual: { kind: 'REPORTED', magnitude, unit: '万人' } });
    expect(answer.status).toBe(200);
    revision += 1;
  };
  /** Points of the row in the score that the report points at. */
  const points = async (): Promise<string | null> => (await rows<{ points: string }>(`
    select l.points::text from score_request r join indicator_line l on l.score_id = r.score_id and l.fiscal_year = r.fiscal_year where r.document_id = $1 and l.indicator_key = 'KZ-U6'`, [report()]))[0]?.points ?? null;
  const waiting = async (): Promise<number> => (await rows<{ n: number }>('select count(*)::integer as n from outbox_message where rung_at is null'))[0]?.n ?? NaN;
  const scores = async (): Promise<number> => (await rows<{ n: number }>('select count(*)::integer as n from score where document_id = $1', [report()]))[0]?.n ?? NaN;

  it('gives a saved value its points with no worker anywhere: 20.00 of 20 for 26.4万人, and the wish is marked', async () => {
    const app = await world.start({ role: 'api' });
    try {
      await save(await app.as('kz.reporter'), '26.4');
      await waitFor('the points', async () => (await points()) === '20.00');
      await waitFor('the mark', async () => (await waiting()) === 0);
    } finally { await app.stop(); }
  });

  it('is left in the outbox by a process that is killed between the commit and the points, and done by the next that looks', async () => {
    const programs: Programs = await buildPrograms({ main: 'apps/api/src/main.ts' });
    const lock = world.dataSource.createQueryRunner();
    try {
      const server = programs.start('main', { DATABASE_URL: world.database.url, JIHENG_ROLE: 'api', JIHENG_TODAY: '2025-01-09', PORT: '0', LOG_LEVEL: 'fatal', SECURE_COOKIES: '0' });
      const client = makeClient((await server.heard(/JIHENG_READY (http\S+)/))[1] ?? '');
      expect((await client.signIn('kz.reporter', PASSWORD)).status).toBe(200);
      // Nobody gets a turn.
      await lock.startTransaction();
      await lock.query('lock table score_request in exclusive mode');
      await save(client, '25.1');
      await waitFor('the round to wait for its turn', async () => (await rows(`select 1 from pg_stat_activity where datname = current_database() and application_name = 'jiheng-scoring' and wait_event_type = 'Lock'`)).length === 1);
      await server.end('SIGKILL');
      await lock.rollbackTransaction();
      await waitFor('its connection to end', async () => (await rows(`select 1 from pg_stat_activity where datname = current_database() and application_name = 'jiheng-scoring'`)).length === 0);
      expect([await waiting(), await points()]).toEqual([1, '20.00']);
      const other = await world.start({ role: 'all' });
      try {
        // 20 × 25.1 / 26.10
        await waitFor('the points', async () => (await points()) === '19.23');
        await waitFor('the mark', async () => (await waiting()) === 0);
      } finally { await other.stop(); }
    } finally {
      await lock.release();
      await programs.stop();
    }
  }, 120_000);

  it('is done once whoever comes first, of thirty values at two processes of which one has a worker the last one stands', async () => {
    const apps: WorldApp[] = [await world.start({ role: 'api' }), await world.start({ role: 'all' })];
    try {
      const clients = await Promise.all(apps.map((app) => app.as('kz.reporter')));
      for (let nth = 1; nth <= 30; nth += 1) await save(clients[nth % 2] as Client, `22.${String(nth).padStart(2, '0')}`);
      // 20 × 22.30 / 26.10
      await waitFor('the last points', async () => (await points()) === '17.09');
      await waitFor('every mark', async () => (await waiting()) === 0);
      expect(await points()).toBe('17.09');
      const [once] = await rows<{ same: boolean }>('select count(*) = count(distinct inputs_digest) as same from score where document_id = $1', [report()]);
      expect(once).toEqual({ same: true });
    } finally { for (const app of apps) await app.stop(); }
  });

  it('that a worker has in hand, or whose document somebody else is scoring, is left to the queue and told of there', async () => {
    const [hereApp, thereApp] = [await world.start({ role: 'api' }), await world.start({ role: 'all' })];
    const lock = world.dataSource.createQueryRunner();
    try {
      await lock.startTransaction();
      await lock.query('select 1 from score_request where document_id = $1 for update', [report()]);
      const before = await scores();
      await save(await hereApp.as('kz.reporter'), '26.1');
      await new Promise((done) => setTimeout(done, 400));
      expect([await waiting(), await scores()]).toEqual([1, before]);
      await lock.rollbackTransaction();
      await waitFor('the points', async () => (await points()) === '20.00');
      await waitFor('the mark', async () => (await waiting()) === 0);
    } finally {
      await lock.release();
      await hereApp.stop();
      await thereApp.stop();
    }
  });

  it('that cannot be read is not taken here but left where it waits, for the queue to fail it where everybody sees it', async () => {
    const app = await world.start({ role: 'api' });
    try {
      const wish = { id: newId(), kind: 'NEWS', name: 'actual-recorded', payload: '{"reportId":"none"}' } as const;
      await rows('insert into outbox_message (id, kind, name, payload) values ($1, $2, $3, $4::jsonb)', [wish.id, wish.kind, wish.name, wish.payload]);
      app.app.get(OwnWishes).committed(wish);
      await save(await app.as('kz.reporter'), '25.1');
      await waitFor('the next value to have its points all the same', async () => (await points()) === '19.23');
      await waitFor('its mark', async () => (await waiting()) === 1);
      expect(await rows('select 1 from outbox_message where id = $1 and rung_at is null', [wish.id])).toHaveLength(1);
    } finally { await app.stop(); }
  });
});
