import { chownSync, copyFileSync, chmodSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { hashPassword } from '../src/budget-unit/password';
import { whyPostgresIsNotTrusted } from '../src/platform/config/postgres-trust';
import { makeDataSource } from '../src/platform/database/data-source';
import { newId } from '../src/platform/database/new-id';
import { scoreSlices } from '../src/scoring/bulk/score-slices';
import { type Certificates, makeCertificates, opensslIsThere } from './certificates';
import { startApp } from './http-app';
import { type OwnPostgres, startOwnPostgres } from './own-postgres';
import { waitFor } from './wait-for';

/* PostgreSQL that takes connections over TLS only, with a certificate of an authority of one's own: DATABASE_URL says all of it, for every connection the product makes. */
(opensslIsThere() ? describe : describe.skip)('a database that speaks TLS only', () => {
  let certificates: Certificates;
  let postgres: OwnPostgres;
  let dataDir = '';
  const address = (query: string): string => `${postgres.url}${query}`;
  const trusting = (file: string): string => address(`?sslmode=verify-full&sslrootcert=${encodeURIComponent(file)}`);
  /** PostgreSQL wants its key for itself alone. */
  const serveWith = async ({ certificate, key }: { readonly certificate: string; readonly key: string }): Promise<void> => {
    const { uid, gid } = statSync(dataDir);
    for (const [from, to] of [[certificate, 'server.crt'], [key, 'server.key']] as const) {
      copyFileSync(from, join(dataDir, to));
      chmodSync(join(dataDir, to), 0o600);
      if (process.getuid?.() === 0) chownSync(join(dataDir, to), uid, gid);
    }
  };
  beforeAll(async () => {
    certificates = makeCertificates();
    postgres = await startOwnPostgres();
    dataDir = (await postgres.query<{ data_directory: string }>('show data_directory'))[0]?.data_directory ?? '';
    await serveWith(certificates);
  }, 60_000);
  afterAll(async () => {
    await postgres?.stop();
    certificates?.stop();
  });

  /** What the start says when this database is asked for. */
  const sentence = async (url: string): Promise<string> => {
    const dataSource = makeDataSource({ url, entities: [], poolSize: 1 });
    try { await dataSource.initialize(); } catch (error) { const why = whyPostgresIsNotTrusted(error as Error, url); return why === null ? `no sentence for ${String(error)}` : `${why.zh}\n${why.en}`; }
    await dataSource.destroy();
    return '';
  };

  it('says that TLS is asked for and not spoken', async () => {
    expect(await sentence(trusting(certificates.authority))).toMatch(/没有启用 TLS.*\n.*speaks no TLS/);
    expect(await sentence(trusting('/nowhere/ca.pem'))).toMatch(/读不到.*\/nowhere\/ca\.pem.*\n.*cannot be read/);
  });

  it('is used by every connection of the product: migrations, pools, listening, queue, scoring of regions', async () => {
    await postgres.query('alter system set ssl = on');
    // Whoever keeps the server for this test looks into the other databases in the clear.
    writeFileSync(join(dataDir, 'pg_hba.conf'), 'hostssl story all 127.0.0.1/32 scram-sha-256\nhost postgres,jiheng all 127.0.0.1/32 scram-sha-256\n');
    await postgres.halt();
    await postgres.start();
    const url = trusting(certificates.authority);
    const app = await startApp({ url, role: 'all', today: '2025-01-09' });
    const outside = new pg.Client({ connectionString: url });
    await outside.connect();
    try {
      const [unit, person] = [newId(), randomUUID()];
      await outside.query(`insert into budget_unit (id, code, name, kind, path) values ($1::uuid, '410000', '示例省财政厅', 'FINANCE', '/' || $1::text || '/')`, [unit]);
      await outside.query('insert into person (id, login, display_name, password_hash) values ($1, $2, $2, $3)', [person, 'keeps', await hashPassword('a long enough word')]);
      await outside.query(`insert into role_assignment (person_id, role, unit_id) values ($1, 'finance', $2)`, [person, unit]);
      const client = await app.signedIn('keeps', 'a long enough word');
      expect((await client.get('/api/health/ready')).status).toBe(200);
      expect((await client.get('/api/work')).status).toBe(200);
      // Nothing to do there, but the connections are made.
      await scoreSlices({ url, runId: newId(), today: '2025-01-09', lanes: 2 }, () => false);
      const names = async (): Promise<string[]> => (await outside.query<{ name: string }>(`select distinct application_name as name from pg_stat_activity a join pg_stat_ssl s using (pid) where s.ssl and a.application_name like 'jiheng%' order by 1`)).rows.map(({ name }) => name);
      await waitFor('its connections', async () => (await names()).length >= 4);
      expect(await names()).toEqual(expect.arrayContaining(['jiheng', 'jiheng-hot', 'jiheng-listen', 'jiheng-queue']));
      expect((await outside.query(`select 1 from pg_stat_activity a left join pg_stat_ssl s using (pid) where a.client_port is not null and s.ssl is not true`)).rowCount).toBe(0);
    } finally {
      await outside.end();
      await app.stop();
    }
  }, 60_000);

  it('says what is wrong with the certificate, or that it is not asked for', async () => {
    expect(await sentence(address('?sslmode=verify-full'))).toMatch(/不信任数据库的证书.*\n.*not trusted.*sslrootcert=FILE/);
    expect(await sentence(trusting(certificates.stranger))).toMatch(/不信任/);
    expect(await sentence(address(''))).toMatch(/只接受 TLS 连接.*\n.*over TLS only/);
    await serveWith(certificates.misnamed);
    await postgres.halt();
    await postgres.start();
    expect(await sentence(trusting(certificates.authority))).toMatch(/主机名.*\n.*not for the host/);
  }, 30_000);
});
