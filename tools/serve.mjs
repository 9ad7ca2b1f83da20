// Builds what changed, starts PostgreSQL and the product, and stops both together. Started by tools/start.mjs.
import { spawn } from 'node:child_process';
import { accessSync, constants, mkdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { developmentKey } from './development-key.mjs';
import { createRequire } from 'node:module';
import { firstWords } from './first-words.mjs';
import { root } from './installed.mjs';
import { PlainError, endWith } from './plain-error.mjs';
import { dataDirOf, tellCommands, untellCommands } from './running-server.mjs';

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

const since = () => `${((Date.now() - startedAt) / 1000).toFixed(1)} s`;

try {
  await checkGround();
  const building = argv.includes('--no-build') ? Promise.resolve() : build();
  const startingDatabase = process.env.DATABASE_URL ? Promise.resolve({ applicationUrl: process.env.DATABASE_URL, stop: async () => {} })
    : import('./embedded-pg.mjs').then(({ startPostgres }) => startPostgres({ dir: join(dataDir, 'pg'), database: empty ? 'jiheng' : 'demonstration' }));
  startingDatabase.catch(() => {}); // reported below; the build must not leave it unobserved
  console.log('正在构建和启动… / Building and starting …');
  await building;
  database = await startingDatabase;
  if (!stopping) {
    const settings = { DATABASE_URL: database.applicationUrl, DATA_DIR: join(dataDir, empty ? 'real' : 'demonstration'),
      ...(empty ? {} : { JIHENG_TODAY: process.env.JIHENG_TODAY ?? '2025-01-09' }) };
    product = spawn(process.execPath, ['--enable-source-maps', join(root, 'dist/apps/api/main.mjs')], {
      cwd: root, stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, ...settings, PORT: String(port), HOST: host, JIHENG_SECRET_KEY: process.env.JIHENG_SECRET_KEY ?? developmentKey(dataDir), LOG_LEVEL: process.env.LOG_LEVEL ?? 'warn', PULL_FOLDER_ROOT: process.env.PULL_FOLDER_ROOT ?? join(dataDir, 'pull'),
        JIHENG_ROLE: process.env.JIHENG_ROLE ?? 'all', WEB_ROOT: join(root, 'dist/apps/web/browser'), ...(empty ? {} : { JIHENG_DEMONSTRATION: '1' }) },
    });
    // Whoever brought a database knows it.
    if (process.env.DATABASE_URL) untellCommands(dataDir);
    else tellCommands(dataDir, settings);
    let buffer = '';
    product.stdout.on('data', (chunk) => {
      buffer += chunk;
      for (let end; (end = buffer.indexOf('\n')) >= 0; buffer = buffer.slice(end + 1)) {
        const line = buffer.slice(0, end);
        const ready = /^JIHENG_READY (\S+)/.exec(line);
        if (!ready) { console.log(line); continue; }
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
    const code = await new Promise((ended) => product.on('exit', (exit, signal) => ended(exit ?? (signal && !stopping ? 1 : 0))));
    untellCommands(dataDir);
    await database.stop();
    process.exit(stopping ? 0 : code);
  }
  await database.stop();
  process.exit(0);
} catch (error) {
  await database?.stop().catch(() => {});
  endWith(error);
}
