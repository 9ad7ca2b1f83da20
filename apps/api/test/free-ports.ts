import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * Below the ports that systems give to outgoing connections (from 32768 on Linux, 49152 elsewhere): a number of those may be somebody's outgoing connection
 * by the time a server wants to listen on it, or wants it back after a restart.
 */
const [FIRST, BEYOND] = [20_000, 32_000] as const;
/** Test files that run side by side look in stretches of their own: what one has found and not yet taken the other must not find. */
const STRETCH = 1_000;
const BEGIN = FIRST + ((Number(process.env['JEST_WORKER_ID'] ?? 0) * STRETCH) % (BEYOND - FIRST));
/** A cluster's nodes speak to each other at ports of their own; nothing here may be asked for twice in one process. */
const given = new Set<number>();

/** So many ports of 127.0.0.1 on which nobody listens. */
export async function freePorts(count: number): Promise<number[]> {
  const ports: number[] = [];
  while (ports.length < count) {
    const port = randomInt(BEGIN, BEGIN + STRETCH);
    if (!given.has(port) && (await isFree(port))) {
      given.add(port);
      ports.push(port);
    }
  }
  return ports;
}

/** One of {@link freePorts}. */
export async function freePort(): Promise<number> {
  const [port = 0] = await freePorts(1);
  return port;
}

async function isFree(port: number): Promise<boolean> {
  const probe = createServer();
  try {
    probe.listen(port, '127.0.0.1');
    await once(probe, 'listening');
  } catch { return false; }
  probe.close();
  await once(probe, 'close');
  return true;
}
