import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { waitFor } from './wait-for';

const root = join(__dirname, '../../..');

/** A process of the product, started by a test. */
export interface Running {
  readonly child: ChildProcess;
  /** Everything it has said so far. */
  said(): string;
  /** Waits until it says so; throws with what it said instead when it ends. */
  heard(text: RegExp): Promise<RegExpExecArray>;
  isAlive(): boolean;
  /** Sets its clock off by so many milliseconds (a worker of `leaping-worker.ts`). */
  leap(ms: number): void;
  end(signal?: 'SIGKILL' | 'SIGTERM'): Promise<void>;
}

/** Builds programs of the product once and runs as many processes of them as a test likes. */
export interface Programs {
  start(name: string, env: Readonly<Record<string, string>>, args?: readonly string[]): Running;
  /** Ends whatever still runs and removes what was built. */
  stop(): Promise<void>;
}

/** @param entryPoints name of a program → its source below the repository */
export async function buildPrograms(entryPoints: Readonly<Record<string, string>>): Promise<Programs> {
  // Below the repository, where the packages are found.
  mkdirSync(join(root, 'tmp'), { recursive: true });
  const outdir = mkdtempSync(join(root, 'tmp/programs-'));
  const running = new Set<Running>();
  const build = run(['--input-type=module', '-e', `process.argv[1] = ''; const { bundle } = await import(${JSON.stringify(pathToFileURL(join(root, 'tools/build-api.mjs')).href)});
    await bundle(${JSON.stringify(entryPoints)}, ${JSON.stringify(outdir)});`], {});
  if (build.child.exitCode === null) await once(build.child, 'exit');
  if (build.child.exitCode !== 0) throw new Error(build.said());
  return {
    start(name, env, args = []) {
      const one = run(['--enable-source-maps', join(outdir, `${name}.mjs`), ...args], env);
      running.add(one);
      return one;
    },
    async stop() {
      await Promise.all([...running].map((one) => one.end()));
      rmSync(outdir, { recursive: true, force: true });
    },
  };
}

function run(args: readonly string[], env: Readonly<Record<string, string>>): Running {
  // Of the test's own surroundings only what a process needs anywhere: no REDIS_URL, no options of the test runner.
  const { NODE_OPTIONS: _options, REDIS_URL: _redis, ...given } = process.env;
  // What one process compiled, the next need not: without it, starting them is half of what such a test costs.
  const child = spawn(process.execPath, [...args], { cwd: root, env: { ...given, NODE_COMPILE_CACHE: join(tmpdir(), 'node-compile-cache'), ...env }, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text: Buffer) => { said += text.toString(); });
  const isAlive = (): boolean => child.exitCode === null && child.signalCode === null;
  return {
    child, isAlive, said: () => said,
    heard: (text) => waitFor(`a process to say ${text.source}`, () => {
      const found = text.exec(said);
      if (found === null && !isAlive()) throw new Error(`the process ended:\n${said}`);
      return Promise.resolve(found);
    }, 180_000),
    leap(ms) { child.send({ leap: ms }); },
    async end(signal = 'SIGKILL') {
      if (!isAlive()) return;
      const gone = once(child, 'exit');
      child.kill(signal);
      await gone;
    },
  };
}
