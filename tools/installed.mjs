// Makes sure that node_modules is what package-lock.json says. Uses Node's own modules only: it runs before anything is installed.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PlainError } from './plain-error.mjs';

/** The folder of the checkout. */
export const root = resolve(fileURLToPath(new URL('..', import.meta.url)));
const stamp = join(root, 'node_modules', '.jiheng-installed');

/** Node 24 as installed by npm, or the running one where npm has none for this platform. */
export function productNode() {
  const own = join(root, 'node_modules', '.bin', process.platform === 'win32' ? 'node.exe' : 'node');
  return existsSync(own) ? own : process.execPath;
}

/** The environment for children: Node 24 and the project's own commands come first in PATH. */
export function productEnvironment(extra = {}) {
  const separator = process.platform === 'win32' ? ';' : ':';
  return { ...process.env, PATH: `${join(root, 'node_modules', '.bin')}${separator}${process.env.PATH ?? ''}`, ...extra };
}

/** Runs `npm ci` when the packages are missing or older than the lockfile. Throws a plain sentence when that fails. */
export function ensureInstalled() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new PlainError(`需要 Node.js 20.19 或更高版本，当前是 ${process.versions.node}。请升级 Node.js 后再试。`,
      `Node.js 20.19 or newer is needed; this is ${process.versions.node}. Upgrade Node.js and try again.`);
  }
  const lock = createHash('sha256').update(readFileSync(join(root, 'package-lock.json'))).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  console.log('正在安装依赖（首次约需一两分钟）… / Installing packages (a minute or two the first time) …');
  const npm = process.env.npm_execpath && /\.c?js$/.test(process.env.npm_execpath) ? [process.execPath, [process.env.npm_execpath]] : ['npm', []];
  const { status, error } = spawnSync(npm[0], [...npm[1], 'ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], shell: process.platform === 'win32' });
  if (error || status !== 0) {
    throw new PlainError('依赖安装没有完成。请检查网络与磁盘空间，以及对本文件夹的写权限，然后重新运行同一命令。',
      'Installing the packages did not finish. Check the network, free disk space and write permission for this folder, then run the same command again.');
  }
  writeFileSync(stamp, lock);
}
