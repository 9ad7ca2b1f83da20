// `npm run bench:transfer` (P16): what a browser with an empty cache gets over the wire for the sign-in page and then for the first list.
// The built product with files compressed beforehand (brotli 11), its own PostgreSQL and the demonstration data; sizes as Chromium counts
// them (CDP). Ends with 1 above a floor. --no-build measures what is built; --write writes docs/bench/transfer.md.
// Environment: CHROMIUM (path of chromium).
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ensureInstalled, productEnvironment, productNode, root } from '../../installed.mjs';
import { endWith, PlainError } from '../../plain-error.mjs';

const argv = process.argv.slice(2);
try { ensureInstalled(); } catch (error) { endWith(error); }
if (!existsSync(process.env.CHROMIUM ?? '/usr/bin/chromium')) {
  endWith(new PlainError('没有找到 Chromium。请安装（apt-get install chromium），或用 CHROMIUM=/路径 指定。', 'No Chromium was found. Install it (apt-get install chromium) or name one with CHROMIUM=/path.'));
}
const run = (args) => spawnSync(productNode(), args, { cwd: root, stdio: 'inherit', env: productEnvironment({ NX_TUI: 'false', NX_DAEMON: 'false' }) }).status ?? 1;
if (!argv.includes('--no-build')) {
  const built = run([createRequire(import.meta.url).resolve('nx/bin/nx'), 'run-many', '-t', 'build', 'compress', '--projects=api,web', '--output-style=static']);
  if (built !== 0) process.exit(built);
}
const index = join(root, 'dist/apps/web/browser/index.html');
const main = existsSync(index) ? /src="(main-[\w-]+\.js)"/.exec(readFileSync(index, 'utf8'))?.[1] : undefined;
if (main === undefined || !existsSync(join(root, 'dist/apps/web/browser', `${main}.br`))) {
  endWith(new PlainError('网页还没有构建和压缩。请去掉 --no-build 再运行。', 'The web is not built and compressed yet. Run without --no-build.'));
}
process.exit(run([join(import.meta.dirname, 'measure.mjs'), ...argv]));
