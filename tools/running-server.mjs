// What each `npm start` leaves for `npm run jiheng` while it runs: nobody could know the port and the password of the PostgreSQL that it starts.
import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { root } from './installed.mjs';
import { enter, livingIn } from './living-entries.mjs';
import { PlainError } from './plain-error.mjs';

/** Where `npm start` keeps everything: `.data` in the checkout, or DATA_DIR, which is meant from there as well. */
export const dataDirOf = (env) => resolve(root, env.DATA_DIR || '.data');

const folderIn = (dataDir) => join(dataDir, 'running');

/**
 * Tells commands with which settings this process runs a server, until it ends.
 * @param {string} dataDir where commands look
 * @param {{ settings: Record<string, string>, address: string, port: number }} server `address` is how a person knows it, `port` how a command may choose it
 * @returns `change(server)` when more is known of it, `leave()`
 */
export function tellCommands(dataDir, server) {
  // Of a version that had one file for all servers; it holds a password and nobody reads it any more.
  rmSync(join(dataDir, 'running.json'), { force: true });
  return enter(folderIn(dataDir), server);
}

/**
 * The settings for a command: those of the server that runs here, unless a database of its own is named. The running server's folder is a part of the DATA_DIR by which it is found
 * (the demonstration's or the real one), so these settings go before those of the environment. Throws a plain sentence where servers run here on different databases and PORT does not choose one of them.
 * @returns `settings`, and `notice`: which database, in a sentence of each language, where a person may wonder; null otherwise
 */
export async function settingsForCommand(env) {
  if ((env.DATABASE_URL ?? '') !== '') return { settings: {}, notice: null };
  const dataDir = dataDirOf(env);
  const all = await livingIn(folderIn(dataDir));
  const locked = all.find(({ content }) => content === null);
  if (locked !== undefined) {
    throw new PlainError(`${dataDir} 中运行的绩衡服务（进程 ${locked.pid}）是由另一个账户启动的，本账户读不到它的设置。请用启动它的账户运行本命令，或用 DATABASE_URL 和 DATA_DIR 指明数据库和文件夹。`,
      `The server that runs in ${dataDir} (process ${locked.pid}) was started by another account, and this one may not read its settings. Run this command under the account that started it, or name the database and the folder with DATABASE_URL and DATA_DIR.`);
  }
  const isOneDatabase = (servers) => new Set(servers.map(({ content }) => content.settings.DATABASE_URL)).size === 1;
  if (all.length === 0) return { settings: {}, notice: null };
  const port = env.PORT ?? '';
  const chosen = isOneDatabase(all) || port === '' ? all : all.filter(({ content }) => content.port === Number(port));
  if (chosen.length === 0 || !isOneDatabase(chosen)) throw sayWhichOne(dataDir, all, chosen.length === 0 ? port : '');
  return { settings: chosen[0].content.settings, notice: all.length === 1 ? null : sayWhatIsUsed(chosen) };
}

const databaseOf = ({ content }) => decodeURIComponent(new URL(content.settings.DATABASE_URL).pathname.slice(1));

function sayWhichOne(dataDir, servers, port) {
  const list = (say) => servers.map((server) => say(server.content.address, server.pid, databaseOf(server)));
  const example = servers.at(-1).content.port;
  return new PlainError(
    `${dataDir} 中有 ${servers.length} 个绩衡服务正在运行，用的不是同一个数据库${port === '' ? '' : `，其中没有端口为 ${port} 的`}：${list((address, pid, name) => `${address}（进程 ${pid}，数据库 ${name}）`).join('、')}。请用 PORT 指明其中一个，如 PORT=${example} npm run -s jiheng -- …；或停止不用的服务；或用 DATABASE_URL 和 DATA_DIR 指明数据库和文件夹。`,
    `${servers.length} servers run in ${dataDir} on different databases${port === '' ? '' : `, and none of them on port ${port}`}: ${list((address, pid, name) => `${address} (process ${pid}, database ${name})`).join(', ')}. Choose one of them with PORT, for example PORT=${example} npm run -s jiheng -- …; or stop those that are not meant; or name the database and the folder with DATABASE_URL and DATA_DIR.`);
}

function sayWhatIsUsed(servers) {
  const [zh, en] = [servers.map(({ pid, content }) => `${content.address}（进程 ${pid}）`).join('、'), servers.map(({ pid, content }) => `${content.address} (process ${pid})`).join(', ')];
  const name = databaseOf(servers[0]);
  return { zh: `使用数据库 ${name}，正在使用它的服务：${zh}。`, en: `Working with the database ${name}, that of ${en}.` };
}
