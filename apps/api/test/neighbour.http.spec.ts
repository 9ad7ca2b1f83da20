import { randomUUID } from 'node:crypto';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import type { Problem } from '@jiheng/contract';
import { newId } from '../src/platform/database/new-id';
import { declaredRoutes } from '../src/platform/http/routes';
import type { Client } from './http-app';
import { aWorld, type World, type WorldApp } from './world';

const NOTHING = '019b0000-0000-7000-8000-00000000dead';

describe('a person of the neighbouring unit', () => {
  let world: World;
  let app: WorldApp;
  let theirs: Record<string, string>;
  beforeAll(async () => {
    world = await aWorld();
    app = await world.start({ today: '2025-01-09' });
    const own = await app.as('kz.reporter');
    const report = world.report('KZ-U', 4);
    const indicator = world.tables['KZ-U'].indicatorId('KZ-U6');
    const file = await own.upload<{ id: string }>(`/api/monitoring-reports/${report}/actuals/${indicator}/evidence`, { name: '台账.csv', bytes: Buffer.from('单位,人数') });
    const [source, job] = [newId(), newId()];
    await world.dataSource.query(`insert into pull_source (id, unit_id, name, kind, place, rows_path, key_field, value_field, owner_id, created_at) values ($1, $2, '业务系统', 'SHEET_FOLDER', 'a', '$', 'k', 'v', $3, now())`,
      [source, world.units.kz, world.people['kz.reporter']]);
    await world.dataSource.query(`insert into job_run (id, name, title_zh, title_en, unit_id, state) values ($1, 'run-pull', '取数', 'Pull', $2, 'FAILED')`, [job, world.units.kz]);
    const brought = await own.upload<{ id: string }>(`/api/imports?unitId=${world.units.kz}`, { name: '目标表.csv', bytes: Buffer.from('项目支出绩效目标表') });
    theirs = { imports: brought.body.id, 'monitoring-reports': report, 'target-tables': world.tables['KZ-U'].id, evidence: file.body.id, 'pull-sources': source, jobs: job, people: world.people['kz.reporter'], indicatorId: indicator };
  });
  afterAll(async () => { await app.stop(); await world.stop(); });

  /** A lawful body for a route, so that only the right to do it is in question. */
  function bodyFor(path: string, indicators: unknown): unknown {
    const common = { requestId: randomUUID(), expectedRevision: 0 };
    if (path.endsWith('/explanation')) return { ...common, explanation: { causes: ['STAFF'], sentence: '轮岗', measures: '补足', likelihood: null, forecast: null } };
    if (path.includes('/actuals/')) return { ...common, actual: { kind: 'NOT_REPORTED' } };
    if (path.endsWith('/execution')) return { ...common, rows: [{ part: 'TOTAL', initial: '1', adjusted: '1', executed: '1' }], reason: null };
    if (path.endsWith('/extension')) return { until: '2025-01-20', reason: '轮岗' };
    if (path.includes('/candidates/')) return { ...common, choice: 'ACCEPT' };
    if (path.endsWith('/moves')) return { move: 'sign', expectedRevision: 0 };
    if (path.endsWith('/corrections')) return { requestId: randomUUID(), expectedSequence: 0, correction: { kind: 'UNDO' } };
    if (path.endsWith('/unit')) return { unitId: world.units.mn };
    if (path.endsWith('/previous-actuals')) return { keys: ['甲'], expectedRevision: 0 };
    if (path.endsWith('/proposed-actuals')) return { quarter: 1, keys: ['甲'] };
    if (path.endsWith('/kept-findings')) return { tables: [0], reasons: [{ code: 'Q-M1', reason: '轮岗' }] };
    if (path.endsWith('/settlement')) return { choice: 'KEPT' };
    if (path.startsWith('/api/imports')) return {};
    if (path.endsWith('/runs')) return { periodId: world.periods[3] };
    if (path.endsWith('/bindings')) return { bindings: [], expectedRevision: 0 };
    if (path.endsWith('/bindings/preview')) return { bindings: [], periodId: world.periods[3] };
    if (path.endsWith('/schedule')) return { rule: { kind: 'MONTHLY', day: 5, time: '06:30' }, window: null, minGapMinutes: 60, expectedRevision: 0 };
    if (path === `/api/pull-sources/${path.split('/')[3]}`) return { name: '业务系统', kind: 'SHEET_FOLDER', place: 'a', mappings: [], expectedRevision: 0 };
    if (path.endsWith('/acceptance')) return { reason: '轮岗' };
    if (path.includes('/target-tables')) {
      return { subject: 'PROJECT', fiscalYear: 2024, unitId: world.units.kz, project: '线路租赁费', lead: null, goalText: '', budget: { total: '1' }, indicators, expectedRevision: 0, reason: '轮岗' };
    }
    return {};
  }

  it('gets the same answer for what is there and for what is not, on every route with an id, and changes nothing', async () => {
    const own = await app.as('kz.reporter');
    const { body: table } = await own.get<{ indicators: unknown[] }>(`/api/target-tables/${world.tables['KZ-U'].id}`);
    const routes = declaredRoutes(app.app.get(DiscoveryService, { strict: false }), app.app.get(MetadataScanner, { strict: false })).filter(({ path }) => path.includes(':'));
    const ask = async (client: Client, method: string, path: string): Promise<string> => {
      const response = path.endsWith('/evidence')
        ? await client.upload<Problem>(path, { name: '台账.csv', bytes: Buffer.from('1') })
        : method === 'GET' ? await client.get<Problem>(path) : await client.send<Problem>(method as 'POST', method === 'DELETE' ? `${path}?expectedRevision=0` : path, bodyFor(path, table.indicators));
      return `${response.status} ${response.body.code}`;
    };
    const before = await world.dataSource.query('select (select count(*) from audit_event where action not like \'session%\') as deeds, (select sum(revision) from monitoring_report) as revisions');
    let asked = 0;
    for (const login of ['mn.reporter', 'mn.reviewer', 'mn.manager'] as const) {
      const neighbour = await app.as(login);
      for (const { method, path } of routes) {
        const thing = path.split('/')[2] ?? '';
        const id = theirs[thing];
        // Periods belong to nobody; ids of scores, files and self-evaluations are read like those here, and have stories of their own.
        if (id === undefined) continue;
        const at = (mine: string, row: string): string => path.replace(':id', mine).replace(':indicatorId', row).replace(':evidenceId', theirs['evidence'] ?? '').replace(/:(?:at|part|chunk)\b/gu, '0').replace(/:[A-Za-z]+/gu, NOTHING);
        const [real, ghost] = [await ask(neighbour, method, at(id, theirs['indicatorId'] ?? '')), await ask(neighbour, method, at(NOTHING, NOTHING))];
        expect([login, method, path, real]).toEqual([login, method, path, ghost]);
        expect([login, method, path, real.slice(0, 3)]).toEqual([login, method, path, expect.stringMatching(/^40[34]$/u)]);
        asked += 1;
      }
    }
    expect(asked).toBeGreaterThan(50);
    expect(await world.dataSource.query('select (select count(*) from audit_event where action not like \'session%\') as deeds, (select sum(revision) from monitoring_report) as revisions')).toEqual(before);
  });

  it('finds nothing of the other in any list', async () => {
    const neighbour = await app.as('mn.manager');
    for (const path of ['/api/jobs', '/api/pull-sources', '/api/target-tables', `/api/target-tables?unitId=${world.units.kz}`, '/api/units', '/api/work']) {
      const text = await (await neighbour.fetch(path)).text();
      expect([path, Object.values(theirs).filter((id) => text.includes(id)), text.includes('克孜')]).toEqual([path, [], false]);
    }
  });
});
