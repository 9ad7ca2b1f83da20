// Seconds of processor that processes have used, threads included (Linux; elsewhere zero): what a deed costs, whoever else is using the machine.
import { readFileSync, readdirSync } from 'node:fs';

const fieldsOf = (pid) => readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
const TICKS = 100;

/** One process. */
export function cpuOf(pid) {
  try {
    const fields = fieldsOf(pid);
    return (Number(fields[11]) + Number(fields[12])) / TICKS;
  } catch { return 0; }
}

/** A PostgreSQL server with its backends, those that have ended included. */
export function cpuOfPostgres(server) {
  try {
    for (;;) {
      const before = cpuOfEnded(server);
      const living = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).reduce((sum, pid) => {
        try { return sum + (Number(pid) === server || Number(fieldsOf(pid)[1]) === server ? cpuOf(pid) : 0); } catch { return sum; }
      }, 0);
      // A backend that ends while the living are counted would be among neither: then once more.
      if (cpuOfEnded(server) === before) return before + living;
    }
  } catch { return 0; }
}

/** Children of a process that have ended and been waited for. */
export const cpuOfEnded = (pid) => fieldsOf(pid).slice(13, 15).reduce((sum, ticks) => sum + Number(ticks), 0) / TICKS;
