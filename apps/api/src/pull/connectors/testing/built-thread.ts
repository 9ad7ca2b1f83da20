import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const ROOT = resolve(__dirname, '../../../../../..');

/** The thread's program as the server has it, and others in its place; all in a folder that goes with {@link remove}. */
export interface BuiltThread {
  readonly program: string;
  /** @returns the file of a program with this text */
  write(name: string, text: string): string;
  remove(): void;
}

/** Builds the program of the reading thread, for specs. */
export function builtThread(): BuiltThread {
  const folder = mkdtempSync(join(tmpdir(), 'jiheng-thread-'));
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'junction');
  const build = `import(${JSON.stringify(pathToFileURL(join(ROOT, 'tools/build-api.mjs')).href)}).then((made) => made.bundle(['apps/api/src/read-answer.thread.ts'], ${JSON.stringify(folder)}))`;
  execFileSync(process.execPath, ['--input-type=module', '-e', build], { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] });
  return {
    program: join(folder, 'read-answer.thread.mjs'),
    write: (name, text) => { const file = join(folder, name); writeFileSync(file, text); return file; },
    remove: () => { rmSync(folder, { recursive: true, force: true }); },
  };
}
