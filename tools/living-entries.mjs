// Entries of processes in a folder that all of them read. An entry counts as long as the process that wrote it lives: a `kill -9` or a power cut cannot leave one behind that is believed.
import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

/** How long a process may take to answer. */
const ANSWER_MS = 2_000;
/** What this process answers with. The number of a process that is gone is given to another one sooner or later, and so is its port: only this cannot come back. */
const password = randomUUID();
/** The port on which this process answers: one for all its entries, opened for the first. */
let door;

function openDoor() {
  return new Promise((opened, failed) => {
    const server = createServer((caller) => { caller.on('error', () => {}).end(password); });
    server.on('error', failed).listen(0, '127.0.0.1', () => opened(server.address().port)).unref();
  });
}

/**
 * Writes an entry into a folder, which counts until `leave()` or the end of this process.
 * @param {string} folder made where it is not there
 * @param {object} content what others shall read; only the account of this process can
 * @returns `name` of the entry, `change(content)`, `leave()`
 */
export async function enter(folder, content) {
  const port = await (door ??= openDoor());
  const name = `${process.pid}-${randomUUID()}.json`;
  const file = join(folder, name);
  let left = false;
  const change = (next) => {
    if (left) return;
    mkdirSync(folder, { recursive: true });
    // Whole or not at all: others read at any moment.
    writeFileSync(`${file}.new`, JSON.stringify({ pid: process.pid, port, password, content: next }), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  };
  const leave = () => {
    left = true;
    process.off('exit', leave);
    rmSync(file, { force: true });
  };
  change(content);
  process.once('exit', leave);
  return { name, change, leave };
}

/**
 * The entries of a folder whose processes live; those of dead ones are cleaned away.
 * @returns {Promise<{ name: string, pid: number, content: object | null }[]>} in the order of their processes; `content` is null where the entry is another account's and may not be read
 */
export async function livingIn(folder) {
  let names;
  try { names = readdirSync(folder); } catch (error) {
    if (error.code === 'ENOENT') return [];
    throw error;
  }
  const entries = await Promise.all(names.filter((name) => name.endsWith('.json')).map(async (name) => {
    const pid = Number(name.split('-')[0]);
    const content = isThere(pid) ? await read(join(folder, name)) : undefined;
    if (content !== undefined) return { name, pid, content };
    // Another account's stay for that one to clean away.
    try { rmSync(join(folder, name), { force: true }); } catch { /* it is not believed all the same */ }
    return undefined;
  }));
  return entries.filter((entry) => entry !== undefined).sort((one, other) => one.pid - other.pid);
}

function isThere(pid) {
  if (!(pid > 0)) return false;
  try { process.kill(pid, 0); } catch (error) { return error.code === 'EPERM'; }
  return true;
}

/** The content of an entry whose process answers, null where it may not be read, undefined where the process is another one by now. */
async function read(file) {
  let entry;
  try { entry = JSON.parse(readFileSync(file, 'utf8')); } catch (error) { return error.code === 'EACCES' || error.code === 'EPERM' ? null : undefined; }
  return (await isAnswered(entry)) ? entry.content : undefined;
}

async function isAnswered({ port, password: expected }) {
  const caller = connect(port, '127.0.0.1');
  let late = false;
  caller.setTimeout(ANSWER_MS, () => { late = true; caller.destroy(new Error('late')); });
  // Who takes the call and is silent may be at hard work or halted by Ctrl-Z, and still in need of what stands in its entry.
  return text(caller).then((answer) => answer === expected, () => late);
}
