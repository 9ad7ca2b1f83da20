// Who spends the seconds of a run on processors: PostgreSQL's processes by what they are, the worker's threads by their names (Linux).
import { readFileSync, readdirSync } from 'node:fs';

const TICKS = 100;
const read = (path) => { try { return readFileSync(path, 'utf8'); } catch { return ''; } };
/** Name, parent and used seconds of a process or thread; null when it is gone. */
function statOf(path) {
  const found = /^\d+ \((.*)\) (.*)$/s.exec(read(path));
  if (found === null) return null;
  const fields = found[2].trim().split(' ');
  return { name: found[1], parent: Number(fields[1]), seconds: (Number(fields[11]) + Number(fields[12])) / TICKS };
}
/** `postgres: jiheng jiheng 127.0.0.1(4711) COPY` → `jiheng`; `postgres: checkpointer` → `checkpointer`. */
const kindOf = (pid) => read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').replace(/^postgres: /, '').replace(/ \d+\.\d+\.\d+\.\d+\(.*/, '').replace(/^io worker \d+/, 'io worker').replace(/^autovacuum worker.*/, 'autovacuum worker').trim();

/**
 * Looks at all of them every 50 ms, because a backend or a thread that ends takes its figures along.
 * @param workers process ids
 * @param db a connection that is asked now and then for whom each backend works
 * @returns `stop()`, which answers seconds by spender
 */
export function watchSpenders(server, workers, db) {
  const begun = new Map(), last = new Map(), names = new Map();
  const ask = () => db.query(`select pid, application_name as name from pg_stat_activity where application_name <> ''`).then(({ rows }) => { for (const { pid, name } of rows) names.set(String(pid), `backend ${name}`); }, () => undefined);
  const note = (key, kind, seconds) => { if (!begun.has(key)) begun.set(key, first ? seconds : 0); last.set(key, { kind, seconds }); };
  let first = true;
  const look = () => {
    for (const entry of readdirSync('/proc')) {
      if (!/^\d+$/.test(entry)) continue;
      const stat = statOf(`/proc/${entry}/stat`);
      if (stat === null || (stat.parent !== server && Number(entry) !== server)) continue;
      const before = last.get(`p${entry}`)?.kind;
      note(`p${entry}`, Number(entry) === server ? 'postmaster' : (before ?? kindOf(entry)), stat.seconds);
    }
    for (const [nth, worker] of workers.entries()) {
      for (const tid of (() => { try { return readdirSync(`/proc/${worker}/task`); } catch { return []; } })()) {
        const stat = statOf(`/proc/${worker}/task/${tid}/stat`);
        if (stat !== null) note(`t${tid}`, `worker ${nth + 1}: ${Number(tid) === worker ? 'main thread' : stat.name}`, stat.seconds);
      }
    }
    first = false;
  };
  look();
  const timer = setInterval(look, 50), asking = setInterval(ask, 500);
  void ask();
  return {
    stop() {
      clearInterval(timer);
      clearInterval(asking);
      look();
      const sums = new Map();
      for (const [key, { kind: its, seconds }] of last) {
        const kind = names.get(key.slice(1)) ?? its;
        const used = seconds - begun.get(key);
        if (used > 0) sums.set(kind, (sums.get(kind) ?? 0) + used);
      }
      return sums;
    },
  };
}
