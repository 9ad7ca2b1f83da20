import type { Words } from '@jiheng/domain';
import pg from 'pg';
import type { AppConfig } from '../config/app-config';
import { mostConnections } from './connection-plan';

/** As long as the product's own connections wait (data-source.ts). */
const KNOCK_MS = 5_000;

/** Connections that PostgreSQL gives to all, what it keeps for superusers, and what others hold at this moment. Of others' sessions an ordinary user sees that they are there, and not what kind they are. */
const ROOM = `select current_setting('max_connections')::integer as most,
  current_setting('superuser_reserved_connections')::integer + coalesce(current_setting('reserved_connections', true), '0')::integer as reserved,
  (select count(*)::integer from pg_stat_activity where datid is not null and pid <> pg_backend_pid() and coalesce(backend_type, 'client backend') = 'client backend') as held`;

/** What a process that is about to start finds. */
interface Room { readonly most: number; readonly reserved: number; readonly held: number }

/**
 * Asks PostgreSQL, before this process has any other connection there, whether it gives as many as the process may take. Too few are no reason not to start, since not all are taken at once; but what then happens
 * under load (requests answered 503, jobs that come back) is hard to understand without having been told. Throws what keeps it from connecting at all.
 * @returns the warning, or null where there is room
 */
export async function knockAtPostgres(config: Pick<AppConfig, 'DATABASE_URL' | 'REDIS_URL' | 'JIHENG_ROLE'>): Promise<Words | null> {
  const client = new pg.Client({ connectionString: config.DATABASE_URL, connectionTimeoutMillis: KNOCK_MS, application_name: 'jiheng-knock' });
  client.on('error', () => undefined);
  let room: Room | undefined;
  try {
    await client.connect();
    [room] = (await client.query<Room>(ROOM)).rows;
  } finally { await client.end().catch(() => undefined); }
  return room === undefined ? null : sayTooFew(room, mostConnections({ role: config.JIHENG_ROLE, isQueueHere: config.REDIS_URL === undefined }));
}

function sayTooFew({ most, reserved, held }: Room, wanted: number): Words | null {
  const left = Math.max(0, most - reserved - held);
  if (wanted <= left) return null;
  const needed = wanted + held + reserved;
  return {
    zh: `数据库连接可能不够：本进程最多用 ${wanted} 个，PostgreSQL 的 max_connections 为 ${most}，其中保留 ${reserved} 个、其他程序已占 ${held} 个，还剩 ${left} 个。照常启动；请把 max_connections 调到 ${needed} 以上，或减少进程（算法见 docs/operations.md）。`,
    en: `There may be too few database connections: this process takes up to ${wanted}; of PostgreSQL's max_connections of ${most}, ${reserved} are reserved and others hold ${held}, which leaves ${left}. It starts all the same; raise max_connections to ${needed} or more, or run fewer processes (docs/operations.md says how to count).`,
  };
}
