// `npm run e2e [words]`: builds what changed and tells the browser stories whose file names contain a word (all without words).
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ensureInstalled, productEnvironment, productNode, root } from './installed.mjs';
import { PlainError, endWith } from './plain-error.mjs';

const browsers = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'];
const browser = browsers.find((path) => path && existsSync(path));
try {
  if (!browser) throw new PlainError('没有找到 Chromium。请安装（Debian：apt-get install chromium fonts-noto-cjk），或用环境变量 CHROMIUM 指明它的位置。', 'No Chromium was found. Install it (Debian: apt-get install chromium fonts-noto-cjk), or say where it is with CHROMIUM.');
  ensureInstalled();
} catch (error) { endWith(error); }
const env = productEnvironment({ NX_TUI: 'false', NX_DAEMON: 'false', CHROMIUM: browser });
const run = (args) => spawnSync(productNode(), args, { cwd: root, stdio: 'inherit', env }).status ?? 1;
const built = run([createRequire(import.meta.url).resolve('nx/bin/nx'), 'run-many', '-t', 'build', '--projects=api,web', '--output-style=static']);
process.exit(built || run(['--disable-warning=ExperimentalWarning', join(root, 'e2e/run.ts'), ...process.argv.slice(2)]));
