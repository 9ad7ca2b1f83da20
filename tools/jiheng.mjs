// Runs the command line: `npm run -s jiheng -- import FILE --dry-run`. Bundles it first when its sources are newer; installs nothing.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { productNode, root } from './installed.mjs';
import { inTongue } from './plain-error.mjs';
import { settingsForCommand } from './running-server.mjs';

const bundle = join(root, 'dist', 'cli', 'jiheng.mjs');
const sources = ['apps/api/src/cli.ts', 'apps/api/src/cli', 'apps/api/src/read-document.thread.ts', 'apps/api/src/document-import/read-in-thread.ts', 'libs/domain/src', 'libs/documents/src', 'tools/jiheng.mjs', 'package-lock.json'].map((path) => join(root, path));

/** The youngest change below a path, in milliseconds; specs do not count. */
function youngest(path) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return 0;
  if (!stat.isDirectory()) return path.endsWith('.spec.ts') ? 0 : stat.mtimeMs;
  return readdirSync(path).reduce((latest, name) => Math.max(latest, youngest(join(path, name))), 0);
}

async function bundleSources() {
  const { build } = await import('esbuild');
  const external = { name: 'external-packages', setup(b) {
    b.onResolve({ filter: /^[^./]/ }, ({ path, kind }) => (kind === 'entry-point' || path.startsWith('@jiheng/') ? undefined : { path, external: true }));
  } };
  const { outputFiles } = await build({
    absWorkingDir: root, entryPoints: { jiheng: 'apps/api/src/cli.ts', 'read-document.thread': 'apps/api/src/read-document.thread.ts' }, outdir: 'dist/cli', outExtension: { '.js': '.mjs' }, bundle: true, write: false, platform: 'node', format: 'esm', target: 'node24', plugins: [external], logLevel: 'silent',
  });
  // Two commands at once may both bundle: each writes its own file and the whole file takes the place.
  mkdirSync(join(root, 'dist', 'cli'), { recursive: true });
  // The command comes last: its age says whether everything beside it is new.
  for (const { path, contents } of outputFiles.sort((one, other) => Number(one.path === bundle) - Number(other.path === bundle))) {
    const next = `${path}.${process.pid}`;
    writeFileSync(next, contents);
    renameSync(next, path);
  }
}

// What is known of the words before the command itself reads them: the language of its sentences, and whether it works with a database.
const { values, positionals: [command] } = parseArgs({ strict: false, allowPositionals: true, options: { lang: { type: 'string' }, help: { type: 'boolean', short: 'h' }, 'dry-run': { type: 'boolean' } } });
const worksWithDatabase = ![undefined, 'help', 'score', 'templates', 'profiles'].includes(command) && !values.help && !values['dry-run'];
const say = (sentence) => { console.error(inTongue(sentence, values.lang)); };

const built = statSync(bundle, { throwIfNoEntry: false })?.mtimeMs ?? 0;
if (!existsSync(join(root, 'node_modules'))) {
  say({ zh: '尚未安装依赖，请先在本项目中运行 npm ci。', en: 'The packages are not installed: run npm ci in this project first.' });
  process.exit(2);
}
if (built === 0 || sources.some((path) => youngest(path) > built)) await bundleSources();

// Without a database of its own to work with, a command works with the one that `npm start` runs here.
if (worksWithDatabase) {
  try {
    const { settings, notice } = await settingsForCommand(process.env);
    if (notice !== null) say(notice);
    Object.assign(process.env, settings);
  } catch (error) {
    if (error?.name !== 'PlainError') throw error;
    say(error);
    process.exit(2);
  }
}

// npm runs scripts in the project's folder; paths are meant from where the person stands.
const from = process.env.npm_lifecycle_event === 'jiheng' ? (process.env.INIT_CWD ?? process.cwd()) : process.cwd();
if (Number(process.versions.node.split('.')[0]) >= 24) {
  process.chdir(from);
  process.argv = [process.argv[0], bundle, ...process.argv.slice(2)];
  await import(pathToFileURL(bundle).href);
} else {
  const { status } = spawnSync(productNode(), [bundle, ...process.argv.slice(2)], { stdio: 'inherit', cwd: from });
  process.exitCode = status ?? 1;
}
