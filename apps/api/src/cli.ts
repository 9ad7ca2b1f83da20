import { readFile, stat } from 'node:fs/promises';
import { runCommand } from './cli/run-command';

// A reader that went away (`… | head`) is no fault of ours.
process.stdout.on('error', (fault: NodeJS.ErrnoException) => {
  if (fault.code !== 'EPIPE') throw fault;
});

process.exitCode = await runCommand(process.argv.slice(2), {
  out: (text) => {
    process.stdout.write(text);
  },
  err: (text) => {
    process.stderr.write(text);
  },
  readFile: (path) => readFile(path),
  sizeOf: async (path) => (await stat(path)).size,
});
