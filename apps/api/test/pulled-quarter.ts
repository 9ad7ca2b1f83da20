import { randomUUID } from 'node:crypto';
import type { MonitoringReportView } from '@jiheng/contract';
import { type FakeSource, startFakeSource } from '../../../tools/fake-source/server';
import type { Client } from './http-app';
import { type World, type WorldApp, aWorld } from './world';

/** The fourth quarter of the county's social insurance table, open for its reporter, and a system outside that may be pulled from. */
export interface PulledQuarter {
  readonly world: World;
  readonly app: WorldApp;
  readonly upstream: FakeSource;
  readonly reporter: Client;
  /** The id of the quarter's report. */
  readonly report: string;
  /** The reporter types a first value. */
  type(key: string, magnitude: string, unit: string): ReturnType<Client['put']>;
  /** The reporter decides between the typed and the pulled value of a row. */
  settle(key: string, choice: 'ACCEPT' | 'KEEP_MINE', reason?: string): ReturnType<Client['post']>;
  stop(): Promise<void>;
}

/** Starts it; whoever does stops it. */
export async function aPulledQuarter(): Promise<PulledQuarter> {
  const world = await aWorld({ opened: [4] });
  const upstream = await startFakeSource();
  const app = await world.start({ role: 'all', env: { PULL_ALLOWED_HOSTS: '127.0.0.1:*' } });
  const reporter = await app.as('kz.reporter');
  const report = world.report('KZ-U', 4);
  return {
    world, app, upstream, reporter, report,
    type: (key, magnitude, unit) => reporter.put(`/api/monitoring-reports/${report}/actuals/${world.tables['KZ-U'].indicatorId(key)}`, { requestId: randomUUID(), expectedRevision: 0, actual: { kind: 'REPORTED', magnitude, unit } }),
    async settle(key, choice, reason) {
      const row = (await reporter.get<MonitoringReportView>(`/api/monitoring-reports/${report}`)).body.rows.find((one) => one.indicator.key === key);
      return reporter.post(`/api/monitoring-reports/${report}/candidates/${row?.candidate?.id ?? ''}`, { requestId: randomUUID(), expectedRevision: row?.current?.revision ?? 0, choice, reason });
    },
    async stop() {
      await app.stop();
      await upstream.stop();
      await world.stop();
    },
  };
}
