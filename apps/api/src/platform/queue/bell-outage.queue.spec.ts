import { type AddressInfo, type Server, type Socket, connect, createServer } from 'node:net';
import type pg from 'pg';
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
