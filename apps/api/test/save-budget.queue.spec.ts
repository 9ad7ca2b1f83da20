import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { Client } from './http-app';
import { type World, type WorldApp, aWorld } from './world';
import { waitFor } from './wait-for';

const OWN = /^select id from outbox_message where id = any\(\$1\) and rung_at is null/;
const TAKEN = /from outbox_message where rung_at is null and job_run_id is null and \(kind/;

interface Sent { readonly connection: pg.Client; readonly text: string; readonly goesAlone: boolean }

const sent: Sent[] = [];

/** Has every connection of this process write down what it is asked, and whether it waits for nothing else on that connection; to be called before the first is made. */
function listen(): void {
  const query = pg.Client.prototype.query as (...given: unknown[]) => unknown;
  const under = new Map<pg.Client, number>();
  pg.Client.prototype.query = function recorded(this: pg.Client, ...given: unknown[]): unknown {
    const [first] = given;
    const text = typeof first === 'string' ? first : ((first as { text?: string }).text ?? '');
    const flying = under.get(this) ?? 0;
    sent.push({ connection: this, text: text.replace(/\s+/g, ' ').trim(), goesAlone: flying === 0 });
    under.set(this, flying + 1);
    const answered = (): void => { under.set(this, (under.get(this) ?? 1) - 1); };
    const answer = query.apply(this, given);
    if (answer instanceof Promise) answer.then(answered, answered);
    else answered();
    return answer;
  } as typeof pg.Client.prototype.query;
}

describe('the way of one value to its points', () => {
  let world: World;
  let app: WorldApp;
  let reporter: Client;

  beforeAll(async () => {
    listen();
    world = await aWorld();
    app = await world.start({ role: 'all' });
    reporter = await app.as('kz.reporter');
  });
  afterAll(async () => { await app?.stop(); await world?.stop(); });

  /** What one connection was asked from a statement to the next end of a transaction, or to the last statement of an answer. */
  const part = (first: RegExp, last: RegExp): { readonly statements: number; readonly ways: number } => {
    const own = sent.filter((one) => one.connection === sent.find(({ text }) => first.test(text))?.connection);
    const begun = own.findIndex(({ text }) => first.test(text));
    // A transaction's beginning is asked before the statement that tells whose it is.
    own.splice(0, /^(?:START TRANSACTION|begin)$/.test(own[begun - 1]?.text ?? '') ? begun - 1 : Math.max(0, begun));
    const ended = own.slice(0, own.findIndex(({ text }) => last.test(text)) + 1);
    return { statements: ended.length, ways: ended.filter((one) => one.goesAlone).length };
  };

  const scored = async (points: string): Promise<boolean> => (await world.dataSource.query('select 1 from indicator_line where points = $1', [points])).length > 0;

  // A bound for whoever adds a statement: does it need an answer before it, and does the next one need its answer?
  it('goes there and back twice to be saved and answered, and twice to be scored where it was saved', async () => {
    const save = async (magnitude: string, expectedRevision: number): Promise<void> => {
      const answer = await reporter.put(`/api/monitoring-reports/${world.report('KZ-U', 4)}/actuals/${world.tables['KZ-U'].indicatorId('KZ-U6')}`, { requestId: randomUUID(), expectedRevision, actual: { kind: 'REPORTED', magnitude, unit: '万人' } });
      expect(answer.status).toBe(200);
    };
    // 20 × 25.1 / 26.10: the first of all makes rows that the later ones find, and everything is prepared.
    await save('25.1', 0);
    await waitFor('the first points', () => scored('19.23'));
    // A machine so busy that the first round was late leaves the next seconds' wishes to the queue.
    await pause(3_500);
    sent.length = 0;
    await save('26.4', 1);
    await waitFor('the points', () => scored('20.00'));
    await waitFor('the end of the round', () => Promise.resolve(part(OWN, /^commit$/).statements > 0));
    expect({ read: part(/^select beside\.is_there/, /^select beside\.is_there/), write: part(/^select 1 from monitoring_report/, /^commit$/), score: part(OWN, /^commit$/) })
      .toEqual({ read: { statements: 1, ways: 1 }, write: { statements: 4, ways: 1 }, score: { statements: 7, ways: 2 } });
  });

  it('goes there and back three times to be scored by way of the queue, with all that wait beside it', async () => {
    sent.length = 0;
    await world.dataSource.query(`insert into outbox_message (id, kind, name, payload) select gen_random_uuid(), 'JOB', 'score-monitoring-report', jsonb_build_object('reportId', id) from monitoring_report`);
    await waitFor('all of them', async () => (await world.dataSource.query('select 1 from outbox_message where rung_at is null')).length === 0);
    await waitFor('the end of the round', () => Promise.resolve(part(TAKEN, /^commit$/).statements > 0));
    expect(part(TAKEN, /^commit$/).ways).toBeLessThanOrEqual(5);
  });
});
