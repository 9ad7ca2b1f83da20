import type { Words } from '@jiheng/domain';
import pg from 'pg';
import type { AppConfig } from '../config/app-config';
import { QUEUE_NAMES } from '../queue/define-job';
import { mostConnections } from './connection-plan';

/** As long as the product's own connections wait (data-source.ts). */
const KNOCK_MS = 5_000;

/**
 * Connections that PostgreSQL gives to all, what it keeps for superusers, how many processes of the product are there (each listens on one connection,
 * an API from its first watching page on: where none listens but some are connected it is one at least), and what others hold. Of sessions of other accounts an
 * ordinary user sees that they are there, and not what they call themselves. $1: the names of the queues, after which BullMQ calls the connections that wait there.
 */
const ROOM = `select current_setting('max_connections')::integer as most,
  current_setting('superuser_reserved_connections')::integer + coalesce(current_setting('reserved_connections', true), '0')::integer as reserved,
  greatest(count(*) filter (where application_name = 'jiheng-listen'), sign(count(*) filter (where application_name = any('{jiheng,jiheng-hot}'))))::integer as siblings, (count(*) filter (where coalesce(application_name, '') not like 'jiheng%' and coalesce(application_name, '') <> all($1)))::integer as held
  from pg_stat_activity where datid is not null and pid <> pg_backend_pid() and coalesce(backend_type, 'client backend') = 'client backend'`;

/** What a process that is about to start finds. */
interface Room { readonly most: number; readonly reserved: number; readonly siblings: number; readonly held: number }

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
    [room] = (await client.query<Room>(ROOM, [QUEUE_NAMES])).rows;
  } finally { await client.end().catch(() => undefined); }
  return room === undefined ? null : sayTooFew(room, config);
}

/** What the processes that run already will take counts in full: at rest they hold a third of it. Of what kind they are is not told; beside an API or a worker they are taken for workers, which take more. */
function sayTooFew({ most, reserved, siblings, held }: Room, { JIHENG_ROLE: role, REDIS_URL }: Pick<AppConfig, 'REDIS_URL' | 'JIHENG_ROLE'>): Words | null {
  const isQueueHere = REDIS_URL === undefined;
  const own = mostConnections({ role, isQueueHere });
  const theirs = siblings * mostConnections({ role: role === 'all' ? 'all' : 'worker', isQueueHere });
  const needed = own + theirs + held + reserved;
  if (needed <= most) return null;
  return {
    zh: `数据库连接可能不够：本进程最多用 ${own} 个，${siblings > 0 ? `已在运行的本系统进程（${siblings} 个）最多用 ${theirs} 个，` : ''}其他程序已占 ${held} 个，保留 ${reserved} 个，共 ${needed} 个；PostgreSQL 的 max_connections 为 ${most}。照常启动；请把 max_connections 调到 ${needed} 以上，或减少进程（算法见 docs/operations.md）。`,
    en: `There may be too few database connections: this process takes up to ${own}, ${siblings > 0 ? `the product's processes that run already (${siblings}) up to ${theirs}, ` : ''}others hold ${held} and ${reserved} are reserved: ${needed}, and PostgreSQL's max_connections is ${most}. It starts all the same; raise max_connections to ${needed} or more, or run fewer processes (docs/operations.md says how to count).`,
  };
}
