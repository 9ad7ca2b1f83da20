import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

/** A program in a process of its own, for tests of what one process leaves to another. */
export interface OwnProcess {
  readonly pid: number;
  /** The next line that it prints, as JSON. Fails where it ends without one. */
  said(): Promise<unknown>;
  /** Sends it a line on standard input. */
  tell(line: string): void;
  /** Ends it by `signal` and waits until it is gone. */
  end(signal: NodeJS.Signals): Promise<void>;
}

/**
 * Runs a module of this folder. `line()` waits for the next line of standard input, `say(value)` prints a line.
 * @param module that is imported as `m`
 * @param code what it does
 */
export function runOwn(module: string, code: string): OwnProcess {
  const { NODE_OPTIONS: _options, ...env } = process.env;
  const words = `import { createInterface } from 'node:readline'; import * as m from ${JSON.stringify(pathToFileURL(join(__dirname, module)).href)};
    const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator](); const line = async () => (await lines.next()).value; const say = (value) => { console.log(JSON.stringify(value)); };`;
  const child: ChildProcess = spawn(process.execPath, ['--input-type=module', '-e', `${words}\n${code}`], { stdio: ['pipe', 'pipe', 'inherit'], env });
  const said = createInterface({ input: child.stdout as NodeJS.ReadableStream })[Symbol.asyncIterator]();
  return {
    pid: child.pid ?? 0,
    async said() {
      const { value, done } = await said.next();
      if (done === true) throw new Error('the process has ended and said nothing');
      return JSON.parse(value as string) as unknown;
    },
    tell(line) { child.stdin?.write(`${line}\n`); },
    async end(signal) {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill(signal);
      await gone;
    },
  };
}
