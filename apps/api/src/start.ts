import 'reflect-metadata';
import { types } from 'node:util';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Logger } from 'nestjs-pino';
import { AppModule } from './app.module';
import { knockAtPostgres } from './platform/database/knock-at-postgres';
import { isDatabaseAway, SQL_STATE, sqlStateOf } from './platform/database/sql-state';
import { whyPostgresIsNotTrusted } from './platform/config/postgres-trust';
import { ConfigError, readConfig, type AppConfig } from './platform/config/app-config';
import { listen, makeServer } from './platform/http/make-server';
import { knockAtRedis } from './platform/queue/redis-door';
import { startJobs } from './platform/start-jobs';
import { NICENESS, yieldToPeople } from './platform/yield-to-people';
import { WorkerModule } from './worker.module';

/** Starts what `role` says. Resolves when it serves; ends the process with one plain sentence when it cannot. */
export async function start(role?: AppConfig['JIHENG_ROLE']): Promise<void> {
  try {
    const config = readConfig(role === undefined ? process.env : { ...process.env, JIHENG_ROLE: role });
    await knockAtRedis(config);
    const tooFew = await knockAtPostgres(config);
    // Not the log: it may be silent, and this is for whoever has just started it.
    if (tooFew !== null) console.warn(`${tooFew.zh}\n${tooFew.en}`);
    await (config.JIHENG_ROLE === 'worker' ? startWorker(config) : startServer(config));
  } catch (error) {
    console.error(plainSentence(error));
    process.exit(1);
  }
}

async function startServer(config: AppConfig): Promise<void> {
  const extra = config.JIHENG_DEMONSTRATION ? [(await import('./demonstration/demonstration.module')).DemonstrationModule] : [];
  const app = await makeServer(AppModule.forRoot(config, extra), config);
  const jobs: { starting: Promise<void> } = { starting: Promise.resolve() };
  stopOnSignal(app, jobs);
  if (config.JIHENG_DEMONSTRATION) {
    const { loadDemonstration } = await import('./demonstration/load-demonstration');
    await app.init();
    await loadDemonstration(app);
  }
  const url = await listen(app, config.PORT, config.HOST);
  // The line for which the start script waits; everything else on stdout is log.
  console.log(`JIHENG_READY ${url}`);
  if (config.JIHENG_ROLE === 'all') await (jobs.starting = startJobs(app));
}

/** A process that only does jobs stands back a little from those that answer people, and so do its connections; its threads that score regions stand back further. */
async function startWorker(config: AppConfig): Promise<void> {
  yieldToPeople(NICENESS.worker);
  const app = await NestFactory.createApplicationContext(WorkerModule.forRoot(config), { logger: false, abortOnError: false });
  app.useLogger(app.get(Logger));
  const jobs = { starting: startJobs(app) };
  stopOnSignal(app, jobs);
  await jobs.starting;
  console.log('JIHENG_READY worker');
}

/** How long running jobs and requests may take to end before the process goes anyway. */
const STOP_MS = 12_000;

/** Stops in order on the usual signals: no new requests, running jobs end, the database closes; then the process ends with 0. */
function stopOnSignal(app: INestApplicationContext, jobs: { readonly starting: Promise<void> }): void {
  const stop = (): void => {
    setTimeout(() => {
      console.error(`进程在 ${STOP_MS / 1000} 秒内没有停完，现强制结束。未做完的作业会在别处或下次启动时重做，已保存的数据不受影响。\nThe process did not stop within ${STOP_MS / 1000} seconds and is ended by force. Jobs that were not done are done elsewhere or after the next start; nothing saved is affected.`);
      process.exit(1);
    }, STOP_MS).unref();
    // A signal may come while the workers are still being made; they are stopped once they stand.
    void jobs.starting.catch(() => undefined).then(() => app.close()).then(() => process.exit(0), (error: unknown) => { console.error(error); process.exit(1); });
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.once(signal, stop);
}

/** What a person can act on, in both languages; a fault of our own keeps its stack. */
function plainSentence(error: unknown): string {
  if (error instanceof ConfigError) return error.message;
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  const port = process.env['PORT'] ?? '3000';
  if (code === 'EADDRINUSE') return `端口 ${port} 已被占用，请先停止占用它的程序，或设置环境变量 PORT 换一个端口。\nPort ${port} is in use. Stop the program that holds it, or set PORT to another one.`;
  if (code === 'EACCES') return `没有权限监听端口 ${port}，请设置环境变量 PORT 换一个 1024 以上的端口。\nThis account may not listen on port ${port}. Set PORT to one above 1024.`;
  if (sqlStateOf(error) === SQL_STATE.tooManyConnections) return '数据库的连接已用完，请调大 PostgreSQL 的 max_connections，或先停止其他进程（算法见 docs/operations.md）。\nAll connections of the database are taken. Raise max_connections of PostgreSQL, or stop other processes first (docs/operations.md says how to count).';
  if (code === 'ENOTFOUND' || isDatabaseAway(error)) return '无法连接数据库，请检查环境变量 DATABASE_URL 以及 PostgreSQL 是否已启动。\nThe database cannot be reached. Check DATABASE_URL and that PostgreSQL is running.';
  const untrusted = types.isNativeError(error) ? whyPostgresIsNotTrusted(error, process.env['DATABASE_URL'] ?? '') : null;
  if (untrusted !== null) return `${untrusted.zh}\n${untrusted.en}`;
  if (code === '28P01' || code === '28000' || code === '3D000') return '数据库拒绝登录，请检查 DATABASE_URL 中的用户名、密码和数据库名。\nThe database refuses the sign-in. Check the user, password and database name in DATABASE_URL.';
  return error instanceof Error ? error.stack ?? error.message : String(error);
}
