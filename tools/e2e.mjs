// `npm run e2e [words]`: builds what changed and tells the browser stories whose file names contain a word (all without words).
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ensureInstalled, productEnvironment, productNode, root } from './installed.mjs';
import { endWith } from './plain-error.mjs';

try { ensureInstalled(); } catch (error) { endWith(error); }
const env = productEnvironment({ NX_TUI: 'false', NX_DAEMON: 'false' });
const run = (args) => spawnSync(productNode(), args, { cwd: root, stdio: 'inherit', env }).status ?? 1;
const built = run([createRequire(import.meta.url).resolve('nx/bin/nx'), 'run-many', '-t', 'build', '--projects=api,web', '--output-style=static']);
process.exit(built || run(['--disable-warning=ExperimentalWarning', join(root, 'e2e/run.ts'), ...process.argv.slice(2)]));
