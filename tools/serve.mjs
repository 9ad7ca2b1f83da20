// Builds what changed, starts PostgreSQL and the product, and stops both together. Started by tools/start.mjs.
import { spawn } from 'node:child_process';
import { accessSync, constants, mkdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { developmentKey } from './development-key.mjs';
import { createRequire } from 'node:module';
import { firstWords } from './first-words.mjs';
import { root } from './installed.mjs';
import { PlainError, endWith } from './plain-error.mjs';
import { dataDirOf, tellCommands } from './running-server.mjs';

const argv = process.argv.slice(2);
const empty = argv.includes('--empty');
const startedAt = Number(process.env.JIHENG_STARTED_AT) || Date.now();
const port = Number(process.env.PORT ?? 3000);
const host = process.env.HOST ?? '127.0.0.1';
const dataDir = dataDirOf(process.env);
let database, product, stopping = false;

/** Ends the product first and the database last; a second signal changes nothing. */
function stop() {
  if (stopping) return;
  stopping = true;
  console.log('\n正在停止… / Stopping …');
  if (product) { product.kill('SIGTERM'); setTimeout(() => product.kill('SIGKILL'), 15_000).unref(); }
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop);
const parent = process.ppid;
setInterval(() => { if (process.ppid !== parent) stop(); }, 300).unref(); // the starter was killed

/** A sentence instead of a stack when the port is taken or the folder cannot be written. */
async function checkGround() {
  try { mkdirSync(dataDir, { recursive: true }); accessSync(dataDir, constants.W_OK); accessSync(root, constants.W_OK); } catch {
    throw new PlainError(`无法在 ${dataDir} 写入数据。请检查文件夹权限，或用环境变量 DATA_DIR 指定另一个可写的文件夹。`,
      `Data cannot be written to ${dataDir}. Check the folder's permissions, or name a writable folder in DATA_DIR.`);
  }
  await new Promise((free, taken) => {
    const probe = createServer().once('error', (error) => taken(error.code === 'EADDRINUSE'
      ? new PlainError(`端口 ${port} 已被占用。请停止占用它的程序，或换一个端口启动：PORT=${port + 1} npm start`,
        `Port ${port} is in use. Stop the program that uses it, or start on another port: PORT=${port + 1} npm start`)
      : new PlainError(`无法监听 ${host}:${port}（${error.code}）。请换一个端口：PORT=3000 npm start`,
        `Cannot listen on ${host}:${port} (${error.code}). Choose another port: PORT=3000 npm start`)));
    probe.listen(port, host, () => probe.close(free));
  });
}

/** Nx rebuilds only what changed. Output is shown when it fails. */
function build() {
  return new Promise((done, failed) => {
    const nx = spawn(process.execPath, [createRequire(import.meta.url).resolve('nx/bin/nx'), 'run-many', '-t', 'build', '--projects=api,web', '--output-style=static'],
      { cwd: root, env: { ...process.env, NX_TUI: 'false', NX_DAEMON: 'false' }, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [nx.stdout, nx.stderr]) stream.on('data', (chunk) => { output = (output + chunk).slice(-20_000); });
    product = nx;
    nx.on('exit', (code) => {
      product = undefined;
      if (code === 0 || stopping) return done();
      console.error(output);
      failed(new PlainError('构建没有成功，原因见上面的输出。', 'The build failed; see the output above.'));
    });
  });
}

/** Others use the database, so it cannot be started anew with what it should have now. */
function sayDifferences(differences) {
  if (differences.length === 0) return;
  const list = (none, say) => differences.map(({ name, is, wanted }) => say(name, is || none, wanted || none));
  console.warn(`有其他程序正在使用 ${dataDir} 中的数据库，因此它没有重新启动，仍按原来的设置运行：${list('未设', (name, is, wanted) => `${name}=${is}（应为 ${wanted}）`).join('，')}。请停止使用它的所有服务和程序后再启动一次。\nOthers use the database in ${dataDir}, so it was not started anew and runs with its earlier settings: ${list('not set', (name, is, wanted) => `${name}=${is} (should be ${wanted})`).join(', ')}. Stop all servers and programs that use it, then start once more.`);
}

/** Ends the database, or says that it runs on because another server here needs it. */
async function stopDatabase() {
  if ((await database.stop()) === false) console.log('数据库仍有其他服务在使用，继续运行。 / The database runs on for another server that uses it.');
}

const since = () => `${((Date.now() - startedAt) / 1000).toFixed(1)} s`;

try {
  await checkGround();
  const building = argv.includes('--no-build') ? Promise.resolve() : build();
  const startingDatabase = process.env.DATABASE_URL ? Promise.resolve({ applicationUrl: process.env.DATABASE_URL, differences: [], stop: async () => true })
    : import('./embedded-pg.mjs').then(({ startPostgres }) => startPostgres({ dir: join(dataDir, 'pg'), database: empty ? 'jiheng' : 'demonstration' }));
  startingDatabase.catch(() => {}); // reported below; the build must not leave it unobserved
  console.log('正在构建和启动… / Building and starting …');
  await building;
  database = await startingDatabase;
  sayDifferences(database.differences);
  if (!stopping) {
    const settings = { DATABASE_URL: database.applicationUrl, DATA_DIR: join(dataDir, empty ? 'real' : 'demonstration'),
      ...(empty ? {} : { JIHENG_TODAY: process.env.JIHENG_TODAY ?? '2025-01-09' }) };
    product = spawn(process.execPath, ['--enable-source-maps', '--import', pathToFileURL(join(root, 'tools', 'end-with-starter.mjs')).href, join(root, 'dist/apps/api/main.mjs')], {
      cwd: root, stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, ...settings, PORT: String(port), HOST: host, JIHENG_SECRET_KEY: process.env.JIHENG_SECRET_KEY ?? developmentKey(dataDir), LOG_LEVEL: process.env.LOG_LEVEL ?? 'warn', PULL_FOLDER_ROOT: process.env.PULL_FOLDER_ROOT ?? join(dataDir, 'pull'),
        JIHENG_ROLE: process.env.JIHENG_ROLE ?? 'all', WEB_ROOT: join(root, 'dist/apps/web/browser'), ...(empty ? {} : { JIHENG_DEMONSTRATION: '1' }) },
    });
    const ended = new Promise((end) => product.on('exit', (exit, signal) => end(exit ?? (signal && !stopping ? 1 : 0))));
    const address = process.env.JIHENG_ROLE === 'worker' ? `JIHENG_ROLE=worker PORT=${port}` : `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
    // Whoever brought a database knows it.
    const entry = process.env.DATABASE_URL ? undefined : await tellCommands(dataDir, { settings, address, port });
    let buffer = '';
    product.stdout.on('data', (chunk) => {
      buffer += chunk;
      for (let end; (end = buffer.indexOf('\n')) >= 0; buffer = buffer.slice(end + 1)) {
        const line = buffer.slice(0, end);
        const ready = /^JIHENG_READY (\S+)/.exec(line);
        if (!ready) { console.log(line); continue; }
        // Only now is the port known where any free one was asked for.
        if (port === 0 && URL.canParse(ready[1])) entry?.change({ settings, address: ready[1], port: Number(new URL(ready[1]).port) });
        console.log(`\n  绩衡已启动（${since()}） / 绩衡 is ready\n\n    ${ready[1]}\n`);
        const stops = () => { console.log('  按 Ctrl-C 停止 / Press Ctrl-C to stop\n'); };
        if (empty) {
          // Where the server cannot be asked from here the page says it.
          firstWords(ready[1]).then((words) => { console.log(words); }, () => {}).then(stops);
        }
        else {
          const { password, accounts } = JSON.parse(readFileSync(join(root, 'apps/api/src/demonstration/accounts.json'), 'utf8'));
          console.log(`  演示账户（密码都是 ${password}） / demonstration accounts (password ${password}):`);
          for (const account of accounts) console.log(`    ${account.login.padEnd(14)} ${account.title}`);
          console.log('\n  演示日期固定为 2025-01-09，2024 年第四季度正在填报。\n  The demonstration day is 2025-01-09: the fourth quarter of 2024 is open.\n');
          stops();
        }
      }
    });
    const code = await ended;
    entry?.leave();
    await stopDatabase();
    process.exit(stopping ? 0 : code);
  }
  await stopDatabase();
  process.exit(0);
} catch (error) {
  await database?.stop().catch(() => {});
  endWith(error);
}
