import { randomUUID } from 'node:crypto';
import type { ActualBody, MonitoringReportView, Problem } from '@jiheng/contract';
import { parseActualText } from '@jiheng/domain';
import type { Client } from './http-app';
import type { TableName, World, WorldApp } from './world';

/** KZ-A of the worked example (scoring-cases §12), quarter by quarter, as people would type it; '' where a quarter says nothing. */
export const KZ_A_YEAR: readonly (readonly string[])[] = [
  ['1次', '0次', '100%', '90%', '3个月', '1个月', '0个月', '100%', '0.8万元', '1.0万元', '', '', '92%', '89%'],
  ['1次', '1次', '100%', '91%', '3个月', '4个月', '0个月', '100%', '0.7万元', '1.4万元', '', '', '93%', '88%'],
  ['1次', '0次', '100%', '91%', '3个月', '7个月', '0个月', '100%', '0.6万元', '1.3万元', '', '', '92%', '88%'],
  ['2次', '1次', '100%', '92%', '3个月', '8个月', '2个月', '100%', '0.7万元', '1.5万元', '', '', '93%', '88%'],
];

interface Moved { state: string; revision: number; moves: string[] }

/** The people of one unit at their desks. */
export interface Desk {
  readonly reporter: Client;
  readonly reviewer: Client;
  readonly manager: Client;
}

/** Signs in who makes a quarter of the prefecture's centre. */
export async function deskOf(app: WorldApp): Promise<Desk> {
  return { reporter: await app.as('kz.reporter'), reviewer: await app.as('kz.reviewer'), manager: await app.as('kz.manager') };
}

/** Enters a quarter, explains whatever the server asks to have explained, and has it signed. Money in 万元, total line only. */
export async function signQuarter(world: World, desk: Desk, table: TableName, quarter: number, cells: readonly string[], executed: string | null, initial = '8.00'): Promise<void> {
  const path = `/api/monitoring-reports/${world.report(table, quarter)}`;
  // On the day of the story the first quarters are long closed; a returned report may still be corrected.
  await world.dataSource.query(`update monitoring_report set state = 'RETURNED' where id = $1`, [world.report(table, quarter)]);
  const view = async (): Promise<MonitoringReportView> => (await desk.reporter.get<MonitoringReportView>(path)).body;
  for (const [at, row] of (await view()).rows.entries()) {
    const text = cells[at] ?? '';
    if (text === '') continue;
    const read = parseActualText(text, row.indicator);
    if (!read.ok) throw new Error(`${text}: ${read.refusal.code}`);
    await granted(desk.reporter.put(`${path}/actuals/${row.indicator.id}`, { requestId: randomUUID(), expectedRevision: 0, actual: read.value as ActualBody }));
  }
  if (executed !== null) {
    await granted(desk.reporter.put(`${path}/execution`, { requestId: randomUUID(), expectedRevision: 0, rows: [{ part: 'TOTAL', initial, adjusted: initial, executed }], reason: null }));
  }
  const move = async (client: Client, name: string, scoreId: string | null = null) => client.post<Moved & Problem>(`${path}/moves`, { move: name, expectedRevision: (await view()).revision, scoreId });
  const first = await move(desk.reporter, 'submit');
  if (first.status !== 200) {
    for (const field of first.body.fields ?? []) {
      await granted(desk.reporter.put(`${path}/actuals/${field.path}/explanation`, {
        requestId: randomUUID(), expectedRevision: 0,
        explanation: { causes: ['STAFF'], sentence: '年中人员轮岗，进度有所滞后。', measures: '补足人员，逐月督办。', likelihood: null, forecast: null },
      }));
    }
    await granted(move(desk.reporter, 'submit'));
  }
  await granted(move(desk.reviewer, 'review'));
  // The points are brought up to date by each move, so what is read now is what is signed.
  await granted(move(desk.manager, 'sign', (await view()).score.scoreId));
}

/** The body of an answer that must be a yes. */
export async function granted<T>(answer: Promise<{ status: number; body: T }>): Promise<T> {
  const { status, body } = await answer;
  if (status >= 300) throw new Error(`${status}: ${JSON.stringify(body)}`);
  return body;
}
