import { readFileSync, writeFileSync } from 'node:fs';
import { setPriority } from 'node:os';
import type pg from 'pg';

/** What is needed of a connection: which process of PostgreSQL serves it, and through which of this machine's ports it is asked. */
interface Served { readonly processID?: number | null; readonly connection?: { readonly stream?: { readonly localPort?: number | undefined } } }

/**
 * Lets the process of PostgreSQL behind a connection stand back from those that serve people, where both run on this machine: without it a region's slices, which are mostly
 * PostgreSQL's work, take turns with saves as equals. Done only where it is certainly that process, by its title (`postgres: role database 127.0.0.1(41234) idle`, the port of our own end);
 * behind a pooler, in another container or on another machine, and where the account may not, nothing is done. A process keeps its place until it ends, so only connections that are
 * never used for people may be given.
 * @param niceness 1 (a little) … 19 (only what nobody else wants)
 * @returns whether it stands back now
 */
export function standBack(client: pg.Client | pg.PoolClient, niceness: number): boolean {
  if (process.platform !== 'linux') return false;
  const { processID: pid, connection } = client as unknown as Served;
  const port = connection?.stream?.localPort;
  if (typeof pid !== 'number' || pid <= 1 || port === undefined) return false;
  try {
    const title = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    if (!title.startsWith('postgres: ') || !title.includes(`(${port})`)) return false;
    setPriority(pid, niceness);
    standBackAsGroup(pid, niceness);
    return true;
  } catch {
    return false;
  }
}

/**
 * Every process of PostgreSQL is a session of its own, and where Linux shares processors out by session first (`sched_autogroup_enabled`), a niceness counts only within one: the
 * session is given the same. Refused or unknown, the niceness of the process is what there is.
 */
function standBackAsGroup(pid: number, niceness: number): void {
  const [, , , session] = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /su, '').split(' ');
  if (session !== String(pid)) return;
  try { writeFileSync(`/proc/${pid}/autogroup`, String(niceness)); } catch { /* not shared out by session, or asked too often */ }
}
