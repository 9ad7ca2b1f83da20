// `npm start`: installs what is missing, then hands over to tools/serve.mjs under the product's own Node.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ensureInstalled, productEnvironment, productNode, root } from './installed.mjs';
import { endWith } from './plain-error.mjs';

const startedAt = Date.now();
try { ensureInstalled(); } catch (error) { endWith(error); }
// Its own process group would hide it from Ctrl-C, so it shares ours; signals sent to this process alone are passed on.
const child = spawn(productNode(), [join(root, 'tools', 'serve.mjs'), ...process.argv.slice(2)], {
  cwd: root, stdio: 'inherit', env: productEnvironment({ JIHENG_STARTED_AT: String(startedAt) }),
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => { if (signal !== 'SIGINT') child.kill(signal); });
// npm runs this under `sh -c`; dash neither execs nor forwards a SIGTERM, so notice when that shell is gone.
const parent = process.ppid;
if (process.env.npm_lifecycle_event) setInterval(() => { if (process.ppid !== parent) child.kill('SIGTERM'); }, 300).unref();
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
