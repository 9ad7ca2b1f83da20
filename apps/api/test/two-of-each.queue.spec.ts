import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EvidenceView, JobRunView, MonitoringReportView, Problem, PullSourceView, RecordedActual, ScheduleView, ScoringRunAsked, SessionView } from '@jiheng/contract';
import { type FakeSource, startFakeSource } from '../../../tools/fake-source/server';
import { newId } from '../src/platform/database/new-id';
import { type Client, makeClient } from './http-app';
import { buildPrograms, type Programs, type Running } from './processes';
import { redisIsThere, startRedis, type TestRedis } from './redis';
import { waitFor } from './wait-for';
import { type Login, PASSWORD, type World, aWorld } from './world';

/*
 * Two APIs and two workers as processes of their own on one database, one queue and one folder of files, as docker-compose.yml starts them.
 * One person is led from one API to the other within every deed, as a proxy without memory would do it: nothing may stand in a process.
 */
const PDF = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n');

describe('two APIs and two workers', () => {
  let programs: Programs;
  beforeAll(async () => { programs = await buildPrograms({ main: 'apps/api/src/main.ts', 'leaping-worker': 'apps/api/test/leaping-worker.ts', 'score-slices.thread': 'apps/api/src/score-slices.thread.ts' }); }, 90_000);
  afterAll(async () => { await programs?.stop(); });

  for (const backend of ['PostgreSQL', 'Redis'] as const) (backend === 'PostgreSQL' || redisIsThere() ? describe : describe.skip)(`with the queue on ${backend}`, () => {
    let world: World;
    let redis: TestRedis | null = null;
    let upstream: FakeSource;
    let dataDir: string;
    let urls: readonly string[] = [];
    let running: Running[] = [];

    /** The same browser at the other API: the cookie goes along, nothing else. */
    const atOther = (client: Client, url: string): Client => Object.assign(makeClient(url), { cookie: client.cookie, csrfToken: client.csrfToken });
    const both = async (login: Login): Promise<[Client, Client]> => {
      const atA = makeClient(urls[0] ?? '');
      expect((await atA.signIn(login, PASSWORD)).status).toBe(200);
      return [atA, atOther(atA, urls[1] ?? '')];
    };
    const place = (): string => `/api/monitoring-reports/${world.report('KZ-U', 4)}/actuals/${world.tables['KZ-U'].indicatorId('KZ-U6')}`;
    const number = async (sql: string, params: unknown[] = []): Promise<number> => Number((await world.dataSource.query(`select count(*)::integer as n from ${sql}`, params))[0]?.n);

    beforeAll(async () => {
      redis = backend === 'Redis' ? await startRedis() : null;
      [world, upstream] = [await aWorld(), await startFakeSource()];
      dataDir = mkdtempSync(join(tmpdir(), 'jiheng-two-'));
      // The second worker is known to the database by a name of its own, so that one can see which of the two did what.
      const { hostname, port, pathname } = new URL(world.database.url);
      await world.dataSource.query(`drop role if exists second_hand; create role second_hand superuser login password 'second'`);
      const env = {
        DATABASE_URL: world.database.url, DATA_DIR: dataDir, LOG_LEVEL: 'fatal', PORT: '0', JIHENG_TODAY: '2025-01-09', PULL_ALLOWED_HOSTS: '127.0.0.1:*',
        ...(redis === null ? {} : { REDIS_URL: redis.url, REDIS_PREFIX: `test-${newId()}` }),
      };
      const doors = [0, 1].map(() => programs.start('main', { ...env, JIHENG_ROLE: 'api' }));
      const workers = [{}, { DATABASE_URL: `postgres://second_hand:second@${hostname}:${port}${pathname}` }].map((own) => programs.start('leaping-worker', { ...env, ...own }));
      running = [...doors, ...workers];
      urls = await Promise.all(doors.map(async (door) => (await door.heard(/JIHENG_READY (http:\S+)/))[1] ?? ''));
      await Promise.all(workers.map((worker) => worker.heard(/READY/)));
    }, 500_000);
    afterAll(async () => {
      await Promise.all(running.map((one) => one.end()));
      await upstream?.stop();
      await redis?.stop();
      await world?.stop();
      if (dataDir !== undefined) rmSync(dataDir, { recursive: true, force: true });
    });

    it('who signs in at one saves at the other, and reads at the first what a worker made of it', async () => {
      const [atA, atB] = await both('kz.reporter');
      const saved = await atB.put<RecordedActual>(place(), { requestId: randomUUID(), expectedRevision: 0, actual: { kind: 'REPORTED', magnitude: '26.4', unit: '万人' } });
      expect(saved.status).toBe(200);
      // The same save sent once more to the other, because its answer was lost: not twice.
      const requestId = randomUUID();
      const body = { requestId, expectedRevision: 1, actual: { kind: 'REPORTED', magnitude: '26.5', unit: '万人' } };
      expect([(await atB.put(place(), body)).status, (await atA.put(place(), body)).status]).toEqual([200, 200]);
      expect(await number('actual where report_id = $1', [world.report('KZ-U', 4)])).toBe(2);
      // And who saves on an old revision at the other is told so.
      expect((await atA.put<Problem>(place(), { ...body, requestId: randomUUID(), expectedRevision: 1, actual: { kind: 'REPORTED', magnitude: '26.6', unit: '万人' } })).status).toBe(409);
      await waitFor('points of 26.5', async () => {
        const { body: report } = await atA.get<MonitoringReportView>(`/api/monitoring-reports/${world.report('KZ-U', 4)}`);
        return report.rows.find((row) => row.indicator.key === 'KZ-U6')?.score?.points ?? null;
      }, 20_000);
    }, 240_000);

    it('a file received by one is read by the other', async () => {
      const [atA, atB] = await both('kz.reporter');
      const sent = await atA.upload<EvidenceView>(`${place()}/evidence`, { name: '台账.pdf', bytes: PDF });
      expect(sent.status).toBe(201);
      const read = await atB.fetch(`/api/evidence/${sent.body.id}`);
      expect([read.status, Buffer.from(await read.arrayBuffer()).equals(PDF)]).toEqual([200, true]);
    });

    it('a region asked for at one is shown going on at the other, and both workers take slices of it', async () => {
      // Six documents are one slice of the product's size: cut into single ones, of which none ends before both workers have one in hand.
      await world.dataSource.query(`
        create table hand (who text);
        create function cut_finer() returns trigger language plpgsql as $$ begin
          if cardinality(new.document_ids) = 1 then return new; end if;
          insert into bulk_slice (run_id, ordinal, document_kind, document_ids, at_unit) select new.run_id, new.ordinal * 1000 + u.nth, new.document_kind, array[u.id], new.at_unit from unnest(new.document_ids) with ordinality u(id, nth);
          return null;
        end $$;
        create trigger cut_finer before insert on bulk_slice for each row execute function cut_finer();
        create sequence first_came; create sequence second_came;
        create function note_hand() returns trigger language plpgsql as $$ begin
          insert into hand values (session_user);
          -- A sequence counts at once for everybody, committed or not.
          perform nextval(case session_user when 'second_hand' then 'second_came' else 'first_came' end);
          for nth in 1..300 loop
            exit when (select a.is_called and b.is_called from first_came a, second_came b);
            perform pg_sleep(0.1);
          end loop;
          return new;
        end $$;
        create trigger note_hand before update on bulk_slice for each row when (new.state = 'DONE') execute function note_hand()`);
      const [atA, atB] = await both('finance');
      const listening = new AbortController();
      const stream = await atA.fetch('/api/jobs/events', { signal: listening.signal });
      let heard = '';
      void (async () => { for await (const piece of stream.body ?? []) heard += new TextDecoder().decode(piece); })().catch(() => undefined);
      const asked = await atB.post<ScoringRunAsked>('/api/scoring-runs', { unitId: world.units.finance, fiscalYear: 2024, periodOrdinal: 4 });
      expect(asked.status).toBe(202);
      await waitFor('the stream of the one to tell the end of what was asked at the other', () => Promise.resolve(heard.split('\n').some((line) => {
        if (!line.startsWith('data: {"id"')) return false;
        const view = JSON.parse(line.slice(6)) as JobRunView;
        return view.id === asked.body.jobRunId && view.state === 'DONE' && view.done === 6;
      })), 40_000);
      listening.abort();
      const hands: { who: string; n: number }[] = await world.dataSource.query('select who, count(*)::integer as n from hand group by who order by who');
      expect(hands).toHaveLength(2);
      expect(hands.reduce((sum, { n }) => sum + n, 0)).toBe(6);
    }, 300_000);

    it('a due schedule is answered once, however many workers look', async () => {
      const [atA] = await both('kz.reporter');
      const { body: source } = await atA.post<PullSourceView>('/api/pull-sources', { unitId: world.units.kz, name: '社保核心系统', kind: 'HTTP_JSON', place: `${upstream.url}/insured`, mappings: [{ indicatorKey: 'KZ-U5', field: 'unemployment', unit: '人' }] });
      expect((await atA.put<ScheduleView>(`/api/pull-sources/${source.id}/schedule`, { rule: { kind: 'CRON', cron: '0 0 * * *' }, window: null, minGapMinutes: 10, expectedRevision: 0 })).status).toBe(200);
      await world.dataSource.query(`update pull_schedule set next_at = '2025-01-08T16:00:00Z' where source_id = $1`, [source.id]);
      // Every ring of the minute at once, and twice: what the queue would do at the turn of four minutes.
      for (let nth = 0; nth < 8; nth++) await world.dataSource.query(`insert into outbox_message (id, kind, name, payload) values ($1, 'JOB', 'ring-due-schedules', '{}')`, [newId()]);
      await world.dataSource.query(`select pg_notify('jiheng_outbox', '')`);
      await waitFor('the pull', async () => (await number(`pull_run where source_id = $1 and state = 'DONE'`, [source.id])) === 1, 30_000);
      await waitFor('all looks', async () => (await number('outbox_message where rung_at is null')) === 0, 10_000);
      expect(await number('pull_run where source_id = $1', [source.id])).toBe(1);
      expect(upstream.asked()).toBe(1);
    }, 240_000);

    it('wrong passwords are counted together, whichever of the two hears them', async () => {
      const answers: number[] = [];
      for (let nth = 0; nth < 6; nth++) answers.push((await makeClient(urls[nth % 2] ?? '').signIn('mn.reviewer', 'a-wrong-password')).status);
      expect(answers).toEqual([401, 401, 401, 401, 401, 429]);
      expect((await makeClient(urls[0] ?? '').signIn('mn.reviewer', PASSWORD)).status).toBe(429);
      expect((await makeClient(urls[1] ?? '').signIn('mn.reviewer', PASSWORD)).status).toBe(429);
    });

    it('who signs out at one is out at the other at once, and so is who is no longer active', async () => {
      const [atA, atB] = await both('mn.manager');
      expect((await atB.get<SessionView>('/api/session')).status).toBe(200);
      expect((await atB.get('/api/jobs')).status).toBe(200);
      expect((await atA.send('DELETE', '/api/session')).status).toBe(204);
      expect((await atB.get('/api/jobs')).status).toBe(401);
      const [, leaving] = await both('mn.reporter');
      expect((await leaving.get('/api/jobs')).status).toBe(200);
      await world.dataSource.query(`update person set active = false where login = 'mn.reporter'`);
      expect((await leaving.get('/api/jobs')).status).toBe(401);
    });

    it('all four go on after all of that', () => {
      expect(running.map((one) => one.isAlive())).toEqual([true, true, true, true]);
    });
  });
});
