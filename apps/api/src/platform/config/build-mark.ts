import { createHash, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';

/**
 * Names the program that runs, for what is kept of its computations: another build has another mark. The built entry point names its parts by
 * digests of their content, so a digest of the entry point is one of the whole program. Where the sources run without being built (tests),
 * every process has a mark of its own.
 */
export const BUILD_MARK: string = markOf(process.argv[1]);

function markOf(entry: string | undefined): string {
  if (entry?.endsWith('.mjs') !== true) return randomUUID();
  const program = readFileSync(entry);
  return program.includes('/chunks/') ? createHash('sha256').update(program).digest('hex').slice(0, 32) : randomUUID();
}
