import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The program of a thread, built beside the server's and the command line's; null where the sources run without being built (tests). */
export function threadProgram(name: string): string | null {
  const program = join(dirname(process.argv[1] ?? '.'), `${name}.thread.mjs`);
  return existsSync(program) ? program : null;
}
