import { type AddressInfo, type Server, type Socket, connect, createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import pg, { Client } from 'pg';
import { emptyDatabase } from '../../../test/database';
import { readConfig } from '../config/app-config';
import { Bell } from './bell';

/** A way to PostgreSQL that can be closed and opened again at the same port. */
class Way {
  private server: Server | null = null;
  private readonly sockets = new Set<Socket>();
  port = 0;

  constructor(private readonly to: { readonly host: string; readonly port: number }) {}

  async open(): Promise<void> {
    const server = createServer((near) => {
      const far = connect(this.to.port, this.to.host);
      for (const socket of [near, far]) {
        this.sockets.add(socket);
        socket.on('error', () => undefined).on('close', () => { this.sockets.delete(socket); near.destroy(); far.destroy(); });
      }
      near.pipe(far).pipe(near);
    });
    await new Promise<void>((listening) => { server.listen(this.port, '127.0.0.1', listening); });
    this.port = (server.address() as AddressInfo).port;
    this.server = server;
  }

  async close(): Promise<void> {
    const closed = new Promise((done) => { this.server?.close(done); });
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }
}

describe('a bell that is hung up while it rings', () => {
  // BullMQ never answers a ring that it meets after its queue was closed; whoever waited for it kept the process from stopping until it was ended by force.
  it('lets the ring come to its end first, and refuses the next one', async () => {
    const { url, drop } = await emptyDatabase();
    const bell = new Bell(readConfig({ DATABASE_URL: url, DATA_DIR: '/tmp', LOG_LEVEL: 'silent' }));
    const holder = new Client({ connectionString: url });
    await holder.connect();
    const ring = (jobId: string): Promise<string> => bell.ring('pull', 'some-job', { payload: {}, jobRunId: null, messageId: jobId }, { jobId, attempts: 1, backoffMs: 10 }).then(() => 'rung', String);
    try {
      await bell.counts('housekeeping');
      await holder.query('begin; lock table bullmq.migration in access exclusive mode');
      const rung = ring('under way');
      while ((await holder.query(`select from pg_locks where relation = 'bullmq.migration'::regclass and not granted`)).rowCount === 0) await pause(10);
      const hungUp = bell.hangUp().then(() => 'hung up');
      const late = ring('too late');
      // Long enough for a queue that waits for nobody to have been closed.
      await pause(300);
      await holder.query('rollback');
      expect(await Promise.race([Promise.all([rung, late, hungUp]), pause(5_000, 'still waiting', { ref: false })])).toEqual(['rung', 'Error: the process stops', 'hung up']);
      expect((await holder.query('select id from bullmq.job')).rows).toEqual([{ id: 'under way' }]);
      expect((await holder.query('select from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()')).rowCount).toBe(0);
    } finally {
      await holder.query('rollback');
      await holder.end();
      await drop();
    }
  }, 60_000);
});

describe('the bell while PostgreSQL is away', () => {
  it('does not ring, rings when it is back, and leaves nothing behind for every ring in between', async () => {
    const { url, drop } = await emptyDatabase();
    const at = new URL(url);
    const way = new Way({ host: at.hostname, port: Number(at.port) });
    await way.open();
    [at.hostname, at.port] = ['127.0.0.1', String(way.port)];
    const bell = new Bell(readConfig({ DATABASE_URL: at.toString(), DATA_DIR: '/tmp', LOG_LEVEL: 'silent' }));
    const ears = (): number => (Reflect.get(bell, 'pool') as pg.Pool).listenerCount('error');
    const ring = (jobId: string): Promise<string> => bell.ring('housekeeping', 'some-job', { payload: {}, jobRunId: null, messageId: jobId }, { jobId, attempts: 1, backoffMs: 10 }).then(() => 'rung', () => 'away');
    try {
      expect(await ring('before')).toBe('rung');
      const before = ears();
      await way.close();
      const during: string[] = [];
      for (let n = 0; n < 20; n += 1) during.push(await ring(`during-${n}`));
      expect(new Set(during)).toEqual(new Set(['away']));
      await way.open();
      expect(await ring('after')).toBe('rung');
      expect((await bell.counts('housekeeping'))['waiting']).toBe(2);
      expect(ears()).toBe(before);
    } finally {
      await bell.hangUp();
      await way.close();
      await drop();
    }
  }, 60_000);
});
